#include "loudness.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include <ebur128.h>

namespace cantilena::sound {

namespace {

struct StateDeleter {
    void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};
using StatePtr = std::unique_ptr<ebur128_state, StateDeleter>;

StatePtr feed(const StereoBuffer& audio, int mode)
{
    StatePtr state(ebur128_init(2, kSampleRate, mode));
    std::vector<float> interleaved;
    constexpr std::size_t kChunk = 8192;
    for (std::size_t start = 0; start < audio.frames(); start += kChunk) {
        const std::size_t count = std::min(kChunk, audio.frames() - start);
        interleaved.resize(2 * count);
        for (std::size_t i = 0; i < count; ++i) {
            interleaved[2 * i] = audio.left[start + i];
            interleaved[2 * i + 1] = audio.right[start + i];
        }
        ebur128_add_frames_float(state.get(), interleaved.data(), count);
    }
    return state;
}

} // namespace

double integratedLoudness(const StereoBuffer& audio)
{
    const StatePtr state = feed(audio, EBUR128_MODE_I);
    double lufs = kSilenceLufs;
    ebur128_loudness_global(state.get(), &lufs);
    return std::isfinite(lufs) ? lufs : kSilenceLufs;
}

double truePeak(const StereoBuffer& audio)
{
    const StatePtr state = feed(audio, EBUR128_MODE_TRUE_PEAK);
    double peak = 0;
    for (unsigned channel = 0; channel < 2; ++channel) {
        double value = 0;
        ebur128_true_peak(state.get(), channel, &value);
        peak = std::max(peak, value);
    }
    return peak > 1e-6 ? 20 * std::log10(peak) : -120;
}

} // namespace cantilena::sound
