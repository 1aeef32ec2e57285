#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace cantilena {

/// Identifies one object of a song for as long as the song exists; 0 means none. The tag keeps ids of
/// different kinds apart. Ids are handed out by the song's counter, never reused, and survive saving.
template<typename Tag> struct Id {
    std::uint64_t value = 0;

    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

} // namespace cantilena

template<typename Tag> struct std::hash<cantilena::Id<Tag>> {
    std::size_t operator()(cantilena::Id<Tag> id) const noexcept
    {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
