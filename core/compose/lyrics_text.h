#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <song/brief.h>

#include "lyrics_edit.h"
#include "lyrics_theme.h"

namespace cantilena::compose::lyric {

/// A line as people write it: capitals and names in English, a space for a pause in Chinese, no final stop.
std::string textOf(const Corpus& corpus, const std::vector<Token>& tokens);

/// A title in title case; empty when it would be no title (no content word, too long).
std::string titleOf(const Corpus& corpus, const std::vector<Token>& tokens);

/// A line that somebody typed as a title; empty when it is too long for one.
std::string titleOf(const std::string& line, language::Language language);

/// The words of a printed title, lower case and without punctuation.
std::vector<std::string> titleWords(const Corpus& corpus, std::string_view title);

/// The tokens [first, second) of a line that read as `words`, pauses apart.
std::optional<std::pair<int, int>> findWords(const Corpus& corpus, const std::vector<Token>& tokens,
                                             const std::vector<std::string>& words);

/// The phrase of the lines that would make the best title: short, ends in a noun, near the theme.
std::string bestPhrase(const Corpus& corpus, const Theme& theme, const std::vector<Candidate>& lines);

/// A title when there are no lines: the theme words themselves.
std::string fallbackTitle(const Corpus& corpus, const Theme& theme);

/// The words of a text (English, lower case) or its characters (Chinese), as guard and counts take them.
std::vector<std::string> wordUnits(const std::vector<std::string>& words, language::Language language);
std::vector<std::string> wordUnits(const std::vector<language::Word>& words, language::Language language);

std::string pointOfViewName(song::PointOfView view);

/// The prototype's token that a candidate's token stands for, kept or replaced; -1 for an inserted one.
inline int sourceOf(int from)
{
    return from >= 0 ? from : from <= kNowhere ? -1 : -1 - from;
}

} // namespace cantilena::compose::lyric
