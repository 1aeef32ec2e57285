#include <voice/loudness_curve.h>

#include <algorithm>
#include <cmath>

#include <voice/singing.h>

namespace cantilena::voice {

namespace {

constexpr double kSilent = -20.0;
constexpr double kRest = 0.06; ///< seconds between notes from which on the voice falls away

struct Note {
    double start;
    double end;
    double level;
};

double smoothStep(double x)
{
    x = std::clamp(x, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}

/// The swell of a phrase: up to its golden section, down at its end.
double arc(double place)
{
    constexpr double kPeak = 0.62;
    return place < kPeak ? -1.2 + 2.4 * smoothStep(place / kPeak)
                         : 1.2 - 3.0 * smoothStep((place - kPeak) / (1 - kPeak));
}

/// dB that the voice loses between the end of a note and the start of the next: it relaxes before the rest,
/// falls away in it and is back shortly after the next note's start.
double fall(const Note& note, double next, double now)
{
    if (next - note.end <= kRest)
        return 0;
    const double relax = std::min(0.12, 0.3 * (note.end - note.start));
    const double loss = 3.0 * smoothStep((now - (note.end - relax)) / relax) +
                        14.0 * smoothStep((now - note.end - 0.01) / 0.12);
    return loss * (1 - smoothStep((now - next + 0.12) / 0.16));
}

} // namespace

std::vector<float> loudnessCurve(const Phrase& phrase)
{
    const auto frames =
        static_cast<std::size_t>(std::ceil(std::max(0.0, phrase.duration.value) / kFrameSeconds));
    std::vector<float> curve(frames, static_cast<float>(kSilent));
    std::vector<Note> notes;
    double pitchSum = 0;
    for (const SungSyllable& syllable : phrase.syllables) {
        for (const SungNote& note : syllable.notes) {
            notes.push_back({note.start.value, note.end.value,
                             0.12 * (note.velocity - 80) +
                                 (syllable.stress == 1   ? 0.8
                                  : syllable.stress == 2 ? 0.4
                                                         : 0.0) +
                                 0.2 * note.midi});
            pitchSum += note.midi;
        }
    }
    if (notes.empty())
        return curve;
    const double meanPitch = pitchSum / static_cast<double>(notes.size());
    const double begin = notes.front().start;
    const double length = std::max(0.05, notes.back().end - begin);
    for (Note& note : notes) {
        const double middle = 0.5 * (note.start + note.end);
        note.level += -0.2 * meanPitch + 4.0 * (phrase.energy - 0.5) + arc((middle - begin) / length);
        note.level = std::clamp(note.level, -12.0, 9.0);
    }

    std::size_t current = 0;
    double level = notes.front().level;
    for (std::size_t f = 0; f < frames; ++f) {
        const double now = static_cast<double>(f) * kFrameSeconds;
        while (current + 1 < notes.size() && now >= notes[current + 1].start - 0.04)
            ++current;
        const Note& note = notes[current];
        // Levels change over some 50 ms.
        level += (note.level - level) * (1 - std::exp(-kFrameSeconds / 0.04));
        double value = level;
        if (current == 0) // the first consonants are soft, the vowel is full within 60 ms
            value -= 7.0 * (1 - smoothStep((now - note.start + 0.12) / 0.18));
        value -= fall(note, current + 1 < notes.size() ? notes[current + 1].start : note.end + 10.0, now);
        if (current > 0)
            value -= fall(notes[current - 1], note.start, now);
        // A trace of articulation between notes.
        if (current > 0)
            value -= 1.2 * std::exp(-std::pow((now - note.start + 0.015) / 0.025, 2));
        curve[f] = static_cast<float>(std::max(kSilent, value));
    }
    return curve;
}

} // namespace cantilena::voice
