#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <language/language_id.h>

/// What a language model wrote, taken apart. The text is anybody's: every part of it is bounded, and what
/// does not look like a line of lyrics is left out.
namespace cantilena::compose::lyric {

struct ModelAnswer {
    std::string title;                              ///< empty when there is none
    std::vector<std::vector<std::string>> sections; ///< of lines, as the model grouped them
};

/// Reads whole lyrics: the JSON that was asked for, or the like of it, or else plain lines, with or without
/// Markdown, numbers, names of sections, and thoughts before it.
ModelAnswer readAnswer(std::string_view text, language::Language language);

/// Reads wordings of `count` lines, in order; as many as were found for each, 8 at most. None where the
/// answer is JSON of another shape.
std::vector<std::vector<std::string>> readWordings(std::string_view text, std::size_t count,
                                                   language::Language language);

/// One line as our own are shown: without Markdown, numbers, remarks, quotes around it and a final comma or
/// stop. Empty when it is longer than any sung line.
std::string cleanLine(std::string_view raw, language::Language language);

} // namespace cantilena::compose::lyric
