#include "vocal_chain.h"

#include <algorithm>
#include <cmath>

namespace cantilena::sound {

namespace {

constexpr float kThreshold = 0.07F; // RMS; a little under kVocalRms, so that normal singing is held together
constexpr float kSlope = 0.6F;      // 1 - 1/ratio at 2.5:1
constexpr float kMakeUp = 1.35F;
constexpr float kFloor = 1e-4F;
constexpr float kEssRatio = 0.45F; // highs above this share of the level are turned down
constexpr float kEssDepth = 0.45F; // at most about 7 dB
constexpr float kBacking = 0.4F;   // of the lead's level, to each side
constexpr float kActive = 0.012F;  // RMS at which somebody sings

} // namespace

void VocalChain::reset()
{
    *this = VocalChain();
}

void VocalChain::process(float* samples, float* activity, int frames)
{
    static const float levelRate = smoothing(0.012);
    static const float attack = smoothing(0.006);
    static const float release = smoothing(0.14);
    static const float essRate = smoothing(0.003);
    static const float essRelease = smoothing(0.03);
    static const float activityRise = smoothing(0.03);
    static const float activityFall = smoothing(0.25);
    for (int i = 0; i < frames; ++i) {
        float x = m_mud(m_highPass(samples[i]));
        m_level += levelRate * (x * x - m_level);
        const float rms = std::sqrt(m_level);
        const float ridden = m_rider.gainFor(rms);
        x *= ridden;
        const float level = rms * ridden;
        float wanted = 1;
        if (level > kThreshold)
            wanted = std::exp(-kSlope * std::log(level / kThreshold));
        m_gain += (wanted < m_gain ? attack : release) * (wanted - m_gain);
        x *= m_gain * kMakeUp;

        const float high = m_esses(x);
        m_essLevel += essRate * (high * high - m_essLevel);
        const float share = std::sqrt(m_essLevel) / (level * m_gain * kMakeUp + kFloor);
        const float essWanted = share > kEssRatio ? std::max(kEssDepth, kEssRatio / share) : 1.0F;
        m_essGain += (essWanted < m_essGain ? essRate : essRelease) * (essWanted - m_essGain);
        x += (m_essGain - 1) * high;

        samples[i] = m_air(m_presence(x));
        const float sings = rms > kActive ? 1.0F : 0.0F;
        m_activity += (sings > m_activity ? activityRise : activityFall) * (sings - m_activity);
        activity[i] = m_activity;
    }
}

void VocalChains::process(float* lead, float* left, float* right, float* activity, int frames)
{
    m_lead.process(lead, activity, frames);
    const auto back = [frames](Backing& backing, float* samples) {
        constexpr int kBlock = 64;
        float ignored[kBlock];
        for (int done = 0; done < frames; done += kBlock) {
            const int count = std::min(kBlock, frames - done);
            backing.chain.process(samples + done, ignored, count);
            for (int i = done; i < done + count; ++i)
                samples[i] = kBacking * backing.soft(backing.thin(samples[i]));
        }
    };
    if (left && right) {
        back(m_left, left);
        back(m_right, right);
    }
}

} // namespace cantilena::sound
