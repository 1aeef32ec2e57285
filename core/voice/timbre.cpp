#include "timbre.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cantilena::voice {

namespace {

constexpr float kNeperPerDecibel = 0.115129F;
// How fast a pause falls silent, in frames a neper.
constexpr float kFadeFrames = 4.0F;
// Share of noise by band in sustained vowels of trained singing (means over the sung recordings alys and
// yuki). Speech reads noisier, because its pitch moves within an analysis window; singing from speech would
// sound hoarse.
constexpr std::array<float, kNoiseBands> kSungNoise{0.012F, 0.10F, 0.22F, 0.40F, 0.68F};
constexpr float kSungShare = 0.8F;
// Frames after a voiceless phone until its aspiration has left the voice.
constexpr float kAspirationFrames = 9.0F;
// Singers articulate more firmly than readers: consonants with noise are raised against vowels, by this and
// by as much up or down as the person wishes.
constexpr float kFirmDecibels = 2.5F;
constexpr float kFirmRange = 7.0F;
// Growl needs force: it is full at this loudness above, and absent at this much below, mezzo-forte.
constexpr float kGrowlFull = 4.0F;
constexpr float kGrowlNone = -8.0F;
// Voiceless sounds fall off below this frequency.
constexpr double kHissLowHz = 450.0;
// Where the first formant is looked for, in Hz, how high a singer can bring it, and how far above the pitch
// the other formants stay where they are.
constexpr double kFirstFormantLow = 220.0;
constexpr double kFirstFormantHigh = 1000.0;
constexpr double kFirstFormantTop = 1000.0;
constexpr double kTuned = 2.2;
// Neighbouring bands that the smooth background of the spectrum is averaged over, to each side.
constexpr int kBackground = 7;

float* envelopeAt(VocoderFrames& f, std::size_t t)
{
    return f.envelope.data() + t * kBands;
}
float* noiseAt(VocoderFrames& f, std::size_t t)
{
    return f.noise.data() + t * kNoiseBands;
}

/// The class of every frame.
std::vector<PhoneClass> classesOf(const std::vector<Segment>& segments, const PhoneTable& table,
                                  std::size_t frames)
{
    std::vector<PhoneClass> out(frames, PhoneClass::Silence);
    for (const Segment& s : segments)
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(s.start),
                  out.begin() + static_cast<std::ptrdiff_t>(s.end),
                  table.at(static_cast<std::size_t>(s.phone)).kind);
    return out;
}

/// Voicing follows the phone, so that no low burst sounds in a voiceless one and no vowel has holes.
void settleVoicing(VocoderFrames& f, const std::vector<Segment>& segments, const PhoneTable& table)
{
    float sinceVoiceless = 100;
    for (const Segment& s : segments) {
        const Phone& phone = table.at(static_cast<std::size_t>(s.phone));
        for (std::size_t t = s.start; t < s.end; ++t) {
            float* noise = noiseAt(f, t);
            if (!phone.voiced) {
                std::fill(noise, noise + kNoiseBands, 1.0F);
                sinceVoiceless = phone.kind == PhoneClass::Silence ? 100.0F : 0.0F;
                continue;
            }
            sinceVoiceless += 1;
            if (!isSonorant(phone.kind)) {
                noise[0] = std::min(noise[0], 0.3F);
                continue;
            }
            const float share =
                kSungShare * std::min(1.0F, 0.25F + 0.75F * sinceVoiceless / kAspirationFrames);
            for (std::size_t b = 0; b < kNoiseBands; ++b)
                noise[b] += share * (kSungNoise[b] - noise[b]);
            noise[0] = std::min(noise[0], 0.03F);
        }
    }
}

/// Pauses are silent: the sound before dies away in them, the one after swells out of them.
void silencePauses(VocoderFrames& f, const std::vector<PhoneClass>& kind)
{
    const std::size_t frames = f.frames();
    std::size_t t = 0;
    while (t < frames) {
        if (kind[t] != PhoneClass::Silence) {
            ++t;
            continue;
        }
        std::size_t end = t;
        while (end < frames && kind[end] == PhoneClass::Silence)
            ++end;
        for (std::size_t i = t; i < end; ++i) {
            const float since = t == 0 ? 1e6F : static_cast<float>(i - t + 1);
            const float until = end == frames ? 1e6F : static_cast<float>(end - i);
            const float fade = std::min(std::min(since, until) / kFadeFrames, 12.0F);
            float* e = envelopeAt(f, i);
            for (int b = 0; b < kBands; ++b)
                e[b] = std::max(e[b] - fade, -16.0F);
        }
        t = end;
    }
}

