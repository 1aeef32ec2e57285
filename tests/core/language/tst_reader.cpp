#include <QtTest>

#include <thread>

#include <language/reader.h>
#include <language/text.h>

using namespace cantilena::language;

class TestReader : public QObject {
    Q_OBJECT

    std::unique_ptr<Reader> m_reader;

private Q_SLOTS:
    void initTestCase()
    {
        auto reader = Reader::open();
        QVERIFY2(reader.hasValue(), reader ? "" : reader.error().message.c_str());
        m_reader = *std::move(reader);
    }
    void missingDictionaryNamesThePackage()
    {
        const auto reader = Reader::open({"/nowhere/terra.yaml", "s2t.json"});
        QVERIFY(!reader);
        QVERIFY(reader.error().message.find("rime-data-terra-pinyin") != std::string::npos);
        const auto other = Reader::open({ReaderFiles{}.pinyin, "/nowhere/s2t.json"});
        QVERIFY(!other);
        QVERIFY(other.error().message.find("libopencc-data") != std::string::npos);
    }
    void nothingReadableGivesNothing()
    {
        for (const char* line : {"", "   ", "「」", "...", "—", "♪", "\t\n", "\xE2\x80\x8F", "\xFF\xFE"}) {
            QVERIFY2(m_reader->read(line, Language::English).empty(), line);
            QVERIFY2(m_reader->read(line, Language::Mandarin).empty(), line);
        }
    }
    void awkwardLinesAreReadWhole_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("english") << QByteArray("I'm gonna hold you 'til the morning, 'cause you don't know");
        QTest::newRow("quotes") << QByteArray("「你好」“hello” ‘world’ «monde»");
        QTest::newRow("emoji") << QByteArray("I ❤️ you 👨‍👩‍👧 🎵🔥 so");
        QTest::newRow("right to left") << QByteArray("שלום مرحبا \xE2\x80\x8F abc");
        QTest::newRow("scripts") << QByteArray("Привет こんにちは 안녕 สวัสดี नमस्ते Ελλάδα");
        QTest::newRow("control") << QByteArray("one\x01two\x7Fthree\ttab");
        QTest::newRow("mixed") << QByteArray("我在KTV唱love song给你 ok吗 100%");
        QTest::newRow("thousand") << QByteArray(1000, 'x');
        QByteArray letters;
        for (int i = 0; i < 10'000; ++i)
            letters += static_cast<char>('a' + (i * i + i / 7) % 26);
        QTest::newRow("ten thousand letters") << letters;
        QTest::newRow("ten thousand a") << QByteArray(10'000, 'a');
        QTest::newRow("thousand han") << QByteArray("好").repeated(1000);
        QTest::newRow("thousand hyphens") << QByteArray("la-").repeated(1000);
        QTest::newRow("thousand emoji") << QByteArray("😀").repeated(1000);
        QTest::newRow("thousand digits") << QByteArray(1000, '7');
        QTest::newRow("apostrophes") << QByteArray("'''' '' a'b'c''d 's '");
        QTest::newRow("accents") << QByteArray("naïve façade Ångström ŒUVRE straße e\xCC\x81");
        QTest::newRow("zalgo") << (QByteArray("a") + QByteArray("\xCC\x81").repeated(300));
        QTest::newRow("invalid") << QByteArray("caf\xE9 \xF0\x9F\x98 \xC0\xAF end \xED\xA0\x80");
        QTest::newRow("roman numerals") << QByteArray("Ⅳ Ⅷ ½ ² ™");
        QTest::newRow("surrogate plane") << QByteArray("𝓗𝓮𝓵𝓵𝓸 𠮷");
    }
    void awkwardLinesAreReadWhole()
    {
        QFETCH(QByteArray, line);
        const std::string normal = normalise(line.toStdString());
        for (const Language primary : {Language::English, Language::Mandarin}) {
            const auto words = m_reader->read(line.toStdString(), primary);
            // No readable character is lost: between the words stand only spaces, punctuation and marks.
            std::size_t at = 0;
            std::string between;
            for (const Word& word : words) {
                QVERIFY(word.offset >= at);
                QCOMPARE(normal.substr(word.offset, word.text.size()), word.text);
                between += normal.substr(at, word.offset - at);
                at = word.offset + word.text.size();
                QVERIFY2(!word.syllables.empty(), word.text.c_str());
                for (const Syllable& syllable : word.syllables) {
                    QVERIFY2(!syllable.phonemes.empty(), word.text.c_str());
                    for (const std::string& phoneme : syllable.phonemes)
                        QVERIFY(!phoneme.empty());
                }
            }
            between += normal.substr(at);
            for (const QChar c : QString::fromUtf8(between.c_str()))
                QVERIFY2(!c.isLetterOrNumber(), between.c_str());
        }
    }
    void piecesMakeTheWord()
    {
        const char* lines[] = {
            "My grandmother's favourite neighbourhood café is beautiful, isn't it?",
            "写一首关于夏天海边的轻快的歌 一会儿",
            "Two toothbrushes, one cup of blue, the whole wide world is a room for two.",
            "Queueing through rhythmical eye-opening unbelievable colonels' TV NASA U.S.A."};
        for (const char* line : lines) {
            for (const Word& word : m_reader->read(line, detect(line))) {
                std::string joined;
                for (const Syllable& syllable : word.syllables) {
                    QVERIFY2(!syllable.text.empty(), word.text.c_str());
                    joined += syllable.text;
                }
                QCOMPARE(joined, word.text);
            }
        }
    }
    void symbolsAreHummed()
    {
        const auto words = m_reader->read("🔥🔥", Language::English);
        QCOMPARE(words.size(), 1U);
        QVERIFY(words[0].syllables[0].guessed);
        QCOMPARE(words[0].syllables[0].phonemes.back(), std::string("m"));
    }
    void wordJoins()
    {
        QCOMPARE(m_reader->word("rock and roll", Language::English).syllables.size(), 3U);
        QCOMPARE(m_reader->countSyllables("我想你", Language::Mandarin), 3);
        QCOMPARE(m_reader->countSyllables("", Language::English), 0);
        QCOMPARE(m_reader->word("summer", Language::English), m_reader->word("summer", Language::English));
    }
    void manyThreadsReadTheSame()
    {
        const char* line = "我 love the summer 1999 Привет, isn't it 头发";
        const auto expected = m_reader->read(line, Language::English);
        std::vector<std::thread> threads;
        std::atomic<int> same = 0;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i)
                    same += m_reader->read(line, Language::English) == expected;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(same.load(), 200);
    }

