#pragma once

namespace cantilena::voice {

/// How much of each habit of singers the pitch has; 1 is ordinary.
struct PitchStyle {
    double vibrato = 1;   ///< factor on the depth, 0 to 3
    double rate = 1;      ///< factor on the vibrato's cycles a second
    double delay = 1;     ///< factor on the time until vibrato sets in
    double scoop = 1;     ///< at phrase starts, from below
    double drift = 1;     ///< slow unsteadiness
    double glide = 1;     ///< factor on the time that a glide between notes takes
    double overshoot = 1; ///< beyond the new note, and the dip in the other direction before a leap
    double fall = 1;      ///< of the last note of a phrase, as the voice lets go

    bool operator==(const PitchStyle&) const = default;
};

} // namespace cantilena::voice
