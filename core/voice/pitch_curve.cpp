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
constexpr double kPreparation = 0.22;  ///< of a leap that the voice first dips the other way, at most a tone
constexpr double kJoin = 0.03;         ///< seconds from the singer's own line to a drawn one
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
    const std::vector<DrawnPitch>* drawn;
};

std::vector<Note> notesOf(const Phrase& phrase)
{
    std::vector<Note> notes;
    for (const SungSyllable& syllable : phrase.syllables) {
        for (std::size_t i = 0; i < syllable.notes.size(); ++i) {
            const SungNote& note = syllable.notes[i];
            notes.push_back({note.start.value, note.end.value, note.midi, &syllable, i == 0, &note.drawn});
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
double vibrato(const Note& note, double at, double depth, const PitchStyle& style)
{
    const double length = note.end - note.start;
    if (length <= kVibratoLeast || at < 0 || at > length)
        return 0;
    const double onset = std::min(0.3 * style.delay, 0.4 * length);
    if (at < onset)
        return 0;
    // Whole cycles, so that the mean over the note stays on the score.
    const double span = length - onset;
    const double cycles = std::max(1.0, std::round(span * kVibratoHz * style.rate));
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

/// How much of a drawn line is heard at `now`, 0..1, and its pitch.
struct Drawn {
    double share = 0;
    double midi = 0;
};

Drawn drawnAt(const Note& note, double now)
{
    const std::vector<DrawnPitch>& line = *note.drawn;
    if (line.size() < 2 || now < line.front().time.value || now > line.back().time.value)
        return {};
    const auto next = std::upper_bound(line.begin(), line.end(), now,
                                       [](double t, const DrawnPitch& p) { return t < p.time.value; });
    const double join = std::min(kJoin, 0.25 * (line.back().time.value - line.front().time.value));
    const double edge = std::min(now - line.front().time.value, line.back().time.value - now);
    const double share = join > 0 ? smoothStep(edge / join) : 1;
    if (next == line.end())
        return {share, line.back().midi};
    const DrawnPitch& a = *(next - 1);
    const double span = next->time.value - a.time.value;
    const double w = span > 0 ? (now - a.time.value) / span : 0;
    return {share, a.midi + w * (next->midi - a.midi)};
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

    const double omega = 2 * std::numbers::pi * kGlideHz / std::clamp(style.glide, 0.4, 3.0);
    const double damping = std::clamp(1 - (1 - kDamping) * style.overshoot, 0.4, 1.0);
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
            target -= 0.6 * style.fall; // the voice lets go
        if (!last) {
            // A leap is prepared: just before it the voice dips the other way.
            const double leap = notes[current + 1].midi - note.midi;
            const double before = notes[current + 1].start - kAnticipation - now;
            if (std::abs(leap) > 2.5 && note.end - note.start > 0.18 && before > 0 && before < 0.06)
                target -= std::clamp(kPreparation * leap, -2.0, 2.0) * std::min(style.overshoot, 1.5) *
                          smoothStep(1 - std::abs(before - 0.03) / 0.03);
        }
        for (int k = 0; k < kStepsPerFrame; ++k) {
            velocity += (omega * omega * (target - midi) - 2 * damping * omega * velocity) * step;
            midi += velocity * step;
        }
        const double at = now - note.start;
        const double depth = kVibratoCents * style.vibrato * depths.uniform(0.8, 1.2, current);
        const double cents =
            vibrato(note, at, depth, style) + toneTrace(note, at) +
            style.drift * (4.0 * slowNoise(drift, now, 1.6) + 2.5 * slowNoise(jitter, now, 9.0));
        double sung = midi + cents / 100;
        // Consonants before the note are in `current` already; its line begins with the note.
        for (const Note* near : {&note, current > 0 ? &notes[current - 1] : &note}) {
            const Drawn drawn = drawnAt(*near, now);
            sung += drawn.share * (drawn.midi - sung);
        }
        curve[f] = static_cast<float>(music::frequency(sung));
    }
    return curve;
}

} // namespace cantilena::voice
