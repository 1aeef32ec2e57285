#include <QtTest>

#include <language/reader.h>
#include <language/rhyme.h>

using namespace cantilena::language;

class TestEnglish : public QObject {
    Q_OBJECT

    std::unique_ptr<Reader> m_reader;

    std::string phones(const char* text) const
    {
        std::string result;
        for (const Syllable& syllable : m_reader->word(text, Language::English).syllables) {
            if (!result.empty())
                result += " . ";
            for (std::size_t i = 0; i < syllable.phonemes.size(); ++i)
                result += (i > 0 ? " " : "") + syllable.phonemes[i];
        }
        return result;
    }
    std::string pieces(const char* text) const
    {
        std::string result;
        for (const Word& word : m_reader->read(text, Language::English)) {
            if (!result.empty())
                result += ' ';
            for (std::size_t i = 0; i < word.syllables.size(); ++i)
                result += (i > 0 ? "·" : "") + word.syllables[i].text;
        }
        return result;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto reader = Reader::open();
        QVERIFY2(reader.hasValue(), reader ? "" : reader.error().message.c_str());
        m_reader = *std::move(reader);
    }
    void pronounces_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
        };
        row("I'm", "ay m");
        row("I\xE2\x80\x99ve", "ay v");
        row("don't", "d ow n t");
        row("you'll", "y uw l");
        row("isn't", "ih . z ax n t");
        row("couldn't", "k uh . d ax n t");
        row("that's", "dh ae t s");
        row("love's", "l ah v z");
        row("house's", "hh aw . s ax z");
        row("baby's", "b ey . b iy z");
        row("friends'", "f r eh n d z");
        row("'cause", "k ah z");
        row("goin'", "g ow . ih n");
        row("sooo", "s ow");
        row("oooh", "uw");
        row("yeahhh", "y ae");
        row("TV", "t iy . v iy");
        row("NYC", "eh n . w ay . s iy");
        row("U.S.A.", "y uw . eh s . ey");
        row("love", "l ah v");
        row("LOVE", "l ah v");
        row("café", "k ax . f ey");
        row("Hangzhou", "hh aa ng . jh ow");
        row("Xiaoming", "sh y aw . m ih ng");
        row("Beijing", "b ey . jh ih ng");
        row("neighbour", "n ey . b er");
        row("the", "dh ax");
    }
    void pronounces()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(phones(text.constData()), expected.toStdString());
    }
    void numbers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
        };
        row("7", "sev·en");
        row("1999", "nine·teen·nine·ty·nine");
        row("2005", "two·thou·sand·five");
        row("1900", "nine·teen·hun·dred");
        row("3.5", "three·point·five");
        row("42nd", "for·ty·sec·ond");
        row("10:30", "ten·thir·ty");
        row("10:05", "ten·oh·five");
        row("7:00", "sev·en·o'·clock");
        row("$5", "five·dol·lars");
        row("$1", "one·dol·lar");
        row("50%", "fif·ty·per·cent");
        row("'90s", "nine·ties");
        row("1,000,000", "one·mil·lion");
        row("-5", "mi·nus·five");
        row("#1", "num·ber·one");
        row("1/2", "one·half");
        row("007", "oh·oh·sev·en");
        row("2024-05-01", "May·first·twen·ty·twen·ty·four");
        row("99999999999999999999999",
            "nine·nine·nine·nine·nine·nine·nine·nine·nine·nine·nine·nine·nine·nine·nine·nine·"
            "nine·nine·nine·nine·nine·nine·nine");
    }
    void numbers()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(pieces(text.constData()), expected.toStdString());
    }
    void hyphenates_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* text) { QTest::newRow(text) << QByteArray(text); };
        for (const char* text :
             {"grand·moth·er", "morn·ing",  "riv·er",     "nev·er",     "sum·mer",
              "lit·tle",       "ta·ble",    "ap·ple",     "some·thing", "sing·ing",
              "run·ning",      "fall·ing",  "want·ed",    "wait·ed",    "sis·ter",
              "ev·ery",        "win·dow",   "to·mor·row", "a·gain",     "hap·py",
              "hun·dred",      "sta·tion",  "heav·en",    "moun·tain",  "mer·ry-·go-·round",
              "did·n't",       "Hang·zhou", "Xiao·ming",  "Bei·jing",   "like·wise",
              "back·wards",    "wish·es",   "sail·ing",   "dar·ling",   "hur·ri·canes",
              "fig·ures",      "ac·tu·al",  "Eas·ter",    "wrin·kled",  "pace·ma·ker",
              "some·where"})
            row(text);
    }
    void hyphenates()
    {
        QFETCH(QByteArray, text);
        QByteArray plain = text;
        plain.replace("·", "");
        QCOMPARE(pieces(plain.constData()), text.toStdString());
    }
    void aSyllableHasOneVowel()
    {
        for (const char* text :
             {"rhythm hmm shh strengths xq zzz brr psst crwth nth Mr Mrs St vs etc",
              "a b c d e f g h i j k l m n o p q r s t u v w x y z", "queue colonel fire our hour choir"}) {
            for (const Word& word : m_reader->read(text, Language::English)) {
                for (const Syllable& syllable : word.syllables) {
                    const auto vowels =
                        std::count_if(syllable.phonemes.begin(), syllable.phonemes.end(),
                                      [](const std::string& phone) { return isEnglishVowel(phone); });
                    QVERIFY2(vowels == 1, word.text.c_str());
                }
            }
        }
    }
    void theBeforeAVowel()
    {
        const auto words = m_reader->read("the apple, the, orange", Language::English);
        QCOMPARE(words[0].syllables[0].phonemes.back(), std::string("iy"));
        QCOMPARE(words[2].syllables[0].phonemes.back(), std::string("ax"));
    }
    void quotesAreNotApostrophes()
    {
        QCOMPARE(pieces("'hello' \xE2\x80\x98world\xE2\x80\x99 \"yes\" rock 'n' roll"),
                 std::string("hel·lo world yes rock 'n' roll"));
    }
    void vocabularyIsQuick()
    {
        // Made-up words, so that nothing is cached: ten thousand at load should take a fraction of a second.
        const char* syllables[] = {"ban", "tor", "li", "mek", "sho", "ra", "win", "dle", "po", "gast"};
        QElapsedTimer timer;
        timer.start();
        int count = 0;
        for (int i = 0; i < 10'000; ++i) {
            const std::string text = std::string(syllables[i / 1000]) + syllables[i / 100 % 10] +
                                     syllables[i / 10 % 10] + syllables[i % 10];
            count += m_reader->countSyllables(text, Language::English);
        }
        qInfo("10,000 new words, %d syllables: %lld ms", count, static_cast<long long>(timer.elapsed()));
        timer.restart();
        for (int i = 0; i < 10'000; ++i) {
            const std::string text = std::string(syllables[i / 1000]) + syllables[i / 100 % 10] +
                                     syllables[i / 10 % 10] + syllables[i % 10];
            count -= m_reader->countSyllables(text, Language::English);
        }
        QCOMPARE(count, 0);
        qInfo("again: %lld ms", static_cast<long long>(timer.elapsed()));
    }
};

QTEST_GUILESS_MAIN(TestEnglish)
#include "tst_english.moc"
