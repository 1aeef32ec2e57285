#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include "melody_writer.h"

/// Writing a part of a tune again while the rest stays.
namespace cantilena::compose {

namespace {

using song::Note;

/// Units from a section's start, rounded down.
std::int64_t unitIn(music::Tick tick, std::int64_t sectionStart)
{
    const std::int64_t ticks = tick.value - sectionStart * kUnit;
    return ticks >= 0 ? ticks / kUnit : -((-ticks + kUnit - 1) / kUnit);
}

bool begins(const Note& note, const MelodyPiece& piece)
{
    return note.onset >= piece.begin && note.onset < piece.end;
}

/// An instrument's line has a slot for each note that stays and each that is written.
void countSlots(Phrase& phrase, PitchTask& task)
{
    phrase.first = task.before.size();
    phrase.words.syllables.assign(task.before.size() + phrase.slots.size() + task.after.size(),
                                  {1, false, 0});
    for (std::size_t i = 0; i < task.before.size(); ++i)
        task.before[i].slot = i;
    for (std::size_t i = 0; i < task.after.size(); ++i)
        task.after[i].slot = phrase.first + phrase.slots.size() + i;
}

} // namespace

/// A run of a line's syllables that is written again.
struct MelodyWriter::Piece {
    Phrase phrase;
    std::int64_t offset = 0;      ///< units from the line's start to the phrase's
    std::size_t first = 0;        ///< slot of the line
    std::vector<const Note*> old; ///< its notes so far
    std::optional<int> next;      ///< pitch of the note that follows and stays
};

/// Lets the models hear the tune before a line, and nothing else.
Result<void> MelodyWriter::recall(const std::vector<std::vector<Phrase>>& lines, std::size_t section,
                                  std::size_t line, const std::vector<Note>& tune)
{
    TRY_VOID(begin());
    std::int64_t start = 0;
    FeatureBlock rhythm{{}, kRhythmColumns}, pitch{{}, kPitchColumns};
    for (std::size_t s = 0; s <= section; ++s) {
        for (std::size_t l = 0; l < (s < section ? lines[s].size() : line); ++l)
            listen(asSet(lines[s][l], start, tune), start, rhythm, pitch);
        start += static_cast<std::int64_t>(m_request.form.sections[s].bars) * m_metre.bar;
    }
    TRY_VOID(hear(rhythm, m_rhythm->stepper));
    return hear(pitch, m_pitch->stepper);
}

/// A line as the tune sings it. An instrument's line has as many slots as it has notes.
SetLine MelodyWriter::asSet(const Phrase& line, std::int64_t start, const std::vector<Note>& tune) const
{
    SetLine set{line, {}};
    if (m_request.instrumental)
        set.phrase.slots.clear();
    for (const Note& note : tune) {
        Sung sung{{note.onset.value - start * kUnit}, note.duration, note.pitch.midi, note.reasons, 0};
        if (m_request.instrumental) {
            if (sung.unit() < line.start || sung.unit() >= line.start + line.length)
                continue;
            sung.slot = set.phrase.slots.size();
            set.phrase.slots.push_back(Slot{{}, 1});
            set.phrase.words.syllables.resize(set.phrase.slots.size(), {1, false, 0});
        } else {
            const auto slot = std::find_if(line.slots.begin(), line.slots.end(),
                                           [&](const Slot& s) { return s.id == note.syllable; });
            if (slot == line.slots.end())
                continue;
            sung.slot = static_cast<std::size_t>(slot - line.slots.begin());
        }
        set.notes.push_back(sung);
    }
    return set;
}

std::vector<MelodyWriter::Piece> MelodyWriter::piecesOf(const Phrase& line, std::int64_t start,
                                                        const std::vector<Note>& tune,
                                                        const MelodyPiece& piece) const
{
    const std::int64_t from = unitIn(piece.begin, start);
    const std::int64_t until = unitIn({piece.end.value + kUnit - 1}, start);
    const std::int64_t lineEnd = line.start + line.length;
    const bool touched = from < lineEnd && until > line.start;
    if (m_request.instrumental) {
        if (!touched)
            return {};
        Piece own{line, 0, 0, {}, std::nullopt};
        own.phrase.start = std::max(line.start, from);
        own.phrase.length = std::min(lineEnd, until) - own.phrase.start;
        own.phrase.opens = own.phrase.start == line.start;
        own.phrase.closes = own.phrase.start + own.phrase.length == lineEnd;
        own.offset = own.phrase.start - line.start;
        for (const Note& note : tune)
            if (begins(note, piece) && unitIn(note.onset, start) >= own.phrase.start &&
                unitIn(note.onset, start) < own.phrase.start + own.phrase.length)
                own.old.push_back(&note);
        const auto usual = static_cast<std::size_t>(
            std::max<std::int64_t>(1, static_cast<std::int64_t>(line.slots.size()) * own.phrase.length /
                                          std::max<std::int64_t>(1, line.length)));
        own.phrase.slots.assign(own.old.empty() ? usual : own.old.size(), Slot{{}, 1});
        return {own};
    }
    // What each syllable has, and whether it is written again.
    std::vector<std::vector<const Note*>> notes(line.slots.size());
    for (const Note& note : tune)
        for (std::size_t i = 0; i < line.slots.size(); ++i)
            if (line.slots[i].id == note.syllable)
                notes[i].push_back(&note);
    const auto again = [&](std::size_t i) {
        if (notes[i].empty())
            return touched;
        // A melisma that the piece cuts stays: no note outside changes.
        return std::all_of(notes[i].begin(), notes[i].end(),
                           [&](const Note* note) { return begins(*note, piece); });
    };
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < line.slots.size();) {
        if (!again(i)) {
            ++i;
            continue;
        }
        std::size_t last = i;
        while (last + 1 < line.slots.size() && again(last + 1))
            ++last;
        Piece own{line, 0, i, {}, std::nullopt};
        Phrase& phrase = own.phrase;
        phrase.slots.assign(line.slots.begin() + static_cast<std::ptrdiff_t>(i),
                            line.slots.begin() + static_cast<std::ptrdiff_t>(last) + 1);
        phrase.first = i;
        phrase.opens = i == 0;
        phrase.closes = last + 1 == line.slots.size();
        for (std::size_t k = i; k <= last; ++k)
            own.old.insert(own.old.end(), notes[k].begin(), notes[k].end());
        std::int64_t begin = std::max(line.start, from), end = std::min(lineEnd, until);
        if (i > 0 && !notes[i - 1].empty())
            begin = std::max(from, unitIn({notes[i - 1].back()->end().value + kUnit - 1}, start));
        if (!phrase.closes && !notes[last + 1].empty()) {
            const std::int64_t stays = unitIn(notes[last + 1].front()->onset, start);
            end = std::min(end, stays) > begin ? std::min(end, stays) : stays;
            own.next = notes[last + 1].front()->pitch.midi;
        }
        // Syllables that no time is left for take that of the notes they had.
        if (end <= begin && !own.old.empty()) {
            begin = unitIn(own.old.front()->onset, start);
            end = unitIn({own.old.back()->end().value + kUnit - 1}, start);
        }
        phrase.start = begin;
        phrase.length = std::max<std::int64_t>(1, end - begin);
        own.offset = begin - line.start;
        pieces.push_back(std::move(own));
        i = last + 1;
    }
    return pieces;
}

