#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Characters of UTF-8 text. Internal to the compose library.
namespace cantilena::compose {

/// Bytes of the character at `at`; 1 for a stray byte, and no more than the text has.
inline std::size_t characterLength(std::string_view text, std::size_t at)
{
    const auto c = static_cast<unsigned char>(text[at]);
    const std::size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return std::min(length, text.size() - at);
}

/// The characters in order, each as its bytes.
inline std::vector<std::string> charactersOf(std::string_view text)
{
    std::vector<std::string> characters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = characterLength(text, at);
        characters.emplace_back(text.substr(at, length));
        at += length;
    }
    return characters;
}

} // namespace cantilena::compose
