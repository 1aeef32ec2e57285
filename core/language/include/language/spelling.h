#pragma once

#include <string>
#include <vector>

/// Readings as people write them.
namespace cantilena::language {

/// The pinyin of a Mandarin syllable with its tone mark ("yǔ", "lǜ", "nǎr"), from phonemes as Syllable holds
/// them; a tone other than 1 to 4 has no mark. Empty when the phonemes are not a Mandarin syllable's. Any
/// thread.
std::string pinyin(const std::vector<std::string>& phonemes, int tone);

} // namespace cantilena::language
