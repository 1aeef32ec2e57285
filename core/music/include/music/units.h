#pragma once

#include <compare>
#include <cstdint>

namespace cantilena::music {

struct Seconds {
    double value = 0;
    auto operator<=>(const Seconds&) const = default;
};

/// Quarter notes a minute.
struct Bpm {
    double value = 120;
    auto operator<=>(const Bpm&) const = default;
};

struct Decibels {
    double value = 0;
    auto operator<=>(const Decibels&) const = default;
};

/// A hundredth of an equal-tempered semitone.
struct Cents {
    double value = 0;
    auto operator<=>(const Cents&) const = default;
};

/// Sample frames from the start of the song, at the sample rate the context names.
struct Frames {
    std::int64_t value = 0;
    auto operator<=>(const Frames&) const = default;
};

} // namespace cantilena::music
