#include "arrangement_parts.h"

#include <algorithm>
#include <cmath>

namespace cantilena::compose {

namespace {

/// A stroke with its place and, once known, where the next one cuts it.
struct Stroke {
    music::Tick onset;
    music::Tick end;
    std::size_t cell = 0;
    int step = 0;
    int event = 0;
    int velocity = 0;
};

/// All strokes of a part before the closing bar, each ending at its length, the next stroke, the end of the
/// chord (with `overChords`, held through) or the end of the section.
std::vector<Stroke> strokesOf(const Band& band, const PartBars& bars)
{
    std::vector<Stroke> strokes;
    for (std::size_t c = 0; c < bars.size(); ++c) {
        if (!isDrawn(bars[c]))
            continue;
        const Cell& cell = band.grid.cells[c];
        for (int s = 0; s < cell.count(); ++s) {
            const auto i = static_cast<std::size_t>(s);
            const music::Tick onset = cell.at(s);
            if (bars[c].events[i] == kEventNone || onset >= cell.end || onset >= band.grid.lastBar())
                continue;
            const double steps = kEventLengths[static_cast<std::size_t>(bars[c].lengths[i])];
            const auto length =
                std::max<std::int64_t>(40, std::llround(steps * static_cast<double>(cell.step().value)));
            const music::Tick limit = std::min({band.grid.starts[static_cast<std::size_t>(cell.section) + 1],
                                                band.chords.at(onset).end, band.grid.lastBar()});
            strokes.push_back({onset, std::min(limit, onset + music::Tick{length}), c, s, bars[c].events[i],
                               bars[c].velocities[i]});
        }
    }
    for (std::size_t i = 0; i + 1 < strokes.size(); ++i)
        strokes[i].end = std::min(strokes[i].end, strokes[i + 1].onset);
    return strokes;
}

/// Another chord note near `pitch` that does not clash with any of `avoid`; `pitch` itself when there is
/// none.
int without(int pitch, const music::Chord& chord, const std::vector<int>& avoid, int low, int high)
{
    const auto clash = [&](int candidate) {
        return std::any_of(avoid.begin(), avoid.end(), [&](int other) { return clashes(candidate, other); });
    };
    if (!clash(pitch))
        return pitch;
    for (int distance = 1; distance <= 7; ++distance) {
        for (const int candidate : {pitch - distance, pitch + distance}) {
            if (candidate >= low && candidate <= high && chord.contains(candidate) && !clash(candidate))
                return candidate;
        }
    }
    return pitch;
}

/// The bare fifth of a chord, or the chord itself where its fifth is not perfect.
music::ChordQuality fifthOf(const music::Chord& chord)
{
    const std::vector<int> intervals = chord.intervals();
    return std::find(intervals.begin(), intervals.end(), 7) != intervals.end() ? music::ChordQuality::Power
                                                                               : chord.quality;
}

} // namespace

song::Note makeNote(music::Tick onset, music::Tick duration, int pitch, int velocity, std::uint32_t reasons)
{
    song::Note note;
    note.onset = onset;
    note.duration = {std::max<std::int64_t>(1, duration.value)};
    note.pitch = {std::clamp(pitch, 0, 127)};
    note.velocity = std::clamp(velocity, 1, 127);
    note.reasons = reasons;
    return note;
}

std::vector<song::Note> bassNotes(const Band& band, const StylePart& part, const PartBars& bars)
{
    std::vector<song::Note> notes;
    for (const Stroke& stroke : strokesOf(band, bars)) {
        if (stroke.event < kEventNote)
            continue;
        const ChordLine::Span& span = band.chords.at(stroke.onset);
        int pitch =
            eventAnchor(EventRole::Bass, span.chord.root) + stroke.event - kEventNote + kLowestInterval;
        const bool root = ((pitch - span.chord.root) % 12 + 12) % 12 == 0;
        if (root && span.chord.bass != span.chord.root)
            pitch += ((span.chord.bass - span.chord.root) + 18) % 12 - 6; // a slash chord stands on its bass
        pitch = foldInto(pitch, part.low.midi, part.high.midi);
        std::uint32_t reasons = 0;
        if (stroke.onset == span.start) {
            reasons |= static_cast<std::uint32_t>(song::Reason::ChordTone);
        } else {
            pitch = without(pitch, span.chord, band.tune.strongPitches(stroke.onset, stroke.end),
                            part.low.midi, part.high.midi);
            reasons |= static_cast<std::uint32_t>(span.chord.contains(pitch) ? song::Reason::ChordTone
                                                                             : song::Reason::PassingNote);
        }
        notes.push_back(makeNote(stroke.onset, stroke.end - stroke.onset, pitch, stroke.velocity, reasons));
    }
    return notes;
}

std::vector<song::Note> compNotes(const Band& band, const StylePart& part, const PartBars& bars)
{
    std::vector<song::Note> notes;
    std::vector<int> previous;
    std::size_t lastSpan = static_cast<std::size_t>(-1);
    for (const Stroke& stroke : strokesOf(band, bars)) {
        const std::size_t index = band.chords.indexAt(stroke.onset);
        const music::Chord& chord = band.chords.spans()[index].chord;
        const std::vector<int> avoid = band.tune.strongPitches(stroke.onset, stroke.end);
        if (stroke.event >= kEventNote) {
            int pitch =
                eventAnchor(EventRole::Comp, chord.root) + stroke.event - kEventNote + kLowestInterval;
            pitch = without(foldInto(pitch, part.low.midi, part.high.midi), chord, avoid, part.low.midi,
                            part.high.midi);
            notes.push_back(makeNote(stroke.onset, stroke.end - stroke.onset, pitch, stroke.velocity,
                                     static_cast<std::uint32_t>(song::Reason::ChordTone)));
            continue;
        }
        const double energy = band.energy[static_cast<std::size_t>(band.grid.cells[stroke.cell].section)];
        VoicingAim aim;
        aim.voices = part.voices + (energy > 0.75 ? 1 : 0);
        aim.low = part.low.midi;
        aim.high = part.high.midi;
        aim.avoid = avoid;
        aim.previous = previous;
        // Leave the singer's register free: the top of the chord stays near the lowest note sung over it.
        const int sung = band.tune.lowest(stroke.onset, stroke.end);
        if (sung >= 0)
            aim.ceiling = std::max(part.low.midi + 9, sung + 2);
        // Thirds growl through an overdriven amplifier: root and fifth only.
        const bool driven = part.program == 29 || part.program == 30;
        const std::vector<int> pitches =
            voice(driven ? music::Chord(chord.root, fifthOf(chord)) : chord, aim);
        for (const int pitch : pitches)
            notes.push_back(makeNote(stroke.onset, stroke.end - stroke.onset, pitch, stroke.velocity,
                                     static_cast<std::uint32_t>(song::Reason::VoiceLeading)));
        if (!pitches.empty() && (index != lastSpan || pitches.size() >= previous.size())) {
            previous = pitches;
            lastSpan = index;
        }
    }
    return notes;
}

std::vector<song::Note> arpeggioNotes(const Band& band, const StylePart& part, const PartBars& bars)
{
    std::vector<song::Note> notes;
    for (const Stroke& stroke : strokesOf(band, bars)) {
        if (stroke.event < kEventNote)
            continue;
        const music::Chord& chord = band.chords.at(stroke.onset).chord;
        int pitch =
            eventAnchor(EventRole::Arpeggio, chord.root) + stroke.event - kEventNote + kLowestInterval;
        pitch = foldInto(pitch, part.low.midi, part.high.midi);
        pitch = without(pitch, chord, band.tune.strongPitches(stroke.onset, stroke.end), part.low.midi,
                        part.high.midi);
        notes.push_back(makeNote(stroke.onset, stroke.end - stroke.onset, pitch, stroke.velocity,
                                 static_cast<std::uint32_t>(song::Reason::ChordTone)));
    }
    return notes;
}

std::vector<song::Note> closing(const Band& band, const StylePart& part,
                                const std::vector<song::Note>& before)
{
    std::vector<song::Note> notes;
    const music::Tick end = band.grid.end();
    constexpr int kVelocity = 84;
    for (const ChordLine::Span& span : band.chords.spans()) {
        const music::Tick from = std::max(span.start, band.grid.lastBar());
        const music::Tick to = std::min(span.end, end);
        if (from >= to)
            continue;
        std::vector<int> pitches;
        if (part.figure == Figure::Bass) {
            pitches.push_back(foldInto(span.chord.bass + 36, part.low.midi, part.high.midi));
        } else {
            VoicingAim aim;
            const bool line = part.figure == Figure::Counter || part.figure == Figure::Colour;
            aim.voices = line ? 1 : part.voices;
            aim.low = part.low.midi;
            aim.high = part.high.midi;
            aim.avoid = band.tune.strongPitches(from, to);
            if (!before.empty())
                aim.previous = {before.back().pitch.midi};
            pitches = voice(span.chord, aim);
        }
        // A broken chord closes by climbing into its last chord.
        music::Tick onset = from;
        const music::Tick climb = part.figure == Figure::Arpeggio ? music::kEighth : music::Tick{};
        for (const int pitch : pitches) {
            if (onset >= to)
                break;
            notes.push_back(makeNote(onset, to - onset, pitch, kVelocity,
                                     static_cast<std::uint32_t>(song::Reason::Cadence)));
            onset += climb;
        }
    }
    return notes;
}

} // namespace cantilena::compose
