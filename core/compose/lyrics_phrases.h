#pragma once

#include <string>
#include <string_view>

namespace cantilena::compose::lyric {

/// An English text, in lower case, with one word for what several say together: "got lost" is no loss,
/// "passed away" is a death, and a best man is neither the best nor any man. Requests and what songs are
/// about are read the same way. Chinese and everything else stays as it is.
std::string withPhrasesJoined(std::string_view text);

} // namespace cantilena::compose::lyric
