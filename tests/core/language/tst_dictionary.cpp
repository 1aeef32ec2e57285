#include <QtTest>

#include <language/dictionary.h>

using namespace cantilena::language;

class TestDictionary : public QObject {
    Q_OBJECT

    std::unique_ptr<Dictionary> m_dictionary;

    std::string corrected(const char* word) const
    {
        return m_dictionary->corrected(word, [](const std::string&) { return true; });
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto dictionary = Dictionary::open();
        QVERIFY2(dictionary.hasValue(), dictionary ? "" : dictionary.error().message.c_str());
        m_dictionary = *std::move(dictionary);
    }
    void missingDictionariesNameThePackage()
    {
        const auto spelling = Dictionary::open({"/nowhere/en_US", DictionaryFiles{}.wordnet});
        QVERIFY(!spelling);
        QVERIFY(spelling.error().message.find("hunspell-en-us") != std::string::npos);
        const auto wordnet = Dictionary::open({DictionaryFiles{}.spelling, "/nowhere"});
        QVERIFY(!wordnet);
        QVERIFY(wordnet.error().message.find("wordnet-base") != std::string::npos);
    }
    void aMisspeltWordStandsForTheNearestOne_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("meant");
        QTest::newRow("two changed places") << "freind"
                                            << "friend";
        QTest::newRow("one lost") << "roomate"
                                  << "roommate";
        QTest::newRow("one exchanged") << "anniversery"
                                       << "anniversary";
        QTest::newRow("right") << "friend"
                               << "";
        QTest::newRow("a name") << "leeds"
                                << "";
        QTest::newRow("too short to tell") << "frnd"
                                           << "";
        QTest::newRow("far from all") << "okafor"
                                      << "";
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("no letters") << "\xFF\xFE\xFD\xFC\xFB"
                                    << "";
    }
    void aMisspeltWordStandsForTheNearestOne()
    {
        QFETCH(QString, word);
        QFETCH(QString, meant);
        QCOMPARE(QString::fromStdString(corrected(word.toLatin1().constData())), meant);
    }
    void onlyKnownWordsAreMeant()
    {
        QCOMPARE(m_dictionary->corrected("freind", [](const std::string& word) { return word != "friend"; }),
                 std::string());
    }
    void aRareNounHasKinds()
    {
        using Noun = cantilena::language::Dictionary::Noun;
        for (const auto& [word, noun] : {std::pair{"goose", Noun::Animal},
                                         {"suitcase", Noun::Thing},
                                         {"tomatoes", Noun::Thing},
                                         {"examiner", Noun::Person},
                                         {"beekeeper", Noun::Person},
                                         {"letter", Noun::Event},
                                         {"knee", Noun::Body},
                                         {"tuesday", Noun::Other},
                                         {"xyzzy", Noun::None}})
            QVERIFY2(m_dictionary->noun(word) == noun, word);
        const std::vector<std::string> kinds = m_dictionary->kinds("greyhound", 2);
        QCOMPARE(kinds.at(0), std::string("hound"));
        QVERIFY(std::find(kinds.begin(), kinds.end(), "dog") != kinds.end());
        QCOMPARE(m_dictionary->kinds("greyhounds", 2), kinds);
        // The second sense of a lorry.
        const auto lorry = m_dictionary->kinds("lorry", 1), both = m_dictionary->kinds("lorry", 2);
        QVERIFY(std::find(lorry.begin(), lorry.end(), "truck") == lorry.end());
        QVERIFY(std::find(both.begin(), both.end(), "truck") != both.end());
    }
    void picturesAreNoKinds()
    {
        const auto kinds = m_dictionary->kinds("axolotl", 2);
        QVERIFY(!kinds.empty());
        QVERIFY(std::find(kinds.begin(), kinds.end(), "puppy") == kinds.end());
    }
    void everyLineOfTheDatabaseIsFound()
    {
        // The first, the last and some between.
        for (const char* word : {"abandonment", "aardvark", "zebra", "zoo", "zulu", "melody", "song"})
            QVERIFY2(!m_dictionary->kinds(word, 2).empty(), word);
        for (const char* word : {"", " ", "the", "zzzz", "!", "quickly", "abandonmen", "songz"})
            QVERIFY2(m_dictionary->kinds(word, 2).empty(), word);
    }
    void namesAreNoWords()
    {
        QVERIFY(m_dictionary->has("zookeeper"));
        QVERIFY(!m_dictionary->has("xqzzt"));
        QVERIFY(!m_dictionary->has("leeds"));
    }
};

QTEST_APPLESS_MAIN(TestDictionary)
#include "tst_dictionary.moc"
