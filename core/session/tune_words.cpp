#include "tune_words.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <compose/tune_lines.h>
#include <session/words.h>
#include <song/edit.h>

#include "assemble.h"
#include "song_form.h"

namespace cantilena::session {

namespace {

using compose::LinedNote;
using compose::TuneLine;

constexpr std::size_t kMostSyllables = 12;      ///< of a line of words
constexpr int kMostJoined = 2;                  ///< notes of a line for the sake of its words
constexpr music::Tick kSplit = music::kQuarter; ///< the shortest note that is split

/// Rhyme letters: every second line of four, the two of a pair.
char letterOf(std::size_t line, std::size_t count)
{
    const std::size_t four = line / 4, in = line % 4;
    const bool pair = count - four * 4 < 4;
    if (pair && in == 2)
        return 0;
    return pair || in % 2 == 1 ? static_cast<char>('A' + four % 26) : char{0};
}

/// One syllable of a line: the notes that sing it, and whether its one note is half of a split one.
struct Slot {
    std::vector<std::size_t> notes; ///< of LineNotes
    enum class Half : std::uint8_t { Whole, First, Second } half = Half::Whole;
};

/// Slots for so many syllables: the shortest notes join the syllables before them, or the longest is split.
std::vector<Slot> slotsOf(const LineNotes& line, std::size_t syllables)
{
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < line.notes.size(); ++i)
        if (i == 0 || !line.notes[i].goesOn)
            starts.push_back(i);
    while (starts.size() > std::max<std::size_t>(1, syllables))
        starts.erase(std::min_element(starts.begin() + 1, starts.end(), [&](std::size_t a, std::size_t b) {
            return line.notes[a].duration < line.notes[b].duration;
        }));
    std::vector<Slot> slots;
    for (std::size_t k = 0; k < starts.size(); ++k) {
        slots.emplace_back();
        const std::size_t to = k + 1 < starts.size() ? starts[k + 1] : line.notes.size();
        for (std::size_t i = starts[k]; i < to; ++i)
            slots.back().notes.push_back(i);
    }
    if (slots.size() < syllables) {
        // Not the last note: a line ends on a held one.
        auto longest = slots.end();
        for (auto slot = slots.begin(); slot != slots.end(); ++slot) {
            const bool whole = slot->notes.size() == 1 && line.notes[slot->notes[0]].duration >= kSplit;
            if (whole && (longest == slots.end() ||
                          (slot + 1 != slots.end() &&
                           line.notes[slot->notes[0]].duration > line.notes[longest->notes[0]].duration)))
                longest = slot;
        }
        if (longest != slots.end()) {
            Slot second = *longest;
            longest->half = Slot::Half::First;
            second.half = Slot::Half::Second;
            slots.insert(longest + 1, second);
        }
    }
    return slots;
}

music::Tick halfOf(music::Tick duration)
{
    const std::int64_t grid = music::kEighth.value / 2;
    return {std::max(grid, duration.value / 2 / grid * grid)};
}

std::vector<float> accentsOf(const LineNotes& line, const std::vector<Slot>& slots, const music::Meter& meter)
{
    std::vector<LinedNote> sung;
    for (const Slot& slot : slots) {
        LinedNote note = line.notes[slot.notes.front()];
        if (slot.half == Slot::Half::Second)
            note.onset += halfOf(note.duration);
        if (slot.half != Slot::Half::Whole)
            note.duration = halfOf(note.duration);
        sung.push_back(note);
    }
    return compose::accentsOf(sung, meter);
}

} // namespace

