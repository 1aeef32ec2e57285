#include "arrangement_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cantilena::compose {

namespace {

constexpr double kMoveWeight = 1.0;
constexpr double kCentreWeight = 0.35;
constexpr double kCeilingWeight = 1.2;
constexpr double kMudWeight = 4.0;
constexpr int kMudLine = 52; ///< below it, voices a third or less apart sound muddy

/// Pitch classes of a chord in the order in which they are wanted: third, seventh, root, fifth, ninth.
std::vector<int> wanted(const music::Chord& chord)
{
    std::vector<int> intervals = chord.intervals();
    const auto rank = [](int interval) {
        switch (interval % 12) {
        case 3:
        case 4:
            return 0;
        case 10:
        case 11:
            return 1;
        case 9:
            return 2;
        case 0:
            return 3;
        case 7:
        case 6:
        case 8:
            return 4;
        default:
            return 2; // second, fourth and ninth name a sus or added chord
        }
    };
    std::stable_sort(intervals.begin(), intervals.end(), [&](int a, int b) { return rank(a) < rank(b); });
    std::vector<int> result;
    result.reserve(intervals.size());
    for (const int interval : intervals)
        result.push_back((chord.root + interval) % 12);
    return result;
}

double movement(const std::vector<int>& from, const std::vector<int>& to)
{
    if (from.empty())
        return 0;
    double total = 0;
    if (from.size() == to.size()) {
        for (std::size_t i = 0; i < to.size(); ++i)
            total += std::abs(from[i] - to[i]);
        return total;
    }
    for (const int pitch : to) {
        int nearest = 127;
        for (const int old : from)
            nearest = std::min(nearest, std::abs(old - pitch));
        total += nearest;
    }
    return total;
}

double costOf(const std::vector<int>& pitches, const VoicingAim& aim)
{
    double cost = kMoveWeight * movement(aim.previous, pitches) / static_cast<double>(pitches.size());
    double mean = 0;
    for (const int pitch : pitches)
        mean += pitch;
    mean /= static_cast<double>(pitches.size());
    const double centre = (aim.low + std::min(aim.high, aim.ceiling)) / 2.0;
    cost += kCentreWeight * std::abs(mean - centre);
    cost += kCeilingWeight * std::max(0, pitches.back() - aim.ceiling);
    for (std::size_t i = 1; i < pitches.size(); ++i) {
        const int gap = pitches[i] - pitches[i - 1];
        if (gap == 1)
            cost += 3;
        if (pitches[i - 1] < kMudLine && gap < 5)
            cost += kMudWeight;
    }
    return cost;
}

} // namespace

std::vector<int> voice(const music::Chord& chord, const VoicingAim& aim)
{
    const auto isFree = [&](int pitchClass) {
        return std::none_of(aim.avoid.begin(), aim.avoid.end(),
                            [&](int pitch) { return clashes(pitch, pitchClass); });
    };
    std::vector<int> classes;
    for (const int pitchClass : wanted(chord))
        if (isFree(pitchClass) && std::find(classes.begin(), classes.end(), pitchClass) == classes.end())
            classes.push_back(pitchClass);
    if (classes.empty())
        return {};
    if (classes.size() > static_cast<std::size_t>(aim.voices))
        classes.resize(static_cast<std::size_t>(aim.voices));
    std::sort(classes.begin(), classes.end());

    std::vector<int> best;
    double bestCost = 0;
    const auto consider = [&](std::vector<int> pitches) {
        std::sort(pitches.begin(), pitches.end());
        if (pitches.front() < aim.low || pitches.back() > aim.high)
            return;
        const double cost = costOf(pitches, aim);
        if (best.empty() || cost < bestCost) {
            best = std::move(pitches);
            bestCost = cost;
        }
    };
    const bool doubled = static_cast<int>(classes.size()) < aim.voices && classes.size() > 1;
    for (std::size_t turn = 0; turn < classes.size(); ++turn) {
        for (int octave = 0; octave < 11; ++octave) {
            std::vector<int> close;
            int pitch = classes[turn] + 12 * octave;
            for (std::size_t i = 0; i < classes.size(); ++i) {
                const int next = classes[(turn + i) % classes.size()];
                while (pitch % 12 != next)
                    ++pitch;
                close.push_back(pitch);
            }
            if (close.front() > aim.high)
                break;
            if (doubled)
                close.push_back(close.front() + 12);
            consider(close);
            if (close.size() >= 3) { // second voice from the top an octave lower
                std::vector<int> open = close;
                open[open.size() - 2] -= 12;
                consider(std::move(open));
            }
        }
    }
    if (best.empty()) // a range too narrow for all: the first wanted note alone
        best.push_back(foldInto(classes.front() + 48, aim.low, aim.high));
    return best;
}

} // namespace cantilena::compose
