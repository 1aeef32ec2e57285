#include "arrangement_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cantilena::compose {

namespace {

/// Stretches of one chord within one section before the closing bar, cut at the bar lines every `bars` bars.
struct Piece {
    music::Tick start;
    music::Tick end;
    std::size_t span = 0;
    int section = 0;
};

std::vector<Piece> piecesOf(const Band& band, int bars)
{
    std::vector<Piece> pieces;
    for (std::size_t s = 0; s + 1 < band.grid.starts.size(); ++s) {
        const music::Tick sectionEnd = std::min(band.grid.starts[s + 1], band.grid.lastBar());
        music::Tick at = band.grid.starts[s];
        while (at < sectionEnd) {
            const std::size_t index = band.chords.indexAt(at);
            const std::int64_t done = (at - band.grid.starts[s]).value / (band.grid.barLength.value * bars);
            const music::Tick line = band.grid.starts[s] + band.grid.barLength * (bars * (done + 1));
            const music::Tick end = std::min({band.chords.spans()[index].end, sectionEnd, line});
            pieces.push_back({at, end, index, static_cast<int>(s)});
            at = end;
        }
    }
    return pieces;
}

/// Nearest pitch to `pitch` whose class is in the chord.
int nearestChordNote(int pitch, const music::Chord& chord)
{
    for (int distance = 0; distance < 12; ++distance) {
        if (chord.contains(pitch + distance))
            return pitch + distance;
        if (chord.contains(pitch - distance))
            return pitch - distance;
    }
    return pitch;
}

/// A line's next note, by cost.
int guideTone(const Band& band, const StylePart& part, const Piece& piece, int previous, const Random& random)
{
    const music::Chord& chord = band.chords.spans()[piece.span].chord;
    const std::vector<int> sung = band.tune.strongPitches(piece.start, piece.end);
    const double centre = (part.low.midi + part.high.midi) / 2.0;
    int best = -1;
    double bestCost = 0;
    std::uint64_t counter = 0;
    for (int pitch = part.low.midi; pitch <= part.high.midi; ++pitch) {
        if (!chord.contains(pitch))
            continue;
        const int interval = ((pitch - chord.root) % 12 + 12) % 12;
        double cost = 0.08 * std::abs(pitch - centre) + 0.8 * random.uniform(counter++);
        if (previous >= 0) {
            const int move = std::abs(pitch - previous);
            cost += move == 0 ? 1.2 : move <= 2 ? 0 : move <= 4 ? 0.6 : 0.35 * move;
        }
        if (interval == 0)
            cost += 0.8; // the bass has the root
        for (const int note : sung) {
            if (clashes(pitch, note))
                cost += 20;
            else if ((pitch - note) % 12 == 0)
                cost += 1.5;
            if (std::abs(pitch - note) < 3)
                cost += 1.0; // out of the singer's way
        }
        if (best < 0 || cost < bestCost) {
            best = pitch;
            bestCost = cost;
        }
    }
    return bestCost < 15 ? best : -1;
}

} // namespace

std::vector<song::Note> padNotes(const Band& band, const StylePart& part, const Presence& plays)
{
    std::vector<song::Note> notes;
    std::vector<int> previous;
    for (const Piece& piece : piecesOf(band, 2)) {
        if (!plays[static_cast<std::size_t>(piece.section)])
            continue;
        const double energy = band.energy[static_cast<std::size_t>(piece.section)];
        VoicingAim aim;
        aim.voices = std::max(1, part.voices + (energy > 0.7 ? 1 : energy < 0.4 ? -1 : 0));
        aim.low = part.low.midi;
        aim.high = part.high.midi;
        aim.avoid = band.tune.strongPitches(piece.start, piece.end);
        aim.previous = previous;
        std::vector<int> pitches = voice(band.chords.spans()[piece.span].chord, aim);
        // Where the tune moves a lot too many notes would go: split the piece instead.
        if (pitches.size() < 2 && (piece.end - piece.start) > band.grid.barLength) {
            aim.avoid = band.tune.strongPitches(piece.start, piece.start + band.grid.barLength);
            pitches = voice(band.chords.spans()[piece.span].chord, aim);
        }
        for (const int pitch : pitches) {
            // A voice that a later note of the tune would rub against stops before it.
            music::Tick end = piece.end;
            for (music::Tick t = piece.start; t < piece.end; t += band.request.form.meter.pulse()) {
                const int sung = band.tune.pitchAt(t);
                if (sung >= 0 && clashes(sung, pitch)) {
                    end = t;
                    break;
                }
            }
            if (end > piece.start)
                notes.push_back(makeNote(piece.start, end - piece.start, pitch, 72,
                                         static_cast<std::uint32_t>(song::Reason::VoiceLeading)));
        }
        if (pitches.size() > 1)
            previous = pitches;
    }
    return notes;
}

