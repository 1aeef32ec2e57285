#pragma once

#include <vector>

#include <music/pitch.h>
#include <song/song.h>

namespace cantilena::compose {

/// A second voice to the song's sung tune, a pitch for every note of the melody track in its order: thirds
/// and sixths above it (below it, with `below`), at times a fourth or fifth where the chord wants one; chord
/// notes where a note dwells, notes of the key elsewhere, and a line that moves as the tune does. It is the
/// cheapest path through these wishes (dynamic programming). Notes that would leave `lowest`..`highest` by
/// more than they must are sung an octave nearer or in unison. Empty without a tune.
std::vector<music::Pitch> secondVoice(const song::Song& song, bool below, music::Pitch lowest,
                                      music::Pitch highest);

} // namespace cantilena::compose
