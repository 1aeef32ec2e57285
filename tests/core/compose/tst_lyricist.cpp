#include <compose/lyricist.h>

#include <QElapsedTimer>
#include <QTest>

#include <base/random.h>
#include <compose/brief.h>
#include <language/text.h>

#include "../../../core/compose/lyricist_answer.h"
#include "../../../core/compose/lyricist_draft.h"
#include "../chat/lyric_pen.h"

using namespace cantilena;
using namespace cantilena::compose;

namespace {

using Turns = std::vector<std::string>;

Form smallForm(language::Language language)
{
    using song::SectionKind;
    const int base = language == language::Language::English ? 8 : 7;
    Form form;
    form.tempo = {92};
    const auto section = [&](SectionKind kind, const char* name, std::string rhymes, int same) {
        SectionPlan plan;
        plan.kind = kind;
        plan.name = name;
        plan.sameLyricsAs = same;
        for (std::size_t i = 0; i < rhymes.size(); ++i)
            plan.lines.push_back({base - static_cast<int>(i % 2), rhymes[i] == '.' ? char{0} : rhymes[i], 2});
        form.sections.push_back(std::move(plan));
    };
    form.sections.push_back({});
    section(SectionKind::Verse, "Verse 1", ".A.A", -1);
    section(SectionKind::Chorus, "Chorus 1", "AABB", -1);
    section(SectionKind::Verse, "Verse 2", "ABAB", -1);
    section(SectionKind::Chorus, "Chorus 2", "AABB", 2);
    return form;
}

/// A model that answers with one text after the other, and remembers what it was told.
struct Script {
    std::vector<Result<std::string>> answers;
    std::vector<Turns> asked;

    AskModel asker()
    {
        return [this](std::span<const std::string> turns, const JobContext&) -> Result<std::string> {
            asked.emplace_back(turns.begin(), turns.end());
            return answers.at(std::min(asked.size(), answers.size()) - 1);
        };
    }
};

} // namespace

class TestLyricist : public QObject {
    Q_OBJECT

    std::shared_ptr<const WordSpace> m_space;
    std::unique_ptr<language::Reader> m_reader;
    std::vector<LyricModels> m_models;

    song::Brief brief(const char* prompt)
    {
        ComposeRequest request;
        request.prompt = prompt;
        auto result = readBrief(request, *m_space);
        return result ? *result : song::Brief{};
    }
    const LyricModels& models(const song::Brief& brief) const
    {
        return m_models[brief.language == language::Language::English ? 0 : 1];
    }
    Result<Lyrics> write(const song::Brief& wanted, const AskModel& ask, const JobContext& job = {})
    {
        return writeLyricsWith(ask, wanted, smallForm(wanted.language), models(wanted), *m_reader, 7, job);
    }
    /// What the request to write this song says, by asking once.
    std::string requestFor(const song::Brief& wanted)
    {
        Script script{{Error{"Nothing."}}, {}};
        (void)write(wanted, script.asker());
        return script.asked.empty() ? std::string() : script.asked[0][0];
    }
    /// The levels of our own lyrics, whoever wrote the lines.
    void verify(const Lyrics& lyrics, const song::Brief& wanted)
    {
        const Form form = smallForm(wanted.language);
        QVERIFY(!lyrics.title.empty());
        QCOMPARE(lyrics.sections.size(), form.sections.size());
        for (std::size_t s = 0; s < form.sections.size(); ++s) {
            QCOMPARE(lyrics.sections[s].lines.size(), form.sections[s].lines.size());
            for (std::size_t i = 0; i < form.sections[s].lines.size(); ++i) {
                QCOMPARE(lyrics.sections[s].lines[i].syllables(), form.sections[s].lines[i].syllables);
                QCOMPARE(lyrics.sections[s].lines[i].rhyme, form.sections[s].lines[i].rhyme);
                QVERIFY(!models(wanted).corpus().offends(lyrics.sections[s].lines[i].text));
            }
        }
        const LyricReport report = measureLyrics(lyrics, wanted, form, models(wanted), *m_reader);
        QCOMPARE(report.exactLines, report.lines);
        QCOMPARE(report.trueRhymes, report.rhymePairs);
        QCOMPARE(report.longestCopied, std::size_t{0});
    }
    static int countOf(const Lyrics& lyrics, LineOrigin origin)
    {
        int count = 0;
        for (std::size_t s = 0; s < 4; ++s) // the last section repeats
            for (const LyricLine& line : lyrics.sections[s].lines)
                count += line.origin == origin ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto space = WordSpace::load(CANTILENA_SOURCE_DIR "/models");
        QVERIFY2(space, space ? "" : space.error().message.c_str());
        m_space = *space;
        auto reader = language::Reader::open();
        QVERIFY2(reader, reader ? "" : reader.error().message.c_str());
        m_reader = std::move(*reader);
        for (const auto language : {language::Language::English, language::Language::Mandarin}) {
            auto loaded = LyricModels::load(CANTILENA_SOURCE_DIR "/models", language, m_space, *m_reader);
            QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
            m_models.push_back(std::move(*loaded));
        }
    }

