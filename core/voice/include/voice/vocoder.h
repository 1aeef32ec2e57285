#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cantilena::voice {

/// Bands of the spectral envelope: centres at equal steps of ln(1 + f / 1500 Hz) from 0 to 20 kHz, both included.
inline constexpr int kBands = 72;
/// Bands of the aperiodicity, with edges at 0, 1, 2.5, 5, 8 and 20 kHz.
inline constexpr int kNoiseBands = 5;

/// The frequency in Hz of an envelope band's centre.
double bandCentre(int band);

/// One frame sequence for the vocoder; all four have the same number of frames, kFrameSeconds apart.
struct VocoderFrames {
    std::vector<float> envelope; ///< frames x kBands, natural log of amplitude; white noise of variance 1 reads 0
    std::vector<float> noise;    ///< frames x kNoiseBands, 0 periodic to 1 noise, a share of power
    std::vector<float> f0;       ///< frames, Hz
    std::vector<float> voicing;  ///< frames, 0 or 1 and between at edges: gain of the periodic part

    std::size_t frames() const { return f0.size(); }
};

/// Sound from frames: a train of pulses through the minimum-phase filter of the envelope, plus noise through the
/// same filter, its strength following the glottal cycle. One filter a frame, cross-faded, by fast convolution.
/// Deterministic: the same frames and seed give the same samples. Any thread.
///
/// The result has frames * 220.5 samples, rounded; the sound of frame i is centred at sample i * 220.5.
std::vector<float> vocode(const VocoderFrames& frames, std::uint64_t seed);

} // namespace cantilena::voice