std::vector<song::Note> counterNotes(const Band& band, const StylePart& part, const Presence& plays)
{
    std::vector<song::Note> notes;
    const Random random = band.random.at({hash64(part.id)});
    const music::Tick half{band.grid.barLength.value / 2};
    int previous = -1;
    for (const Piece& piece : piecesOf(band, 1)) {
        const auto s = static_cast<std::size_t>(piece.section);
        if (!plays[s])
            continue;
        const bool moving = part.density.at(band.energy[s]) > 0.5 && piece.end - piece.start > half &&
                            band.request.form.meter.beats % 2 == 0;
        std::vector<Piece> parts = {piece};
        if (moving)
            parts = {{piece.start, piece.start + half, piece.span, piece.section},
                     {piece.start + half, piece.end, piece.span, piece.section}};
        for (const Piece& part2 : parts) {
            const std::int64_t bar = (part2.start - band.grid.starts[s]).value / half.value;
            const Random here = random.at(
                {hash64(song::code(band.request.form.sections[s].kind)), static_cast<std::uint64_t>(bar)});
            const int pitch = guideTone(band, part, part2, previous, here);
            if (pitch < 0)
                continue;
            if (!notes.empty() && notes.back().pitch.midi == pitch && notes.back().end() == part2.start &&
                notes.back().duration < band.grid.barLength) {
                notes.back().duration += part2.end - part2.start; // a tie, not a repetition
                continue;
            }
            notes.push_back(makeNote(part2.start, part2.end - part2.start, pitch, 78,
                                     static_cast<std::uint32_t>(song::Reason::VoiceLeading)));
            previous = pitch;
        }
    }
    return notes;
}

std::vector<Gap> gapsOf(const Band& band)
{
    std::vector<Gap> gaps;
    const music::Tick beat = band.request.form.meter.pulse();
    for (std::size_t s = 0; s + 1 < band.grid.starts.size(); ++s) {
        const music::Tick start = band.grid.starts[s];
        const music::Tick end = std::min(band.grid.starts[s + 1], band.grid.lastBar());
        music::Tick free = start;
        const auto close = [&](music::Tick to) {
            if ((to - free).value * 2 >= beat.value * 3)
                gaps.push_back({free, to, static_cast<int>(s)});
        };
        for (const song::Note& note : band.tune.notes()) {
            if (note.end() <= start || note.onset >= end)
                continue;
            close(note.onset - music::kEighth);
            free = std::max(free, note.end() + music::kEighth);
        }
        if (free < end)
            close(end);
    }
    return gaps;
}

