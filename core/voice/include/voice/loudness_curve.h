#pragma once

#include <vector>

#include <voice/phrase.h>

namespace cantilena::voice {

/// Loudness in dB at every frame (kFrameSeconds) of the phrase; 0 is a comfortable mezzo-forte. It follows
/// velocity, the section's energy, pitch and stress, swells towards the second half of the phrase and relaxes
/// at its end, dips a little between repeated notes, and falls away in rests.
std::vector<float> loudnessCurve(const Phrase& phrase);

} // namespace cantilena::voice
