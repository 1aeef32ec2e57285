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

    Form with(const Form& form, const std::vector<std::string>& lines, bool mayGrow) const
    {
        return openedWith(form, {lines, std::vector<bool>(lines.size(), true)}, mayGrow,
                          language::Language::English, *m_reader);
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
        row("when", "our goose likes blue cars, and last tuesday it chased the mayor",
            "Our goose likes blue cars/And last Tuesday it chased the mayor");
        row("small names", "my daughter starts kindergarden on monday and i cant stop crying",
            "My daughter starts kindergarten on Monday/And I can't stop crying");
        row("British", "my mates keep cancelling on me and my neighbour never says hello",
            "My mates keep cancelling on me/And my neighbour never says hello");
        row("asked for", "funny song about my husband who thinks he can fix the dishwasher, make it country",
            "My husband thinks he can fix the dishwasher");
        row("a title", "the bakery closed for good on Friday, and Mr. Haddad gave the last loaf to the kid",
            "The bakery closed for good on Friday/And Mr Haddad gave the last loaf to the kid");
        row("who bought it",
            "we had to sell moms piano this morning and the guy who bought it played one bit of moon river "
            "to "
            "test it. none of us could talk on the drive back",
            "We had to sell mom's piano this morning/And the guy who bought it/Played one bit of moon river "
            "to "
            "test it/None of us could talk on the drive back");
        row("then", "my son rode his bike to the postbox, then yelled at me for letting go",
            "My son rode his bike to the postbox/Then yelled at me for letting go");
        row("nobody's name", "coach says it counts and the whole team called me the rocket",
            "Coach says it counts/And the whole team called me the rocket");
        row("first time", "first time I've danced since the divorce and I'm so happy",
            "First time I've danced since the divorce/And I'm so happy");
        row("whom it is for", "a song for Mrs Okonkwo in Peckham, she's retiring and she knows all of us",
            "Mrs Okonkwo's retiring/And she knows all of us");
        row("what they did", "write something for our team who beat the fire brigade",
            "Our team beat the fire brigade");
        row("which one", "my grandad kept every bus ticket he ever used in biscuit tins",
            "My grandad kept every bus ticket he ever used/In biscuit tins");
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
            "He snores, like a tractor/But when he's away I can't sleep");
        row("subject", "a song for my dad's birthday", "");
        row("for somebody", "a farewell song for a colleague who is retiring after many years", "");
        row("place first", "at 71 I have enrolled in a welding course",
            "At 71 I have enrolled in a welding course");
        row("long phrase", "a goat ate my visa papers the morning of my interview at the embassy",
            "A goat ate my visa papers the morning/Of my interview at the embassy");
        row("thing", "autumn leaves", "");
        row("doing", "a country song about driving home on a dirt road at sunset", "");
        row("doing something", "watching my son drive away, I dropped the keys",
            "Watching my son drive away/I dropped the keys");
        row("weather", "sad slow song about a breakup in the rain", "");
        row("heading", "song for my best friend moving to Australia", "");
        row("somebody", "a hopeful song for someone going through chemo", "");
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
        row("asked for", "写首歌给外婆，她现在不认识我了", "外婆现在不认识我了");
        row("whose birthday", "给我女儿六岁生日写首歌，她最喜欢恐龙", "我女儿最喜欢恐龙");
        row("somebody of ours", "给我们宿舍的小满写首歌，她会修所有的闹钟", "小满会修所有的闹钟");
        row("others", "写首歌给外婆，她们那代人都会做鞋", "她们那代人都会做鞋");
        row("which way", "第一个走过去的是九十岁的五奶奶", "第一个走过去的是/九十岁的五奶奶");
        row("about", "写一首关于爷爷教我骑自行车的歌，慢一点", "爷爷教我骑自行车");
        row("long clause", "跟哥哥因为借钱的事吵翻了 过年他还是给我留了一箱橘子在门口",
            "跟哥哥因为借钱的事吵翻了/过年他还是给我留了/一箱橘子在门口");
        row("short speech",
            "我妈刚学会发语音，今天早上给我发了十七条，条条都是“喂，听得见吗”。我在地铁里笑了",
            "我妈刚学会发语音/今天早上给我发了十七条/条条都是喂 听得见吗/我在地铁里笑了");
        row("short sentence", "她往我袋子里塞了两根黄瓜，说你瘦了。就这么一句，我什么气都没了",
            "她往我袋子里塞了两根黄瓜/说你瘦了/就这么一句/我什么气都没了");
        row("behind", "全村停电，我举着手机爬到后山找信号", "全村停电/我举着手机爬到后山找信号");
        row("which one", "老周把他养了五年的绿萝放到我桌上", "老周把他养了五年的绿萝/放到我桌上");
        row("speech", "爷爷留下一盘磁带，录的全是他偷偷练普通话", "爷爷留下一盘磁带/录的全是他偷偷练普通话");
        row("a song told of", "昏迷三个月的妈妈，今天早上哼了一句儿歌",
            "昏迷三个月的妈妈/今天早上哼了一句儿歌");
        row("help told of", "搬家那天下大雨，隔壁大叔就帮我扛了六趟箱子",
            "搬家那天下大雨/隔壁大叔/就帮我扛了六趟箱子");
        row("music wished", "我们村小八个娃，拿了全县第二，合唱，要山歌调", "我们村小八个娃/拿了全县第二");
        row("whose", "录的全是普通话，就为了跟我北方来的媳妇说话",
            "录的全是普通话/就为了跟我北方来的媳妇说话");
        row("down here", "儿子第一次系好鞋带，走到门口还特意停下来让邻居看",
            "儿子第一次系好鞋带/走到门口还特意停下来/让邻居看");
        row("instruments", "我想念去世的爷爷了，二胡配乐最好", "我想念去世的爷爷了");
        row("how", "毕业散伙饭上唱的，热血一点别太煽情", "");
        row("kind", "来首广场舞，姐妹们都爱跳的那种", "");
        row("subject", "给爸爸的生日歌", "");
        row("occasion", "婚礼入场音乐", "");
        row("state", "闺蜜生日，搞笑一点的rap", "");
        row("wish", "想对老婆说声辛苦了，结婚十年", "");
        row("short", "领证了，九块钱，明天开始叫老婆", "领证了 九块钱/明天开始叫老婆");
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
        const Form opened = with(form(4), lines, false);
        QCOMPARE(opened.sections[0].bars, 4);
        QCOMPARE(opened.sections[0].lines.size(), std::size_t{2});
        QCOMPARE(opened.sections[0].lines[1].words, lines[1]);
        QCOMPARE(opened.sections[0].lines[1].syllables, 6);
        // It grows where it may, and takes what there is room for where it may not.
        const Form longer = with(form(2), lines, true);
        QCOMPARE(longer.sections[0].bars, 4);
        const Form shorter = with(form(2), lines, false);
        QCOMPARE(shorter.sections[0].bars, 2);
        QCOMPARE(shorter.sections[0].lines.size(), std::size_t{1});
        // No intro, no opening.
        QVERIFY(with(form(0), lines, true) == form(0));
        QVERIFY(with(form(4), {}, true) == form(4));
        QVERIFY(with(form(4), {"..."}, true) == form(4));
    }

    void theOutroComesBackToThem()
    {
        const std::vector<std::string> lines{"I drive the night tram in Sheffield",
                                             "And there's a bloke who gets on",
                                             "Every Thursday with a cello"};
        Form whole = form(4);
        whole.sections.push_back({song::SectionKind::Outro, "Outro", 4, 0.3, 9, -1, {}});
        const Form opened = with(whole, lines, true);
        QCOMPARE(opened.sections[2].lines.size(), std::size_t{2});
        QCOMPARE(opened.sections[2].lines[1].words, lines[2]);
        QCOMPARE(opened.sections[2].material, 9);
        QVERIFY(withoutGiven(opened).sections[2].lines.empty());
        // All of it has the same tune.
        const Form shorter = with(whole, {lines[0], lines[1]}, true);
        QCOMPARE(shorter.sections[2].lines, shorter.sections[0].lines);
        QCOMPARE(shorter.sections[2].material, shorter.sections[0].material);
        // No room, no return.
        whole.sections[2].bars = 2;
        const Form full = with(whole, {lines[0], lines[1]}, false);
        QVERIFY(full.sections[2].lines.empty());
    }

    void statementsAreFoundAgain()
    {
        song::Brief brief;
        brief.prompt = "song about our goose in Ballarat, last tuesday it chased the mayor!";
        brief.opening = "Our goose\nIn Ballarat\nLast Tuesday it chased the mayor\nWhat I typed";
        QCOMPARE(openingOf(brief).begins, (std::vector<bool>{true, false, true, true}));
        brief.language = language::Language::Mandarin;
        brief.prompt = "我妈六十一岁考到了驾照，全家都去吃面 谁都没睡";
        brief.opening = "我妈六十一岁\n考到了驾照\n全家都去吃面\n谁都没睡";
        QCOMPARE(openingOf(brief).begins, (std::vector<bool>{true, false, true, true}));
        QVERIFY(openingOf({}).lines.empty());
    }

    void whatIsLeftFollowsTheFirstChorus()
    {
        const std::vector<std::string> lines{
            "There is a goose at our petrol station", "In Ballarat that only lets people",
            "With blue cars fill up", "And last Tuesday it chased the mayor", "Right into the ladies' loo"};
        Form whole = form(4);
        SectionPlan chorus = whole.sections[1];
        chorus.kind = song::SectionKind::Chorus;
        whole.sections.push_back(chorus);
        whole.sections.push_back(whole.sections[1]);
        chorus.sameLyricsAs = 2;
        whole.sections.push_back(chorus);
        const Opening opening{lines, {true, false, false, true, false}};
        QCOMPARE(sectionLines(opening), std::size_t{3});
        const Form opened = openedWith(whole, opening, true, language::Language::English, *m_reader);
        QCOMPARE(opened.sections.size(), std::size_t{6});
        QCOMPARE(opened.sections[0].lines.size(), std::size_t{3});
        QVERIFY(opened.sections[3].kind == song::SectionKind::Interlude);
        QCOMPARE(opened.sections[3].name, std::string("Interlude"));
        QCOMPARE(opened.sections[3].lines.size(), std::size_t{2});
        QCOMPARE(opened.sections[3].lines[1].words, lines[4]);
        QCOMPARE(opened.sections[5].sameLyricsAs, 2);
        QVERIFY(withoutGiven(opened).sections[3].lines.empty());
        // A form of a given length has no room for a new section; an interlude that it has is sung.
        QCOMPARE(openedWith(whole, opening, false, language::Language::English, *m_reader).sections.size(),
                 std::size_t{5});
        whole.sections.insert(whole.sections.begin() + 3,
                              {song::SectionKind::Interlude, "Interlude", 4, 0.4, 7, -1, {}});
        const Form sung = openedWith(whole, opening, false, language::Language::English, *m_reader);
        QCOMPARE(sung.sections.size(), std::size_t{6});
        QCOMPARE(sung.sections[3].lines.size(), std::size_t{2});
    }

    void aClipBeginsWithThem()
    {
        const std::vector<std::string> lines{"My son came home from the army yesterday",
                                             "And slept for 14 hours"};
        Form clip = form(0);
        clip.sections[0].bars = 4;
        clip.sections[0].lines.resize(2);
        clip.sections.push_back({song::SectionKind::Chorus, "Chorus", 8, 0.8, 3, -1, clip.sections[0].lines});
        const Form opened = with(clip, lines, false);
        QCOMPARE(opened.sections[0].bars, 4);
        QCOMPARE(opened.sections[0].lines.size(), std::size_t{2});
        QCOMPARE(opened.sections[0].lines[1].words, lines[1]);
        QVERIFY(opened.sections[1] == clip.sections[1]);
        // A whole verse stays the story's.
        QVERIFY(with(form(0), lines, false) == form(0));
    }

    void givenLinesArePassedOn()
    {
        const std::vector<std::string> lines{"He let go of the rope"};
        const Form opened = with(form(4), lines, false);
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
