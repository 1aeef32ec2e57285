#include <QtTest>

#include <memory>
#include <thread>
#include <vector>

#include <base/id.h>
#include <base/job.h>
#include <base/result.h>

using namespace cantilena;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return Error{"The number is odd."};
    return number / 2;
}

Result<int> quarter(int number)
{
    TRY(const int once, half(number));
    TRY(const int twice, half(once));
    return twice;
}

Result<void> checkQuarter(int number)
{
    TRY_VOID(quarter(number));
    return {};
}

Result<std::unique_ptr<int>> boxed(int number)
{
    TRY(std::unique_ptr<int> box, Result<std::unique_ptr<int>>(std::make_unique<int>(number)));
    return box;
}

} // namespace

class TestResult : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesAndErrors()
    {
        QCOMPARE(*quarter(12), 3);
        QVERIFY(!quarter(6));
        QCOMPARE(quarter(6).error().message, std::string("The number is odd."));
        QVERIFY(checkQuarter(8));
        QVERIFY(!checkQuarter(9));
        QCOMPARE(**boxed(4), 4);
    }

    void aStringIsAValueAndNoError()
    {
        const Result<std::string> result(std::string("text"));
        QVERIFY(result);
        QCOMPARE(result->size(), std::size_t{4});
    }

    void jobsShareTheirCancel()
    {
        std::vector<double> heard;
        const JobContext job([&](std::string_view, double fraction) { heard.push_back(fraction); });
        const JobContext copy = job;
        copy.progress("lyrics", 0.5);
        QCOMPARE(heard, std::vector<double>{0.5});
        QVERIFY(!job.cancelled());
        std::thread([copy] { copy.cancel(); }).join();
        QVERIFY(job.cancelled());
        QVERIFY(isCancelled(job.cancelledError()));
        QVERIFY(!isCancelled(Error{"The disk is full."}));
        JobContext().progress("silent", 1);
    }

    void idsKeepTheirKind()
    {
        using A = Id<struct ATag>;
        QVERIFY(!A{} && A{1});
        QVERIFY(A{1} < A{2});
        QCOMPARE(std::hash<A>{}(A{5}), std::hash<A>{}(A{5}));
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
