#pragma once

#include <compose/plan.h>
#include <song/song.h>

namespace cantilena::session {

/// The form that a song has: its sections with their bars, energy and material, their lines' syllables, bars
/// and rhyme letters; a section with the words of an earlier one repeats it.
compose::Form formOf(const song::Song& song);

} // namespace cantilena::session
