#include <compose/tune_lines.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cantilena::compose {

namespace {

constexpr double kLineSeconds = 2.9;
constexpr double kOrnamentSeconds = 0.11; ///< nine syllables a second: faster than anybody sings words
constexpr std::size_t kFewest = 4, kMost = 12, kLongest = 16; ///< syllables of a line
constexpr std::size_t kFarthest = 64;                         ///< notes of a line, ornaments included
constexpr std::size_t kFarthestGiven = 1'000;                 ///< of a line that is given

/// Bars of one line: the fewest of 1, 2, 4, 8 that last about three seconds.
int usualBars(const music::Meter& meter, music::Bpm tempo)
{
    const double bar = music::toBeats(meter.barLength()) * 60.0 / tempo.value;
    int bars = 1;
    while (bars * bar < kLineSeconds && bars < 8)
        bars *= 2;
    return bars;
}

/// Bar line of a line that begins with a note; an upbeat belongs to the next bar.
std::int64_t barOf(music::Tick onset, std::int64_t bar)
{
    const std::int64_t down = onset.value / bar;
    const std::int64_t left = (down + 1) * bar - onset.value;
    return onset.value % bar != 0 && left * 8 <= bar * 3 ? down + 1 : down;
}

/// How much a new phrase is heard to begin with each note.
std::vector<double> boundaries(std::span<const LinedNote> notes)
{
    std::vector<double> strengths(notes.size(), 0);
    const auto gap = [&](std::size_t i) {
        return static_cast<double>((notes[i].onset - notes[i - 1].onset).value);
    };
    for (std::size_t i = 1; i < notes.size(); ++i) {
        const double here = gap(i);
        const double before = i > 1 ? gap(i - 1) : here, after = i + 1 < notes.size() ? gap(i + 1) : here;
        const auto change = [](double a, double b) {
            return a + b > 0 ? std::max(0.0, (a - b) / (a + b)) : 0;
        };
        const double rest =
            static_cast<double>((notes[i].onset - notes[i - 1].onset - notes[i - 1].duration).value) /
            static_cast<double>(music::kTicksPerQuarter);
        const double leap = std::abs(notes[i].pitch - notes[i - 1].pitch);
        strengths[i] = 1.6 * (change(here, before) + change(here, after)) + 0.8 * std::clamp(rest, 0.0, 2.0) +
                       0.03 * std::min(leap, 12.0) + 1.5 * notes[i].hint;
    }
    return strengths;
}

} // namespace

bool isOrnament(music::Tick duration, music::Bpm tempo)
{
    return music::toBeats(duration) * 60.0 / tempo.value < kOrnamentSeconds;
}

std::vector<TuneLine> linesOfTune(std::span<const LinedNote> notes, const music::Meter& meter,
                                  music::Bpm tempo, bool onlyGiven)
{
    if (notes.empty())
        return {};
    const std::int64_t bar = meter.barLength().value;
    const int usual = usualBars(meter, tempo);
    const std::vector<double> strengths = boundaries(notes);
    const std::size_t count = notes.size();
    std::vector<std::int64_t> bars(count + 1);
    for (std::size_t i = 0; i < count; ++i)
        bars[i] = barOf(notes[i].onset, bar);
    const LinedNote& end = notes.back();
    bars[count] = std::max(
        {bars[0] + 1, end.onset.value / bar + 1, ((end.onset + end.duration).value + bar - 1) / bar});
    const auto maybe = [&](std::size_t i) {
        return i == 0 || i == count || (!notes[i].goesOn && (!onlyGiven || notes[i].begins));
    };
    // best[i]: of the lines up to note i.
    constexpr double kNever = -std::numeric_limits<double>::infinity();
    std::vector<double> best(count + 1, kNever);
    std::vector<std::size_t> from(count + 1, 0);
    best[0] = 0;
    for (std::size_t to = 1; to <= count; ++to) {
        if (!maybe(to))
            continue;
        std::size_t syllables = 0, inner = 0;
        for (std::size_t begin = to; begin-- > 0 && to - begin <= (onlyGiven ? kFarthestGiven : kFarthest);) {
            syllables += notes[begin].goesOn ? 0 : 1;
            if (maybe(begin) && best[begin] != kNever && bars[to] > bars[begin]) {
                const auto length = static_cast<double>(bars[to] - bars[begin]);
                double cost = 0.9 * std::abs(std::log2(length / usual));
                if (syllables < kFewest)
                    cost += 0.6 * static_cast<double>(kFewest - syllables);
                if (syllables > kMost)
                    cost += 0.4 * static_cast<double>(syllables - kMost) + (syllables > kLongest ? 8 : 0);
                if ((bars[to] - bars[0]) % usual != 0 && to != count)
                    cost += 0.7;
                cost += 20.0 * static_cast<double>(inner); // beginnings that were passed over
                const double total = best[begin] - cost + (to < count ? strengths[to] : 0);
                if (total > best[to]) {
                    best[to] = total;
                    from[to] = begin;
                }
            }
            inner += begin > 0 && notes[begin].begins && maybe(begin) ? 1 : 0;
        }
    }
    std::vector<TuneLine> lines;
    for (std::size_t to = count; to > 0; to = from[to]) {
        const std::size_t first = best[to] == kNever ? 0 : from[to];
        lines.push_back({first, to - first, {bars[first] * bar}, static_cast<int>(bars[to] - bars[first])});
        if (first == 0)
            break;
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
}

std::vector<float> accentsOf(std::span<const LinedNote> notes, const music::Meter& meter)
{
    std::vector<float> accents;
    for (const LinedNote& note : notes) {
        const double weight = meter.weight({note.onset.value % meter.barLength().value});
        // A note that is held over a strong beat counts for that beat, and long notes lean.
        const double held = std::min(1.0, music::toBeats(note.duration) / 2.0);
        accents.push_back(static_cast<float>(std::clamp(0.75 * weight + 0.25 * held, 0.0, 1.0)));
    }
    return accents;
}

} // namespace cantilena::compose
