#pragma once

#include <cstdint>
#include <vector>

#include <voice/phrase.h>
#include <voice/pitch_curve.h>
#include <voice/singing.h>

namespace cantilena::voice {

/// A phrase as it is sung: phones in time, pitch and loudness. The slow noise comes from the phrase's hash
/// and `seed`, so that equal phrases are sung alike wherever they stand. Pure; any thread.
Singing singingOf(const Phrase& phrase, const PitchStyle& style, std::uint64_t seed);

/// Its pitch alone, Singing::f0, at a part of the cost.
std::vector<float> pitchOf(const Phrase& phrase, const PitchStyle& style, std::uint64_t seed);

} // namespace cantilena::voice
