#pragma once

#include <span>

#include <sound/program.h>

namespace cantilena::sound {

/// Decibels that bring a General MIDI program (or drum kit) of the sound font to the common loudness, so that
/// a track's gain of 0 dB means as loud as any other at 0 dB. Measured on FluidR3 with one phrase for all.
double programLevel(int program, bool drums);

/// The mean square of sung sound (quiet parts left out) that the vocal chain is set for, as RMS.
inline constexpr float kVocalRms = 0.1F;

/// The linear gain that brings the lead's pieces to kVocalRms; 1 without sound.
float vocalLevel(std::span<const VocalPiece> pieces);

} // namespace cantilena::sound