WordlessTune wordlessTune(const song::Song& song)
{
    WordlessTune result;
    result.form = formOf(song);
    result.lines.resize(song.sections.size());
    const song::TrackPtr melody = song.melody();
    if (!melody || melody->notes.empty())
        return result;
    const music::Meter& meter = song.head.meter;
    const std::int64_t bar = meter.barLength().value;
    std::vector<const song::Note*> notes;
    std::vector<LinedNote> lined;
    for (const song::Note& note : melody->notes) {
        if (!notes.empty() && note.onset <= notes.back()->onset)
            continue; // one at a time
        LinedNote own{note.onset, note.duration, note.pitch.midi};
        const bool touches = !notes.empty() && note.onset - notes.back()->end() < music::kSixteenth;
        own.goesOn = touches && compose::isOrnament(note.duration, song.head.tempo.tempo);
        notes.push_back(&note);
        lined.push_back(own);
    }
    for (const song::SectionPtr& section : song.sections) {
        const music::Tick start = song.sectionStart(section->id);
        const auto first = std::find_if(lined.begin(), lined.end(), [&](const LinedNote& note) {
            return !note.goesOn && note.onset.value >= start.value - bar * 3 / 8;
        });
        if (first != lined.end())
            first->begins = true;
    }
    const std::vector<TuneLine> lines = compose::linesOfTune(lined, meter, song.head.tempo.tempo);
    for (std::size_t s = 0; s < song.sections.size(); ++s) {
        const song::Section& section = *song.sections[s];
        compose::SectionPlan& plan = result.form.sections[s];
        plan.lines.clear();
        const music::Tick begin = song.sectionStart(section.id), end = song.sectionEnd(section.id);
        std::vector<TuneLine> found;
        for (const TuneLine& line : lines)
            if (line.start >= begin && line.start < end)
                found.push_back(line);
        std::int64_t next = begin.value / bar;
        for (std::size_t l = 0; l < found.size(); ++l) {
            const TuneLine& line = found[l];
            LineNotes own;
            for (std::size_t i = line.first; i < line.first + line.count; ++i) {
                own.ids.push_back(notes[i]->id);
                own.notes.push_back(lined[i]);
            }
            const std::vector<Slot> slots = slotsOf(own, kMostSyllables);
            const std::size_t count = std::min(slots.size(), kMostSyllables);
            const std::int64_t until = std::min(line.start.value / bar + line.bars, end.value / bar);
            plan.lines.push_back({static_cast<int>(count), letterOf(l, found.size()),
                                  static_cast<int>(std::max<std::int64_t>(1, until - next)),
                                  accentsOf(own, slotsOf(own, count), meter)});
            next = until;
            result.lines[s].push_back(std::move(own));
        }
        // A chorus comes again with its words.
        const bool hook =
            section.kind == song::SectionKind::Chorus || section.kind == song::SectionKind::Hook;
        plan.sameLyricsAs = -1;
        for (std::size_t k = 0; k < s && hook && plan.sameLyricsAs < 0; ++k) {
            const compose::SectionPlan& before = result.form.sections[k];
            if (before.kind == plan.kind && before.lines.size() == plan.lines.size() &&
                std::equal(before.lines.begin(), before.lines.end(), plan.lines.begin(),
                           [](const auto& a, const auto& b) { return a.syllables == b.syllables; }))
                plan.sameLyricsAs = static_cast<int>(k);
        }
    }
    return result;
}

void bendTo(WordlessTune& tune, const compose::Form& wanted)
{
    tune.form.story = wanted.story;
    for (std::size_t s = 0; s < tune.lines.size() && s < wanted.sections.size(); ++s) {
        compose::SectionPlan& plan = tune.form.sections[s];
        for (std::size_t l = 0; l < plan.lines.size() && l < wanted.sections[s].lines.size(); ++l) {
            compose::LinePlan& line = plan.lines[l];
            const compose::LinePlan& other = wanted.sections[s].lines[l];
            line.rhyme = other.rhyme;
            const int more = other.syllables - line.syllables;
            if (more == 0 || more > 1 || more < -kMostJoined || other.syllables < 2)
                continue;
            const std::vector<Slot> slots =
                slotsOf(tune.lines[s][l], static_cast<std::size_t>(other.syllables));
            if (slots.size() != static_cast<std::size_t>(other.syllables))
                continue;
            line.syllables = other.syllables;
            line.accents = accentsOf(tune.lines[s][l], slots, tune.form.meter);
        }
    }
}

