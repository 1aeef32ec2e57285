#include "reverb.h"

#include <algorithm>
#include <cmath>

#include <sound/buffer.h>

namespace cantilena::sound {

namespace {

constexpr double kDecaySeconds = 1.9; // to -60 dB at mid frequencies
constexpr float kDamping = 0.32F;     // one-pole low-pass in each line: highs decay about twice as fast
constexpr float kDiffusion = 0.62F;
constexpr float kLowCut = 0.028F; // one-pole high-pass near 200 Hz, so that the bass stays dry
constexpr float kOutput = 0.55F;
constexpr std::size_t kPreDelay = 840; // 19 ms: words stay in front of their reverberation
// Lengths without common factors, 29 to 73 ms.
constexpr std::array<std::size_t, 8> kLengths = {1277, 1523, 1801, 2053, 2311, 2617, 2903, 3209};
constexpr std::array<std::size_t, 4> kDiffuserLengths = {223, 431, 241, 461};
constexpr std::array<float, 8> kTapSigns = {1, -1, 1, -1, 1, -1, 1, -1};

} // namespace

void Reverb::Line::clear()
{
    std::fill(m_data.begin(), m_data.end(), 0.0F);
    m_at = 0;
}

Reverb::Reverb()
{
    m_preDelay.assign(2, Line(kPreDelay));
    for (const std::size_t length : kDiffuserLengths)
        m_diffusers.emplace_back(length);
    for (int i = 0; i < kLines; ++i) {
        m_lines.emplace_back(kLengths[i]);
        m_gain[i] = static_cast<float>(
            std::pow(10.0, -3.0 * static_cast<double>(kLengths[i]) / (kDecaySeconds * kSampleRate)));
    }
}

void Reverb::reset()
{
    for (auto* lines : {&m_preDelay, &m_diffusers, &m_lines})
        for (Line& line : *lines)
            line.clear();
    m_damped.fill(0);
    m_lowCut.fill(0);
}

void Reverb::process(const float* inLeft, const float* inRight, float* outLeft, float* outRight, int frames)
{
    for (int i = 0; i < frames; ++i) {
        std::array<float, 2> x = {inLeft[i], inRight[i]};
        for (int c = 0; c < 2; ++c) {
            m_lowCut[c] += kLowCut * (x[c] - m_lowCut[c]);
            const float delayed = m_preDelay[c].read();
            m_preDelay[c].write(x[c] - m_lowCut[c]);
            x[c] = delayed;
            for (int d = 0; d < 2; ++d) {
                Line& line = m_diffusers[2 * c + d];
                const float old = line.read();
                const float fed = x[c] + kDiffusion * old;
                line.write(fed);
                x[c] = old - kDiffusion * fed;
            }
        }
        std::array<float, kLines> s;
        float left = 0;
        float right = 0;
        for (int l = 0; l < kLines; ++l) {
            m_damped[l] += (1 - kDamping) * (m_lines[l].read() - m_damped[l]);
            s[l] = m_damped[l] * m_gain[l];
        }
        // Neighbouring lines go to different sides: the tail is wide and the two sides are alike in level.
        for (int l = 0; l < kLines; l += 2) {
            left += kTapSigns[l / 2] * s[l];
            right += kTapSigns[l / 2] * s[l + 1];
        }
        outLeft[i] += kOutput * left;
        outRight[i] += kOutput * right;
        // Fast Hadamard transform, scaled to be orthogonal.
        for (int step = 1; step < kLines; step *= 2)
            for (int l = 0; l < kLines; l += 2 * step)
                for (int k = l; k < l + step; ++k) {
                    const float a = s[k];
                    const float b = s[k + step];
                    s[k] = a + b;
                    s[k + step] = a - b;
                }
        for (int l = 0; l < kLines; ++l)
            m_lines[l].write(s[l] * 0.35355339F + x[l & 1]);
    }
}

} // namespace cantilena::sound
