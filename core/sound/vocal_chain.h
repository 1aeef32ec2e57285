#pragma once

#include "filters.h"
#include "level_rider.h"

namespace cantilena::sound {

/// What a mixing engineer puts on a voice: high-pass, less mud, a hand on the fader, compression, a
/// de-esser, presence and air.
/// Expects sound at kVocalRms. One thread; allocates nothing.
class VocalChain {
public:
    void reset();
    /// In place. `activity` gets how much somebody sings, 0..1 by frame (the band steps back by it).
    void process(float* samples, float* activity, int frames);

private:
    Biquad m_highPass = Biquad::highPass(85);
    Biquad m_mud = Biquad::peak(280, 0.9, -2.0);
    Biquad m_presence = Biquad::peak(3200, 0.8, 2.5);
    Biquad m_air = Biquad::highShelf(9000, 1.5);
    Biquad m_esses = Biquad::highPass(5500);
    LevelRider m_rider;
    float m_level = 0;
    float m_gain = 1;
    float m_essLevel = 0;
    float m_essGain = 1;
    float m_activity = 0;
};

/// The chains of the lead and of the second voices, which make room for it: no bottom, less presence, softer.
class VocalChains {
public:
    void reset() { *this = VocalChains(); }
    /// In place; `left` and `right` may both be null. `activity` is the lead's.
    void process(float* lead, float* left, float* right, float* activity, int frames);

private:
    VocalChain m_lead;
    struct Backing {
        VocalChain chain;
        Biquad thin = Biquad::highPass(190);
        Biquad soft = Biquad::peak(3000, 0.7, -4.0);
    };
    Backing m_left, m_right;
};

} // namespace cantilena::sound