Result<MelodyRevision> MelodyWriter::rewrite(const std::vector<Note>& tune, const MelodyPiece& piece)
{
    TRY(const std::vector<std::vector<Phrase>> lines, allLines());
    const std::vector<SectionPlan>& plans = m_request.form.sections;
    std::int64_t start = 0;
    for (std::size_t s = 0; s < plans.size() && m_verseMean == 0; ++s) {
        SetSection verse;
        if (plans[s].kind == song::SectionKind::Verse)
            for (const Phrase& line : lines[s])
                verse.lines.push_back(asSet(line, start, tune));
        m_verseMean = meanPitch(verse);
        start += static_cast<std::int64_t>(plans[s].bars) * m_metre.bar;
    }
    start = 0;
    MelodyRevision revision;
    std::vector<Note> current = tune; // with what has been written so far
    for (std::size_t s = 0; s < plans.size(); ++s) {
        const Random random =
            Random(m_request.seed, "melody").at({static_cast<std::uint64_t>(plans[s].material)});
        const Random own = Random(m_request.seed, "melody-piece").at({piece.take, s});
        std::vector<std::vector<Piece>> pieces;
        bool whole = true;
        for (const Phrase& line : lines[s]) {
            pieces.push_back(piecesOf(line, start, tune, piece));
            whole = whole && pieces.back().size() == 1 && pieces.back()[0].phrase.opens &&
                    pieces.back()[0].phrase.closes;
        }
        const PitchFrame pitchFrame = frame(plans[s], lines[s]);
        const RhythmFrame rhythms = rhythmFrame(plans[s], pitchFrame, lines[s]);
        for (std::size_t i = 0; i < lines[s].size(); ++i) {
            for (Piece& part : pieces[i]) {
                if (m_job.cancelled())
                    return m_job.cancelledError();
                const Random place = own.at({i, part.first});
                RhythmMotif rhythm;
                PitchTask task;
                task.next = part.next;
                task.end = part.phrase.closes ? endOf(s, i, lines[s].size()) : LineEnd::Inner;
                SetLine old{part.phrase, {}};
                for (std::size_t k = 0; k < part.old.size(); ++k) {
                    const Note& note = *part.old[k];
                    const bool more =
                        k > 0 && note.syllable.value != 0 && part.old[k - 1]->syllable == note.syllable;
                    const std::size_t slot = old.notes.empty() ? 0 : old.notes.back().slot + (more ? 0 : 1);
                    old.notes.push_back({{note.onset.value - start * kUnit},
                                         note.duration,
                                         note.pitch.midi,
                                         note.reasons,
                                         slot});
                }
                const LineRelation relation =
                    relationOf(static_cast<int>(i), static_cast<int>(lines[s].size()), plans[s].kind, random);
                if (piece.wish == PieceWish::Vary && !old.notes.empty()) {
                    task.motif.use = MotifUse::Vary;
                    rhythm.strength = 1.6;
                    follow(old, 0, rhythm, task.motif);
                } else {
                    for (const Sung& note : old.notes)
                        task.avoid.emplace_back(note.unit() - part.phrase.start, note.pitch);
                    // A line by itself leaves the section's plan in every other take.
                    if (relation.of >= 0 && (whole || piece.take % 2 == 0)) {
                        task.motif.use = relation.use;
                        rhythm.strength = relation.rhythm;
                        follow(asSet(lines[s][static_cast<std::size_t>(relation.of)], start, current),
                               part.offset, rhythm, task.motif);
                    }
                }
                if (part.phrase.opens && i > 0)
                    part.phrase.pickup = std::clamp<std::int64_t>(
                        part.phrase.start - unitIn(piece.begin, start), 0,
                        pickupRoom(part.phrase, asSet(lines[s][i - 1], start, current).notes));
                // What stays of the line on both sides.
                const SetLine around = asSet(lines[s][i], start, current);
                std::vector<std::int64_t> before;
                for (const Sung& note : around.notes) {
                    if (std::any_of(old.notes.begin(), old.notes.end(),
                                    [&](const Sung& o) { return o.onset == note.onset; }))
                        continue;
                    if (note.unit() >= part.phrase.start) {
                        task.after.push_back(note);
                        continue;
                    }
                    if (task.before.empty() || task.before.back().slot != note.slot)
                        before.push_back(start + note.unit());
                    task.before.push_back(note);
                }
                if (m_request.instrumental)
                    countSlots(part.phrase, task);
                TRY_VOID(recall(lines, s, i, current));
                TRY(LineRhythm written, writeRhythm(rhythms, part.phrase, rhythm, before, start, *m_rhythm,
                                                    place.at({1}), m_job));
                TRY_VOID(writePitches(pitchFrame, part.phrase, task, start, written.notes, *m_pitch,
                                      place.at({2}), m_job));
                for (const Note* note : part.old) {
                    revision.removed.push_back(note->id);
                    std::erase_if(current, [&](const Note& n) { return n.id == note->id; });
                }
                for (const Sung& sung : written.notes) {
                    const Note note = noteOf(sung, part.phrase, plans[s], {start * kUnit});
                    revision.added.push_back(note);
                    current.insert(std::upper_bound(current.begin(), current.end(), note, song::noteBefore),
                                   note);
                }
            }
        }
        start += static_cast<std::int64_t>(plans[s].bars) * m_metre.bar;
    }
    if (revision.added.empty())
        return Error{"Nothing is sung in this part of the song; choose bars or lines that have words."};
    std::stable_sort(revision.added.begin(), revision.added.end(), song::noteBefore);
    return revision;
}

} // namespace cantilena::compose
