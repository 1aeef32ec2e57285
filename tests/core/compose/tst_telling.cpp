#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <QTest>

#include <compose/brief.h>
#include <compose/form.h>
#include <compose/lyrics.h>
#include <compose/opening.h>
#include <compose/style.h>
#include <compose/telling.h>
#include <language/text.h>

#include "../../../core/compose/telling_lines.h"

using namespace cantilena;
using namespace cantilena::compose;

/// Songs all of whose words are the person's.
class TellingTest : public QObject {
    Q_OBJECT

    using Lines = std::vector<std::string>;
    using Kind = song::SectionKind;
    static constexpr auto kEnglish = language::Language::English;
    static constexpr auto kMandarin = language::Language::Mandarin;

    static constexpr const char* kNeighbor =
        "Yesterday my neighbor Mr. Kowalski, who hasn't said a word to me in six years, knocked and handed "
        "me a bag of tomatoes because he'd seen the ambulance at our house. I stood in the hallway and cried "
        "into the tomatoes.";
    static constexpr const char* kDaughter =
        "昨天送女儿去哈尔滨上大学，进站前她头都没回，过了安检才发微信说爸你别哭。我在停车场坐了四十分钟才把车"
        "开走。";

    std::shared_ptr<const WordSpace> m_space;
    std::unique_ptr<language::Reader> m_reader;
    std::vector<LyricModels> m_models;

    song::Brief brief(const std::string& prompt, std::optional<double> length = {}) const
    {
        ComposeRequest request;
        request.prompt = prompt;
        if (length)
            request.length = music::Seconds{*length};
        auto read = readBrief(request, *m_space);
        if (!read)
            return {};
        for (const std::string& line : readOpening(prompt, read->language, *m_reader, m_space->dictionary()))
            read->opening += (read->opening.empty() ? "" : "\n") + line;
        return *read;
    }
    const LyricModels& models(const song::Brief& brief) const
    {
        return m_models[brief.language == kEnglish ? 0 : 1];
    }
    std::optional<Form> form(const song::Brief& brief) const
    {
        return formForTelling(brief, Style{}, {}, 4, models(brief), *m_reader);
    }
    Lines hook(const Lines& lines, language::Language language = kEnglish) const
    {
        return lyric::hookOf({lines, std::vector<bool>(lines.size(), true)}, language, *m_reader, *m_space);
    }
    static Opening opening(const Lines& lines, std::vector<bool> begins, std::vector<bool> opens)
    {
        return {lines, std::move(begins), std::move(opens)};
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto space = WordSpace::load(CANTILENA_SOURCE_DIR "/models");
        QVERIFY2(space.hasValue(), space ? "" : space.error().message.c_str());
        m_space = *std::move(space);
        auto reader = language::Reader::open();
        QVERIFY2(reader.hasValue(), reader ? "" : reader.error().message.c_str());
        m_reader = *std::move(reader);
        for (const auto language : {kEnglish, kMandarin}) {
            auto loaded = LyricModels::load(CANTILENA_SOURCE_DIR "/models", language, m_space, *m_reader);
            QVERIFY2(loaded.hasValue(), loaded ? "" : loaded.error().message.c_str());
            m_models.push_back(*std::move(loaded));
        }
    }

    void theLastSentenceIsTheChorus()
    {
        const Lines lines{"We got lost in the fog", "A girl came out of nowhere", "And led us down",
                          "She wouldn't take the chocolate", "Until her dog had had some"};
        const auto telling =
            planTelling(opening(lines, {true, true, false, true, false}, {true, true, false, true, false}),
                        {lines[3]}, {true, true, false, true, false});
        QVERIFY(telling);
        QCOMPARE(telling->verses, (std::vector<Lines>{{lines[0], lines[1], lines[2]}}));
        QCOMPARE(telling->chorus, (Lines{lines[3], lines[4], lines[3], lines[4]}));
        QCOMPARE(telling->title, lines[3]);
        // A last line that can stand alone names it.
        const auto named =
            planTelling(opening(lines, {true, true, false, true, true}, {true, true, false, true, false}),
                        {lines[3]}, {true, true, false, true, true});
        QVERIFY(named);
        QCOMPARE(named->title, lines[4]);
    }

