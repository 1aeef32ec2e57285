#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Code points and their classes; a thin layer over ICU that keeps its types out of the other sources.
namespace cantilena::language {

struct CodePoint {
    char32_t value = 0;
    std::size_t offset = 0; ///< in bytes
    std::size_t length = 0; ///< in bytes
};

enum class CharClass {
    Space,
    Latin, ///< a letter of the Latin script
    Han,
    OtherLetter, ///< a letter of any other script
    Mark,        ///< combines with what is before it
    Digit,
    Apostrophe,
    Hyphen,
    Joiner,      ///< invisible inside a symbol (zero-width joiner, variation selector)
    Punctuation, ///< not sung
    Symbol       ///< emoji and the like
};

/// Decodes UTF-8; an invalid byte gives U+FFFD of length 1.
std::vector<CodePoint> decode(std::string_view text);
void append(std::string& text, char32_t value);
std::string encode(char32_t value);

CharClass classOf(char32_t value);
/// 0 to 9 for a decimal digit of any script, else -1.
int digitValue(char32_t value);
/// Lower case, accents taken off, letters such as ß æ ø spelled in ASCII; characters without a Latin form are
/// dropped.
std::string asciiLower(std::string_view latin);

} // namespace cantilena::language
