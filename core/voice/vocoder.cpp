#include <voice/vocoder.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include <base/hash.h>
#include <base/random.h>
#include <voice/singing.h>

#include "fft.h"

namespace cantilena::voice {

namespace {

constexpr double kWarpHz = 1500.0;
constexpr double kTopHz = 20000.0;
constexpr double kHop = kVoiceRate * kFrameSeconds;

constexpr std::size_t kFft = 2048;
constexpr std::size_t kBins = kFft / 2 + 1;
// Room before the segment for the ringing of the zero-phase gains.
constexpr std::size_t kLead = 160;
// Samples at both ends of a filtered segment that fade.
constexpr std::size_t kTaperIn = 96;
constexpr std::size_t kTaperOut = 400;

// Half the length of the band-limited pulse in samples, and its steps between two samples.
constexpr int kPulseHalf = 12;
constexpr int kPulseSteps = 256;

// Noise of a voiced sound swells around the closing of the glottis.
constexpr float kNoiseSwell = 0.6F;
// Growl: how much every second pulse loses, and how far height and time of each wander (shares of height and
// period).
constexpr double kGrowlDepth = 0.65;
constexpr double kGrowlShimmer = 0.3;
constexpr double kGrowlJitter = 0.04;
constexpr double kHighPassHz = 60.0;
constexpr double kBreathLowHz = 700.0;

constexpr std::array<double, kNoiseBands> kNoiseCentres{500, 1750, 3750, 6500, 11000};
// Where the refined shares of noise lie on the envelope's axis.
constexpr double kFirstShare = 1.5;
constexpr double kShareStep = 4.0;

/// Band-limited pulses (windowed sinc) at fractions of a sample.
class PulseTable {
public:
    PulseTable()
    {
        for (int step = 0; step <= kPulseSteps; ++step) {
            const double fraction = static_cast<double>(step) / kPulseSteps;
            for (int i = 0; i < 2 * kPulseHalf; ++i) {
                const double x = i - (kPulseHalf - 1) - fraction;
                const double cutoff = 0.92;
                const double angle = std::numbers::pi * x * cutoff;
                const double sinc = std::abs(x) < 1e-9 ? cutoff : cutoff * std::sin(angle) / angle;
                const double window = std::abs(x) >= kPulseHalf
                                          ? 0.0
                                          : 0.42 + 0.5 * std::cos(std::numbers::pi * x / kPulseHalf) +
                                                0.08 * std::cos(2 * std::numbers::pi * x / kPulseHalf);
                m_values[static_cast<std::size_t>(step)][static_cast<std::size_t>(i)] =
                    static_cast<float>(sinc * window);
            }
        }
    }

    /// Adds a pulse of this height at `time` samples.
    void add(std::vector<float>& signal, double time, double height) const
    {
        const double whole = std::floor(time);
        const auto step = static_cast<std::size_t>(std::lround((time - whole) * kPulseSteps));
        const auto first = static_cast<std::int64_t>(whole) - (kPulseHalf - 1);
        for (int i = 0; i < 2 * kPulseHalf; ++i) {
            const std::int64_t n = first + i;
            if (n >= 0 && n < static_cast<std::int64_t>(signal.size()))
                signal[static_cast<std::size_t>(n)] +=
                    static_cast<float>(height) * m_values[step][static_cast<std::size_t>(i)];
        }
    }

private:
    std::array<std::array<float, 2 * kPulseHalf>, kPulseSteps + 1> m_values{};
};

/// For every FFT bin where to read the band envelope and the noise bands, by linear interpolation.
struct BinMap {
    std::array<std::uint8_t, kBins> band{};
    std::array<float, kBins> bandFraction{};
    std::array<float, kBins> extra{}; ///< added to the log: the fall above the top band
    std::array<std::uint8_t, kBins> noise{};
    std::array<float, kBins> noiseFraction{};
    std::array<std::uint8_t, kBins> share{};
    std::array<float, kBins> shareFraction{};
    /// gain of noise in voiced sound: breath has nothing near the fundamental
    std::array<float, kBins> lowCut{};