    void aSingleLineIsSungWithTheStatementBeforeIt()
    {
        const Lines lines{"We put our old lab to sleep on Tuesday", "He lay in the sun",
                          "And this morning I still filled his bowl", "I can't empty it yet"};
        const Opening told = opening(lines, {true, true, true, true}, {true, true, false, true});
        const auto telling = planTelling(told, {lines[3]}, {true, true, true, true});
        QVERIFY(telling);
        QCOMPARE(telling->chorus, (Lines{"This morning I still filled his bowl", lines[3],
                                         "This morning I still filled his bowl", lines[3]}));
        // Where that one cannot stand alone, the hook is all of it.
        const auto alone = planTelling(told, {lines[3]}, {true, true, false, true});
        QVERIFY(alone);
        QCOMPARE(alone->verses, (std::vector<Lines>{{lines[0], lines[1], lines[2]}}));
        QCOMPARE(alone->chorus, (Lines{lines[3], lines[3]}));
        // A hook from the middle stays in its verse, too.
        const auto middle = planTelling(told, {lines[1]}, {true, true, false, true});
        QVERIFY(middle);
        QCOMPARE(middle->verses.front().size(), lines.size());
        QCOMPARE(middle->chorus, (Lines{lines[1], lines[1]}));
    }

    void versesBeginWithSentences()
    {
        Lines lines;
        std::vector<bool> begins, opens;
        for (int i = 0; i < 12; ++i) {
            lines.push_back("Line " + std::to_string(i));
            begins.push_back(true);
            opens.push_back(i == 0 || i == 3 || i == 7 || i == 10);
        }
        const auto telling = planTelling(opening(lines, begins, opens), {lines[10]}, begins);
        QVERIFY(telling);
        std::vector<std::size_t> sizes;
        for (const Lines& verse : telling->verses)
            sizes.push_back(verse.size());
        QCOMPARE(sizes, (std::vector<std::size_t>{3, 4, 3}));
        // A line or two as well.
        const auto two = planTelling(opening({"I came home", "He had made soup"}, {true, true}, {true, true}),
                                     {"He had made soup"}, {true, true});
        QVERIFY(two && two->verses.size() == 1);
        QCOMPARE(two->chorus, (Lines{"He had made soup", "He had made soup"}));
        const auto one = planTelling(opening({"He waited"}, {true}, {true}), {"He waited"}, {true});
        QVERIFY(one && one->verses == std::vector<Lines>{{"He waited"}});
        QVERIFY(!planTelling(Opening{}, {}, {}));
        QVERIFY(!planTelling(opening({"Driving home"}, {true}, {true}), {}, {false}));
    }

    void allThatIsToldIsSungAndNothingElse()
    {
        for (const char* request : {kNeighbor, kDaughter}) {
            const song::Brief wanted = brief(request);
            const std::optional<Form> told = form(wanted);
            QVERIFY(told && isTold(*told));
            std::vector<Form> forms = planForms(wanted, Style{}, {}, 4);
            QVERIFY(std::none_of(forms.begin(), forms.end(), isTold));
            forms.push_back(*told);
            const auto suited = suitForm(forms, wanted, models(wanted), *m_reader, 4, {});
            QVERIFY(suited && *suited == *told);
            QVERIFY(openedWith(*suited, openingOf(wanted), true, wanted.language, *m_reader) == *told);
            const auto lyrics = writeLyrics(wanted, *suited, models(wanted), *m_reader, 4, {});
            QVERIFY(lyrics);
            Lines sung;
            for (std::size_t s = 0; s < told->sections.size(); ++s) {
                const auto& lines = lyrics->sections[s].lines;
                QCOMPARE(lines.size(), told->sections[s].lines.size());
                for (std::size_t i = 0; i < lines.size(); ++i) {
                    QVERIFY(lines[i].origin == LineOrigin::Person);
                    QCOMPARE(lines[i].syllables(), told->sections[s].lines[i].syllables);
                    if (std::find(sung.begin(), sung.end(), lines[i].text) == sung.end())
                        sung.push_back(lines[i].text);
                }
            }
            QCOMPARE(sung, openingOf(wanted).lines);
            QVERIFY(std::find_if(sung.begin(), sung.end(), [&](const std::string& line) {
                        return QString::fromStdString(line).compare(QString::fromStdString(lyrics->title),
                                                                    Qt::CaseInsensitive) == 0;
                    }) != sung.end());
            QVERIFY(told->sections.back().kind == Kind::Outro && told->sections.back().lines.empty());
        }
    }

