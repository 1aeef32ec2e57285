#include "program.h"

class TestUsage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongUsageIsStatusTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown command") << QStringList{"dance"};
        QTest::newRow("unknown option")
            << QStringList{"compose", "--prompt", "rain", "--loud", "-o", "a.cantilena"};
        QTest::newRow("no output") << QStringList{"compose", "--prompt", "rain"};
        QTest::newRow("no prompt") << QStringList{"compose", "-o", "a.cantilena"};
        QTest::newRow("seed is no number")
            << QStringList{"compose", "--prompt", "rain", "--seed", "x", "-o", "a.cantilena"};
        QTest::newRow("no song") << QStringList{"render", "-o", "a.wav"};
        QTest::newRow("info without json") << QStringList{"info", "a.cantilena"};
    }
    void wrongUsageIsStatusTwo()
    {
        QFETCH(QStringList, arguments);
        const Program program;
        const Program::Outcome outcome = program.run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY(!outcome.err.isEmpty());
    }

    void helpIsStatusZero()
    {
        const Program program;
        const Program::Outcome outcome = program.run({"--help"});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.out.contains("compose"));
    }

    void modelsAreListedAndWell()
    {
        const Program program;
        const Program::Outcome outcome = program.run({"models", "--check"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        for (const char* id : {"lyrics-en", "lyrics-zh", "melody", "harmony", "voice-en"})
            QVERIFY2(outcome.out.contains(id), id);
        QVERIFY(!outcome.out.contains("FAILED"));
    }
};

QTEST_APPLESS_MAIN(TestUsage)
#include "tst_usage.moc"
