#pragma once

#include <cstdint>
#include <vector>

#include <voice/phrase.h>
#include <voice/pitch_style.h>

namespace cantilena::voice {

/// The fundamental frequency in Hz at every frame (kFrameSeconds) of the phrase.
///
/// The score's steps pass a second-order system (7 Hz, damping 0.75: a glide of some 70 ms with a slight
/// overshoot, after Saitou et al., "Development of an F0 control model", 2005). On notes above 0.45 s a
/// vibrato of 5.6 Hz sets in late and grows to 35 cents. Phrases begin with a small scoop and end with a
/// small fall; before a leap the voice dips a little the other way (preparation); Mandarin syllables begin
/// with a trace of their tone. Slow noise is drawn by the place in the phrase from `seed`. Where a person
/// drew a line the voice follows that, with joins of 30 ms. Elsewhere, over the middle half of a sustained
/// note the median stays within 10 cents of the score.
std::vector<float> pitchCurve(const Phrase& phrase, const PitchStyle& style, std::uint64_t seed);

} // namespace cantilena::voice