    void aGivenLengthIsKept()
    {
        for (const double seconds : {60.0, 100.0, 180.0, 300.0}) {
            const song::Brief wanted = brief(kNeighbor, seconds);
            const std::optional<Form> told = form(wanted);
            QVERIFY2(told.has_value(), std::to_string(seconds).c_str());
            const double length =
                told->totalBars() * music::toBeats(told->meter.barLength()) * 60.0 / told->tempo.value;
            QVERIFY2(std::abs(length - seconds) < 3.0, std::to_string(length).c_str());
            int sung = 0, verses = 0;
            for (const SectionPlan& section : told->sections) {
                sung += section.lines.empty() ? 0 : section.bars;
                verses += section.kind == Kind::Verse ? 1 : 0;
            }
            // Words fill more of it than the band.
            QVERIFY2(2 * sung >= told->totalBars(), std::to_string(seconds).c_str());
            QVERIFY(seconds < 200 || verses > 1);
        }
        // Too short for it.
        QVERIFY(!form(brief(kNeighbor, 15.0)));
    }

    void theHookIsAWholeStatement()
    {
        QCOMPARE(hook({"We rescued a donkey from a closed-down circus", "And she only walks to music"}),
                 Lines{"She only walks to music"});
        QCOMPARE(hook({"I quit my job", "And now I bake"}), Lines{"I quit my job"});
        QCOMPARE(hook({"My son came home from the army", "And slept for 14 hours"}),
                 Lines{"My son came home from the army"});
        // What hangs on the next line takes it along.
        QCOMPARE(hook({"The old man downstairs", "Leaves tomatoes at my door"}),
                 (Lines{"The old man downstairs", "Leaves tomatoes at my door"}));
        QCOMPARE(hook({"I quit my job on a Tuesday"}), Lines{"I quit my job on a Tuesday"});
        QVERIFY(hook({}).empty());
        QVERIFY(hook({"Driving home on a dirt road at sunset"}).empty());
        QCOMPARE(hook({"爷爷的老怀表停了三十年", "昨天突然又走了起来"}, kMandarin),
                 Lines{"昨天突然又走了起来"});
        QCOMPARE(hook({"妈妈做完手术还没醒", "护士出来说结节是良性的", "我哭了"}, kMandarin),
                 Lines{"护士出来说结节是良性的"});
        QCOMPARE(hook({"I told my brother I was busy", "The pigeons still come to my balcony"}),
                 Lines{"The pigeons still come to my balcony"});
        QCOMPARE(hook({"我是外卖员", "上个月收到一张字条"}, kMandarin), Lines{"上个月收到一张字条"});
        // A sentence of its own is what it is told for.
        QCOMPARE(lyric::hookOf({{"我躲在栅栏外面等着她哭", "哭的是我"}, {true, true}, {true, true}},
                               kMandarin, *m_reader, *m_space),
                 Lines{"哭的是我"});
        QCOMPARE(lyric::hookOf({{"指着一个小白点说有心跳了", "手攥得生疼"}, {true, true}, {true, false}},
                               kMandarin, *m_reader, *m_space),
                 Lines{"指着一个小白点说有心跳了"});
        // Not the half of one.
        QCOMPARE(
            lyric::hookOf({{"我妈六十一岁", "考到了驾照"}, {true, false}}, kMandarin, *m_reader, *m_space),
            (Lines{"我妈六十一岁", "考到了驾照"}));
    }

    void littleIsToldWhereNothingIsAboutIt()
    {
        const auto suited = [&](const char* prompt) {
            const song::Brief wanted = brief(prompt);
            Style style;
            style.meters = {music::Meter{}};
            std::vector<Form> forms = planForms(wanted, style, {}, 4);
            if (const auto told = formForTelling(wanted, style, {}, 4, models(wanted), *m_reader))
                forms.push_back(*told);
            return suitForm(forms, wanted, models(wanted), *m_reader, 4, {});
        };
        // Songs are written about losing a job, none about surveying.
        const auto story = suited("I lost my job last month. trying to stay strong for my kids");
        QVERIFY(story && !isTold(*story) && story->story >= 0);
        const auto told = suited("We surveyed the culvert with a theodolite");
        QVERIFY(told && isTold(*told));
    }

    void littleOrNothingToldIsNoSongOfItsOwn()
    {
        QVERIFY(!form(brief("a song about bees in the garden")));
        // Nobody says anything of anybody.
        QVERIFY(!form(brief("driving home on a dirt road")));
        song::Brief instrumental = brief(kNeighbor);
        instrumental.instrumental = true;
        QVERIFY(!form(instrumental));
        QVERIFY(!isTold(Form{}));
    }
};

QTEST_GUILESS_MAIN(TellingTest)
#include "tst_telling.moc"
