#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <span>
#include <string_view>

#include <base/hash.h>

namespace cantilena {

/// Counter-based random numbers (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): a draw
/// is a hash of the place it is for, (seed, stage, section, bar, step ...), never the next of a running
/// stream. So one bar can be made again without moving any other bar's numbers, and threads cannot reorder
/// them.
///
///     Random random(seed, "melody");
///     double u = random.at({section, bar, step}).uniform();
class Random {
public:
    Random(std::uint64_t seed, std::string_view stage) : m_key(mix64(seed ^ hash64(stage))) {}

    /// The source for one place. Places may be nested: at({1, 2}) equals at({1}).at({2}).
    Random at(std::initializer_list<std::uint64_t> place) const
    {
        Random result = *this;
        for (const std::uint64_t part : place)
            result.m_key = mix64(result.m_key ^ mix64(part + 0x632be59bd9b4e019ULL));
        return result;
    }

    /// The draw number `counter` at this place, all 64 bits.
    std::uint64_t bits(std::uint64_t counter = 0) const
    {
        return mix64(m_key + 0x9e3779b97f4a7c15ULL * (counter + 1));
    }
    /// In [0, 1).
    double uniform(std::uint64_t counter = 0) const
    {
        return static_cast<double>(bits(counter) >> 11) * 0x1.0p-53;
    }
    /// In [low, high).
    double uniform(double low, double high, std::uint64_t counter = 0) const
    {
        return low + (high - low) * uniform(counter);
    }
    /// In [0, count); count must be above 0.
    std::size_t index(std::size_t count, std::uint64_t counter = 0) const
    {
        return static_cast<std::size_t>(uniform(counter) * static_cast<double>(count));
    }
    /// Standard normal (Box-Muller on two draws).
    double normal(std::uint64_t counter = 0) const
    {
        const double u = 1.0 - uniform(2 * counter);
        const double v = uniform(2 * counter + 1);
        return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
    }
    /// An index drawn in proportion to `weights` (not negative); the last positive one when rounding runs
    /// over; 0 when all weights are zero.
    std::size_t weighted(std::span<const double> weights, std::uint64_t counter = 0) const
    {
        double total = 0;
        for (const double w : weights)
            total += w;
        double target = uniform(counter) * total;
        std::size_t last = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (weights[i] <= 0)
                continue;
            last = i;
            target -= weights[i];
            if (target < 0)
                return i;
        }
        return last;
    }

private:
    std::uint64_t m_key;
};

} // namespace cantilena
