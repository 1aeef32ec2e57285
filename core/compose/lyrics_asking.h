#pragma once

#include <string>

namespace cantilena::compose::lyric {

/// The words of a request that ask for a song, or say how it is to sound, rather than what it is about,
/// parted by spaces: "我想听", "民谣"; the "blues" of "a blues song about rain", but not the "rock" of "a
/// rock climbing song".
std::string askingIn(const std::string& request);

/// The request without them, in lower case.
std::string subjectOf(const std::string& request);

} // namespace cantilena::compose::lyric