    BinMap()
    {
        for (std::size_t k = 0; k < kBins; ++k) {
            const double hz = static_cast<double>(k) * kVoiceRate / kFft;
            const double place = std::clamp(bandOf(hz), 0.0, kBands - 1.0 - 1e-6);
            band[k] = static_cast<std::uint8_t>(place);
            bandFraction[k] = static_cast<float>(place - std::floor(place));
            extra[k] = static_cast<float>(hz > kTopHz ? -(hz - kTopHz) / 500.0 : 0.0);
            lowCut[k] = static_cast<float>(std::min(1.0, std::pow(hz / kBreathLowHz, 2)));
            const double x = std::clamp(hz, kNoiseCentres.front(), kNoiseCentres.back() - 1e-3);
            std::size_t b = 0;
            while (b + 2 < kNoiseCentres.size() && x >= kNoiseCentres[b + 1])
                ++b;
            noise[k] = static_cast<std::uint8_t>(b);
            noiseFraction[k] =
                static_cast<float>((x - kNoiseCentres[b]) / (kNoiseCentres[b + 1] - kNoiseCentres[b]));
            const double at = std::clamp((bandOf(hz) - kFirstShare) / kShareStep, 0.0, kShares - 1.0 - 1e-6);
            share[k] = static_cast<std::uint8_t>(at);
            shareFraction[k] = static_cast<float>(at - std::floor(at));
        }
    }
};

/// Standard normal to four terms: the sum of four uniform numbers out of one hash.
inline float roughNormal(std::uint64_t bits)
{
    const auto sum = static_cast<float>((bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) +
                                        (bits >> 48));
    return (sum - 131070.0F) * (1.7320508F / 65536.0F);
}

struct Excitation {
    std::vector<float> pulses;
    std::vector<float> noise;
};

Excitation excite(const VocoderFrames& frames, std::size_t length, std::uint64_t seed)
{
    static const PulseTable pulses;
    Excitation out{std::vector<float>(length), std::vector<float>(length)};
    const Random random(seed, "vocoder noise");
    const Random roughness(seed, "growl");
    std::uint64_t pulse = 0;
    double phase = 0;
    for (std::size_t n = 0; n < length; ++n) {
        const double place = static_cast<double>(n) / kHop;
        const auto i = std::min(static_cast<std::size_t>(place), frames.frames() - 1);
        const std::size_t j = std::min(i + 1, frames.frames() - 1);
        const double w = std::min(place - static_cast<double>(i), 1.0);
        const double f0 = std::clamp((1 - w) * frames.f0[i] + w * frames.f0[j], 20.0, 4000.0);
        const double step = f0 / kVoiceRate;
        const double before = phase;
        phase += step;
        if (phase >= 1.0) {
            phase -= 1.0;
            double time = static_cast<double>(n) + (1.0 - before) / step;
            double height = 1.0 / std::sqrt(step);
            if (!frames.growl.empty() && frames.growl[i] > 0) {
                const double g = static_cast<double>(frames.growl[i]);
                const double weak = 1 - kGrowlDepth * g;
                height *= (pulse % 2 == 1 ? weak : 1.0) / std::sqrt(0.5 * (1 + weak * weak));
                height *= 1 + kGrowlShimmer * g * roughness.uniform(-1.0, 1.0, 2 * pulse);
                time += kGrowlJitter * g / step * roughness.uniform(-1.0, 1.0, 2 * pulse + 1);
            }
            ++pulse;
            pulses.add(out.pulses, time, height);
        }
        const auto swellAt = [&](std::size_t t) {
            return frames.swell.empty() ? kNoiseSwell * (1.0F - frames.noise[t * kNoiseBands])
                                        : frames.swell[t];
        };
        const auto depth = static_cast<float>((1 - w) * swellAt(i) + w * swellAt(j));
        const float swell = (1.0F + depth * static_cast<float>(std::cos(2 * std::numbers::pi * phase))) /
                            std::sqrt(1.0F + 0.5F * depth * depth);
        out.noise[n] = swell * roughNormal(random.bits(n));
    }
    return out;
}

/// High-pass of second order (Butterworth) at kHighPassHz, in place.
void removeRumble(std::vector<float>& x)
{
    const double w = 2 * std::numbers::pi * kHighPassHz / kVoiceRate;
    const double alpha = std::sin(w) / std::numbers::sqrt2;
    const double a0 = 1 + alpha;
    const double b0 = (1 + std::cos(w)) / 2 / a0;
    const double a1 = -2 * std::cos(w) / a0;
    const double a2 = (1 - alpha) / a0;
    double s1 = 0;
    double s2 = 0;
    for (float& sample : x) {
        const double in = static_cast<double>(sample);
        const double y = b0 * in + s1;
        s1 = -2 * b0 * in - a1 * y + s2;
        s2 = b0 * in - a2 * y;
        sample = static_cast<float>(y);
    }
}

/// Filters, one at a time, in the frequency domain.
class Filter {
public:
    /// Turns the log amplitudes of a frame into the minimum-phase response and the two gains. `shares` may be
    /// null: then the noise lies on straight lines between its bands.
    void set(const float* envelope, const float* noise, const float* shares)
    {
        static const BinMap map;
        const bool voiced = noise[0] < 0.5F;
        std::complex<float>* bins = m_cepstrum.bins();
        for (std::size_t k = 0; k < kBins; ++k) {
            const std::size_t b = map.band[k];
            const float f = map.bandFraction[k];
            const float log = (1 - f) * envelope[b] + f * envelope[b + 1] + map.extra[k];
            bins[k] = {std::max(log, -20.0F), 0.0F};
            const float* from = shares ? shares + map.share[k] : noise + map.noise[k];
            const float g = shares ? map.shareFraction[k] : map.noiseFraction[k];
            const float share = std::clamp((1 - g) * from[0] + g * from[1], 0.0F, 1.0F);
            m_periodic[k] = std::sqrt(1 - share);
            m_noisy[k] = std::sqrt(share) * (voiced ? map.lowCut[k] : 1.0F);
        }
        m_cepstrum.backward();
        // Folding the cepstrum onto positive times leaves the magnitude and makes the phase minimal.
        float* c = m_cepstrum.samples();
        constexpr float scale = 1.0F / kFft;
        c[0] *= scale;
        for (std::size_t n = 1; n < kFft / 2; ++n)
            c[n] *= 2 * scale;
        c[kFft / 2] *= scale;
        std::fill(c + kFft / 2 + 1, c + kFft, 0.0F);
        m_cepstrum.forward();
        for (std::size_t k = 0; k < kBins; ++k) {
            const float magnitude = std::exp(bins[k].real());
            m_response[k] = {magnitude * std::cos(bins[k].imag()), magnitude * std::sin(bins[k].imag())};
        }
    }

