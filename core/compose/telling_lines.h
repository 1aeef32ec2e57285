#pragma once

#include <string>
#include <vector>

#include <compose/lyrics_words.h>
#include <compose/opening.h>
#include <language/reader.h>

/// What the lines of a telling are to each other: which of them stand alone, and which is its heart.
namespace cantilena::compose::lyric {

/// The line or two of what a person tells that a chorus can repeat: the last whole statement that is
/// short enough, since what is told comes to its point at the end; none where nothing is said of anybody
/// ("driving home on a dirt road").
std::vector<std::string> hookOf(const Opening& opening, language::Language language,
                                const language::Reader& reader, const WordSpace& space);

/// For each line of an opening, whether a statement begins with it that needs nothing before it: not "and
/// cried into the tomatoes".
std::vector<bool> statementsOf(const Opening& opening, language::Language language, const WordSpace& space);

/// "And she only walks to music" without its "and"; other lines as they are.
std::string withoutJoin(const std::string& line);

} // namespace cantilena::compose::lyric
