#include "mixer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace cantilena::sound {

void Strip::set(const ProgramTrack& track, float at)
{
    const double angle = (track.pan + 1) * std::numbers::pi / 4;
    const float gain = track.audible ? track.gain * at * std::numbers::sqrt2_v<float> : 0.0F;
    m_target.left = gain * static_cast<float>(std::cos(angle));
    m_target.right = gain * static_cast<float>(std::sin(angle));
    m_target.send = track.send;
}

void Strip::add(const float* left, const float* right, int frames, float* dryLeft, float* dryRight,
                float* sendLeft, float* sendRight)
{
    const Gains from = m_current;
    if (from == m_target) {
        for (int i = 0; i < frames; ++i) {
            const float l = left[i] * from.left;
            const float r = right[i] * from.right;
            dryLeft[i] += l;
            dryRight[i] += r;
            sendLeft[i] += l * from.send;
            sendRight[i] += r * from.send;
        }
        return;
    }
    for (int i = 0; i < frames; ++i) {
        const float t = static_cast<float>(i + 1) / static_cast<float>(frames);
        const float l = left[i] * (from.left + t * (m_target.left - from.left));
        const float r = right[i] * (from.right + t * (m_target.right - from.right));
        const float s = from.send + t * (m_target.send - from.send);
        dryLeft[i] += l;
        dryRight[i] += r;
        sendLeft[i] += l * s;
        sendRight[i] += r * s;
    }
    m_current = m_target;
}

void MixBus::reset()
{
    m_bandLeft.reset();
    m_bandRight.reset();
    m_reverb.reset();
}

void MixBus::process(const Program& program, std::int64_t frame, int frames, float* dryLeft, float* dryRight,
                     float* sendLeft, float* sendRight, const VoiceBlock& voices, Strip& vocalStrip)
{
    for (int i = 0; i < frames; ++i) {
        const float back = kStepBack * voices.activity[i];
        dryLeft[i] -= back * m_bandLeft(dryLeft[i]);
        dryRight[i] -= back * m_bandRight(dryRight[i]);
    }
    const float from = rideAt(program, frame);
    const float to = rideAt(program, frame + frames);
    for (float* voice : {voices.lead, voices.left, voices.right})
        for (int i = 0; voice && i < frames; ++i)
            voice[i] *= from + (to - from) * (static_cast<float>(i) / static_cast<float>(frames));
    if (voices.left && voices.right) {
        for (int i = 0; i < frames; ++i) {
            voices.left[i] += voices.lead[i];
            voices.right[i] += voices.lead[i];
        }
        vocalStrip.add(voices.left, voices.right, frames, dryLeft, dryRight, sendLeft, sendRight);
    } else {
        vocalStrip.add(voices.lead, voices.lead, frames, dryLeft, dryRight, sendLeft, sendRight);
    }
    m_reverb.process(sendLeft, sendRight, dryLeft, dryRight, frames);
}

float rideAt(const Program& program, std::int64_t frame)
{
    const auto& points = program.vocalRide;
    const auto next =
        std::upper_bound(points.begin(), points.end(), frame,
                         [](std::int64_t f, const GainPoint& point) { return f < point.frame; });
    if (points.empty())
        return 1;
    if (next == points.begin())
        return points.front().gain;
    if (next == points.end())
        return points.back().gain;
    const GainPoint& before = *(next - 1);
    const double t =
        static_cast<double>(frame - before.frame) / static_cast<double>(next->frame - before.frame);
    return before.gain + static_cast<float>(t) * (next->gain - before.gain);
}

void readVocal(const Program& program, std::int64_t frame, int frames, VocalPart part, float* out)
{
    std::fill(out, out + frames, 0.0F);
    const auto& pieces = program.vocal;
    auto piece = std::lower_bound(pieces.begin(), pieces.end(), frame - program.longestPiece + 1,
                                  [](const VocalPiece& p, std::int64_t f) { return p.start.value < f; });
    for (; piece != pieces.end() && piece->start.value < frame + frames; ++piece) {
        if (piece->part != part)
            continue;
        const std::int64_t size = static_cast<std::int64_t>(piece->samples->size());
        const std::int64_t from = std::max<std::int64_t>(frame, piece->start.value);
        const std::int64_t to = std::min<std::int64_t>(frame + frames, piece->start.value + size);
        const float* samples = piece->samples->data();
        for (std::int64_t f = from; f < to; ++f)
            out[f - frame] += samples[f - piece->start.value];
    }
    for (int i = 0; i < frames; ++i)
        out[i] *= program.vocalLevel;
}

const ProgramTrack* vocalTrack(const Program& program)
{
    for (const ProgramTrack& track : program.tracks)
        if (track.vocal)
            return &track;
    return nullptr;
}

#if defined(__SSE2__)
FlushDenormals::FlushDenormals() : m_saved(_mm_getcsr())
{
    _mm_setcsr(m_saved | 0x8040U);
}
FlushDenormals::~FlushDenormals()
{
    _mm_setcsr(m_saved);
}
#else
FlushDenormals::FlushDenormals() = default;
FlushDenormals::~FlushDenormals() = default;
#endif

} // namespace cantilena::sound
