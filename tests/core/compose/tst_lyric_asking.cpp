#include <QTest>

#include "../../../core/compose/lyrics_asking.h"
#include "../../../core/compose/lyrics_phrases.h"

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
        row("a song like Taylor Swift about getting over a guy", "taylor swift");
        row("something like rain on a window", "");
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
    void theFirstClauseSaysWhatItIsAbout()
    {
        using cantilena::compose::lyric::firstClause;
        QCOMPARE(firstClause("got laid off after twelve years, packed my mug"), "got laid off");
        QCOMPARE(firstClause("moved to calgary for my job and dont know anyone"),
                 "moved to calgary for my job");
        QCOMPARE(firstClause("mum, dad and the dog"), "mum, dad and the dog"); // too short to be one
        QCOMPARE(firstClause("凌晨爬泰山看日出，腿都软了"), "凌晨爬泰山看日出");
        QCOMPARE(firstClause("my dog"), "my dog");
        QCOMPARE(firstClause(""), "");
    }
    void namesHaveCapitals()
    {
        using cantilena::compose::lyric::capitalsInside;
        QCOMPARE(capitalsInside("my ferret Pickle stole them. He is mine"), std::string("pickle "));
        QCOMPARE(capitalsInside("A Song About My Dog"), std::string());
        QCOMPARE(capitalsInside("My dog, I love the USA"), std::string());
        QCOMPARE(capitalsInside("写给 Biscuit"), std::string());
        QCOMPARE(capitalsInside(""), std::string());
    }
    void phrasesAreReadAsOneWord()
    {
        using cantilena::compose::lyric::withPhrasesJoined;
        QCOMPARE(withPhrasesJoined("We got lost in Venice"), std::string("we astray in venice"));
        QCOMPARE(withPhrasesJoined("grandma passed away, she gave birth to nine"),
                 std::string("grandma died, she birth baby to nine"));
        QCOMPARE(withPhrasesJoined("got lost"), std::string("astray"));
        QCOMPARE(withPhrasesJoined("I got, lost in thought"), std::string("i got, lost in thought"));
        QCOMPARE(withPhrasesJoined("falling  in love"), std::string("falling  in love"));
        QCOMPARE(withPhrasesJoined("power"), std::string("power"));
        QCOMPARE(withPhrasesJoined("雨夜 power cut"), std::string("雨夜 blackout"));
        QCOMPARE(withPhrasesJoined(""), std::string());
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
