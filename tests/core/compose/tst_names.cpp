#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include <QTest>

#include <compose/brief.h>
#include <compose/form.h>
#include <compose/lyrics.h>
#include <compose/style.h>

#include "../../../core/compose/lyrics_called.h"
#include "../../../core/compose/lyrics_corpus.h"
#include "../../../core/compose/lyrics_matcher.h"
#include "../../../core/compose/lyrics_names.h"

using namespace cantilena;
using namespace cantilena::compose;
using namespace cantilena::compose::lyric;

/// Whom a request names, songs that call them, and which song is near to a request.
class NamesTest : public QObject {
    Q_OBJECT

    static constexpr auto kEnglish = language::Language::English;
    static constexpr auto kMandarin = language::Language::Mandarin;

    std::shared_ptr<const WordSpace> m_space;
    std::unique_ptr<language::Reader> m_reader;
    std::vector<LyricModels> m_models;

    const Corpus& corpus(language::Language language) const
    {
        return m_models[language == kEnglish ? 0 : 1].corpus();
    }
    std::vector<std::string> sung(const char* prompt, std::uint64_t seed) const
    {
        ComposeRequest request;
        request.prompt = prompt;
        const auto brief = readBrief(request, *m_space);
        if (!brief)
            return {};
        Style style;
        style.meters = {music::Meter{}};
        const LyricModels& models = m_models[brief->language == kEnglish ? 0 : 1];
        const auto form = suitForm(planForms(*brief, style, {}, seed), *brief, models, *m_reader, seed, {});
        if (!form)
            return {};
        const auto lyrics = writeLyrics(*brief, *form, models, *m_reader, seed, {});
        std::vector<std::string> lines;
        for (std::size_t s = 0; lyrics && s < lyrics->sections.size(); ++s) {
            for (std::size_t i = 0; i < lyrics->sections[s].lines.size(); ++i) {
                const LyricLine& line = lyrics->sections[s].lines[i];
                lines.push_back(line.text);
                if (line.syllables() != form->sections[s].lines[i].syllables)
                    lines.push_back("WRONG COUNT");
            }
        }
        return lines;
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

    void namesAreFound_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* request, const char* name) {
            QTest::newRow(request) << QString::fromUtf8(request) << QString::fromUtf8(name);
        };
        row("hen party song for Becky!! cheesy 80s pop", "Becky");
        row("my goldfish gerald", "Gerald");
        row("My dog Biscuit who steals socks", "Biscuit");
        row("a lullaby for baby Noah", "Noah");
        row("Thank you Mrs Patel you're the best teacher", "Mrs. Patel");
        row("Margaret is retiring from the school kitchen", "Margaret");
        row("asking Daniel out on a date", "Daniel");
        row("our cat called Pickles", "Pickles");
        // Nobody, or whom of two?
        row("a song for Kerala, backwaters and monsoon", "");
        row("a lullaby for twins, Otto and Wren", "");
        row("a trip to Paris in the spring", "");
        row("happy birthday song for my mum", "");
        row("a Christmas song", "");
        row("", "");
        row("给我女儿朵朵写一首摇篮曲", "朵朵");
        row("我家猫叫年糕，特别能吃", "年糕");
        row("祝小雨生日快乐", "小雨");
        row("表白用的歌，女生叫陈思雨", "思雨");
        row("送给班主任王老师的歌", "王老师");
        row("老公志强睡觉放屁特别响", "志强");
        row("写给双胞胎弟弟子轩和子昂的歌", "");
        row("给妈妈的生日歌", "");
        row("给老婆写一首情歌", "");
        row("卖水果的叫卖歌", "");
        row("我的狗走了", "");
        row("给张浩和林静的婚礼写一首", "");
    }

    void namesAreFound()
    {
        QFETCH(QString, request);
        QFETCH(QString, name);
        const std::string text = request.toStdString();
        const bool han = std::any_of(text.begin(), text.end(),
                                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        QCOMPARE(QString::fromStdString(nameIn(text, han ? kMandarin : kEnglish, *m_space)), name);
    }

    void linesForANameKeepTheirSyllables()
    {
        for (const auto language : {kEnglish, kMandarin}) {
            const Corpus& known = corpus(language);
            int called = 0;
            for (const std::string& name : language == kEnglish
                                               ? std::vector<std::string>{"Ruth", "Becky", "Jeremy"}
                                               : std::vector<std::string>{"朵朵", "王老师"}) {
                std::vector<NewName> fresh;
                for (const std::string& word : unknownWords(known, name))
                    fresh.push_back({word, NameKind::None});
                const auto wider = known.withNames(fresh, *m_reader);
                for (const ModelSong& song : wider->songs) {
                    const auto told = calledBy(*wider, song, name);
                    if (!told)
                        continue;
                    ++called;
                    for (std::size_t s = 0; s < song.sections.size(); ++s) {
                        for (std::size_t i = 0; i < song.sections[s].lines.size(); ++i) {
                            const ModelLine& line = told->sections[s].lines[i];
                            QCOMPARE(line.syllables, song.sections[s].lines[i].syllables);
                            QVERIFY(line.text.find("{}") == std::string::npos);
                            QCOMPARE(m_reader->countSyllables(line.text, language), line.syllables);
                        }
                    }
                }
            }
            QVERIFY(called > 100);
            QVERIFY(!calledBy(known, known.songs.front(), ""));
        }
    }

    void theSongCallsThem()
    {
        for (const auto& [prompt, name] : {std::pair{"a lullaby for my baby daughter Becky", "Becky"},
                                           std::pair{"给我女儿朵朵写一首摇篮曲", "朵朵"}}) {
            const std::vector<std::string> lines = sung(prompt, 5);
            QVERIFY(!lines.empty());
            QVERIFY(std::find(lines.begin(), lines.end(), "WRONG COUNT") == lines.end());
            QVERIFY(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
                return line.find(name) != std::string::npos;
            }));
        }
    }

    void aRequestIsNearestToItsSong()
    {
        for (const auto language : {kEnglish, kMandarin}) {
            const Corpus& known = corpus(language);
            int found = 0, asked = 0;
            for (std::size_t s = 0; s < known.songs.size(); s += 50) {
                if (known.songs[s].subjects.empty())
                    continue;
                ++asked;
                const auto near = known.matcher->near(known.songs[s].subjects.front());
                QVERIFY(near);
                QCOMPARE(near->size(), known.songs.size());
                found += std::count_if(near->begin(), near->end(),
                                       [&](float other) { return other > (*near)[s]; }) < 10
                             ? 1
                             : 0;
            }
            QVERIFY(asked > 50);
            QVERIFY2(found * 10 >= asked * 8, qPrintable(QString("%1 of %2").arg(found).arg(asked)));
            const auto nothing = known.matcher->near("!?");
            QVERIFY(nothing);
            QVERIFY(std::all_of(nothing->begin(), nothing->end(), [](float near) { return near == 0; }));
        }
    }

    void piecesAreHashedAsInTheTraining()
    {
        // By hashes_of of models/lyrics/matcher.py.
        const auto sorted = [](std::vector<std::int64_t> hashes) {
            std::sort(hashes.begin(), hashes.end());
            return hashes;
        };
        QCOMPARE(sorted(matcherHashes("My mum's raining CARS", kEnglish)),
                 (std::vector<std::int64_t>{1696, 3021, 5240, 7129, 7964, 8204, 9583, 10230, 13456, 13731,
                                            14561, 19496, 19578, 24070, 28130, 29156, 30640}));
        QCOMPARE(sorted(matcherHashes("下雨 a", kMandarin)),
                 (std::vector<std::int64_t>{5193, 10527, 18678, 24786, 26367, 30170}));
    }
};

QTEST_GUILESS_MAIN(NamesTest)
#include "tst_names.moc"