void addAccents(compose::Form& form, const song::Song& song)
{
    const song::TrackPtr melody = song.melody();
    if (!melody)
        return;
    std::map<std::uint64_t, LinedNote> first; // of each syllable
    for (const song::Note& note : melody->notes)
        if (note.syllable)
            first.emplace(note.syllable.value, LinedNote{note.onset, note.duration, note.pitch.midi});
    for (std::size_t s = 0; s < form.sections.size() && s < song.sections.size(); ++s) {
        for (std::size_t l = 0; l < form.sections[s].lines.size(); ++l) {
            std::vector<LinedNote> sung;
            for (const song::Word& word : song.sections[s]->lines[l].words)
                for (const song::Syllable& syllable : word.syllables)
                    if (const auto note = first.find(syllable.id.value); note != first.end())
                        sung.push_back(note->second);
            if (sung.size() == song.sections[s]->lines[l].syllableCount())
                form.sections[s].lines[l].accents = compose::accentsOf(sung, song.head.meter);
        }
    }
}

Result<song::SongPtr> withFirstWords(const song::Song& song, const song::Brief& brief,
                                     const WordlessTune& tune, const compose::Lyrics& lyrics,
                                     const language::Reader& reader, const inference::ModelInfo& maker,
                                     std::uint64_t seed)
{
    const song::TrackPtr melody = song.melody();
    if (!melody)
        return Error{"The song has no melody track to sing words on."};
    song::Transaction transaction(std::make_shared<const song::Song>(song), "Words");
    song::SongHead head = song.head;
    head.language = brief.language;
    head.brief = brief;
    head.title = lyrics.title;
    head.vocal.singer = brief.singer;
    transaction.setHead(std::move(head));
    const song::OriginId origin =
        transaction.origin({{}, song::Maker::Model, maker.id, maker.version, maker.sha256, seed});
    struct Sings {
        song::SyllableId first, second; ///< the second on the other half of a split note
    };
    std::map<std::uint64_t, Sings> sings; // by note
    for (std::size_t s = 0; s < song.sections.size(); ++s) {
        song::Section section = *song.sections[s];
        section.lines.clear();
        const std::vector<compose::LinePlace> places =
            compose::linePlaces(tune.form.sections[s], song.head.meter);
        const auto& written = lyrics.sections[s].lines;
        for (std::size_t l = 0; l < written.size() && l < places.size(); ++l) {
            song::Line line = readLine(reader, written[l].text, brief.language, transaction.ids());
            line.start = places[l].start;
            line.length = places[l].length;
            line.rhyme = written[l].rhyme;
            line.origin = origin;
            const LineNotes& notes = tune.lines[s][l];
            const std::vector<Slot> slots = slotsOf(notes, line.syllableCount());
            std::size_t at = 0;
            for (const song::Word& word : line.words) {
                for (const song::Syllable& syllable : word.syllables) {
                    if (at >= slots.size())
                        break;
                    for (const std::size_t note : slots[at].notes) {
                        Sings& own = sings[notes.ids[note].value];
                        (slots[at].half == Slot::Half::Second ? own.second : own.first) = syllable.id;
                    }
                    ++at;
                }
            }
            section.lines.push_back(std::move(line));
        }
        TRY_VOID(transaction.replaceSection(std::move(section)));
    }
    song::Track sung = *melody;
    const song::Track usual = melodyTrack(brief, {});
    sung.head.vocal = true;
    sung.head.name = usual.head.name;
    std::vector<song::Note> halves;
    for (song::Note& note : sung.notes) {
        const auto found = sings.find(note.id.value);
        if (found == sings.end())
            continue;
        note.syllable = found->second.first;
        if (!found->second.second)
            continue;
        song::Note half = note;
        half.id = transaction.ids().make<song::NoteId>();
        half.syllable = found->second.second;
        half.onset += halfOf(note.duration);
        half.duration = note.duration - halfOf(note.duration);
        half.origin = origin;
        note.duration = halfOf(note.duration);
        halves.push_back(half);
    }
    sung.notes.insert(sung.notes.end(), halves.begin(), halves.end());
    std::stable_sort(sung.notes.begin(), sung.notes.end(), song::noteBefore);
    TRY_VOID(transaction.replaceTrack(std::move(sung)));
    return transaction.snapshot();
}

} // namespace cantilena::session
