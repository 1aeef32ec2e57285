#pragma once

#include <compare>
#include <cstdint>

namespace cantilena::music {

/// Musical time: 960 ticks a quarter note, counted from the start of the song.
struct Tick {
    std::int64_t value = 0;

    auto operator<=>(const Tick&) const = default;
    constexpr Tick& operator+=(Tick o)
    {
        value += o.value;
        return *this;
    }
    constexpr Tick& operator-=(Tick o)
    {
        value -= o.value;
        return *this;
    }
};

inline constexpr std::int64_t kTicksPerQuarter = 960;

constexpr Tick operator+(Tick a, Tick b)
{
    return {a.value + b.value};
}
constexpr Tick operator-(Tick a, Tick b)
{
    return {a.value - b.value};
}
constexpr Tick operator-(Tick a)
{
    return {-a.value};
}
constexpr Tick operator*(Tick a, std::int64_t n)
{
    return {a.value * n};
}
constexpr Tick operator*(std::int64_t n, Tick a)
{
    return a * n;
}

/// Ticks of `n` notes of 1/denominator, as in ticks(3, 8) for three eighths.
constexpr Tick ticks(std::int64_t n, std::int64_t denominator)
{
    return {n * 4 * kTicksPerQuarter / denominator};
}
inline constexpr Tick kQuarter{kTicksPerQuarter};
inline constexpr Tick kEighth{kTicksPerQuarter / 2};
inline constexpr Tick kSixteenth{kTicksPerQuarter / 4};

/// Beats are quarter notes, as on the command line.
constexpr double toBeats(Tick t)
{
    return static_cast<double>(t.value) / kTicksPerQuarter;
}

} // namespace cantilena::music
