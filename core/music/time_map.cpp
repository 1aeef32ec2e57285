#include <music/time_map.h>

#include <cmath>

namespace cantilena::music {

double Meter::weight(Tick inBar) const
{
    const std::int64_t at = inBar.value;
    const std::int64_t bar = barLength().value;
    const std::int64_t pulseTicks = pulse().value;
    if (at % bar == 0)
        return 1.0;
    if (bar % (2 * pulseTicks) == 0 && (bar / pulseTicks) % 2 == 0 && at % (bar / 2) == 0)
        return 0.8;
    if (at % pulseTicks == 0)
        return 0.6;
    if (at % kEighth.value == 0)
        return 0.35;
    if (at % kSixteenth.value == 0)
        return 0.15;
    return 0.0;
}

Tick TempoMap::toTick(Seconds seconds) const
{
    return {std::llround(seconds.value * tempo.value * kTicksPerQuarter / 60.0)};
}

Frames TempoMap::toFrames(Tick tick, double sampleRate) const
{
    return {std::llround(toSeconds(tick).value * sampleRate)};
}

} // namespace cantilena::music
