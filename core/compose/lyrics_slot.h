#pragma once

#include <cstdint>
#include <string_view>

namespace cantilena::compose::lyric {

/// What kind of replacement a tag allows.
enum class Slot : std::uint8_t { None, Noun, Verb, Adjective, Other };

inline Slot slotOf(std::string_view tag)
{
    if (tag.starts_with("NN") && !tag.ends_with("'"))
        return Slot::Noun;
    if (tag == "n" || tag == "s" || tag == "t" || tag == "ns")
        return Slot::Noun;
    if (tag.starts_with("VB") || tag == "v")
        return Slot::Verb;
    if (tag.starts_with("JJ") || tag == "a" || tag == "z")
        return Slot::Adjective;
    if (tag == "RB" || tag == "CD")
        return Slot::Other;
    return Slot::None;
}

} // namespace cantilena::compose::lyric
