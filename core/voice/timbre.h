#pragma once

#include <vector>

#include <voice/singer.h>
#include <voice/vocoder.h>

#include "acoustic.h"

namespace cantilena::voice {

/// Turns what the network predicts into what the singer sings, in place: voicing by phone class, silence in
/// pauses, breaths, tilt, breath and clarity of the singer and the person's controls, formants moved by
/// `formants` semitones, and an even level over pitch.
void shapeTimbre(VocoderFrames& frames, const std::vector<Segment>& segments, const PhoneTable& table,
                 const std::vector<float>& loudness, const SingerInfo& singer, double formants,
                 const Colour& colour);

} // namespace cantilena::voice
