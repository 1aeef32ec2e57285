#include "melody_judge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include <base/file.h>

namespace cantilena::compose {

namespace {

constexpr std::size_t kLargest = 1 << 20; ///< bytes of judge.json

double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

double entropy(const std::map<int, double>& counts, double total)
{
    double sum = 0;
    for (const auto& [value, n] : counts)
        sum -= n / total * std::log(n / total);
    return sum;
}

/// Share of the notes with one `bars` earlier whose pitch is that one's.
double again(std::span<const JudgedNote> notes, std::int64_t back)
{
    double there = 0, same = 0;
    for (const JudgedNote& note : notes) {
        const auto found =
            std::lower_bound(notes.begin(), notes.end(), note.unit - back,
                             [](const JudgedNote& other, std::int64_t unit) { return other.unit < unit; });
        if (found == notes.end() || found->unit != note.unit - back)
            continue;
        ++there;
        same += found->pitch == note.pitch;
    }
    return share(same, there);
}

} // namespace

Result<TuneJudge> TuneJudge::load(const std::filesystem::path& file)
{
    TRY(const std::string text, readFile(file, kLargest));
    const Error bad{"The judge of tunes " + file.string() + " is malformed: restore models/melody."};
    try {
        const nlohmann::json json = nlohmann::json::parse(text);
        TuneJudge judge;
        json.at("mean").get_to(judge.m_mean);
        json.at("scale").get_to(judge.m_scale);
        json.at("linear").get_to(judge.m_linear);
        json.at("square").get_to(judge.m_square);
        json.at("bias").get_to(judge.m_bias);
        for (const nlohmann::json& row : json.at("pairs"))
            for (const nlohmann::json& value : row)
                judge.m_pairs.push_back(value.get<double>());
        if (judge.m_pairs.size() != kIntervals * kIntervals)
            return bad;
        return judge;
    } catch (const nlohmann::json::exception&) {
        return bad;
    }
}

std::array<double, TuneJudge::kMeasures> TuneJudge::measures(std::span<const JudgedNote> notes,
                                                             std::int64_t bar) const
{
    const auto count = static_cast<double>(notes.size());
    const double pairs = count - 1;
    double repeated = 0, steps = 0, skips = 0, leaps = 0, turns = 0, signs = 0;
    double chordTones = 0, strong = 0, strongTones = 0, ends = 0, endTones = 0;
    double wide = 0, recovered = 0, familiar = 0, familiarPairs = 0;
    std::map<int, double> intervals, classes;
    std::map<int, std::pair<int, int>> spans;
    int lastSign = 0;
    const auto step = [&](std::size_t i) { return notes[i + 1].pitch - notes[i].pitch; };
    const auto limited = [&](std::size_t i) {
        return static_cast<std::size_t>(std::clamp(step(i), -kWidest, kWidest) + kWidest);
    };
    std::size_t peak = 0;
    int lowest = notes[0].pitch;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const JudgedNote& note = notes[i];
        ++classes[((note.pitch % 12) + 12) % 12];
        if (note.pitch > notes[peak].pitch)
            peak = i;
        lowest = std::min(lowest, note.pitch);
        auto& [low, high] = spans.try_emplace(note.line, note.pitch, note.pitch).first->second;
        low = std::min(low, note.pitch);
        high = std::max(high, note.pitch);
        chordTones += note.chordTone;
        if (note.level <= 1) {
            ++strong;
            strongTones += note.chordTone;
        }
        const bool last = i + 1 == notes.size();
        if (last || notes[i + 1].line != note.line) {
            ++ends;
            endTones += note.chordTone;
        }
        if (last)
            break;
        const int size = std::abs(step(i)), sign = (step(i) > 0) - (step(i) < 0);
        repeated += size == 0;
        steps += size == 1 || size == 2;
        skips += size == 3 || size == 4;
        leaps += size >= 5;
        ++intervals[step(i)];
        if (notes[i + 1].line != note.line)
            lastSign = 0;
        if (sign != 0 && lastSign != 0) {
            ++signs;
            turns += sign != lastSign;
        }
        if (sign != 0)
            lastSign = sign;
        if (i + 2 < notes.size()) {
            familiar += m_pairs[limited(i) * kIntervals + limited(i + 1)];
            ++familiarPairs;
            if (size >= 5) {
                ++wide;
                recovered += step(i) * step(i + 1) < 0 && std::abs(step(i + 1)) <= 2;
            }
        }
    }
    double span = 0;
    for (const auto& [line, range] : spans)
        span += range.second - range.first;
    const int top = notes[peak].pitch;
    const auto peaks = static_cast<double>(
        std::count_if(notes.begin(), notes.end(), [&](const JudgedNote& n) { return n.pitch == top; }));
    return {share(repeated, pairs),
            share(steps, pairs),
            share(skips, pairs),
            share(leaps, pairs),
            pairs > 0 ? entropy(intervals, pairs) : 0,
            entropy(classes, count),
            static_cast<double>(top - lowest),
            span / static_cast<double>(spans.size()),
            static_cast<double>(peak) / count,
            peaks / count,
            share(turns, signs),
            chordTones / count,
            share(strongTones, strong),
            share(endTones, ends),
            share(recovered, wide),
            again(notes, bar),
            again(notes, 2 * bar),
            again(notes, 4 * bar),
            share(familiar, familiarPairs)};
}

double TuneJudge::score(std::span<const JudgedNote> notes, std::int64_t bar) const
{
    constexpr double kFar = 9; // a square counts to three deviations
    const std::array<double, kMeasures> found = measures(notes, bar);
    double sum = m_bias;
    for (std::size_t i = 0; i < kMeasures; ++i) {
        const double off = (found[i] - m_mean[i]) / m_scale[i];
        sum += m_linear[i] * off + m_square[i] * std::min(kFar, off * off);
    }
    return sum;
}

} // namespace cantilena::compose
