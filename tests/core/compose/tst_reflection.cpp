#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include <QTest>

#include "../../../core/compose/lyrics_corpus.h"
#include "../../../core/compose/lyrics_reflection.h"
#include "../../../core/compose/lyrics_story.h"
#include <compose/brief.h>
#include <compose/form.h>
#include <compose/lyrics.h>
#include <compose/opening.h>
#include <compose/style.h>
#include <language/text.h>

using namespace cantilena;
using namespace cantilena::compose;
using namespace cantilena::compose::lyric;

/// Songs that answer what somebody tells.
class ReflectionTest : public QObject {
    Q_OBJECT

    using Lines = std::vector<std::string>;
    static constexpr auto kEnglish = language::Language::English;
    static constexpr auto kMandarin = language::Language::Mandarin;

    std::shared_ptr<const WordSpace> m_space;
    std::unique_ptr<language::Reader> m_reader;
    std::vector<LyricModels> m_models;

    Lines hook(const Lines& lines, language::Language language = kEnglish) const
    {
        return hookOf({lines, std::vector<bool>(lines.size(), true)}, language, *m_reader, *m_space);
    }
    std::vector<std::size_t> feelings(const char* request, language::Language language) const
    {
        const auto felt = m_space->feel(request, language);
        std::vector<std::size_t> order(kFeelings);
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return (*felt)[a] > (*felt)[b]; });
        return order;
    }
    song::Brief brief(const std::string& prompt) const
    {
        ComposeRequest request;
        request.prompt = prompt;
        auto read = readBrief(request, *m_space);
        if (!read)
            return {};
        for (const std::string& line : readOpening(prompt, read->language, *m_reader, m_space->dictionary()))
            read->opening += (read->opening.empty() ? "" : "\n") + line;
        return *read;
    }
    Result<Form> suited(const song::Brief& brief, std::uint64_t seed) const
    {
        Style style;
        style.meters = {music::Meter{}};
        const LyricModels& models = m_models[brief.language == kEnglish ? 0 : 1];
        return suitForm(planForms(brief, style, {}, seed), brief, models, *m_reader, seed, {});
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
        for (const auto language : {kEnglish, kMandarin}) {
            auto loaded = LyricModels::load(CANTILENA_SOURCE_DIR "/models", language, m_space, *m_reader);
            QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
            m_models.push_back(std::move(*loaded));
        }
    }

    void theFieldIsRead()
    {
        const auto reflection = parseReflection("she close:6 funny:9 grateful:3");
        QVERIFY(reflection && reflection->of == Whom::Third);
        QCOMPARE(reflection->answers[static_cast<std::size_t>(Feeling::Funny)], 1.0F);
        QCOMPARE(reflection->answers[static_cast<std::size_t>(Feeling::Grateful)], 3.0F / 9);
        QCOMPARE(reflection->answers[static_cast<std::size_t>(Feeling::Grief)], 0.0F);
        QCOMPARE(reflection->close, 6.0F / 9);
        for (const char* damaged : {"", "she", "her funny:9", "any merry:9", "any funny", "any far:3",
                                    "any funny:12", "any funny:9 :", "any x"})
            QVERIFY2(!parseReflection(damaged), damaged);
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
        QCOMPARE(hookOf({{"我躲在栅栏外面等着她哭", "哭的是我"}, {true, true}, {true, true}}, kMandarin,
                        *m_reader, *m_space),
                 Lines{"哭的是我"});
        QCOMPARE(hookOf({{"指着一个小白点说有心跳了", "手攥得生疼"}, {true, true}, {true, false}}, kMandarin,
                        *m_reader, *m_space),
                 Lines{"指着一个小白点说有心跳了"});
        // Not the half of one.
        QCOMPARE(hookOf({{"我妈六十一岁", "考到了驾照"}, {true, false}}, kMandarin, *m_reader, *m_space),
                 (Lines{"我妈六十一岁", "考到了驾照"}));
    }

    void theTellingIsOfSomebody()
    {
        const auto of = [&](const char* line, language::Language language = kEnglish) {
            return toldOf({line}, {line}, {}, language, *m_space);
        };
        QVERIFY(toldOf({"We rescued a donkey", "And she only walks to music"}, {"She only walks to music"},
                       {}, kEnglish, *m_space)
                    .of == Whom::Third);
        QCOMPARE(of("My dad learned to braid hair").gender, -1);
        QCOMPARE(of("My mom passed her test").gender, 1);
        QVERIFY(of("You left your jacket at my place").of == Whom::You);
        QVERIFY(of("I quit my job on a Tuesday").of == Whom::Anything);
        QVERIFY(of("I called my mom every night this week").of == Whom::Anything);
        // Two people are no one.
        QVERIFY(of("My dad and my mom danced in the kitchen").of == Whom::Anything);
        QVERIFY(of("They cut down the tree on our street").of == Whom::Anything);
        QCOMPARE(of("我妈六十一岁考到了驾照", kMandarin).gender, 1);
        QVERIFY(of("你把外套忘在我家了", kMandarin).of == Whom::You);
        QVERIFY(of("它每天在电梯口等人", kMandarin).of == Whom::Third);
        QVERIFY(of("我星期二辞了职", kMandarin).of == Whom::Anything);
    }

    void whoIsNamedCanBeCalled()
    {
        const auto named = [&](const char* line, const Named& whom, language::Language language = kEnglish) {
            return toldOf({line}, {line}, whom, language, *m_space).named;
        };
        QCOMPARE(named("I phoned my mother", {{"my", "mother"}, {}, 1}), 1);
        QCOMPARE(named("My best friend lost his keys", {{"my", "best", "friend"}, {}, 0}), -1);
        // Neither she nor he.
        QCOMPARE(named("My best friend moved away", {{"my", "best", "friend"}, {}, 0}), 0);
        QCOMPARE(named("My best friend moved away", {}), 0);
        QCOMPARE(named("老王搬走了", {{"老王"}, {}, 0}, kMandarin), -1);
    }

    void aReflectionSpeaksOfThem()
    {
        const Told him{Whom::Third, -1, 0}, her{Whom::Third, 1, 0}, it{Whom::Third, 0, 0};
        QCOMPARE(spokenOf("She left her coat and I told her twice", him, kEnglish),
                 std::string("He left his coat and I told him twice"));
        QCOMPARE(spokenOf("I tell her sorry", him, kEnglish), std::string("I tell him sorry"));
        QCOMPARE(spokenOf("To her that's nothing", him, kEnglish), std::string("To him that's nothing"));
        QCOMPARE(spokenOf("Her luck is hers, she's herself", him, kEnglish),
                 std::string("His luck is his, he's himself"));
        QCOMPARE(spokenOf("There she goes", her, kEnglish), std::string("There she goes"));
        QCOMPARE(spokenOf("他看着他们 其他人都不见他", it, kMandarin),
                 std::string("它看着他们 其他人都不见它"));
        QCOMPARE(spokenOf("他笑了", her, kMandarin), std::string("她笑了"));
    }

    void nobodyLooksBackOnYesterday()
    {
        const auto memory = [](const char* request) {
            std::vector<float> feelings(kFeelings, 0.0F);
            feelings[static_cast<std::size_t>(Feeling::Memory)] = 1;
            return freshFeelings(feelings, request)[static_cast<std::size_t>(Feeling::Memory)];
        };
        QVERIFY(memory("Last night the power went out on our street") < 0.5F);
        QVERIFY(memory("昨晚老三在阳台弹吉他") < 0.5F);
        QCOMPARE(memory("my nan shelled peas on the step"), 1.0F);
    }

    void nobodyJokesAtAFuneral()
    {
        const auto funny = [](const char* request) {
            std::vector<float> feelings(kFeelings, 0.0F);
            feelings[static_cast<std::size_t>(Feeling::Funny)] = 1;
            return soberAfterDeath(feelings, request)[static_cast<std::size_t>(Feeling::Funny)];
        };
        QVERIFY(funny("My late husband's hearing aid whistled after the funeral") < 0.2F);
        QVERIFY(funny("外婆去世后我们在冰柜里翻出她包的馄饨") < 0.2F);
        QCOMPARE(funny("the goose chased the mayor"), 1.0F);
        QCOMPARE(funny("funny song: grandad's ashes blew into the vicar's tea"), 1.0F);
    }

    void feelingsAreRead()
    {
        const auto felt = m_space->feel("my grandmother died last winter", kEnglish);
        QVERIFY(felt);
        QCOMPARE(felt->size(), kFeelings);
        QVERIFY(std::abs(std::accumulate(felt->begin(), felt->end(), 0.0F) - 1.0F) < 1e-3F);
        const auto nothing = m_space->feel("", kEnglish);
        QVERIFY(nothing && std::abs((*nothing)[0] - (*nothing)[5]) < 1e-6F);
        const auto among = [&](const char* request, language::Language language, Feeling feeling) {
            const auto order = feelings(request, language);
            return std::find(order.begin(), order.begin() + 3, static_cast<std::size_t>(feeling)) !=
                   order.begin() + 3;
        };
        QVERIFY(among("my grandmother died and I miss her", kEnglish, Feeling::Grief));
        QVERIFY(among("my landlord raised the rent and lies to me", kEnglish, Feeling::Angry));
        QVERIFY(among("我外婆去世了 我很想念她", kMandarin, Feeling::Grief));
        QVERIFY(among("我偷偷喜欢面包店的女孩", kMandarin, Feeling::Love));
    }

    void aParticularTellingIsAnswered()
    {
        for (const char* request :
             {"we rescued a donkey from a closed-down circus and she only walks to music",
              "我家的狗每天准时在电梯口等外卖小哥"}) {
            const song::Brief wanted = brief(request);
            QVERIFY(!wanted.opening.empty());
            const LyricModels& models = m_models[wanted.language == kEnglish ? 0 : 1];
            const auto form = suited(wanted, 4);
            QVERIFY(form && form->reflects && form->story >= 0);
            QVERIFY(models.corpus().songs[static_cast<std::size_t>(form->story)].reflection.has_value());
            const auto lyrics = writeLyrics(wanted, *form, models, *m_reader, 4, {});
            QVERIFY(lyrics);
            const Lines own = hookOf(openingOf(wanted), wanted.language, *m_reader, *m_space);
            int choruses = 0;
            for (std::size_t s = 0; s < form->sections.size(); ++s) {
                const SectionPlan& plan = form->sections[s];
                const auto& lines = lyrics->sections[s].lines;
                QCOMPARE(lines.size(), plan.lines.size());
                for (std::size_t i = 0; i < lines.size(); ++i)
                    QCOMPARE(lines[i].syllables(), plan.lines[i].syllables);
                if (plan.kind != song::SectionKind::Chorus)
                    continue;
                ++choruses;
                QCOMPARE(lines.size(), std::size_t{4});
                QCOMPARE(lines[0].text, own[0]);
                QVERIFY(lines[0].origin == LineOrigin::Person);
                QVERIFY(lines[3].origin != LineOrigin::Person);
            }
            QVERIFY(choruses > 0);
            QCOMPARE(QString::fromStdString(lyrics->title).toLower(),
                     QString::fromStdString(own[0]).toLower());
        }
    }

    void aPlainRequestGetsAStory()
    {
        for (const char* request : {"a song about bees in the garden", "写一首关于火锅的歌"}) {
            const auto form = suited(brief(request), 4);
            QVERIFY(form && !form->reflects);
            const LyricModels& models = m_models[language::detect(request) == kEnglish ? 0 : 1];
            QVERIFY(!models.corpus().songs[static_cast<std::size_t>(form->story)].reflection);
        }
    }
};

QTEST_GUILESS_MAIN(ReflectionTest)
#include "tst_reflection.moc"
