#pragma once

#include <cstdint>
#include <vector>

#include <song/song.h>
#include <sound/program.h>
#include <voice/phrase.h>
#include <voice/singer.h>

namespace cantilena::session {

/// One more take of the singer beside the lead.
struct BackingTake {
    std::vector<voice::Phrase> phrases; ///< their starts wander by some milliseconds, as people do
    sound::VocalPart part = sound::VocalPart::Left;
    std::uint64_t seed = 0; ///< of breath noise and pitch
    double drift = 1;       ///< factor on the unsteadiness of pitch
    double gender = 0;      ///< added to the control, so that two takes are not one sound twice
};

/// The second voices that the song asks for (song::Vocal::doubles, harmony): two takes each, to the left and
/// to the right, of the phrases in their sections. Pure.
std::vector<BackingTake> backingTakes(const song::Song& song, const voice::SingerInfo& singer);

} // namespace cantilena::session