namespace {

/// The notes of the tune that a section without singing may quote: those of the first chorus, else of the
/// first section that has any, from that section's start.
std::vector<song::Note> themeOf(const Band& band, music::Tick& start)
{
    const auto in = [&](std::size_t s) {
        std::vector<song::Note> notes;
        for (const song::Note& note : band.tune.notes())
            if (note.onset >= band.grid.starts[s] && note.onset < band.grid.starts[s + 1])
                notes.push_back(note);
        return notes;
    };
    for (const bool chorus : {true, false}) {
        for (std::size_t s = 0; s + 1 < band.grid.starts.size(); ++s) {
            const song::SectionKind kind = band.request.form.sections[s].kind;
            if (chorus && kind != song::SectionKind::Chorus && kind != song::SectionKind::Hook)
                continue;
            std::vector<song::Note> notes = in(s);
            if (!notes.empty()) {
                start = band.grid.starts[s];
                return notes;
            }
        }
    }
    return {};
}

/// The theme over this gap's chords. Notes that leave the chord on a pulse move to its nearest note.
void quote(const Band& band, const StylePart& part, const Gap& gap, const std::vector<song::Note>& theme,
           music::Tick themeStart, std::vector<song::Note>& notes)
{
    int highest = 0;
    int lowest = 127;
    for (const song::Note& note : theme) {
        highest = std::max(highest, note.pitch.midi);
        lowest = std::min(lowest, note.pitch.midi);
    }
    // One shift for all keeps the contour.
    const int middle = (part.low.midi + part.high.midi) / 2;
    const int shift = 12 * static_cast<int>(std::lround((middle - (lowest + highest) / 2.0) / 12.0));
    const std::int64_t pulse = band.request.form.meter.pulse().value;
    const music::Tick sectionStart = band.grid.starts[static_cast<std::size_t>(gap.section)];
    for (const song::Note& source : theme) {
        const music::Tick onset = sectionStart + (source.onset - themeStart);
        if (onset < gap.start || onset >= gap.end)
            continue;
        const music::Chord& chord = band.chords.at(onset).chord;
        int pitch = source.pitch.midi + shift;
        if (onset.value % pulse == 0 || source.duration.value >= pulse)
            pitch = nearestChordNote(pitch, chord);
        pitch = foldInto(pitch, part.low.midi, part.high.midi);
        const music::Tick end = std::min({gap.end, onset + source.duration});
        notes.push_back(
            makeNote(onset, end - onset, pitch, 88, static_cast<std::uint32_t>(song::Reason::MotifVariant)));
    }
}

/// A short answer made of the pattern's strokes that fall into the gap.
void answer(const Band& band, const StylePart& part, const Gap& gap, const PartBars& bars,
            std::vector<song::Note>& notes)
{
    int previous = -1;
    int count = 0;
    for (std::size_t c = 0; c < bars.size(); ++c) {
        const Cell& cell = band.grid.cells[c];
        if (!isDrawn(bars[c]) || cell.end <= gap.start || cell.start >= gap.end)
            continue;
        for (int s = 0; s < cell.count(); ++s) {
            const auto i = static_cast<std::size_t>(s);
            const music::Tick onset = cell.at(s);
            if (bars[c].events[i] < kEventNote || onset < gap.start || onset >= gap.end ||
                onset >= cell.end || count >= 8)
                continue;
            const music::Chord& chord = band.chords.at(onset).chord;
            int pitch = eventAnchor(EventRole::Arpeggio, chord.root) + bars[c].events[i] - kEventNote +
                        kLowestInterval;
            pitch = foldInto(pitch, part.low.midi, part.high.midi);
            // An answer is a line: the octave nearest to its last note.
            if (previous >= 0)
                while (previous - pitch > 6 && pitch + 12 <= part.high.midi)
                    pitch += 12;
            const double steps = kEventLengths[static_cast<std::size_t>(bars[c].lengths[i])];
            const music::Tick end =
                std::min({gap.end, band.chords.at(onset).end,
                          onset + music::Tick{std::max<std::int64_t>(
                                      120, std::llround(steps * static_cast<double>(cell.step().value)))}});
            if (!notes.empty() && notes.back().end() > onset && notes.back().onset < onset)
                notes.back().duration = onset - notes.back().onset;
            notes.push_back(
                makeNote(onset, end - onset, pitch, 80, static_cast<std::uint32_t>(song::Reason::Fill)));
            previous = pitch;
            ++count;
        }
    }
}

} // namespace

std::vector<song::Note> colourNotes(const Band& band, const StylePart& part, const Presence& plays,
                                    const PartBars& bars)
{
    std::vector<song::Note> notes;
    music::Tick themeStart;
    const std::vector<song::Note> theme = themeOf(band, themeStart);
    const Random random = band.random.at({hash64(part.id)});
    for (const Gap& gap : gapsOf(band)) {
        const auto s = static_cast<std::size_t>(gap.section);
        const SectionPlan& section = band.request.form.sections[s];
        const bool instrumental = !band.tune.sounds(band.grid.starts[s], band.grid.starts[s + 1]);
        if (instrumental && !theme.empty() && section.kind != song::SectionKind::Outro) {
            quote(band, part, gap, theme, themeStart, notes);
            continue;
        }
        if (!plays[s])
            continue;
        // Not every rest is answered, and the same rest of a repeated section always or never.
        const auto place =
            static_cast<std::uint64_t>((gap.start - band.grid.starts[s]).value / band.grid.barLength.value);
        const Random here = random.at({hash64(song::code(section.kind)), place});
        if (here.uniform() < 0.35 + 0.5 * part.density.at(band.energy[s]))
            answer(band, part, gap, bars, notes);
    }
    return notes;
}

} // namespace cantilena::compose
