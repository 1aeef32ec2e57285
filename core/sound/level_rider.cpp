#include "level_rider.h"

#include <algorithm>
#include <cmath>

#include "filters.h"
#include "levels.h"

namespace cantilena::sound {

namespace {

constexpr float kSings = 0.012F; // RMS above which somebody sings; breaths and consonants do not count
constexpr float kShare = 0.5F;   // of the distance to the song's level
constexpr float kMost = 4.0F;    // dB, up or down
constexpr float kPower = 1.0F;   // seconds over which the level is taken
constexpr float kHand = 0.35F;   // seconds in which the fader follows
constexpr int kEvery = 64;       // samples between two looks

float perLook(float seconds)
{
    return 1 - std::exp(-static_cast<float>(kEvery) / (seconds * static_cast<float>(kSampleRate)));
}

} // namespace

float LevelRider::gainFor(float rms)
{
    static const float powerRate = perLook(kPower);
    static const float handRate = perLook(kHand);
    if (--m_until <= 0) {
        m_until = kEvery;
        if (rms > kSings) {
            m_power = m_power > 0 ? m_power + powerRate * (rms * rms - m_power) : kVocalRms * kVocalRms;
            const float off = 10 * std::log10(kVocalRms * kVocalRms / m_power);
            m_decibels += handRate * (std::clamp(kShare * off, -kMost, kMost) - m_decibels);
            m_gain = std::pow(10.0F, m_decibels / 20);
        }
    }
    m_smooth += 0.01F * (m_gain - m_smooth);
    return m_smooth;
}

} // namespace cantilena::sound
