#pragma once

#include <vector>

#include <music/tick.h>
#include <music/units.h>

namespace cantilena::music {

/// A time signature such as 4/4 or 6/8.
struct Meter {
    int beats = 4;
    int unit = 4; ///< note value of a beat: 2, 4, 8 or 16

    bool operator==(const Meter&) const = default;
    constexpr Tick barLength() const { return ticks(beats, unit); }
    /// The felt pulse: a dotted quarter in 6/8, 9/8 and 12/8, the unit otherwise.
    constexpr Tick pulse() const
    {
        return unit == 8 && beats % 3 == 0 && beats > 3 ? ticks(3, 8) : ticks(1, unit);
    }
    /// Metrical weight of a tick inside the bar: 1 on the downbeat, then the middle of the bar, pulses,
    /// eighths, sixteenths, 0 between (Lerdahl and Jackendoff's levels, scaled to 0..1).
    double weight(Tick inBar) const;
};

/// Converts between ticks and seconds for one tempo that holds through the song, as every song has today.
struct TempoMap {
    Bpm tempo;

    bool operator==(const TempoMap&) const = default;
    Seconds toSeconds(Tick tick) const
    {
        return {static_cast<double>(tick.value) * 60.0 / (tempo.value * kTicksPerQuarter)};
    }
    /// The nearest tick.
    Tick toTick(Seconds seconds) const;
    Frames toFrames(Tick tick, double sampleRate) const;
};

} // namespace cantilena::music
