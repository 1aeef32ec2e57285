#pragma once

#include <optional>
#include <string>

#include <song/song.h>

namespace cantilena::compose {

/// The kind that a mark in typed words or chords names, in English or Chinese: "Verse 2", "[pre-chorus]",
/// "副歌"; nothing for other text.
std::optional<song::SectionKind> sectionKindOfMark(std::string mark);

} // namespace cantilena::compose
