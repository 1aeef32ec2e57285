#include "song_edits.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <compose/section_mark.h>
#include <exchange/tune.h>
#include <session/vocals.h>
#include <store/song_file.h>

namespace cantilena::app {

namespace {

/// The part of the song that the options name.
Result<std::pair<music::Tick, music::Tick>> partOf(const song::Song& song, const PartOptions& options)
{
    const std::int64_t bar = song.head.meter.barLength().value;
    if (!options.bars.empty()) {
        int first = 0, last = 0, read = 0;
        const bool range = std::sscanf(options.bars.c_str(), "%d-%d%n", &first, &last, &read) == 2 &&
                           static_cast<std::size_t>(read) == options.bars.size();
        const std::int64_t bars = song.length().value / bar;
        if (!range || first < 1 || last < first || last > bars)
            return Error{"The bars “" + options.bars +
                         "” are not in the song; write them like 5-8, from 1 to " + std::to_string(bars) +
                         "."};
        return std::pair{music::Tick{(first - 1) * bar}, music::Tick{last * bar}};
    }
    int number = 0;
    std::string names;
    for (const song::SectionPtr& section : song.sections) {
        const music::Tick start = song.sectionStart(section->id);
        names += (names.empty() ? "" : ", ") + section->name;
        if (!options.section.empty() && section->name == options.section)
            return std::pair{start, song.sectionEnd(section->id)};
        for (const song::Line& line : section->lines)
            if (++number == options.line)
                return std::pair{start + line.start, start + line.start + line.length};
    }
    if (!options.section.empty())
        return Error{"The song has no section “" + options.section + "”; choose one of " + names + "."};
    return Error{"The song has " + std::to_string(number) + " lines; choose one of them."};
}

} // namespace

Result<void> importTune(session::Workshop& workshop, const ImportOptions& options, const JobContext& job)
{
    TRY_VOID(store::SongFile::checkTarget(options.output));
    compose::ComposeRequest request;
    request.prompt = options.prompt;
    request.style = options.style;
    request.voice = options.voice;
    request.seed = options.seed;
    if (options.tempo != 0)
        request.tempo = music::Bpm{options.tempo};
    if (!options.language.empty()) {
        request.language = language::languageOfCode(options.language);
        if (!request.language)
            return Error{"The language “" + options.language + "” is not known; use en or zh."};
    }
    if (!options.key.empty()) {
        request.key = music::Key::parse(options.key);
        if (!request.key)
            return Error{"“" + options.key + "” is no key; write it like “C major” or “F# minor”."};
    }
    TRY(const exchange::Tune tune, exchange::loadTune(options.file));
    TRY(const song::SongPtr song, workshop.importTune(tune, request, job));
    TRY_VOID(store::SongFile::save(*song, options.output));
    for (const std::string& lost : tune.lost)
        fmt::print(stderr, "{}\n", lost);
    fmt::print("{}\n", song->head.title);
    for (const song::SectionPtr& section : song->sections) {
        fmt::print("[{}] {} bars\n", section->name, section->bars);
        for (const song::Line& line : section->lines)
            fmt::print("{}\n", line.text);
    }
    return {};
}

Result<void> continueSong(session::Workshop& workshop, const std::string& songFile,
                          const ContinueOptions& options, const JobContext& job)
{
    TRY_VOID(store::SongFile::checkTarget(options.output));
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    std::vector<song::SectionKind> kinds;
    for (std::size_t at = 0; at < options.sections.size();) {
        const std::size_t end = std::min(options.sections.find_first_of(", ", at), options.sections.size());
        const std::string name = options.sections.substr(at, end - at);
        at = end + 1;
        if (name.empty())
            continue;
        const auto kind = compose::sectionKindOfMark(name);
        if (!kind)
            return Error{"“" + name +
                         "” is no kind of section; use verse, prechorus, chorus, bridge, solo, "
                         "interlude, hook or outro."};
        kinds.push_back(*kind);
    }
    TRY(const song::SongPtr longer, workshop.continueSong(*song, kinds, options.take, job));
    TRY_VOID(store::SongFile::save(*longer, options.output));
    for (const song::SectionPtr& section : longer->sections) {
        const bool before = std::any_of(song->sections.begin(), song->sections.end(),
                                        [&](const song::SectionPtr& old) { return old->id == section->id; });
        if (before)
            continue;
        fmt::print("[{}] {} bars\n", section->name, section->bars);
        for (const song::Line& line : section->lines)
            fmt::print("{}\n", line.text);
    }
    return {};
}

/// Writes a part of the tune again into a new song file.
Result<void> rewriteTune(session::Workshop& workshop, const std::string& songFile,
                         const MelodyOptions& options, const JobContext& job)
{
    TRY_VOID(store::SongFile::checkTarget(options.part.output));
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    TRY(const auto part, partOf(*song, options.part));
    session::TakeWish wish;
    wish.piece = {part.first, part.second, options.vary ? compose::PieceWish::Vary : compose::PieceWish::Anew,
                  options.part.take};
    wish.bravery = options.bravery;
    TRY(const session::MelodyTake take, workshop.melodyTake(*song, wish, job));
    song::Transaction transaction(song, "New tune");
    TRY_VOID(session::putTake(transaction, take));
    TRY_VOID(store::SongFile::save(transaction.song(), options.part.output));
    fmt::print("{} notes in place of {}\n", take.revision.added.size(), take.revision.removed.size());
    return {};
}

/// Writes other chords under the tune, for a part or for the whole song, into a new song file.
Result<void> rewriteChords(session::Workshop& workshop, const std::string& songFile,
                           const PartOptions& options, const JobContext& job)
{
    TRY_VOID(store::SongFile::checkTarget(options.output));
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    const bool whole = options.line == 0 && options.bars.empty() && options.section.empty();
    song::SongPtr other;
    if (whole) {
        TRY(other, workshop.harmonise(*song, options.take, job));
    } else {
        TRY(const auto part, partOf(*song, options));
        TRY(other, workshop.rewriteChords(*song, part.first, part.second, options.take, job));
    }
    TRY_VOID(store::SongFile::save(*other, options.output));
    const std::int64_t bar = other->head.meter.barLength().value;
    for (const song::SectionPtr& section : other->sections) {
        const music::Tick start = other->sectionStart(section->id), end = other->sectionEnd(section->id);
        std::string line;
        for (const song::ChordEvent& chord : *other->chords)
            if (chord.onset >= start && chord.onset < end)
                line += (chord.onset.value % bar == 0 ? " | " : " ") +
                        chord.chord.symbol(other->head.key.usesFlats());
        fmt::print("[{}]{}\n", section->name, line);
    }
    return {};
}

Result<void> changeVoice(session::Workshop& workshop, const std::string& songFile,
                         const VoiceOptions& options)
{
    static const std::map<std::string_view, song::Where> kPlaces = {{"off", song::Where::Nowhere},
                                                                    {"choruses", song::Where::Choruses},
                                                                    {"throughout", song::Where::Throughout}};
    TRY_VOID(store::SongFile::checkTarget(options.output));
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    song::Vocal vocal = song->head.vocal;
    vocal.singer = options.singer.value_or(vocal.singer);
    vocal.breath = options.breath.value_or(vocal.breath);
    vocal.tension = options.tension.value_or(vocal.tension);
    vocal.brightness = options.brightness.value_or(vocal.brightness);
    vocal.vibrato = options.vibrato.value_or(vocal.vibrato);
    vocal.consonants = options.consonants.value_or(vocal.consonants);
    vocal.gender = options.gender.value_or(vocal.gender);
    vocal.growl = options.growl.value_or(vocal.growl);
    if (options.doubles)
        vocal.doubles = kPlaces.at(*options.doubles);
    if (options.harmony)
        vocal.harmony = kPlaces.at(*options.harmony);
    if (options.harmonyPlace)
        vocal.harmonyBelow = *options.harmonyPlace == "below";
    song::Transaction transaction(song, "Change voice");
    TRY_VOID(session::changeVocal(transaction, workshop.singers(), vocal));
    return store::SongFile::save(*transaction.snapshot(), options.output);
}

Result<void> rewrite(session::Workshop& workshop, const std::string& songFile, const RewriteOptions& options,
                     const JobContext& job)
{
    using compose::LineWish;
    static const std::map<std::string_view, LineWish> kWishes = {
        {"another", LineWish::Another}, {"like", LineWish::LikeThis},    {"happier", LineWish::Happier},
        {"sadder", LineWish::Sadder},   {"image", LineWish::OtherImage}, {"simpler", LineWish::Simpler}};
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    TRY(const std::vector<std::string> lines,
        workshop.rewriteLine(*song, static_cast<std::size_t>(options.line - 1), kWishes.at(options.wish),
                             static_cast<std::size_t>(options.count), options.seed, job));
    if (lines.empty())
        return Error{"No other words fit line " + std::to_string(options.line) +
                     "; try another wish or seed."};
    for (const std::string& line : lines)
        fmt::print("{}\n", line);
    return {};
}

Result<void> translate(session::Workshop& workshop, const std::string& songFile, const std::string& output,
                       std::uint64_t seed, const JobContext& job)
{
    TRY_VOID(store::SongFile::checkTarget(output));
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    TRY(const song::SongPtr translated, workshop.translate(*song, seed, job));
    return store::SongFile::save(*translated, output);
}

Result<void> newWords(session::Workshop& workshop, const std::string& songFile, const std::string& output,
                      const std::string& prompt, std::uint64_t seed, const JobContext& job)
{
    TRY_VOID(store::SongFile::checkTarget(output));
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    compose::ComposeRequest request;
    request.prompt = prompt;
    request.seed = seed;
    request.interfaceLanguage = song->head.language;
    TRY(const song::SongPtr other, workshop.newWords(*song, request, job));
    TRY_VOID(store::SongFile::save(*other, output));
    fmt::print("{}\n", other->head.title);
    for (const song::SectionPtr& section : other->sections)
        for (const song::Line& line : section->lines)
            fmt::print("{}\n", line.text);
    return {};
}

Result<void> originality(session::Workshop& workshop, const std::string& songFile)
{
    TRY(const song::SongPtr song, store::SongFile::read(songFile));
    TRY(const auto lines, workshop.lyricOriginality(*song));
    const bool mandarin = song->head.brief.language == language::Language::Mandarin;
    std::size_t longest = 0;
    for (const compose::LineOriginality& line : lines) {
        fmt::print("{}\n    {:.0f} % of “{}” ({})\n", line.text, 100 * line.shared, line.nearest,
                   line.nearestSong);
        longest = std::max(longest, line.longestKnown);
    }
    const std::size_t limit = mandarin ? 8 : 7;
    const char* unit = mandarin ? "characters" : "words";
    if (longest < limit)
        fmt::print("No line has {} {} in a row from a training text.\n", limit, unit);
    else
        fmt::print("The longest run that is known from a training text has {} {}.\n", longest, unit);
    return {};
}

} // namespace cantilena::app
