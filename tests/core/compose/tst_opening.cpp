#include <compose/opening.h>

#include <array>

#include <base/random.h>

#include <QTest>

using namespace cantilena;
using namespace cantilena::compose;

/// What requests tell, as lines, and forms that open with them.
class TestOpening : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<language::Reader> m_reader;
    std::unique_ptr<language::Dictionary> m_dictionary;

    std::vector<std::string> opening(const std::string& request,
                                     language::Language language = language::Language::English) const
    {
        return readOpening(request, language, *m_reader, *m_dictionary);
    }

    static Form form(int introBars)
    {
        Form form;
        form.tempo = {100};
        if (introBars > 0)
            form.sections.push_back({song::SectionKind::Intro, "Intro", introBars, 0.3, 1, -1, {}});
        SectionPlan verse{song::SectionKind::Verse, "Verse", 8, 0.4, 2, -1, {}};
        verse.lines.assign(4, {8, 0, 2, {}, {}});
        form.sections.push_back(verse);
        return form;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto reader = language::Reader::open();
        QVERIFY2(reader.hasValue(), reader ? "" : reader.error().message.c_str());
        m_reader = *std::move(reader);
        auto dictionary = language::Dictionary::open();
        QVERIFY2(dictionary.hasValue(), dictionary ? "" : dictionary.error().message.c_str());
        m_dictionary = *std::move(dictionary);
    }

    void requestsTell_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("lines");
        const auto row = [](const char* name, const char* request, const char* lines) {
            QTest::newRow(name) << QString::fromUtf8(request) << QString::fromUtf8(lines);
        };
        row("statement", "my son came home from the army yesterday and slept for 14 hours",
            "My son came home from the army yesterday/And slept for 14 hours");
        row("spelling", "i dont know why my dads hands shake now, its been a year",
            "I don't know why my dad's hands shake now/It's been a year");
        row("small names", "my daughter starts kindergarden on monday and i cant stop crying",
            "My daughter starts kindergarten on Monday/And I can't stop crying");
        row("British", "my mates keep cancelling on me and my neighbour never says hello",
            "My mates keep cancelling on me/And my neighbour never says hello");
        row("asked for", "funny song about my husband who thinks he can fix the dishwasher, make it country",
            "My husband thinks he can fix the dishwasher");
        row("asked for behind",
            "I retired last month after 38 years driving a city bus and I'd like a song about it",
            "I retired last month after 38 years/Driving a city bus");
        row("somebody", "a folk song about a ferryman who never learned to swim",
            "There was a ferryman who never learned to swim");
        row("something", "rock song about a hedgehog in our garage", "There's a hedgehog in our garage");
        row("two in one clause", "my wife and I met in a queue for a broken cash machine",
            "My wife and I met in a queue/For a broken cash machine");
        row("shouted", "MY DOG ATE THE WEDDING CAKE", "My dog ate the wedding cake");
        row("marks", "He snores \u2014 like a tractor\u2026 but when he\u2019s away I can\u2019t sleep",
            "When he's away I can't sleep");
        row("subject", "a song for my dad's birthday", "");
        row("thing", "autumn leaves", "");
        row("order", "write something slow and sad in D minor, 70 bpm", "");
        row("empty", "", "");
        row("other language", "\u4eca\u5929\u4e0b\u96e8\u4e86\u6211\u6ca1\u5e26\u4f1e", "");
    }
    void requestsTell()
    {
        QFETCH(QString, request);
        QFETCH(QString, lines);
        QStringList told;
        for (const std::string& line : opening(request.toStdString()))
            told.push_back(QString::fromStdString(line));
        QCOMPARE(told.join("/"), lines);
    }

    void chineseRequestsTell_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("lines");
        const auto row = [](const char* name, const char* request, const char* lines) {
            QTest::newRow(name) << QString::fromUtf8(request) << QString::fromUtf8(lines);
        };
        row("clauses", "第一次当伴郎致辞，话筒掉进了蛋糕里", "第一次当伴郎致辞/话筒掉进了蛋糕里");
        row("spaces", "我是护士 除夕夜又值班 走廊里能听见外面放炮的声音",
            "我是护士 除夕夜又值班/走廊里能听见外面放炮的声音");
        row("asked for", "写首歌给外婆，她现在不认识我了", "她现在不认识我了");
        row("about", "写一首关于爷爷教我骑自行车的歌，慢一点", "爷爷教我骑自行车");
        row("long clause", "跟哥哥因为借钱的事吵翻了 过年他还是给我留了一箱橘子在门口",
            "跟哥哥因为借钱的事吵翻了/过年他还是给我留了/一箱橘子在门口");
        row("subject", "给爸爸的生日歌", "");
        row("things", "哈尔滨 冰灯 搓澡 糖葫芦 来个摇滚", "");
        row("manner", "来一首古风的，要有点惆怅，女声", "");
    }
    void chineseRequestsTell()
    {
        QFETCH(QString, request);
        QFETCH(QString, lines);
        QStringList told;
        for (const std::string& line : opening(request.toStdString(), language::Language::Mandarin))
            told.push_back(QString::fromStdString(line));
        QCOMPARE(told.join("/"), lines);
    }

    void linesCanBeSung()
    {
        // Anything may be typed.
        std::string all;
        for (int i = 0; i < 300; ++i)
            all += "my cat and i went " + std::to_string(i) + ", ";
        for (const std::string& request :
             {all, std::string(2000, 'a'), std::string("\xff\xfe my cat is \xf0 here today"),
              std::string("''' -- ' - , . , ' my ' - dog - ran - away ''"),
              std::string("$ % : i am $5 % 3:30 . away"),
              std::string("i i i i i i i i i i i i i i i i i i i i i i i i i i i i i i")}) {
            const std::vector<std::string> lines = opening(request);
            QVERIFY(lines.size() <= kMostOpeningLines);
            for (const std::string& line : lines) {
                const int syllables = m_reader->countSyllables(line, language::Language::English);
                QVERIFY2(syllables >= kShortestOpeningLine && syllables <= kLongestOpeningLine, line.c_str());
            }
        }
    }

    void anyRequestIsRead()
    {
        constexpr std::array<const char*, 40> kPieces{
            "my",   "son",   "who", "and",    "I",     "dont",   "its",    "'",   "\"",   "a",
            "song", "about", ",",   ".",      "-",     "$5",     "3:30",   "\n",  "\xff", "\xe4",
            "的",   "我",    "了",  "，",     "一首",  "歌",     "R&B",    "&",   "the",  "was",
            "to",   "write", "mrs", "called", "happy", "\u2019", "\u2014", "ill", "%",    "caf\u00e9"};
        const Random random(11, "requests");
        for (std::uint64_t n = 0; n < 250; ++n) {
            const Random own = random.at({n});
            std::string request;
            for (std::uint64_t i = 0; i < 1 + own.index(24, 0); ++i)
                request += std::string(kPieces[own.index(kPieces.size(), i + 1)]) +
                           (own.uniform(i + 100) < 0.8 ? " " : "");
            for (const auto language : {language::Language::English, language::Language::Mandarin}) {
                for (const std::string& line : opening(request, language)) {
                    QVERIFY(!line.empty() && line.find('\n') == std::string::npos);
                    QVERIFY2(m_reader->countSyllables(line, language) <= kLongestOpeningLine + 2,
                             request.c_str());
                }
            }
        }
    }

    void theIntroIsSung()
    {
        const std::vector<std::string> lines{"My son came home from the army yesterday",
                                             "And slept for 14 hours"};
        const Form opened = openedWith(form(4), lines, false, language::Language::English, *m_reader);
        QCOMPARE(opened.sections[0].bars, 4);
        QCOMPARE(opened.sections[0].lines.size(), std::size_t{2});
        QCOMPARE(opened.sections[0].lines[1].words, lines[1]);
        QCOMPARE(opened.sections[0].lines[1].syllables, 6);
        // It grows where it may, and takes what there is room for where it may not.
        const Form longer = openedWith(form(2), lines, true, language::Language::English, *m_reader);
        QCOMPARE(longer.sections[0].bars, 4);
        const Form shorter = openedWith(form(2), lines, false, language::Language::English, *m_reader);
        QCOMPARE(shorter.sections[0].bars, 2);
        QCOMPARE(shorter.sections[0].lines.size(), std::size_t{1});
        // No intro, no opening.
        QVERIFY(openedWith(form(0), lines, true, language::Language::English, *m_reader) == form(0));
        QVERIFY(openedWith(form(4), {}, true, language::Language::English, *m_reader) == form(4));
        QVERIFY(openedWith(form(4), {"..."}, true, language::Language::English, *m_reader) == form(4));
    }

    void theOutroComesBackToThem()
    {
        const std::vector<std::string> lines{"I drive the night tram in Sheffield",
                                             "And there's a bloke who gets on",
                                             "Every Thursday with a cello"};
        Form whole = form(4);
        whole.sections.push_back({song::SectionKind::Outro, "Outro", 4, 0.3, 9, -1, {}});
        const Form opened = openedWith(whole, lines, true, language::Language::English, *m_reader);
        QCOMPARE(opened.sections[2].lines.size(), std::size_t{2});
        QCOMPARE(opened.sections[2].lines[1].words, lines[2]);
        QCOMPARE(opened.sections[2].material, 9);
        QVERIFY(withoutGiven(opened).sections[2].lines.empty());
        // All of it has the same tune.
        const Form shorter =
            openedWith(whole, {lines[0], lines[1]}, true, language::Language::English, *m_reader);
        QCOMPARE(shorter.sections[2].lines, shorter.sections[0].lines);
        QCOMPARE(shorter.sections[2].material, shorter.sections[0].material);
        // No room, no return.
        whole.sections[2].bars = 2;
        const Form full =
            openedWith(whole, {lines[0], lines[1]}, false, language::Language::English, *m_reader);
        QVERIFY(full.sections[2].lines.empty());
    }

    void aClipBeginsWithThem()
    {
        const std::vector<std::string> lines{"My son came home from the army yesterday",
                                             "And slept for 14 hours"};
        Form clip = form(0);
        clip.sections[0].bars = 4;
        clip.sections[0].lines.resize(2);
        clip.sections.push_back({song::SectionKind::Chorus, "Chorus", 8, 0.8, 3, -1, clip.sections[0].lines});
        const Form opened = openedWith(clip, lines, false, language::Language::English, *m_reader);
        QCOMPARE(opened.sections[0].bars, 4);
        QCOMPARE(opened.sections[0].lines.size(), std::size_t{2});
        QCOMPARE(opened.sections[0].lines[1].words, lines[1]);
        QVERIFY(opened.sections[1] == clip.sections[1]);
        // A whole verse stays the story's.
        QVERIFY(openedWith(form(0), lines, false, language::Language::English, *m_reader) == form(0));
    }

    void givenLinesArePassedOn()
    {
        const std::vector<std::string> lines{"He let go of the rope"};
        const Form opened = openedWith(form(4), lines, false, language::Language::English, *m_reader);
        QVERIFY(withoutGiven(opened) == form(4));
        Lyrics lyrics;
        lyrics.sections.resize(2);
        addGiven(lyrics, opened, language::Language::English, *m_reader);
        QCOMPARE(lyrics.sections[0].lines.size(), std::size_t{1});
        QCOMPARE(lyrics.sections[0].lines[0].text, lines[0]);
        QVERIFY(lyrics.sections[0].lines[0].origin == LineOrigin::Person);
        QCOMPARE(lyrics.sections[0].lines[0].syllables(), 6);
        QVERIFY(lyrics.sections[1].lines.empty());
    }
};

QTEST_GUILESS_MAIN(TestOpening)
#include "tst_opening.moc"
