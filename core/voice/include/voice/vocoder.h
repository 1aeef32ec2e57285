#pragma once

#include <cstdint>
#include <vector>

#include <base/job.h>
#include <base/result.h>

namespace cantilena::voice {

/// Bands of the spectral envelope: centres at equal steps of ln(1 + f / 1500 Hz) from 0 to 20 kHz, both
/// included.
inline constexpr int kBands = 72;
/// Bands of the aperiodicity, with edges at 0, 1, 2.5, 5, 8 and 20 kHz.
inline constexpr int kNoiseBands = 5;
/// Places of the refined shares of noise: 1.5, 5.5, ... on the envelope's axis.
inline constexpr int kShares = 18;

/// The frequency in Hz of a place on the envelope's axis; whole numbers are band centres.
double bandFrequency(double band);
/// The place on the envelope's axis of a frequency in Hz, 0 to kBands - 1 and beyond.
double bandOf(double hz);

/// What the vocoder turns into sound; the three have the same number of frames, kFrameSeconds apart.
struct VocoderFrames {
    std::vector<float>
        envelope; ///< frames x kBands, natural log of amplitude; white noise of variance 1 reads 0
    std::vector<float> noise; ///< frames x kNoiseBands, share of noise in the power: 0 periodic to 1 noise
    std::vector<float> f0;    ///< frames, Hz, above 0
    /// frames, 0 none to 1: every second pulse weaker and none quite in time, as when the false vocal folds
    /// swing along at half the pitch; empty for none.
    std::vector<float> growl = {};
    /// frames x kShares, share of noise in the power in finer bands; empty for straight lines between
    /// `noise`.
    std::vector<float> shares = {};
    /// frames, depth to which noise swells around the closing of the glottis, 0 to 1; empty for what `noise`
    /// says.
    std::vector<float> swell = {};

    std::size_t frames() const { return f0.size(); }
};

/// Number of samples of `frames` frames; also the sample where the frame of that number is centred.
std::size_t sampleOfFrame(std::size_t frames);

/// Sound from frames: a train of pulses through the minimum-phase filter of the envelope, plus noise through
/// the same filter, its strength following the glottal cycle. One filter a frame, cross-faded, by fast
/// convolution. Deterministic: the same frames and seed give the same samples. sampleOfFrame(frames) samples
/// at kVoiceRate. The only error is a cancelled job. Any thread.
Result<std::vector<float>> vocode(const VocoderFrames& frames, std::uint64_t seed,
                                  const JobContext& job = {});

} // namespace cantilena::voice