    void prompts_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("en") << "a rainy night in Hangzhou, missing my grandmother";
        QTest::newRow("zh") << "写一首关于夏天海边的轻快的歌";
    }

    void aGoodAnswerIsTakenAsItIs_data() { prompts_data(); }
    void aGoodAnswerIsTakenAsItIs()
    {
        QFETCH(QString, prompt);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        const std::string request = requestFor(wanted);
        QVERIFY(request.find(prompt.toStdString()) != std::string::npos);
        LyricPen pen(request);
        QCOMPARE(pen.plans().size(), std::size_t{3});
        const auto lines = pen.lines();
        Script script{{LyricPen::json("Lamp and Glass", lines)}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        verify(*lyrics, wanted);
        QCOMPARE(script.asked.size(), std::size_t{1});
        QCOMPARE(countOf(*lyrics, LineOrigin::LanguageModel), 12);
        QCOMPARE(lyrics->title, std::string("Lamp and Glass"));
        QVERIFY(lyrics->sections[4].lines[0].text == lyrics->sections[2].lines[0].text);
        if (wanted.language == language::Language::Mandarin)
            QCOMPARE(lyrics->sections[1].lines[0].text, lines[0][0]);
    }

    void wrongLinesGoBackOnce_data() { prompts_data(); }
    void wrongLinesGoBackOnce()
    {
        QFETCH(QString, prompt);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        LyricPen pen(requestFor(wanted));
        const auto good = pen.lines();
        auto bad = good;
        const std::string more = wanted.language == language::Language::English ? "Lamp lamp " : "灯灯";
        bad[0][1] = more + bad[0][1];
        bad[1][2] = more + bad[1][2];
        bad[2].resize(3);
        const nlohmann::json repair = {
            {"lines", {{more, good[0][1]}, nlohmann::json::array({good[1][2]}), good[2][3]}}};
        Script script{{LyricPen::json("Lamp", bad), repair.dump()}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        verify(*lyrics, wanted);
        QCOMPARE(countOf(*lyrics, LineOrigin::LanguageModel), 12);
        // The whole conversation, with what is wrong in it and nothing that is right.
        QCOMPARE(script.asked.size(), std::size_t{2});
        QCOMPARE(script.asked[1].size(), std::size_t{3});
        QCOMPARE(script.asked[1][1], LyricPen::json("Lamp", bad));
        const std::string& told = script.asked[1][2];
        QVERIFY2(told.find("1. Verse 1, line 2") != std::string::npos, told.c_str());
        QVERIFY2(told.find("instead of") != std::string::npos, told.c_str());
        QVERIFY2(told.find("3. Verse 2, line 4 is missing") != std::string::npos, told.c_str());
        QVERIFY2(told.find("4. ") == std::string::npos, told.c_str());
    }

    void whatFailsAgainIsOurs_data() { prompts_data(); }
    void whatFailsAgainIsOurs()
    {
        QFETCH(QString, prompt);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        LyricPen pen(requestFor(wanted));
        auto lines = pen.lines();
        const std::string offence = wanted.language == language::Language::English
                                        ? "You bitch come home to me tonight"
                                        : "你这个王八蛋啊";
        lines[0][0] = offence;
        lines[1][3] += wanted.language == language::Language::English ? " lamp lamp" : "灯灯";
        lines[2][1] = "";
        Script script{{LyricPen::json("Lamp", lines), std::string("I am sorry, I cannot.")}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        verify(*lyrics, wanted);
        QCOMPARE(script.asked.size(), std::size_t{2});
        const int ours = countOf(*lyrics, LineOrigin::Edited);
        QVERIFY2(ours >= 3 && ours <= 6, std::to_string(ours).c_str());
        QCOMPARE(countOf(*lyrics, LineOrigin::LanguageModel), 12 - ours);
    }

    void anErrorDuringRepairLosesNothing()
    {
        const song::Brief wanted = brief("a letter from the sea");
        LyricPen pen(requestFor(wanted));
        auto lines = pen.lines();
        lines[2][3] = "no";
        Script script{{LyricPen::json("Lamp", lines), Error{"The line is dead."}}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        verify(*lyrics, wanted);
        QVERIFY(countOf(*lyrics, LineOrigin::LanguageModel) >= 8);
    }

    void existingTextsAreRefused()
    {
        const song::Brief wanted = brief("a letter from the sea");
        const lyric::Corpus& corpus = models(wanted).corpus();
        // A run that the guard knows, broken over two lines.
        std::string first, second;
        for (const lyric::ModelSong& song : corpus.songs) {
            for (const lyric::ModelSection& section : song.sections) {
                for (std::size_t i = 0; i + 1 < section.lines.size() && first.empty(); ++i) {
                    std::vector<int> tokens;
                    for (const auto* line : {&section.lines[i], &section.lines[i + 1]})
                        for (const language::Word& word : m_reader->read(line->text, corpus.language))
                            tokens.push_back(
                                corpus.token(QString::fromStdString(word.text).toLower().toStdString()));
                    if (corpus.guard.copies(tokens)) {
                        first = section.lines[i].text;
                        second = section.lines[i + 1].text;
                    }
                }
            }
        }
        QVERIFY(!first.empty());
        Form form = smallForm(wanted.language);
        form.sections.resize(2);
        form.sections[1].lines = {{m_reader->countSyllables(first, corpus.language), 0, 2},
                                  {m_reader->countSyllables(second, corpus.language), 0, 2}};
        lyric::LyricDraft draft(wanted, form, corpus, *m_reader);
        draft.take({{{1, 0}, {first}}, {{1, 1}, {second}}});
        QVERIFY(!draft.filled({1, 0}) || !draft.filled({1, 1}));
        const std::string fault =
            draft.filled({1, 0}) ? draft.fault({1, 1}, second) : draft.fault({1, 0}, first);
        QVERIFY2(fault.find("existing text") != std::string::npos, fault.c_str());
    }

    void faultsAreNamed()
    {
        const song::Brief wanted = brief("a letter from the sea");
        const Form form = smallForm(wanted.language);
        lyric::LyricDraft draft(wanted, form, models(wanted).corpus(), *m_reader);
        draft.take({{{1, 0}, {"Lamp bread glass wind roof cup door hand"}},
                    {{2, 0}, {"Wool milk stove brick fence salt leaf night"}}});
        QVERIFY(draft.filled({1, 0}) && draft.filled({2, 0}));
        const auto says = [&](lyric::LineSite site, const char* wording, const char* part) {
            const std::string fault = draft.fault(site, wording);
            QVERIFY2(fault.find(part) != std::string::npos, (fault + " <- " + wording).c_str());
        };
        says({1, 1}, "", "missing");
        says({1, 1}, "... !!!", "missing");
        says({1, 1}, "Too short", "has 2 syllables instead of 7");
        says({1, 2}, "我等你来到海边吧", "not in English");
        says({1, 2}, "Lamp bread glass wind roof cup door שיר", "cannot be sung");
        says({1, 2}, "Thou bread glass wind roof cup door hand", "archaic");
        says({1, 2}, "lamp bread glass wind roof cup door HAND", "already");
        says({2, 1}, "Rust salt fence brick stove milk day", "does not rhyme");
        says({2, 1}, "Rust salt fence brick stove milk night", "same sound");
        QCOMPARE(draft.fault({2, 1}, "Rust salt fence brick stove milk light"), std::string());
    }

    void nothingUsableIsAnError_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("refusal") << QByteArray("I cannot help with that.");
        QTest::newRow("noise") << QByteArray("\xff\xfe\x00\x01{[}]", 8);
        QTest::newRow("deep") << QByteArray(100'000, '[') + QByteArray(100'000, ']');
        QTest::newRow("numbers") << QByteArray("{\"title\": 7, \"sections\": [1, [2], {\"lines\": 3}]}");
        QTest::newRow("nested") << QByteArray("{\"sections\": {\"lines\": {\"lines\": []}}}");
        QTest::newRow("many") << "{\"sections\": [" + QByteArray("[\"a\"],").repeated(20'000) + "[]]}";
        QTest::newRow("one long line") << QByteArray("la ").repeated(60'000);
    }
    void nothingUsableIsAnError()
    {
        QFETCH(QByteArray, answer);
        const song::Brief wanted = brief("a letter from the sea");
        Script script{{answer.toStdString()}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY(!lyrics);
        QVERIFY(lyrics.error().message.find("Too few lines") != std::string::npos);
        QCOMPARE(script.asked.size(), std::size_t{2});
        for (const std::string& turn : script.asked[1])
            QVERIFY(turn.size() < 20'000);
    }

    void theWholeSongAgainIsARepairToo()
    {
        const song::Brief wanted = brief("a letter from the sea");
        LyricPen pen(requestFor(wanted));
        const auto good = pen.lines();
        auto bad = good;
        bad[0][1] = bad[1][2] = bad[2][3] = "no";
        Script script{{LyricPen::json("Lamp", bad), LyricPen::json("Lamp", good)}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        verify(*lyrics, wanted);
        QCOMPARE(countOf(*lyrics, LineOrigin::LanguageModel), 12);
    }

    void garbageFirstThenAGoodAnswer()
    {
        const song::Brief wanted = brief("a letter from the sea");
        LyricPen pen(requestFor(wanted));
        Script script{{std::string("{}"), LyricPen::json("Lamp", pen.lines())}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        verify(*lyrics, wanted);
        QVERIFY(script.asked[1][2].find("not the JSON") != std::string::npos);
    }

    void brokenAnswersNeverBreakTheLevels()
    {
        const song::Brief wanted = brief("a letter from the sea");
        LyricPen pen(requestFor(wanted));
        const std::string good = LyricPen::json("Lamp", pen.lines());
        int songs = 0;
        for (std::uint64_t round = 0; round < 24; ++round) {
            const Random random = Random(3, "broken").at({round});
            std::string text = good;
            for (std::uint64_t k = 0; k < 1 + round % 4; ++k) {
                const std::size_t at = random.index(text.size(), 3 * k);
                switch (random.index(3, 3 * k + 1)) {
                case 0:
                    text[at] = static_cast<char>(random.bits(3 * k + 2));
                    break;
                case 1:
                    text.erase(at, 1 + random.index(12, 3 * k + 2));
                    break;
                default:
                    text.insert(at, text.substr(random.index(text.size(), 3 * k + 2), 20));
                    break;
                }
            }
            Script script{{text}, {}};
            const Result<Lyrics> lyrics = write(wanted, script.asker());
            if (!lyrics)
                continue;
            ++songs;
            verify(*lyrics, wanted);
        }
        QVERIFY(songs > 0);
    }

    void anErrorIsPassedOnAndACancelToo()
    {
        const song::Brief wanted = brief("a letter from the sea");
        Script script{{Error{"example.org refused the key; check it."}}, {}};
        const Result<Lyrics> lyrics = write(wanted, script.asker());
        QVERIFY(!lyrics);
        QCOMPARE(lyrics.error().message, std::string("example.org refused the key; check it."));
        QCOMPARE(script.asked.size(), std::size_t{1});

        // A cancel while our own models write what is missing.
        LyricPen pen(requestFor(wanted));
        auto lines = pen.lines();
        lines[0][0] = lines[1][0] = "no";
        const JobContext job;
        int asked = 0;
        const AskModel ask = [&](std::span<const std::string>, const JobContext&) -> Result<std::string> {
            if (++asked == 2)
                job.cancel();
            return LyricPen::json("Lamp", lines);
        };
        QElapsedTimer timer;
        timer.start();
        const Result<Lyrics> cancelled = write(wanted, ask, job);
        QVERIFY(!cancelled && isCancelled(cancelled.error()));
        QVERIFY(timer.elapsed() < 2000);
    }

    void withoutLinesNobodyIsAsked()
    {
        song::Brief wanted = brief("a letter from the sea");
        Form form;
        form.tempo = {92};
        form.sections.push_back({});
        Script script{{std::string("{}")}, {}};
        const auto lyrics = writeLyricsWith(script.asker(), wanted, form, models(wanted), *m_reader, 7, {});
        QVERIFY(lyrics);
        wanted.lyrics = "My own line";
        form.sections[0].lines = {{3, 0, 2}};
        const auto own = writeLyricsWith(script.asker(), wanted, form, models(wanted), *m_reader, 7, {});
        QVERIFY(own && own->sections[0].lines[0].origin == LineOrigin::Person);
        QVERIFY(script.asked.empty());
    }

    void answersOfManyShapesAreRead_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("as asked")
            << R"({"title": "The Kettle", "sections": [["One two", "Three four"], ["Five six"]]})";
        QTest::newRow("fenced") << "Here you are:\n```json\n{\"title\": \"The Kettle\",\n \"sections\": "
                                   "[[\"One two\", \"Three four\"], [\"Five six\"]]}\n```\nEnjoy!";
        QTest::newRow("thoughts")
            << "<think>{\"sections\": [[\"no\"]]} Let me count.</think>\n"
               R"({"title":"The Kettle","sections":[["One two","Three four"],["Five six"]]})";
        QTest::newRow("objects") << R"({"title": "The Kettle", "sections": [
            {"name": "Verse 1", "lines": ["One two", {"text": "Three four", "syllables": 2}]},
            {"name": "Chorus", "lines": "Five six"}]})";
        QTest::newRow("plain")
            << "Title: The Kettle\n\nVerse 1:\nOne two,\nThree four.\n\nChorus:\nFive six\n";
        QTest::newRow("Markdown") << "# Title: \"The Kettle\"\n\n**[Verse 1]**\n1. One two (2 syllables)\n"
                                     "2. *Three four* (A)\n\n**Chorus**\n- “Five six”\n";
    }
    void answersOfManyShapesAreRead()
    {
        QFETCH(QString, answer);
        const lyric::ModelAnswer read = lyric::readAnswer(answer.toStdString(), language::Language::English);
        QCOMPARE(read.title, std::string("The Kettle"));
        QCOMPARE(read.sections.size(), std::size_t{2});
        QCOMPARE(read.sections[0], (Turns{"One two", "Three four"}));
        QCOMPARE(read.sections[1], (Turns{"Five six"}));
    }

    void wordingsOfManyShapesAreRead_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("as asked") << R"({"lines": [["One", "Two"], ["Three", "Four"]]})";
        QTest::newRow("bare") << R"([["One", "Two"], ["Three", "Four"]])";
        QTest::newRow("objects") << R"({"lines": [{"wordings": ["One", "Two"]}, ["Three", "Four", ""]]})";
        QTest::newRow("plain") << "1. One\n2. Two\n\n1. Three\n2. Four\n";
    }
    void wordingsOfManyShapesAreRead()
    {
        QFETCH(QString, answer);
        const auto wordings = lyric::readWordings(answer.toStdString(), 2, language::Language::English);
        QCOMPARE(wordings.size(), std::size_t{2});
        QCOMPARE(wordings[0], (Turns{"One", "Two"}));
        QCOMPARE(wordings[1], (Turns{"Three", "Four"}));
        QCOMPARE(lyric::readWordings("?", 3, language::Language::English).size(), std::size_t{3});
    }

    void linesAreCleaned_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("line");
        QTest::newRow("as it is") << "The kettle's on, my love"
                                  << "The kettle's on, my love";
        QTest::newRow("curly") << " “the kettle’s on,”  "
                               << "The kettle's on";
        QTest::newRow("number") << "12) **The train is late**."
                                << "The train is late";
        QTest::newRow("named") << "Line 3: The train is late (7)"
                               << "The train is late";
        QTest::newRow("a time stays") << "7:45 and the train is late"
                                      << "7:45 and the train is late";
        QTest::newRow("a question stays") << "Where are you?"
                                          << "Where are you?";
        QTest::newRow("words in brackets stay") << "Hold me (hold me now)"
                                                << "Hold me (hold me now)";
        QTest::newRow("code") << "<b>Hold me</b>"
                              << "";
        QTest::newRow("a hole") << "{name}, hold me"
                                << "";
        QTest::newRow("break") << "Hold\tme\r"
                               << "Hold me";
        QTest::newRow("long") << QString("la ").repeated(100) << "";
        QTest::newRow("Chinese") << "2、我在这里，等你回来。（7字）"
                                 << "我在这里 等你回来";
    }
    void linesAreCleaned()
    {
        QFETCH(QString, raw);
        QFETCH(QString, line);
        const std::string text = raw.toStdString();
        QCOMPARE(lyric::cleanLine(text, language::detect(text)), line.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestLyricist)
#include "tst_lyricist.moc"
