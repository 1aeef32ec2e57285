#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <song/song.h>

namespace cantilena::song {

/// A piece of a text, in bytes.
struct TextRange {
    std::size_t start = 0;
    std::size_t end = 0;

    bool operator==(const TextRange&) const = default;
};

/// Where each word of a line stands in the line's text, in order; nothing for a word that the text does not
/// have. Words are normalised (language/text.h) and the text is as it was typed: full-width letters,
/// ligatures and invisible marks are seen through.
std::vector<std::optional<TextRange>> wordRanges(const Line& line);

} // namespace cantilena::song
