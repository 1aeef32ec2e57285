#pragma once

#include <vector>

#include <voice/singer.h>
#include <voice/vocoder.h>

#include "acoustic.h"

namespace cantilena::voice {

/// Turns what the network predicts into what the singer sings, in place: voicing by phone class, silence in pauses,
/// breaths, formants, tilt, breath and clarity of the singer and the person's controls, and an even level over pitch.
void shapeTimbre(VocoderFrames& frames, const std::vector<Segment>& segments, const PhoneTable& table,
                 const SingerInfo& singer, const Colour& colour);

} // namespace cantilena::voice
