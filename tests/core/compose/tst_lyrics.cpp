#include <set>
#include <string>
#include <vector>

#include <QTest>

#include "../../../core/compose/lyrics_edit.h"
#include "../../../core/compose/lyrics_kin.h"
#include "../../../core/compose/lyrics_text.h"
#include "../../../core/compose/lyrics_theme.h"
#include <compose/brief.h>
#include <compose/lyrics.h>
#include <compose/lyrics_craft.h>
#include <language/rhyme.h>

using namespace cantilena;
using namespace cantilena::compose;

namespace {

Form smallForm(language::Language language)
{
    using song::SectionKind;
    const int base = language == language::Language::English ? 8 : 7;
    Form form;
    form.tempo = {92};
    const auto section = [&](SectionKind kind, std::string rhymes, int same) {
        SectionPlan plan;
        plan.kind = kind;
        plan.material = static_cast<int>(kind) + 1;
        plan.sameLyricsAs = same;
        for (std::size_t i = 0; i < rhymes.size(); ++i)
            plan.lines.push_back({base - static_cast<int>(i % 2), rhymes[i] == '.' ? char{0} : rhymes[i], 2});
        form.sections.push_back(std::move(plan));
    };
    form.sections.push_back({}); // an instrumental intro
    section(SectionKind::Verse, ".A.A", -1);
    section(SectionKind::Chorus, "AABB", -1);
    section(SectionKind::Verse, ".A.A", -1);
    section(SectionKind::Chorus, "AABB", 2);
    return form;
}

} // namespace

class LyricsTest : public QObject {
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

    void theFormFollowsAStory()
    {
        for (const char* prompt : {"a song about bees in the garden", "写一首关于火锅的歌"}) {
            const song::Brief wanted = brief(prompt);
            const auto form =
                suitForm({smallForm(wanted.language)}, wanted, models(wanted), *m_reader, 7, {});
            QVERIFY(form);
            QVERIFY(form->story >= 0);
            const auto lyrics = writeLyrics(wanted, *form, models(wanted), *m_reader, 7, {});
            QVERIFY(lyrics);
            std::vector<std::string> lines;
            for (const LyricSection& section : lyrics->sections) {
                for (const LyricLine& line : section.lines)
                    lines.push_back(line.text);
            }
            // A good part of the lines comes from one song, and no run of a known text is among them.
            std::map<std::string, int> songs;
            const auto known = lineOriginality(lines, models(wanted), *m_reader);
            QCOMPARE(known.size(), lines.size());
            for (const LineOriginality& line : known) {
                QCOMPARE(line.longestKnown, std::size_t(0));
                QVERIFY(!line.nearest.empty() && line.shared > 0);
                ++songs[line.nearestSong];
            }
            const int most = std::max_element(songs.begin(), songs.end(), [](const auto& a, const auto& b) {
                                 return a.second < b.second;
                             })->second;
            QVERIFY2(3 * most >= static_cast<int>(lines.size()), prompt);
        }
    }

    void whatTheStoryLacksIsNotBorrowed()
    {
        // A verse that the story does not have comes from no other song: the first comes again.
        int single = 0;
        for (const char* prompt :
             {"给闺蜜写首歌", "和朋友喝酒", "火锅", "chess", "a thank you song for my neighbour"}) {
            const song::Brief wanted = brief(prompt);
            const auto form =
                suitForm({smallForm(wanted.language)}, wanted, models(wanted), *m_reader, 1, {});
            QVERIFY(form && form->story >= 0);
            const auto& story = models(wanted).corpus().songs[static_cast<std::size_t>(form->story)];
            const auto verses =
                std::count_if(story.sections.begin(), story.sections.end(),
                              [](const auto& section) { return section.kind == song::SectionKind::Verse; });
            const SectionPlan& second = form->sections[3];
            if (verses == 1 && story.sections.size() == 2) {
                ++single;
                QVERIFY2(second.sameLyricsAs == 1 || second.lines.empty(), prompt);
            }
            const auto lyrics = writeLyrics(wanted, *form, models(wanted), *m_reader, 1, {});
            QVERIFY(lyrics);
            QCOMPARE(lyrics->sections[3].lines.size(), second.lines.size());
            // What follows a verse when it comes again makes no known run either.
            const LyricReport report = measureLyrics(*lyrics, wanted, *form, models(wanted), *m_reader);
            QCOMPARE(report.longestCopied, std::size_t(0));
        }
        QVERIFY(single > 0);
    }

