#include <voice/pitch_curve.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <base/random.h>
#include <music/pitch.h>
#include <voice/singing.h>

namespace cantilena::voice {

namespace {

constexpr double kGlideHz = 7.0;
constexpr double kDamping = 0.75;
constexpr double kAnticipation = 0.05; ///< a step is begun before the note, in its consonants
constexpr double kVibratoHz = 5.6;
constexpr double kVibratoCents = 35.0;
constexpr double kVibratoLeast = 0.45; ///< seconds of a note from which on it has vibrato
constexpr int kStepsPerFrame = 5;

struct Note {
    double start;
    double end;
    double midi;
    const SungSyllable* syllable;
    bool opensSyllable;
};

std::vector<Note> notesOf(const Phrase& phrase)
{
    std::vector<Note> notes;
    for (const SungSyllable& syllable : phrase.syllables) {
        for (std::size_t i = 0; i < syllable.notes.size(); ++i) {
            const SungNote& note = syllable.notes[i];
            notes.push_back({note.start.value, note.end.value, note.midi, &syllable, i == 0});
        }
    }
    return notes;
}

/// Smooth noise in -1 to 1 with `rate` independent values a second.
double slowNoise(const Random& random, double seconds, double rate)
{
    const double place = seconds * rate;
    const auto index = static_cast<std::uint64_t>(place);
    const double fraction = place - static_cast<double>(index);
    const double smooth = fraction * fraction * (3 - 2 * fraction);
    const double a = random.uniform(-1.0, 1.0, index);
    const double b = random.uniform(-1.0, 1.0, index + 1);
    return a + (b - a) * smooth;
}

double smoothStep(double x)
{
    x = std::clamp(x, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}

/// Cents of vibrato at `at` seconds into a note.
double vibrato(const Note& note, double at, double depth)
{
    const double length = note.end - note.start;
    if (length <= kVibratoLeast || at < 0 || at > length)
        return 0;
    const double onset = std::min(0.3, 0.4 * length);
    if (at < onset)
        return 0;
    // Whole cycles, so that the mean over the note stays on the score.
    const double span = length - onset;
    const double cycles = std::max(1.0, std::round(span * kVibratoHz));
    const double growth = smoothStep((at - onset) / std::min(0.35, span));
    const double ending = smoothStep((length - at) / 0.06);
    return depth * growth * ending * std::sin(2 * std::numbers::pi * cycles * (at - onset) / span);
}

/// A trace of the tone at the start of a Mandarin syllable: where it comes from, in cents, gone within a
/// tenth of a second.
double toneTrace(const Note& note, double at)
{
    if (!note.opensSyllable || note.syllable->language != language::Language::Mandarin)
        return 0;
    static constexpr double kFrom[] = {0, 8, -45, -30, 40, 0};
    const int tone = std::clamp(note.syllable->tone, 0, 5);
    const double scale = std::min(1.0, (note.end - note.start) / 0.3);
    return kFrom[tone] * scale * std::exp(-std::max(at, 0.0) / 0.035) * smoothStep(at / 0.02 + 1.5);
}

} // namespace

std::vector<float> pitchCurve(const Phrase& phrase, const PitchStyle& style, std::uint64_t seed)
{
    const auto frames =
        static_cast<std::size_t>(std::ceil(std::max(0.0, phrase.duration.value) / kFrameSeconds));
    const std::vector<Note> notes = notesOf(phrase);
    std::vector<float> curve(frames, 220.0F);
    if (notes.empty())
        return curve;
    const Random random(seed, "pitch");
    const Random drift = random.at({1});
    const Random jitter = random.at({2});
    const Random depths = random.at({3});

    const double omega = 2 * std::numbers::pi * kGlideHz;
    const double step = kFrameSeconds / kStepsPerFrame;
    const Note& first = notes.front();
    const double scoopCents =
        style.scoop * std::min(1.0, (first.end - first.start) / 0.4) * random.at({4}).uniform(50.0, 110.0);
    double midi = first.midi - scoopCents / 100;
    double velocity = 0;
    std::size_t current = 0;
    for (std::size_t f = 0; f < frames; ++f) {
        const double now = static_cast<double>(f) * kFrameSeconds;
        while (current + 1 < notes.size()) {
            const Note& next = notes[current + 1];
            const double room = 0.3 * (next.start - notes[current].start);
            if (now < next.start - std::min(kAnticipation, room))
                break;
            ++current;
        }
        const Note& note = notes[current];
        double target = note.midi;
        if (current == 0 && now < first.start - 0.04)
            target = first.midi - scoopCents / 100;
        const bool last = current + 1 == notes.size();
        if (last && note.end - note.start > 0.3 && now > note.end - 0.09)
            target -= 0.6; // the voice lets go
        for (int k = 0; k < kStepsPerFrame; ++k) {
            velocity += (omega * omega * (target - midi) - 2 * kDamping * omega * velocity) * step;
            midi += velocity * step;
        }
        const double at = now - note.start;
        const double depth = kVibratoCents * style.vibrato * depths.uniform(0.8, 1.2, current);
        const double cents =
            vibrato(note, at, depth) + toneTrace(note, at) +
            style.drift * (4.0 * slowNoise(drift, now, 1.6) + 2.5 * slowNoise(jitter, now, 9.0));
        curve[f] = static_cast<float>(music::frequency(midi + cents / 100));
    }
    return curve;
}

} // namespace cantilena::voice
