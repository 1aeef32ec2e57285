#pragma once

#include <sound/buffer.h>

namespace cantilena::sound {

/// What stands for the loudness of silence.
inline constexpr double kSilenceLufs = -70;

/// Integrated loudness after EBU R 128; kSilenceLufs or less for silence.
double integratedLoudness(const StereoBuffer& audio);

/// The highest true peak of both channels in dBTP (ITU-R BS.1770-4); -120 for silence.
double truePeak(const StereoBuffer& audio);

} // namespace cantilena::sound