    void aGrandmotherIsCalledAsAsked_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QStringList>("others");
        QTest::newRow("奶奶") << "想念奶奶"
                              << "奶奶" << QStringList{"外婆", "姥姥", "外公"};
        QTest::newRow("姥姥") << "给姥姥写首歌"
                              << "姥姥" << QStringList{"外婆", "奶奶", "爷爷"};
        QTest::newRow("granny") << "missing granny"
                                << "granny" << QStringList{"grandma", "nana"};
    }
    void aGrandmotherIsCalledAsAsked()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, asked);
        QFETCH(QStringList, others);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const auto form =
                suitForm({smallForm(wanted.language)}, wanted, models(wanted), *m_reader, seed, {});
            QVERIFY(form);
            const auto lyrics = writeLyrics(wanted, *form, models(wanted), *m_reader, seed, {});
            QVERIFY(lyrics);
            QString sung = QString::fromStdString(lyrics->title);
            for (const LyricSection& section : lyrics->sections)
                for (const LyricLine& line : section.lines)
                    sung += " " + QString::fromStdString(line.text);
            for (const QString& other : others)
                QVERIFY2(!sung.contains(other, Qt::CaseInsensitive), qPrintable(sung));
        }
    }

    void whoseIsHeardWithoutItsMark()
    {
        const WordSpace& space = *m_models[0].corpus().space;
        using Words = std::vector<std::string>;
        QCOMPARE(space.split("for my mums 60th"), (Words{"for", "my", "mum's", "th"}));
        QCOMPARE(space.split("my best friends wedding"), (Words{"my", "best", "friend's", "wedding"}));
        QCOMPARE(space.split("for my moms"), (Words{"for", "my", "moms"}));
        QCOMPARE(space.split("my sisters are here"), (Words{"my", "sisters", "are", "here"}));
    }

    void peopleAreRenamedOnlyWhereTheRhymeAllows()
    {
        const lyric::Corpus& corpus = m_models[1].corpus();
        const auto line = [&](const std::vector<const char*>& words) {
            lyric::ModelLine made;
            for (const char* word : words) {
                made.tokens.push_back({corpus.lexeme(word), lyric::kFunction});
                made.text += word;
            }
            return made;
        };
        const std::map<int, int> names{{corpus.lexeme("外婆"), corpus.lexeme("奶奶")}};
        lyric::ModelSong song;
        song.title = "外婆的灯";
        song.sections.push_back({song::SectionKind::Verse, {line({"外婆", "在", "家"})}});
        const auto told = lyric::retold(corpus, song, names);
        QVERIFY(told.has_value());
        QCOMPARE(told->title, std::string("奶奶的灯"));
        QCOMPARE(told->sections[0].lines[0].text, std::string("奶奶在家"));
        QCOMPARE(told->sections[0].lines[0].tokens[0].lexeme, corpus.lexeme("奶奶"));
        // A line's end that no other line rhymes with may be another word.
        song.sections[0].lines.push_back(line({"想念", "外婆"}));
        QVERIFY(lyric::retold(corpus, song, names).has_value());
        song.sections[0].lines.push_back(line({"唱", "歌"}));
        QVERIFY(!lyric::retold(corpus, song, names));
        QVERIFY(!lyric::retold(corpus, {}, names));
    }

    void polishedSongsComeFirstWhereTheyFit_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<bool>("polished");
        QTest::newRow("en") << "I miss my ex" << true;
        QTest::newRow("zh") << "给老公的歌" << true;
        QTest::newRow("of something else") << "a song about my tractor" << false;
    }
    void polishedSongsComeFirstWhereTheyFit()
    {
        QFETCH(QString, prompt);
        QFETCH(bool, polished);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const auto form =
                suitForm({smallForm(wanted.language)}, wanted, models(wanted), *m_reader, seed, {});
            QVERIFY(form);
            QVERIFY(form->story >= 0);
            const lyric::ModelSong& song =
                models(wanted).corpus().songs[static_cast<std::size_t>(form->story)];
            QVERIFY2(song.polished == polished, song.title.c_str());
            // Its lines are its own, in the wordings that were written for them.
            const auto lyrics = writeLyrics(wanted, *form, models(wanted), *m_reader, seed, {});
            QVERIFY(lyrics);
            for (const LyricSection& section : lyrics->sections)
                for (const LyricLine& line : section.lines)
                    QVERIFY(line.origin != LineOrigin::Generated);
        }
    }

    void keepsCountsRhymesAndGuard_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("en") << "a rainy night in Hangzhou, missing my grandmother";
        QTest::newRow("zh") << "写一首关于夏天海边的轻快的歌";
    }
    void keepsCountsRhymesAndGuard()
    {
        QFETCH(QString, prompt);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        const auto form = suitForm({smallForm(wanted.language)}, wanted, models(wanted), *m_reader, 7, {});
        QVERIFY(form);
        for (std::size_t s = 0; s < form->sections.size(); ++s)
            QCOMPARE(form->sections[s].lines.size(), smallForm(wanted.language).sections[s].lines.size());
        // The second verse has the tune of the first, which takes up to three syllables more or less.
        for (std::size_t i = 0; i < form->sections[1].lines.size(); ++i)
            QVERIFY(std::abs(form->sections[3].lines[i].syllables - form->sections[1].lines[i].syllables) <=
                    2);
        const auto lyrics = writeLyrics(wanted, *form, models(wanted), *m_reader, 7, {});
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        QVERIFY(!lyrics->title.empty());
        QCOMPARE(lyrics->sections.size(), form->sections.size());
        QVERIFY(lyrics->sections[0].lines.empty());
        for (std::size_t s = 0; s < form->sections.size(); ++s) {
            QCOMPARE(lyrics->sections[s].lines.size(), form->sections[s].lines.size());
            for (std::size_t i = 0; i < form->sections[s].lines.size(); ++i)
                QCOMPARE(lyrics->sections[s].lines[i].syllables(), form->sections[s].lines[i].syllables);
        }
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(lyrics->sections[4].lines[i].text == lyrics->sections[2].lines[i].text);
        const LyricReport report = measureLyrics(*lyrics, wanted, *form, models(wanted), *m_reader);
        QCOMPARE(report.exactLines, report.lines);
        QCOMPARE(report.trueRhymes, report.rhymePairs);
        // Same arguments, same words; another seed, other words.
        const auto again = writeLyrics(wanted, *form, models(wanted), *m_reader, 7, {});
        QVERIFY(again);
        const auto otherForm =
            suitForm({smallForm(wanted.language)}, wanted, models(wanted), *m_reader, 8, {});
        QVERIFY(otherForm);
        const auto other = writeLyrics(wanted, *otherForm, models(wanted), *m_reader, 8, {});
        QVERIFY(other);
        bool differs = false;
        for (std::size_t s = 0; s < form->sections.size(); ++s) {
            for (std::size_t i = 0; i < form->sections[s].lines.size(); ++i) {
                QVERIFY(again->sections[s].lines[i].text == lyrics->sections[s].lines[i].text);
                differs = differs || other->sections[s].lines[i].text != lyrics->sections[s].lines[i].text;
            }
        }
        QVERIFY(differs);
    }

    void anotherSeedSingsAPlainRequestInOtherWords_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("en") << "my dog";
        QTest::newRow("zh") << "妈妈";
    }
    void anotherSeedSingsAPlainRequestInOtherWords()
    {
        // One story of the corpus may answer better than all others: then the words have to be others.
        QFETCH(QString, prompt);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        std::vector<std::set<std::string>> songs;
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            const auto form =
                suitForm({smallForm(wanted.language)}, wanted, models(wanted), *m_reader, seed, {});
            QVERIFY(form);
            const auto lyrics = writeLyrics(wanted, *form, models(wanted), *m_reader, seed, {});
            QVERIFY(lyrics);
            std::set<std::string>& lines = songs.emplace_back();
            for (const auto& section : lyrics->sections)
                for (const auto& line : section.lines)
                    lines.insert(line.text);
        }
        double shared = 0, all = 0;
        for (std::size_t a = 0; a < songs.size(); ++a) {
            for (std::size_t b = a + 1; b < songs.size(); ++b) {
                all += static_cast<double>(songs[a].size());
                for (const std::string& line : songs[a])
                    shared += songs[b].contains(line) ? 1 : 0;
            }
        }
        QVERIFY2(shared < 0.7 * all, qPrintable(QString("%1 of %2 lines").arg(shared).arg(all)));
    }

    void theFirstWordingOfAPlaceIsPreferred_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("en") << "a rainy night";
        QTest::newRow("zh") << "下雨的晚上";
    }
    void theFirstWordingOfAPlaceIsPreferred()
    {
        // Lines with one place that whole phrases were written for, in the middle of the line.
        using namespace lyric;
        QFETCH(QString, prompt);
        const song::Brief wanted = brief(prompt.toUtf8().constData());
        const Corpus& corpus = models(wanted).corpus();
        const Theme theme = Theme::of(wanted, corpus, *m_reader);
        const LineEditor editor(corpus, theme);
        int lines = 0, later = 0, others = 0;
        for (const ModelSong& song : corpus.songs) {
            for (const ModelSection& section : song.sections) {
                for (const ModelLine& line : section.lines) {
                    if (lines == 200 || line.places.size() != 1 || !isPhrased(line) ||
                        line.places[0].begin + line.places[0].count == line.tokens.size())
                        continue;
                    LineTarget target;
                    target.syllables = line.syllables;
                    target.freedom = Freedom::Written;
                    const auto candidates = editor.edit(line, target, {}, 8);
                    if (candidates.empty())
                        continue;
                    ++lines;
                    const Place& place = line.places[0];
                    const auto sings = [&](const Candidate& candidate, const std::vector<int>& wording) {
                        return candidate.tokens.size() >= place.begin + wording.size() &&
                               std::equal(wording.begin(), wording.end(),
                                          candidate.tokens.begin() + static_cast<std::ptrdiff_t>(place.begin),
                                          [](int lexeme, const Token& t) { return t.lexeme == lexeme; });
                    };
                    for (std::size_t w = 1; w < place.wordings.size(); ++w) {
                        later += sings(candidates[0], place.wordings[w]) ? 1 : 0;
                        others += std::any_of(candidates.begin(), candidates.end(),
                                              [&](const Candidate& c) { return sings(c, place.wordings[w]); })
                                      ? 1
                                      : 0;
                    }
                }
            }
        }
        QCOMPARE(lines, 200);
        // The first is passed over only where it would repeat a training text.
        QVERIFY2(later < 10, qPrintable(QString("%1 of 200 lines").arg(later)));
        // The others can still be had.
        QVERIFY2(others > 100, qPrintable(QString("%1").arg(others)));
    }

    void onePersonIsNotSungForTwo()
    {
        // The grandmother who was asked for may take the mother's place, unless the song sings of both.
        using namespace lyric;
        const song::Brief wanted = brief("奶奶教我包粽子");
        const Corpus& corpus = models(wanted).corpus();
        const Theme theme = Theme::of(wanted, corpus, *m_reader);
        const LineEditor editor(corpus, theme);
        const int grandmother = corpus.lexeme("奶奶"), mother = corpus.lexeme("妈妈");
        QVERIFY(grandmother >= 0 && mother >= 0);
        const auto sings = [](const std::vector<Token>& tokens, int lexeme) {
            return std::any_of(tokens.begin(), tokens.end(),
                               [&](const Token& token) { return token.lexeme == lexeme; });
        };
        // Editors may have written her into a line: that is no exchange.
        const auto exchanged = [&](const Candidate& candidate) {
            for (std::size_t i = 0; i < candidate.tokens.size(); ++i)
                if (candidate.tokens[i].lexeme == grandmother && candidate.from[i] != kNowhere)
                    return true;
            return false;
        };
        int free = 0, taken = 0;
        for (const ModelSong& song : corpus.songs) {
            for (const ModelSection& section : song.sections) {
                for (const ModelLine& line : section.lines) {
                    if (!sings(line.tokens, mother) || sings(line.tokens, grandmother))
                        continue;
                    LineTarget target;
                    target.syllables = line.syllables;
                    target.freedom = Freedom::Written;
                    EditState state;
                    for (const Candidate& candidate : editor.edit(line, target, state, 8))
                        free += exchanged(candidate) ? 1 : 0;
                    state.used[grandmother] = 1;
                    for (const Candidate& candidate : editor.edit(line, target, state, 8))
                        taken += exchanged(candidate) ? 1 : 0;
                }
            }
        }
        QVERIFY(free > 0);
        QCOMPARE(taken, 0);
    }

    void writesForAFormThatIsNotSuited()
    {
        const song::Brief wanted = brief("a hopeful song for my sister's wedding");
        const Form form = smallForm(wanted.language);
        const auto lyrics = writeLyrics(wanted, form, models(wanted), *m_reader, 3, {});
        QVERIFY2(lyrics, lyrics ? "" : lyrics.error().message.c_str());
        const LyricReport report = measureLyrics(*lyrics, wanted, form, models(wanted), *m_reader);
        QCOMPARE(report.exactLines, report.lines);
    }

    void namesOfThePromptAreTold()
    {
        const song::Brief wanted = brief("driving home from Wichita, a song for Aiko and her sister");
        const auto names = lyric::newNames(wanted, models(wanted).corpus());
        QCOMPARE(names.size(), std::size_t{2});
        QVERIFY(names[0].text == "wichita" && names[0].kind == lyric::NameKind::Place);
        QVERIFY(names[1].text == "aiko" && names[1].kind == lyric::NameKind::Person);
        const auto wider = models(wanted).corpus().withNames(names, *m_reader);
        QVERIFY(wider->areMates(wider->lexeme("wichita"), wider->lexeme("boston")));
        QVERIFY(!wider->areMates(wider->lexeme("aiko"), wider->lexeme("boston")));
        QVERIFY(models(wanted).corpus().lexeme("wichita") < 0);
    }

    void aLineIsRewritten_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("line");
        QTest::newRow("en") << "missing my grandmother"
                            << "I left the kettle on the stove"
                            << "And sat down in your chair";
        QTest::newRow("zh") << "想念外婆"
                            << "水壶还在炉子上响"
                            << "我坐在你的椅子里";
    }
    void aLineIsRewritten()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, before);
        QFETCH(QString, line);
        LineQuestion question;
        question.brief = brief(prompt.toUtf8().constData());
        question.before = {before.toStdString()};
        question.line = line.toStdString();
        const LyricModels& with = models(question.brief);
        const int syllables = m_reader->countSyllables(question.line, with.language());
        const language::Word end = m_reader->read(question.line, with.language()).back();
        for (const LineWish wish : {LineWish::Another, LineWish::LikeThis, LineWish::Happier,
                                    LineWish::Sadder, LineWish::OtherImage, LineWish::Simpler}) {
            question.wish = wish;
            const auto lines = rewriteLine(question, with, *m_reader, {});
            QVERIFY2(lines, lines ? "" : lines.error().message.c_str());
            QVERIFY(lines->size() <= question.count);
            QVERIFY(wish == LineWish::LikeThis || lines->size() >= 4);
            for (const std::string& text : *lines) {
                QVERIFY(text != question.line);
                QCOMPARE(m_reader->countSyllables(text, with.language()), syllables);
                QCOMPARE(language::rhymeKey(m_reader->read(text, with.language()).back()),
                         language::rhymeKey(end));
            }
            QVERIFY(*rewriteLine(question, with, *m_reader, {}) == *lines);
        }
        question.line = "";
        QVERIFY(!rewriteLine(question, with, *m_reader, {}));
        question.line = std::string(400, 'a') + "…";
        (void)rewriteLine(question, with, *m_reader, {});
    }

    void rhymesAreFound()
    {
        const song::Brief wanted = brief("a song about the sea");
        const auto words = rhymingWords("sand", wanted, models(wanted), *m_reader, 12);
        QVERIFY(words.size() >= 6);
        QVERIFY(std::find(words.begin(), words.end(), "hand") != words.end());
        QVERIFY(std::find(words.begin(), words.end(), "sand") == words.end());
    }

    void offensiveWordsAreSeen()
    {
        const lyric::Corpus& english = m_models[0].corpus();
        QVERIFY(english.offends("You Bitch, come home"));
        QVERIFY(!english.offends("A dickens of a night in Scunthorpe"));
        QVERIFY(m_models[1].corpus().offends("你这个王八蛋"));
        QVERIFY(!m_models[1].corpus().offends("王八十岁的蛋糕"));
    }

    void cancels()
    {
        const song::Brief wanted = brief("a song about rain");
        JobContext job;
        job.cancel();
        const auto lyrics =
            writeLyrics(wanted, smallForm(wanted.language), models(wanted), *m_reader, 3, job);
        QVERIFY(!lyrics);
        QVERIFY(isCancelled(lyrics.error()));
    }

    void ownLyricsPassUnchanged()
    {
        const auto own = readOwnLyrics(
            "[Verse 1]\nThe kettle's on, my love\nThe 7:15 is late\n\n[副歌]\n我们回家吧 go home\n",
            language::Language::English, *m_reader);
        QVERIFY(own);
        QCOMPARE(own->size(), std::size_t{2});
        QVERIFY((*own)[0].named && (*own)[0].kind == song::SectionKind::Verse);
        QVERIFY((*own)[1].kind == song::SectionKind::Chorus);
        QVERIFY((*own)[0].lines[1].text == "The 7:15 is late");
        song::Brief wanted;
        wanted.lyrics = "The kettle's on, my love\nThe 7:15 is late";
        Form form;
        SectionPlan section;
        section.lines = {{6, 0, 2}, {7, 0, 2}};
        form.sections = {section};
        const auto lyrics = writeLyrics(wanted, form, m_models[0], *m_reader, 1, {});
        QVERIFY(lyrics);
        QVERIFY(lyrics->sections[0].lines[0].text == "The kettle's on, my love");
        QVERIFY(lyrics->sections[0].lines[0].origin == LineOrigin::Person);
        QVERIFY(!readOwnLyrics("[Verse]\n\n ... \n", language::Language::English, *m_reader));
        std::string endless;
        for (int i = 0; i < 60; ++i)
            endless += "la ";
        QVERIFY(!readOwnLyrics(endless, language::Language::English, *m_reader));
    }
};

QTEST_GUILESS_MAIN(LyricsTest)
#include "tst_lyrics.moc"
