#include "continue_song.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <compose/form.h>
#include <session/words.h>
#include <song/edit.h>

#include "song_form.h"
#include "tune_words.h"

namespace cantilena::session {

namespace {

using song::SectionKind;

constexpr std::uint64_t kAttempts = 2;                   ///< at words that the song has not yet
constexpr int kFewestSyllables = 3, kMostSyllables = 12; ///< of a line that the models write

bool isHook(SectionKind kind)
{
    return kind == SectionKind::Chorus || kind == SectionKind::Hook;
}

bool isWordless(SectionKind kind)
{
    return kind == SectionKind::Intro || kind == SectionKind::Outro || kind == SectionKind::Interlude;
}

double energyOf(SectionKind kind, double before)
{
    if (isHook(kind))
        return std::max(0.8, before);
    if (isWordless(kind))
        return 0.4;
    return kind == SectionKind::Bridge || kind == SectionKind::PreChorus ? 0.65 : 0.5;
}

/// Whether each section of a song has a tune.
std::vector<bool> sectionsWithTune(const song::Song& song)
{
    std::vector<bool> result;
    const song::TrackPtr melody = song.melody();
    for (const song::SectionPtr& section : song.sections) {
        const music::Tick begin = song.sectionStart(section->id), end = song.sectionEnd(section->id);
        result.push_back(
            !section->lines.empty() ||
            (melody && std::any_of(melody->notes.begin(), melody->notes.end(), [&](const auto& note) {
                 return note.onset >= begin && note.onset < end;
             })));
    }
    return result;
}

/// One new section: its plan, and the section of the song (or an earlier new one) that it is like.
struct NewSection {
    compose::SectionPlan plan;
    std::optional<std::size_t> like; ///< index in the new form
};

/// A section of a kind that the song has not, in the shape of another.
compose::SectionPlan shapedLike(const compose::SectionPlan& other, SectionKind kind, int material)
{
    compose::SectionPlan plan = other;
    plan.kind = kind;
    plan.material = material;
    plan.energy = energyOf(kind, other.energy);
    plan.sameLyricsAs = -1;
    if (isWordless(kind)) {
        plan.bars = std::min(plan.bars, 4);
        plan.lines.clear();
    }
    for (std::size_t i = 0; i < plan.lines.size(); ++i) {
        compose::LinePlan& line = plan.lines[i];
        line.accents.clear();
        // A chorus is held: it says less a bar, and its lines rhyme in pairs.
        line.syllables =
            std::clamp(line.syllables - (isHook(kind) ? 1 : 0), kFewestSyllables, kMostSyllables);
        if (isHook(kind))
            line.rhyme =
                i % 2 == 1 || i + 1 < plan.lines.size() ? static_cast<char>('A' + i / 2 % 26) : char{0};
    }
    return plan;
}

/// Lines of new words that the song has already.
std::size_t knownLines(const compose::Lyrics& lyrics, std::size_t from, const std::set<std::string>& sung)
{
    std::size_t known = 0;
    for (std::size_t s = from; s < lyrics.sections.size(); ++s)
        for (const compose::LyricLine& line : lyrics.sections[s].lines)
            known += sung.contains(line.text) ? 1 : 0;
    return known;
}

/// Words for the new sections that have their own: those of a whole song in the longer form, so that they
/// tell on; of several songs those that say least again.
Result<compose::Lyrics> wordsFor(const std::vector<compose::SectionPlan>& before,
                                 const std::vector<NewSection>& added, const song::Song& song,
                                 std::uint64_t take, const ContinueTools& tools, const JobContext& job)
{
    compose::Form form;
    form.meter = song.head.meter;
    form.tempo = song.head.tempo.tempo;
    form.key = song.head.key;
    form.sections = before;
    bool sings = false;
    for (const NewSection& section : added) {
        form.sections.push_back(section.plan);
        sings = sings || (!section.plan.lines.empty() && section.plan.sameLyricsAs < 0);
    }
    compose::Lyrics best;
    best.sections.resize(added.size());
    if (!sings)
        return best;
    // Sections that go before only say what was told: the models need not write long lines for them.
    for (compose::SectionPlan& section : form.sections) {
        section.material = static_cast<int>(section.kind) + 1;
        for (compose::LinePlan& line : section.lines)
            line.syllables = std::clamp(line.syllables, kFewestSyllables, kMostSyllables);
    }
    std::set<std::string> sung;
    for (const song::SectionPtr& section : song.sections)
        for (const song::Line& line : section->lines)
            sung.insert(line.text);
    std::size_t fewest = 0;
    for (std::uint64_t attempt = 0; attempt < kAttempts; ++attempt) {
        const std::uint64_t seed = song.head.seed + kAttempts * (take - 1) + attempt;
        TRY(compose::Lyrics lyrics,
            compose::writeLyrics(tools.brief, form, *tools.lyrics, tools.reader, seed, job));
        const std::size_t known = knownLines(lyrics, before.size(), sung);
        if (attempt == 0 || known < fewest) {
            fewest = known;
            best.sections.assign(lyrics.sections.begin() + static_cast<std::ptrdiff_t>(before.size()),
                                 lyrics.sections.end());
        }
        if (fewest == 0)
            break;
    }
    return best;
}

/// Moves everything from a place on by so many ticks.
Result<void> makeRoom(song::Transaction& transaction, music::Tick at, music::Tick length)
{
    const song::SongPtr song = transaction.snapshot();
    for (const song::TrackPtr& track : song->tracks) {
        song::Track moved = *track;
        for (song::Note& note : moved.notes) {
            if (note.onset >= at)
                note.onset += length;
            else if (note.end() > at)
                note.duration = at - note.onset;
        }
        std::stable_sort(moved.notes.begin(), moved.notes.end(), song::noteBefore);
        TRY_VOID(transaction.replaceTrack(std::move(moved)));
    }
    for (const song::ChordEvent& chord : *song->chords) {
        song::ChordEvent moved = chord;
        if (moved.onset >= at)
            moved.onset += length;
        else if (moved.onset + moved.duration > at)
            moved.duration = at - moved.onset;
        TRY_VOID(transaction.replaceChord(moved));
    }
    return {};
}

} // namespace

std::vector<SectionKind> nextSections(const song::Song& song)
{
    const std::vector<bool> tuned = sectionsWithTune(song);
    std::optional<SectionKind> last;
    std::map<SectionKind, int> times;
    for (std::size_t s = 0; s < tuned.size(); ++s) {
        if (!tuned[s])
            continue;
        last = song.sections[s]->kind;
        ++times[*last];
    }
    if (!last)
        return {SectionKind::Verse};
    if (!isHook(*last))
        return {SectionKind::Chorus};
    if (times[SectionKind::Verse] >= 2 && times[SectionKind::Bridge] == 0)
        return {SectionKind::Bridge, SectionKind::Chorus};
    return {SectionKind::Verse, SectionKind::Chorus};
}

Result<song::SongPtr> withMoreSections(const song::Song& song, const std::vector<SectionKind>& kinds,
                                       std::uint64_t take, const ContinueTools& tools, const JobContext& job)
{
    if (kinds.empty() || kinds.size() > kMostNewSections)
        return Error{"A song goes on with 1 to " + std::to_string(kMostNewSections) +
                     " sections at a time; name so many."};
    const song::TrackPtr melody = song.melody();
    if (!melody || song.sections.empty())
        return Error{"The song has no melody to go on from; write or import one first."};
    const std::vector<bool> tuned = sectionsWithTune(song);
    std::size_t at = tuned.size();
    while (at > 0 && !tuned[at - 1])
        --at;
    if (at == 0)
        at = tuned.size();

    compose::Form form = formOf(song);
    addAccents(form, song);
    int material = 0;
    for (const compose::SectionPlan& section : form.sections)
        material = std::max(material, section.material);
    std::vector<NewSection> added;
    std::vector<compose::SectionPlan> plans(form.sections.begin(),
                                            form.sections.begin() + static_cast<std::ptrdiff_t>(at));
    const std::vector<compose::SectionPlan> before = plans;
    std::vector<bool> planned(tuned.begin(), tuned.begin() + static_cast<std::ptrdiff_t>(at));
    for (const SectionKind kind : kinds) {
        NewSection own;
        std::size_t shape = plans.size();
        for (std::size_t s = plans.size(); s-- > 0;) {
            if (plans[s].kind == kind && (planned[s] || isWordless(kind)) && !own.like)
                own.like = s;
            if (planned[s] && shape == plans.size())
                shape = s;
        }
        if (own.like) {
            own.plan = plans[*own.like];
            // Verses after the first are told on; a chorus says the same again.
            own.plan.sameLyricsAs =
                isHook(kind) && !own.plan.lines.empty() ? static_cast<int>(*own.like) : -1;
            for (compose::LinePlan& line : own.plan.lines)
                if (own.plan.sameLyricsAs < 0 && line.syllables > kMostSyllables) {
                    line.syllables = kMostSyllables;
                    line.accents.clear();
                }
        } else {
            own.plan = shapedLike(plans[shape < plans.size() ? shape : plans.size() - 1], kind, ++material);
        }
        plans.push_back(own.plan);
        planned.push_back(!isWordless(kind));
        added.push_back(std::move(own));
    }
    compose::Lyrics words;
    words.sections.resize(added.size());
    if (tools.lyrics) {
        TRY(words, wordsFor(before, added, song, take, tools, job));
    }

    song::Transaction transaction(std::make_shared<const song::Song>(song), "Continue");
    const std::int64_t bar = form.meter.barLength().value;
    music::Tick begin = at < song.sections.size() ? song.sectionStart(song.sections[at]->id) : song.length();
    music::Tick length;
    for (const NewSection& section : added)
        length += music::Tick{section.plan.bars * bar};
    TRY_VOID(makeRoom(transaction, begin, length));
    const song::OriginId ruled = transaction.origin({{}, song::Maker::Rule, "continue", "1", {}, take});
    song::OriginId worded = ruled;
    if (tools.lyrics) {
        const inference::ModelInfo& model = tools.lyrics->info();
        worded = transaction.origin({{}, song::Maker::Model, model.id, model.version, model.sha256, take});
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        const compose::SectionPlan& plan = added[i].plan;
        song::Section section;
        section.kind = plan.kind;
        section.bars = plan.bars;
        section.energy = plan.energy;
        section.material = plan.material;
        section.origin = ruled;
        section.name = "?"; // named below
        const std::vector<compose::LinePlace> places = compose::linePlaces(plan, form.meter);
        const song::SongPtr now = transaction.snapshot();
        for (std::size_t l = 0; l < plan.lines.size() && tools.lyrics; ++l) {
            const bool again = plan.sameLyricsAs >= 0;
            const auto& written = words.sections[i].lines;
            if (!again && l >= written.size())
                break;
            const std::string& text =
                again ? now->sections[static_cast<std::size_t>(plan.sameLyricsAs)]->lines[l].text
                      : written[l].text;
            song::Line line = readLine(tools.reader, text, song.head.language, transaction.ids());
            line.start = places[l].start;
            line.length = places[l].length;
            line.rhyme = plan.lines[l].rhyme;
            line.origin =
                again ? now->sections[static_cast<std::size_t>(plan.sameLyricsAs)]->lines[l].origin : worded;
            section.lines.push_back(std::move(line));
        }
        TRY_VOID(transaction.insertSection(at + i, std::move(section)));
    }
    std::map<SectionKind, int> totals, seen;
    for (const song::SectionPtr& section : transaction.song().sections)
        ++totals[section->kind];
    for (const song::SectionPtr& section : std::vector(transaction.song().sections)) {
        song::Section named = *section;
        named.name = compose::sectionName(section->kind, ++seen[section->kind], totals[section->kind],
                                          song.head.language == language::Language::Mandarin);
        // A person's own names stay.
        if (section->name == "?" || seen[section->kind] == 1)
            if (section->name == "?" || totals[section->kind] > 1)
                TRY_VOID(transaction.replaceSection(std::move(named)));
    }

    // Chords: of sections that come again as they were, of others by the model.
    const compose::Form whole = formOf(transaction.song());
    compose::HarmonyRequest harmony;
    harmony.form = whole;
    if (tools.harmony.style)
        harmony.style = *tools.harmony.style;
    harmony.valence = song.head.brief.valence;
    harmony.arousal = song.head.brief.arousal;
    harmony.seed = song.head.seed;
    music::Tick start = begin;
    for (std::size_t i = 0; i < added.size(); ++i) {
        const music::Tick end = start + music::Tick{added[i].plan.bars * bar};
        const song::SongPtr now = transaction.snapshot();
        if (added[i].like) {
            const song::SectionPtr& like = now->sections[*added[i].like];
            const music::Tick from = now->sectionStart(like->id), until = now->sectionEnd(like->id);
            for (song::ChordEvent chord : *now->chords) {
                if (chord.onset < from || chord.onset >= until)
                    continue;
                chord.id = {};
                chord.duration = std::min(chord.duration, until - chord.onset);
                chord.onset += start - from;
                chord.reasons |= static_cast<std::uint32_t>(song::ChordReason::Repeat);
                TRY_VOID(transaction.addChord(chord));
            }
        } else {
            TRY(const std::vector<song::ChordEvent> chords,
                compose::rewriteHarmony(harmony, *now->chords, {start, end, take}, tools.harmony.harmony,
                                        job));
            const inference::ModelInfo& model = tools.harmony.harmony.harmony->info();
            for (song::ChordEvent chord : chords) {
                if (chord.onset < start || chord.onset >= end)
                    continue;
                chord.id = {};
                chord.origin =
                    transaction.origin({{}, song::Maker::Model, model.id, model.version, model.sha256, take});
                TRY_VOID(transaction.addChord(chord));
            }
        }
        start = end;
    }

    compose::MelodyRequest tune;
    tune.form = whole;
    tune.sections = transaction.song().sections;
    tune.chords = *transaction.song().chords;
    if (tools.harmony.style)
        tune.style = *tools.harmony.style;
    tune.range = tools.range;
    tune.instrumental = !melody->head.vocal;
    tune.arousal = song.head.brief.arousal;
    tune.valence = song.head.brief.valence;
    tune.seed = take;
    const song::TrackPtr sung = transaction.song().melody();
    TRY(std::vector<song::Note> notes, compose::continueMelody(tune, sung->notes, at, tools.melody, job));
    std::erase_if(notes, [&](const song::Note& note) { return note.onset >= begin + length; });
    const inference::ModelInfo& model = tools.melody.pitch->info();
    const song::OriginId made =
        transaction.origin({{}, song::Maker::Model, model.id, model.version, model.sha256, take});
    for (song::Note& note : notes)
        note.origin = made;
    TRY_VOID(transaction.addNotes(sung->head.id, std::move(notes)));
    TRY_VOID(rewriteBand(transaction, whole, {begin, begin + length, take}, true, tools.harmony, job));
    return transaction.snapshot();
}

} // namespace cantilena::session