/// A breath in: noise through an open vocal tract that swells and stops, without pitch.
void shapeBreaths(VocoderFrames& f, const std::vector<Segment>& segments, const PhoneTable& table)
{
    for (const Segment& s : segments) {
        if (table.at(static_cast<std::size_t>(s.phone)).kind != PhoneClass::Breath)
            continue;
        const auto length = static_cast<float>(s.end - s.start);
        for (std::size_t t = s.start; t < s.end; ++t) {
            const float x = (static_cast<float>(t - s.start) + 0.5F) / length;
            const float swell = std::sin(3.1415927F * std::pow(x, 1.4F));
            float* e = envelopeAt(f, t);
            for (int b = 0; b < kBands; ++b) {
                const auto hz = static_cast<float>(bandFrequency(b));
                // Broad humps near 1.6, 3.4 and 6 kHz over a gentle slope, as of an open mouth drawing air.
                const auto hump = [&](float centre, float width, float height) {
                    const float d = (hz - centre) / width;
                    return height * std::exp(-0.5F * d * d);
                };
                const float level =
                    -8.2F + hump(1600, 500, 1.0F) + hump(3400, 800, 0.8F) + hump(6000, 1800, 0.5F) -
                    0.9F * std::max(0.0F, std::log(hz / 7000 + 1e-3F)) - 1.5F * std::exp(-hz / 400);
                e[b] = level + std::log(std::max(swell, 1e-3F));
            }
            std::fill(noiseAt(f, t), noiseAt(f, t) + kNoiseBands, 1.0F);
        }
    }
}

void moveFormants(float* envelope, float semitones)
{
    if (std::abs(semitones) < 0.01F)
        return;
    const double ratio = std::pow(2.0, semitones / 12.0);
    std::array<float, kBands> moved{};
    for (int b = 0; b < kBands; ++b) {
        const double place = std::clamp(bandOf(bandFrequency(b) / ratio), 0.0, kBands - 1.0);
        const int i = std::min(static_cast<int>(place), kBands - 2);
        const auto w = static_cast<float>(place - i);
        moved[static_cast<std::size_t>(b)] = (1 - w) * envelope[i] + w * envelope[i + 1];
    }
    std::copy(moved.begin(), moved.end(), envelope);
}

/// Who sings higher than a vowel's first formant opens the mouth until the formant is there: otherwise the
/// fundamental has nothing to sound in, and high notes on "ee" and "oo" fade (Sundberg 1975; Joliveau, Smith
/// and Wolfe 2004). Formants well above the pitch stay.
void tuneFirstFormant(float* envelope, double f0)
{
    const int low = static_cast<int>(std::ceil(bandOf(kFirstFormantLow)));
    const int high = static_cast<int>(bandOf(kFirstFormantHigh));
    const int peak = static_cast<int>(std::max_element(envelope + low, envelope + high + 1) - envelope);
    const double first = bandFrequency(peak);
    const double wanted = std::min(f0, kFirstFormantTop);
    if (wanted <= first)
        return;
    const double join = std::max(kTuned * wanted, first + 1200.0);
    std::array<float, kBands> moved{};
    std::copy(envelope, envelope + kBands, moved.begin());
    for (int b = 0; b < kBands && bandFrequency(b) < join; ++b) {
        const double hz = bandFrequency(b);
        const double from =
            hz < wanted ? hz * first / wanted : first + (hz - wanted) * (join - first) / (join - wanted);
        const double place = bandOf(from);
        const int i = std::min(static_cast<int>(place), kBands - 2);
        const auto w = static_cast<float>(place - i);
        moved[static_cast<std::size_t>(b)] = (1 - w) * envelope[i] + w * envelope[i + 1];
    }
    std::copy(moved.begin(), moved.end(), envelope);
}

/// Deepens peaks and valleys against the smooth background; networks trained on mean errors flatten them.
void sharpen(float* envelope, float contrast)
{
    if (std::abs(contrast - 1) < 1e-3F)
        return;
    std::array<float, kBands> sharp{};
    for (int b = 0; b < kBands; ++b) {
        const int low = std::max(0, b - kBackground);
        const int high = std::min(kBands - 1, b + kBackground);
        float sum = 0;
        for (int i = low; i <= high; ++i)
            sum += envelope[i];
        const float background = sum / static_cast<float>(high - low + 1);
        sharp[static_cast<std::size_t>(b)] = background + contrast * (envelope[b] - background);
    }
    std::copy(sharp.begin(), sharp.end(), envelope);
}

/// The level that the harmonics of this pitch take from the envelope against the level of the envelope
/// itself: a high voice with few harmonics would otherwise jump in level whenever one meets a formant.
float samplingError(const float* envelope, float f0)
{
    double continuous = 0;
    double weight = 0;
    for (int b = 0; b + 1 < kBands; ++b) {
        const double hz = bandFrequency(b);
        if (hz < 0.5 * static_cast<double>(f0))
            continue;
        if (hz > 5000)
            break;
        const double width = bandFrequency(b + 1) - hz;
        continuous += width * std::exp(2.0 * static_cast<double>(envelope[b]));
        weight += width;
    }
    double sampled = 0;
    int harmonics = 0;
    for (double hz = f0; hz < 5000; hz += f0) {
        const double place = bandOf(hz);
        const int i = std::min(static_cast<int>(place), kBands - 2);
        const double w = place - i;
        sampled += std::exp(
            2.0 * ((1 - w) * static_cast<double>(envelope[i]) + w * static_cast<double>(envelope[i + 1])));
        ++harmonics;
    }
    if (harmonics == 0 || weight <= 0)
        return 0;
    continuous /= weight;
    sampled /= harmonics;
    return static_cast<float>(0.5 * std::log((continuous + 1e-12) / (sampled + 1e-12)));
}

