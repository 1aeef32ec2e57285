#include <QTest>

#include "../../../core/compose/lyrics_asking.h"

using cantilena::compose::lyric::readAsking;

class LyricAskingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void howASongIsToSound_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* request, const char* expected) {
            QTest::newRow(request) << request << expected;
        };
        row("blues song about a lonely night", "blues");
        row("90s style R&B slow jam", "90s style r&b jam slow");
        row("rap about being broke", "rap");
        row("a rock climbing song", "");
        row("my house in the country is for sale", "");
        row("something folky", "folky");
        row("民谣风格的,关于流浪和远方", "民谣 风格");
        row("来首说唱", "来首 说唱");
        row("妈妈", "");
    }
    void howASongIsToSound()
    {
        QFETCH(QString, request);
        QFETCH(QString, expected);
        QStringList found =
            QString::fromStdString(readAsking(request.toStdString()).manner).simplified().split(QChar(32));
        QStringList wanted = expected.split(QChar(32));
        found.sort();
        wanted.sort();
        QCOMPARE(found, wanted);
    }
    void nurserySongsAreHeard()
    {
        for (const char* request : {"Snail song for KIDS", "a lullaby", "端午节 儿歌", "幼儿园毕业"})
            QVERIFY2(readAsking(request).forChildren, request);
        for (const char* request : {"kidding around", "妈妈", ""})
            QVERIFY2(!readAsking(request).forChildren, request);
    }
    void whatIsLeftIsTheSubject()
    {
        QCOMPARE(QString::fromStdString(readAsking("A Blues song about rain").subject).simplified(),
                 QString("a song about rain"));
        QCOMPARE(QString::fromStdString(readAsking("来首摇滚, 关于下雨").subject).simplified(),
                 QString(", 关于下雨"));
        QCOMPARE(QString::fromStdString(readAsking("").subject), QString());
        QCOMPARE(QString::fromStdString(readAsking("妈妈").subject), QString("妈妈"));
    }
};

QTEST_APPLESS_MAIN(LyricAskingTest)
#include "tst_lyric_asking.moc"
