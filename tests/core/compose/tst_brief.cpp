#include <QTest>

#include <algorithm>

#include <compose/brief.h>
#include <compose/mood.h>

using namespace cantilena;
using namespace cantilena::compose;

class BriefTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const WordSpace> m_words;

    song::Brief read(const char* prompt)
    {
        ComposeRequest request;
        request.prompt = prompt;
        auto brief = readBrief(request, *m_words);
        if (!brief)
            qWarning("%s", brief.error().message.c_str());
        return brief ? *brief : song::Brief{};
    }
    std::string error(const std::string& prompt)
    {
        ComposeRequest request;
        request.prompt = prompt;
        auto brief = readBrief(request, *m_words);
        return brief ? std::string() : brief.error().message;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto words = WordSpace::load(CANTILENA_SOURCE_DIR "/models");
        QVERIFY2(words, words ? "" : words.error().message.c_str());
        m_words = *words;
    }

    void themesAndMoodOfEnglish()
    {
        const song::Brief brief = read("a rainy night in Hangzhou, missing my grandmother");
        QVERIFY(brief.language == language::Language::English);
        QCOMPARE(QString::fromStdString(brief.themes.at(0)), QString("grandmother"));
        QVERIFY(brief.valence < 0);
        QVERIFY(brief.arousal < 0);
        QVERIFY(brief.pointOfView == song::PointOfView::I);
    }

    void misspeltWordsAreRead()
    {
        const song::Brief brief = read("a birthdy song for my best freind, i havent seen her");
        const auto has = [&](const char* word) {
            return std::find(brief.themes.begin(), brief.themes.end(), word) != brief.themes.end();
        };
        QVERIFY(has("friend") && has("birthday"));
        QVERIFY(!has("freind") && !has("birthdy") && !has("haven") && !has("havent"));
        const song::Brief rare = read("my whipet is asleep");
        QVERIFY(std::find(rare.themes.begin(), rare.themes.end(), "whippet") != rare.themes.end());
        // Words of another language are not misspelt English ones ("Nacht": yacht).
        const song::Brief german = read("eine nacht im regen und du fehlst mir so sehr");
        QVERIFY(std::find(german.themes.begin(), german.themes.end(), "yacht") == german.themes.end());
    }

    void aRareWordAloneCanBeRead()
    {
        QCOMPARE(QString::fromStdString(read("zookeeper").themes.at(0)), QString("zookeeper"));
    }

    void themesAndMoodOfChinese()
    {
        const song::Brief brief = read("写一首关于夏天海边的轻快的歌");
        QVERIFY(brief.language == language::Language::Mandarin);
        QVERIFY(std::find(brief.themes.begin(), brief.themes.end(), "海边") != brief.themes.end());
        QVERIFY(std::find(brief.themes.begin(), brief.themes.end(), "夏天") != brief.themes.end());
        QVERIFY(brief.valence > 0.2);
        QVERIFY(brief.arousal > 0);
    }

    void explicitWordsWin()
    {
        const song::Brief brief =
            read("A slow jazz waltz in D minor at 96 bpm, 90 seconds, male voice, about the moon");
        QVERIFY(brief.key && brief.key->tonic == 2 && brief.key->mode == music::Mode::Minor);
        QVERIFY(brief.tempo && brief.tempo->value == 96);
        QVERIFY(brief.length && brief.length->value == 90);
        QVERIFY(brief.wantsMale);
        QCOMPARE(brief.meter.beats, 3);
        const song::Brief chinese = read("C大调的摇滚，两分钟，男声，讲一只猫");
        QVERIFY(chinese.key && chinese.key->tonic == 0 && chinese.key->mode == music::Mode::Major);
        QVERIFY(chinese.length && chinese.length->value == 120);
        for (const char* asked : {"a 30 second rock song about rain", "my dog ate my homework, 30 seconds",
                                  "30秒的摇滚", "写一首关于爷爷的歌，三十秒"})
            QVERIFY2(read(asked).length && read(asked).length->value == 30, asked);
        // How long something took.
        for (const char* told :
             {"found a voicemail from my late wife, 14 seconds, she is only asking if we have onions",
              "the bus was 20 minutes late and i missed my own wedding", "救护车被堵了二十分钟，爷爷没等到",
              "我跟她聊了40分钟"})
            QVERIFY2(!read(told).length, told);
        QVERIFY(read("our kids painted the dog").style != "children");
        QVERIFY(chinese.wantsMale);
        QCOMPARE(QString::fromStdString(chinese.style), QString("rock"));
        QVERIFY(read("an instrumental piece for a rainy evening").instrumental);
        QVERIFY(read("安静的纯音乐，下雨的晚上").instrumental);
        QVERIFY(!read("in a minor key, about trains").key);
    }

    void requestFieldsWinOverThePrompt()
    {
        ComposeRequest request;
        request.prompt = "a fast rock song in C major about rain, 30 seconds";
        request.style = "folk";
        request.mood = "calm";
        request.tempo = music::Bpm{70};
        request.length = music::Seconds{60};
        request.language = language::Language::Mandarin;
        request.key = music::Key{9, music::Mode::Minor};
        const auto brief = readBrief(request, *m_words);
        QVERIFY(brief);
        QCOMPARE(QString::fromStdString(brief->style), QString("folk"));
        QVERIFY(brief->tempo->value == 70 && brief->length->value == 60 && brief->key->tonic == 9);
        QVERIFY(brief->language == language::Language::Mandarin);
        QVERIFY(brief->arousal < -0.3);
    }

    void whatIsSaidOfTheMusicIsNoSubject()
    {
        const auto has = [](const song::Brief& brief, const char* word) {
            return std::find(brief.themes.begin(), brief.themes.end(), word) != brief.themes.end();
        };
        const song::Brief brief = read("a sad slow waltz about the moon, missing my sister");
        QVERIFY(has(brief, "moon") && has(brief, "missing"));
        QVERIFY(!has(brief, "sad") && !has(brief, "slow") && !has(brief, "waltz"));
        QVERIFY(has(read("a slow waltz"), "waltz")); // there is nothing else
        const song::Brief chinese = read("一首伤感的民谣，关于离别和海边");
        QVERIFY(has(chinese, "海边") && has(chinese, "离别"));
        QVERIFY(!has(chinese, "伤感") && !has(chinese, "民谣"));
        QVERIFY(!has(read("写一首关于海边的歌，两分钟"), "两分钟"));
        QVERIFY(!has(read("a song about the sea, two minutes"), "minutes"));
    }

    void chosenSubjectsComeFirst()
    {
        ComposeRequest request;
        request.prompt = "a rainy night in Hangzhou, missing my grandmother";
        request.themes = {"Lighthouse", "old harbour"};
        request.withoutThemes = {"grandmother", "hangzhou"};
        const auto brief = readBrief(request, *m_words);
        QVERIFY(brief);
        QCOMPARE(brief->themes.at(0), std::string("lighthouse"));
        const auto has = [&](const std::string& word) {
            return std::find(brief->themes.begin(), brief->themes.end(), word) != brief->themes.end();
        };
        QVERIFY(brief->chosenThemes >= 2 && brief->chosenThemes <= 3);
        QVERIFY(has("harbour"));
        QVERIFY(has("night") || has("rainy"));
        QVERIFY(!has("grandmother") && !has("hangzhou"));

        // In the song's language, and enough without a prompt.
        request = {};
        request.themes = {"雨", "xyzzy"};
        request.language = language::Language::English;
        const auto other = readBrief(request, *m_words);
        QVERIFY(other);
        QVERIFY(std::find(other->themes.begin(), other->themes.end(), "rain") != other->themes.end());
        QCOMPARE(other->themes.back(), std::string("xyzzy"));
        request.language.reset();
        QVERIFY(readBrief(request, *m_words)->language == language::Language::Mandarin);
    }

    void choicesAndOpenMattersWin()
    {
        ComposeRequest request;
        request.prompt = "a sad instrumental in D minor at 96 bpm, 90 seconds, about us and the moon";
        request.leftOpen = {true, true, true};
        request.valence = 0.9;
        request.arousal = 0.4;
        request.pointOfView = song::PointOfView::She;
        request.instrumental = false;
        const auto brief = readBrief(request, *m_words);
        QVERIFY(brief);
        QVERIFY(!brief->tempo && !brief->key && !brief->length);
        QCOMPARE(brief->valence, 0.9);
        QCOMPARE(brief->arousal, 0.4);
        QVERIFY(brief->pointOfView == song::PointOfView::She);
        QVERIFY(!brief->instrumental);
        request.tempo = music::Bpm{70};
        QCOMPARE(readBrief(request, *m_words)->tempo->value, 70.0);
    }

    void namedMoodsAreMoodWords()
    {
        for (const NamedMood& mood : kNamedMoods) {
            ComposeRequest request;
            request.prompt = "a song about the sea";
            request.mood = mood.word;
            const auto brief = readBrief(request, *m_words);
            QVERIFY(brief);
            QCOMPARE(brief->valence, mood.valence);
            QCOMPARE(brief->arousal, mood.arousal);
            QCOMPARE(nearestMood(mood.valence, mood.arousal).word, mood.word);
        }
        QVERIFY(nearestMood(0.02, 0.05).word.empty());
    }

    void mixedLanguagesAreRead()
    {
        const song::Brief brief = read("写一首关于 coffee 和下雨的歌，in English please");
        QVERIFY(brief.language == language::Language::English);
        QVERIFY(std::find(brief.themes.begin(), brief.themes.end(), "coffee") != brief.themes.end());
    }

    void hardInput()
    {
        QVERIFY(!error("").empty());
        QVERIFY(!error(" \t\n").empty());
        QVERIFY(!error(std::string(10000, 'a')).empty());
        std::string chinese;
        for (int i = 0; i < 10000; ++i)
            chinese += "海";
        QVERIFY(!error(chinese).empty());
        QVERIFY(!error("\xF0\x9F\x8E\xB5\xF0\x9F\x8E\xB6").empty());
        QVERIFY(!error("песня о море").empty());
        QVERIFY(error("rain \xF0\x9F\x8C\xA7 on the \x01\x02 window").empty());
        QVERIFY(error("\xFF\xFE rain \xC3").empty());
        // A third language in Latin letters: the interface's language, and what can be read.
        ComposeRequest request;
        request.prompt = "una canción sobre el mar y el verano";
        request.interfaceLanguage = language::Language::Mandarin;
        const auto brief = readBrief(request, *m_words);
        QVERIFY(!brief || brief->language == language::Language::Mandarin);
    }
};

QTEST_GUILESS_MAIN(BriefTest)
#include "tst_brief.moc"
