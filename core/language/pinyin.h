#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cantilena::language {

/// A pinyin syllable taken apart as Syllable::phonemes describes. Empty initial where there is none.
struct Pinyin {
    std::string initial;
    std::string final;
    int tone = 5; ///< 1 to 5
};

/// Reads numbered pinyin ("lv4", "zhi1", "r5"); an empty final when it is not a syllable.
Pinyin parsePinyin(std::string_view text);
/// Turns ICU's accented pinyin ("lǜ", "zhī") into numbered pinyin ("lv4", "zhi1").
std::string numberedPinyin(std::string_view accented);

} // namespace cantilena::language