    /// Filters one windowed segment of both excitations and adds it to the output from sample `start` - kLead
    /// on.
    void apply(const float* pulses, const float* noise, std::size_t count, std::int64_t start,
               std::vector<float>& out)
    {
        load(m_pulses, pulses, count);
        load(m_noise, noise, count);
        std::complex<float>* p = m_pulses.bins();
        const std::complex<float>* n = m_noise.bins();
        for (std::size_t k = 0; k < kBins; ++k) {
            const float re = m_periodic[k] * p[k].real() + m_noisy[k] * n[k].real();
            const float im = m_periodic[k] * p[k].imag() + m_noisy[k] * n[k].imag();
            const float hr = m_response[k].real();
            const float hi = m_response[k].imag();
            p[k] = {re * hr - im * hi, re * hi + im * hr};
        }
        m_pulses.backward();
        // Whatever rings longer than the buffer would end, and begin, with a step at every frame.
        float* y = m_pulses.samples();
        for (std::size_t i = 0; i < kTaperIn; ++i)
            y[i] *= static_cast<float>(i) / kTaperIn;
        for (std::size_t i = 0; i < kTaperOut; ++i)
            y[kFft - 1 - i] *= static_cast<float>(i) / kTaperOut;
        constexpr float scale = 1.0F / kFft;
        const std::int64_t first = start - static_cast<std::int64_t>(kLead);
        const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, -first));
        const auto to = static_cast<std::size_t>(
            std::clamp<std::int64_t>(static_cast<std::int64_t>(out.size()) - first, 0, kFft));
        for (std::size_t i = from; i < to; ++i)
            out[static_cast<std::size_t>(first + static_cast<std::int64_t>(i))] += scale * y[i];
    }

private:
    static void load(RealFft& fft, const float* segment, std::size_t count)
    {
        std::fill(fft.samples(), fft.samples() + kFft, 0.0F);
        std::copy(segment, segment + count, fft.samples() + kLead);
        fft.forward();
    }

    RealFft m_cepstrum{kFft};
    RealFft m_pulses{kFft};
    RealFft m_noise{kFft};
    std::array<std::complex<float>, kBins> m_response{};
    std::array<float, kBins> m_periodic{};
    std::array<float, kBins> m_noisy{};
};

} // namespace

double bandFrequency(double band)
{
    static const double step = std::log1p(kTopHz / kWarpHz) / (kBands - 1);
    return kWarpHz * std::expm1(band * step);
}

double bandOf(double hz)
{
    static const double step = std::log1p(kTopHz / kWarpHz) / (kBands - 1);
    return std::log1p(hz / kWarpHz) / step;
}

std::size_t sampleOfFrame(std::size_t frames)
{
    return static_cast<std::size_t>(std::floor(static_cast<double>(frames) * kHop + 0.5));
}

Result<std::vector<float>> vocode(const VocoderFrames& frames, std::uint64_t seed, const JobContext& job)
{
    const std::size_t count = frames.frames();
    const std::size_t length = sampleOfFrame(count);
    std::vector<float> out(length);
    if (count == 0)
        return out;
    const Excitation excitation = excite(frames, length, seed);
    auto filter = std::make_unique<Filter>();
    std::vector<float> pulses;
    std::vector<float> noise;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 64 == 0 && job.cancelled())
            return job.cancelledError();
        const std::size_t left = i == 0 ? 0 : sampleOfFrame(i - 1);
        const std::size_t middle = sampleOfFrame(i);
        const std::size_t right = std::min(sampleOfFrame(i + 1), length);
        pulses.assign(right - left, 0.0F);
        noise.assign(right - left, 0.0F);
        for (std::size_t n = left; n < right; ++n) {
            // Raised cosines that sum to one wherever two frames meet.
            const double x =
                n < middle ? static_cast<double>(n - left) / static_cast<double>(middle - left)
                           : 1.0 - static_cast<double>(n - middle) / static_cast<double>(right - middle);
            const auto w = static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * x));
            pulses[n - left] = w * excitation.pulses[n];
            noise[n - left] = w * excitation.noise[n];
        }
        filter->set(frames.envelope.data() + i * kBands, frames.noise.data() + i * kNoiseBands,
                    frames.shares.empty() ? nullptr : frames.shares.data() + i * kShares);
        filter->apply(pulses.data(), noise.data(), pulses.size(), static_cast<std::int64_t>(left), out);
    }
    removeRumble(out);
    return out;
}

} // namespace cantilena::voice
