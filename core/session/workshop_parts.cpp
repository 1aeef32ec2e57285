// What the workshop does with parts of a song that is there: words, tune, chords.

#include <algorithm>

#include <compose/brief.h>
#include <compose/lyrics.h>
#include <compose/melody.h>
#include <session/workshop.h>

#include "continue_song.h"
#include "harmonise.h"
#include "song_form.h"
#include "translate.h"
#include "tune_words.h"
#include "workshop_impl.h"

namespace cantilena::session {

namespace {

constexpr std::size_t kMostWordsAsPrompt = 600; ///< bytes of a song's own words that say what it is about

} // namespace

Result<std::vector<std::string>> Workshop::rewriteLine(const song::Song& song, std::size_t line,
                                                       compose::LineWish wish, std::size_t count,
                                                       std::uint64_t seed, const JobContext& job)
{
    const song::Brief& brief = song.head.brief;
    compose::LineQuestion question;
    question.brief = brief;
    question.title = song.head.title;
    question.wish = wish;
    question.count = count;
    question.seed = seed;
    std::size_t first = 0;
    for (const auto& section : song.sections) {
        if (line >= first + section->lines.size()) {
            first += section->lines.size();
            continue;
        }
        const song::Line& asked = section->lines[line - first];
        question.kind = section->kind;
        question.line = asked.text;
        for (std::size_t i = 0; i < section->lines.size(); ++i) {
            const song::Line& other = section->lines[i];
            if (i < line - first)
                question.before.push_back(other.text);
            if (i != line - first && asked.rhyme != 0 && other.rhyme == asked.rhyme &&
                question.rhymesWith.empty())
                question.rhymesWith = other.text;
        }
        TRY(const language::Reader* reader, m_impl->theReader());
        TRY(const compose::LyricModels* models, m_impl->lyricModels(brief.language));
        return compose::rewriteLine(question, *models, *reader, job);
    }
    return Error{"The song has " + std::to_string(first) + " lines; choose one of them."};
}

Result<song::SongPtr> Workshop::sungAnew(const song::Song& song, const song::Brief& brief, std::uint64_t seed,
                                         const JobContext& job)
{
    TRY(const language::Reader* reader, m_impl->theReader());
    // The words are new throughout: those of a kind of section belong together.
    compose::Form form = formOf(song);
    bool sings = false;
    for (compose::SectionPlan& section : form.sections) {
        section.material = static_cast<int>(section.kind) + 1;
        sings = sings || !section.lines.empty();
    }
    if (!sings)
        return Error{"The song has no words to replace; write some first."};
    addAccents(form, song);
    TRY(const compose::LyricModels* models, m_impl->lyricModels(brief.language));
    TRY(const compose::Lyrics lyrics, compose::writeLyrics(brief, form, *models, *reader, seed, job));
    return withOtherWords(song, brief, lyrics, *reader, models->info(), seed);
}

Result<song::SongPtr> Workshop::translate(const song::Song& song, std::uint64_t seed, const JobContext& job)
{
    TRY(const auto* space, m_impl->words.get([&] { return compose::WordSpace::load(m_impl->paths.models); }));
    song::Brief brief = briefInOtherLanguage(song, **space);
    if (const voice::SingerInfo* singer = chooseSinger(m_impl->singers, brief))
        brief.singer = singer->id;
    return sungAnew(song, brief, seed, job);
}

Result<song::SongPtr> Workshop::newWords(const song::Song& song, const compose::ComposeRequest& request,
                                         const JobContext& job)
{
    TRY(const song::Brief asked, readBrief(request));
    // What the words are about is new; how the song sounds is what it was.
    song::Brief brief = song.head.brief;
    brief.prompt = asked.prompt;
    brief.language = asked.language;
    brief.themes = asked.themes;
    brief.chosenThemes = asked.chosenThemes;
    brief.pointOfView = asked.pointOfView;
    brief.valence = asked.valence;
    brief.lyrics.clear();
    const bool hasWords =
        std::any_of(song.sections.begin(), song.sections.end(),
                    [](const song::SectionPtr& section) { return !section->lines.empty(); });
    if (hasWords)
        return sungAnew(song, brief, request.seed, job);
    brief.instrumental = false;
    if (!findSinger(m_impl->singers, brief.singer))
        brief.singer = asked.singer;
    WordlessTune tune = wordlessTune(song);
    if (std::all_of(tune.lines.begin(), tune.lines.end(), [](const auto& lines) { return lines.empty(); }))
        return Error{"The song has no melody to write words for; write or import one first."};
    for (compose::SectionPlan& section : tune.form.sections)
        section.material = static_cast<int>(section.kind) + 1;
    TRY(const language::Reader* reader, m_impl->theReader());
    TRY(const compose::LyricModels* models, m_impl->lyricModels(brief.language));
    TRY(const compose::Form wanted,
        compose::suitForm({tune.form}, brief, *models, *reader, request.seed, job));
    bendTo(tune, wanted);
    TRY(const compose::Lyrics lyrics,
        compose::writeLyrics(brief, tune.form, *models, *reader, request.seed, job));
    return withFirstWords(song, brief, tune, lyrics, *reader, models->info(), request.seed);
}

Result<MelodyTake> Workshop::melodyTake(const song::Song& song, const TakeWish& wish, const JobContext& job)
{
    const song::TrackPtr melody = song.melody();
    if (!melody)
        return Error{"The song has no melody track to change."};
    TRY(const ComposeModels* models, m_impl->composeModels());
    compose::MelodyRequest request;
    request.form = formOf(song);
    request.sections = song.sections;
    request.chords = *song.chords;
    const compose::Style* style = compose::findStyle(m_impl->styles, song.head.style);
    request.style = style ? *style : m_impl->styles.front();
    if (const voice::SingerInfo* singer = findSinger(m_impl->singers, song.head.vocal.singer))
        request.range = {singer->comfortLowest, singer->comfortHighest};
    request.instrumental = !melody->head.vocal;
    request.arousal = song.head.brief.arousal;
    request.valence = song.head.brief.valence;
    request.bravery = wish.bravery;
    request.seed = song.head.seed;
    MelodyTake take{wish, {}, {}};
    TRY(take.revision, compose::rewriteMelody(request, melody->notes, wish.piece, models->melody, job));
    const inference::ModelInfo& model = models->melody.pitch->info();
    take.maker = {{}, song::Maker::Model, model.id, model.version, model.sha256, song.head.seed};
    return take;
}

Result<song::SongPtr> Workshop::continueSong(const song::Song& song,
                                             const std::vector<song::SectionKind>& kinds, std::uint64_t take,
                                             const JobContext& job)
{
    TRY(const ComposeModels* models, m_impl->composeModels());
    TRY(const language::Reader* reader, m_impl->theReader());
    ContinueTools tools{
        {models->harmony, models->arrangement, compose::findStyle(m_impl->styles, song.head.style)},
        models->melody,
        {},
        nullptr,
        *reader,
        song.head.brief};
    if (const voice::SingerInfo* singer = findSinger(m_impl->singers, song.head.vocal.singer))
        tools.range = {singer->comfortLowest, singer->comfortHighest};
    std::string text;
    for (const song::SectionPtr& section : song.sections)
        for (const song::Line& line : section->lines)
            if (text.size() + line.text.size() < kMostWordsAsPrompt)
                text += line.text + "\n";
    if (!text.empty()) {
        TRY(tools.lyrics, m_impl->lyricModels(song.head.language));
        tools.brief.language = song.head.language;
        tools.brief.lyrics.clear();
        if (tools.brief.prompt.empty()) { // what the words that are there are about
            compose::ComposeRequest request;
            request.prompt = text;
            request.language = song.head.language;
            TRY(const song::Brief read, readBrief(request));
            tools.brief.prompt = read.prompt;
            tools.brief.themes = read.themes;
            tools.brief.pointOfView = read.pointOfView;
        }
    }
    return withMoreSections(song, kinds.empty() ? nextSections(song) : kinds, take, tools, job);
}

Result<song::SongPtr> Workshop::harmonise(const song::Song& song, std::uint64_t take, const JobContext& job)
{
    TRY(const ComposeModels* models, m_impl->composeModels());
    const HarmonyTools tools{models->harmony, models->arrangement,
                             compose::findStyle(m_impl->styles, song.head.style)};
    return withOtherChords(song, {{}, song.length(), take}, false, tools, job);
}

Result<song::SongPtr> Workshop::rewriteChords(const song::Song& song, music::Tick begin, music::Tick end,
                                              std::uint64_t take, const JobContext& job)
{
    TRY(const ComposeModels* models, m_impl->composeModels());
    const HarmonyTools tools{models->harmony, models->arrangement,
                             compose::findStyle(m_impl->styles, song.head.style)};
    return withOtherChords(song, {begin, end, take}, true, tools, job);
}

} // namespace cantilena::session
