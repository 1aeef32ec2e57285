#pragma once

#include <cstdint>
#include <vector>

#include <base/job.h>
#include <base/result.h>
#include <compose/arrangement.h>
#include <compose/plan.h>
#include <compose/style.h>
#include <song/song.h>

namespace cantilena::compose {

/// Gives arranged tracks the hands of players: drums take velocity and timing from the touch model, the
/// others are shaped by metre, phrase, energy and role, with strummed chords and the style's swing. Changes
/// only `velocity` and `shift` of notes (and never moves a sound before the start of the song); the tune is
/// not touched. Tracks are matched with the style's parts by role and program; others get the general
/// shaping. May run on any thread.
Result<void> perform(std::vector<song::Track>& tracks, const Form& form, const Style& style,
                     const ArrangementModels& models, std::uint64_t seed, const JobContext& job);

} // namespace cantilena::compose
