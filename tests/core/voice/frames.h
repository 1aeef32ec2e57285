#pragma once

#include <cmath>
#include <cstddef>

#include <voice/vocoder.h>

/// Frames for tests of the vocoder.
namespace cantilena::test {

/// A vowel-like spectrum at one pitch.
inline voice::VocoderFrames steadyVowel(std::size_t count, float f0, float noise = 0.02F)
{
    using namespace voice;
    VocoderFrames frames;
    for (std::size_t t = 0; t < count; ++t) {
        frames.f0.push_back(f0);
        for (int b = 0; b < kBands; ++b) {
            const double hz = bandFrequency(b);
            const auto peak = [&](double centre, double width) {
                return 2.0 * std::exp(-0.5 * std::pow((hz - centre) / width, 2));
            };
            frames.envelope.push_back(
                static_cast<float>(-3.5 - hz / 4000 + peak(700, 150) + peak(1200, 150) + peak(2600, 250)));
        }
        for (int b = 0; b < kNoiseBands; ++b)
            frames.noise.push_back(noise * static_cast<float>(b + 1));
    }
    return frames;
}

} // namespace cantilena::test
