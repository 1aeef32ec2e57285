#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <language/language.h>

#include "english.h"

/// A person's own reading of a word, in brackets behind it: "live[l ay1 v]", "行[hang2]".
namespace cantilena::language {

struct Hint {
    std::size_t offset = 0;         ///< of the bracket in the line, in bytes: where the word ends
    std::vector<Phone> english;     ///< CMU phones, with a vowel; empty for a Chinese hint
    std::vector<Syllable> mandarin; ///< a syllable for each of the characters before the bracket
};

/// Takes the hints out of a normalised line: their bytes become spaces, so that everything else keeps its
/// place. A bracket that does not touch a word, or holds no reading, stays as it is.
std::vector<Hint> takeHints(std::string& line);

/// Gives words their hinted readings: English phones to the word that ends at the hint, pinyin to as many
/// characters before it as there are syllables.
void applyHints(std::vector<Word>& words, const std::vector<Hint>& hints);

} // namespace cantilena::language
