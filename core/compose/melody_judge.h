#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include <base/result.h>

/// Tells tunes that people wrote from those that a model samples over the same rhythm.
namespace cantilena::compose {

/// A note as the judge reads it.
struct JudgedNote {
    std::int64_t unit = 0; ///< in sixteenths
    int pitch = 60;
    int line = 0;
    int level = 2; ///< metrical: 0 downbeat .. 4 sixteenth
    bool chordTone = false;
};

/// A logistic regression on measures of a whole verse (models/melody/judge.py trains it). Immutable; any
/// thread.
class TuneJudge {
public:
    static constexpr std::size_t kMeasures = 19;

    /// Reads judge.json.
    static Result<TuneJudge> load(const std::filesystem::path& file);

    /// Measures in the order of judge.py. `notes`: at least one, by unit; `bar` in sixteenths.
    std::array<double, kMeasures> measures(std::span<const JudgedNote> notes, std::int64_t bar) const;
    /// Log odds that a person wrote it.
    double score(std::span<const JudgedNote> notes, std::int64_t bar) const;

private:
    static constexpr int kWidest = 12; ///< wider intervals count as an octave
    static constexpr std::size_t kIntervals = 2 * kWidest + 1;

    std::array<double, kMeasures> m_mean{}, m_scale{}, m_linear{}, m_square{};
    double m_bias = 0;
    std::vector<double> m_pairs; ///< log chance of an interval after another, [before, after]
};

} // namespace cantilena::compose
