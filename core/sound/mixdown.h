#pragma once

#include <filesystem>

#include <base/job.h>
#include <base/result.h>
#include <sound/program.h>
#include <sound/render.h>

#include "balance.h"

/// The steps of an offline render, which the mix and the stems share.
namespace cantilena::sound {

/// What a whole song rings on for after its last bar, the end of it a fade.
inline constexpr std::int64_t kTailFrames = kSampleRate * 5 / 2;
inline constexpr std::int64_t kTailFadeFrames = kSampleRate * 3 / 2;
/// The fade at both ends of a part that is cut out of a song.
inline constexpr std::int64_t kCutFadeFrames = kSampleRate / 50;

/// The frames that the options ask for.
FrameRange renderRange(const Program& program, const RenderOptions& options);

/// The band's and the voice's sound of a range, on so many threads; the sound does not depend on their
/// number.
Result<Tracks> renderTracks(const Program& program, const std::filesystem::path& soundFont, FrameRange range,
                            int threads, const JobContext& job);

/// Ride, reverb and fades: the mix before its master gain.
StereoBuffer mixDown(const Program& program, Tracks tracks, bool wholeSong);

/// The ride that a balance asks for.
std::vector<GainPoint> vocalRide(const std::vector<ProgramSection>& sections, const MixBalance& balance);

float linearGain(double decibels);

} // namespace cantilena::sound
