#pragma once

#include <algorithm>
#include <array>
#include <string_view>

/// Closed sets of words, in both languages, that the lyric stages treat by their meaning. Words in lower
/// case.
namespace cantilena::compose::lyric {

template<std::size_t n> bool isOneOf(std::string_view word, const std::array<std::string_view, n>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isNumber(std::string_view text);
/// A number of any size in words, or its ordinal: sixty, sixtieth, 六十.
bool isNumeral(std::string_view text);
/// Pronouns of the third person singular that say man or woman.
bool isGenderedPronoun(std::string_view text);
bool isPersonalPronoun(std::string_view text);
/// 1 for a word that names a woman or girl, -1 for a man or boy, 0 for others.
int genderOf(std::string_view word);
/// A number for the words of one kin (mother, mom, mama ...); 0 for others.
int kinOf(std::string_view word);

} // namespace cantilena::compose::lyric
