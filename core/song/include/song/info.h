#pragma once

#include <string>

#include <song/song.h>

namespace cantilena::song {

/// The song as `cantilena info --json` prints it: one JSON object, indented, keys in a fixed order.
///
/// Times ending in _s are seconds, times ending in _beat or _beats quarter notes, from the start of the song.
/// Ids are texts: a letter for the kind and a number that is unique in the song, "t3" a track, "n12" a note,
/// "y7" a syllable. `syllables[].notes` lists the notes that sing the syllable, in order; `notes[].syllable`
/// is the syllable's id, or null. Syllables carry their `id` as well. `origin` is "person", "melody 1 seed 7"
/// (model, version, seed), "deepseek-chat at api.deepseek.com" (model on a server) or "rule cadence".
/// `models` are the models that made something in the song. `provenance` says whether a model had a part,
/// lists the origins with how many notes, lines and chords each made, and the prompt.
std::string infoJson(const Song& song);

/// "person", "melody 1 seed 7", "deepseek-chat at api.deepseek.com", "rule cadence"; "unknown" for an origin
/// that is not there.
std::string originText(const Origin* origin);

} // namespace cantilena::song