    void readingsInBrackets()
    {
        using Strings = std::vector<std::string>;
        const auto live = m_reader->read("a live[l ay1 v] show", Language::English);
        QCOMPARE(live.size(), std::size_t{3});
        QCOMPARE(live[1].text, std::string("live"));
        QCOMPARE(live[1].syllables.size(), std::size_t{1});
        QCOMPARE(live[1].syllables[0].phonemes, (Strings{"l", "ay", "v"}));
        QCOMPARE(live[1].syllables[0].stress, 1);
        const auto name = m_reader->read("Siobhan[SH AX V AO1 N]!", Language::English);
        QCOMPARE(name.size(), std::size_t{1});
        QCOMPARE(name[0].syllables.size(), std::size_t{2});
        QCOMPARE(name[0].syllables[1].stress, 1);
        QCOMPARE(name[0].syllables[0].text + name[0].syllables[1].text, std::string("Siobhan"));
        const auto bank = m_reader->read("他走了一行[hang2]字", Language::Mandarin);
        Strings finals;
        for (const Word& word : bank)
            for (const Syllable& syllable : word.syllables)
                finals.push_back(syllable.text + syllable.phonemes.back());
        QVERIFY(std::find(finals.begin(), finals.end(), "行ang") != finals.end());
        QCOMPARE(finals.size(), std::size_t{6});
        const auto two = m_reader->read("重行[chong2 háng]", Language::Mandarin);
        QCOMPARE(two.front().syllables.front().phonemes, (Strings{"ch", "ong"}));
        QCOMPARE(two.back().syllables.back().phonemes, (Strings{"h", "ang"}));
    }
    void otherBracketsAreNoReadings()
    {
        for (const char* line : {"sing [ooh] now", "sing[xyz] now", "[l ay1 v] first", "open[l ay1 v", "[]",
                                 "a[] b", "行[hello]", "sing[l v]"}) {
            std::string without(line);
            std::erase_if(without, [](char c) { return c == '[' || c == ']'; });
            QVERIFY(!m_reader->read(line, Language::English).empty() || without.empty());
        }
        QCOMPARE(m_reader->read("sing [ooh] now", Language::English).size(), std::size_t{3});
        QCOMPARE(m_reader->read("sing[xyz] now", Language::English).size(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(TestReader)
#include "tst_reader.moc"
