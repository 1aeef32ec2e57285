#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace cantilena::language {

struct PhraseReading {
    std::string_view phrase; ///< in simplified characters
    std::string_view pinyin; ///< numbered, separated by spaces
};

/// Words of songs that the dictionary lacks or has with another region's reading.
std::span<const PhraseReading> songPhrases();

/// Whether an entry of the dictionary is more often two words in running text (的信, 着身, 子都). Traditional
/// characters.
bool isAccidentalWord(std::string_view word);

/// The reading of mainland speech where the dictionary has the one of Taiwan (期 qī, 息 xī); `pinyin` itself
/// otherwise. The character in traditional form.
std::string_view mainlandReading(std::string_view glyph, std::string_view pinyin);

/// The reading of a single character by its neighbours (一只 zhī, 长大 zhǎng, 轻轻地 de); empty when they
/// don't decide. Typed characters; `before` and `after` may be empty, `beforeWord` is the whole word before.
std::string_view readingInContext(std::string_view glyph, std::string_view before, std::string_view after,
                                  std::string_view beforeWord);

} // namespace cantilena::language
