#pragma once

#include <vector>

#include <voice/phrase.h>
#include <voice/singing.h>

namespace cantilena::voice {

/// Puts a phrase's phones in time. Every nucleus begins exactly on its first note's onset. Consonants before
/// it are taken from the rest or the syllable before; consonants after it end with the last note; the nucleus
/// fills what is left over all notes of a melisma. When notes are short all consonants of the gap shrink
/// alike, so that the nucleus keeps half of the time, at least 40 ms where the notes leave that much. Nothing
/// is dropped: every phone of every syllable has a time, in order and without overlap.
std::vector<TimedPhone> timePhones(const Phrase& phrase);

} // namespace cantilena::voice
