#pragma once

namespace cantilena::sound {

/// What a mixing engineer's hand does on the fader of a voice: phrases that are much softer or louder than
/// the song's level are brought half way to it, slowly, and rests change nothing, so that dynamics stay and
/// no word is lost. Comes before the compressor, which cares for single syllables. One thread; allocates
/// nothing.
class LevelRider {
public:
    /// The gain for a sample; `rms` is the voice's short-time level there.
    float gainFor(float rms);

private:
    float m_power = 0; ///< of the last second of singing; 0 before the first
    float m_decibels = 0;
    float m_gain = 1, m_smooth = 1;
    int m_until = 0; ///< samples to the next look at the level
};

} // namespace cantilena::sound