void evenLevel(VocoderFrames& f, const std::vector<PhoneClass>& kind)
{
    constexpr int reach = 12;
    const std::size_t frames = f.frames();
    std::vector<float> correction(frames, 0.0F);
    for (std::size_t t = 0; t < frames; ++t) {
        if (isSonorant(kind[t]))
            correction[t] = std::clamp(samplingError(envelopeAt(f, t), f.f0[t]), -0.7F, 0.7F);
    }
    for (std::size_t t = 0; t < frames; ++t) {
        if (!isSonorant(kind[t]))
            continue;
        float sum = 0;
        float weight = 0;
        const std::size_t low = t > reach ? t - reach : 0;
        const std::size_t high = std::min(frames - 1, t + reach);
        for (std::size_t i = low; i <= high; ++i) {
            const float w = isSonorant(kind[i]) ? 1.0F : 0.2F;
            sum += w * correction[i];
            weight += w;
        }
        float* e = envelopeAt(f, t);
        for (int b = 0; b < kBands; ++b)
            e[b] += sum / weight;
    }
}

} // namespace

void shapeTimbre(VocoderFrames& frames, const std::vector<Segment>& segments, const PhoneTable& table,
                 const std::vector<float>& loudness, const SingerInfo& singer, double formants,
                 const Colour& colour)
{
    const std::size_t count = frames.frames();
    const std::vector<PhoneClass> kind = classesOf(segments, table, count);
    settleVoicing(frames, segments, table);
    shapeBreaths(frames, segments, table);

    const auto shift = static_cast<float>(formants + (colour.gender - 0.5) * 6.0);
    const auto bright =
        static_cast<float>(singer.brightness + (colour.brightness - 0.5) * 12.0) * kNeperPerDecibel;
    const auto tension =
        static_cast<float>(singer.tension + (colour.tension - 0.5) * 10.0) * kNeperPerDecibel;
    const auto breath = static_cast<float>(singer.breath + (colour.breath - 0.5) * 1.6);
    const float firm = (kFirmDecibels + static_cast<float>(singer.consonants) +
                        kFirmRange * static_cast<float>(2 * colour.consonants - 1)) *
                       kNeperPerDecibel;
    std::array<float, kBands> tilt{};
    std::array<float, kBands> press{};
    for (int b = 0; b < kBands; ++b) {
        const double hz = bandFrequency(b);
        // From 1 kHz to 8 kHz in the middle of the slope; flat outside.
        tilt[static_cast<std::size_t>(b)] =
            bright * static_cast<float>(std::clamp(std::log2(std::max(hz, 1.0) / 1000.0) / 3.0, 0.0, 1.0));
        press[static_cast<std::size_t>(b)] =
            tension * static_cast<float>(std::clamp(std::log2(std::max(hz, 1.0) / 400.0) / 2.5, -0.4, 1.0));
    }
    for (std::size_t t = 0; t < count; ++t) {
        float* e = envelopeAt(frames, t);
        float* n = noiseAt(frames, t);
        const bool sonorant = isSonorant(kind[t]);
        if (sonorant)
            sharpen(e, static_cast<float>(singer.clarity));
        moveFormants(e, sonorant ? shift : 0.4F * shift);
        if (sonorant)
            tuneFirstFormant(e, static_cast<double>(frames.f0[t]));
        for (std::size_t b = 0; b < kBands; ++b)
            e[b] += tilt[b] * (sonorant ? 1.0F : 0.5F) + (sonorant ? press[b] : 0.0F);
        if (!sonorant) {
            const bool noisy = kind[t] != PhoneClass::Silence && kind[t] != PhoneClass::Breath;
            for (std::size_t b = 0; noisy && b < kBands; ++b)
                e[b] += firm;
            // Rooms and microphones rumble; a hiss does not.
            for (int b = 0; n[0] > 0.9F && bandFrequency(b) < kHissLowHz; ++b)
                e[b] -= 1.6F * std::log(static_cast<float>(kHissLowHz / (bandFrequency(b) + 40.0)));
            continue;
        }
        for (int b = 0; b < kNoiseBands; ++b) {
            const float reach = b == 0 ? 0.12F : (b == 1 ? 0.5F : 1.0F);
            n[b] = breath > 0 ? n[b] + (1 - n[b]) * std::min(breath * reach, 0.9F)
                              : std::pow(n[b], 1.0F - 2.0F * breath);
        }
    }
    evenLevel(frames, kind);
    silencePauses(frames, kind);
    if (colour.growl > 0) {
        frames.growl.assign(count, 0.0F);
        for (std::size_t t = 0; t < count; ++t)
            if (isSonorant(kind[t]))
                frames.growl[t] =
                    static_cast<float>(colour.growl) *
                    std::clamp((loudness[t] - kGrowlNone) / (kGrowlFull - kGrowlNone), 0.0F, 1.0F);
    }
}

} // namespace cantilena::voice
