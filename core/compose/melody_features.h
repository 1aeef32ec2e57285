#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <base/result.h>
#include <inference/model.h>

#include "melody_units.h"

/// The feature rows of the melody models, as models/melody/features.py defines them. Units count from the
/// song's start; a line's origin is the downbeat nearest to its first onset.
namespace cantilena::compose {

inline constexpr std::size_t kRhythmColumns = 44;
inline constexpr std::size_t kPitchColumns = 69;
inline constexpr int kUnknownSource = 6; ///< of the kinds of songs that the models know

/// 0 to 5: the models' class of a mean gap in units.
int densityClass(double meanGap);

/// What holds for every line of a song.
struct SongTraits {
    Metre metre;
    int mode = 0; ///< 1 minor
    int source = kUnknownSource;
};

/// The rhythm of a song so far, by syllables.
class RhythmPast {
public:
    explicit RhythmPast(const SongTraits& traits) : m_traits(traits) {}

    /// Appends the row of syllable `slot` of a line. `onsets`: of the line's syllables up to this one;
    /// `until`: where the next line begins.
    void row(const LineWords& words, std::span<const std::int64_t> onsets, std::size_t slot,
             std::int64_t until, std::vector<std::int64_t>& out) const;
    /// The line as it was set.
    void add(const LineWords& words, std::span<const std::int64_t> onsets);

private:
    struct Line {
        std::size_t begin = 0; ///< in m_onsets
        std::size_t syllables = 0;
        std::size_t set = 0; ///< of them
    };

    SongTraits m_traits;
    std::vector<std::int64_t> m_onsets; ///< ascending
    std::vector<Line> m_lines;
};

/// What is known of a note before its pitch is chosen.
struct PitchPlace {
    std::int64_t unit = 0;
    std::int64_t units = 1; ///< length
    std::size_t slot = 0;   ///< in its line
    bool starts = true;     ///< its syllable; otherwise the syllable goes on
    ChordTimes::Here chord;
};

/// The tune of a song so far, by notes. Tokens are the pitch model's.
class PitchPast {
public:
    explicit PitchPast(const SongTraits& traits) : m_traits(traits) {}

    /// A line whose rhythm is set.
    struct Line {
        std::vector<PitchPlace> places;
        std::int64_t origin = 0;
        int parallel = -1; ///< the earlier line whose onsets are most like this one's
        int far = 0;       ///< lines back to it
        int likeness = 0;  ///< 1 half of the onsets are common, 2 three quarters, 3 all
    };
    Line begin(std::vector<PitchPlace> places) const;

    /// Appends the row of the note after those that have `tokens`.
    void row(const LineWords& words, const Line& line, std::span<const int> tokens,
             std::vector<std::int64_t>& out) const;
    /// The line as it was set; notes beyond the tokens are left out.
    void add(const Line& line, std::span<const int> tokens);
    /// Token of the note `back` notes before the next line, 1 for the last; kNoPitch when there is none.
    int last(std::size_t back) const
    {
        return back <= m_notes.size() ? m_notes[m_notes.size() - back].token : kNoPitch;
    }

private:
    struct Note {
        std::int64_t unit = 0;
        std::int64_t units = 1;
        int token = kNoPitch;
        int chord = 0;
    };
    struct Set {
        std::int64_t origin = 0;
        std::size_t begin = 0, end = 0; ///< in m_notes
        int peak = kNoPitch;
    };
    class View;

    SongTraits m_traits;
    std::vector<Note> m_notes; ///< by unit
    std::vector<Set> m_lines;
    int m_low = kNoPitch, m_high = kNoPitch;
};

/// Rows of notes that a model has yet to hear.
struct FeatureBlock {
    std::vector<std::int64_t> rows;
    std::size_t columns = 0;

    std::size_t count() const { return rows.size() / columns; }
};

/// Lets a model at batch 1 hear the block's newest notes in one step.
Result<void> hear(const FeatureBlock& block, inference::Stepper& stepper);

/// What each model has heard of a song, and the song as it reads it.
struct RhythmMemory {
    RhythmPast past;
    inference::Stepper stepper; ///< at batch 1
};
struct PitchMemory {
    PitchPast past;
    inference::Stepper stepper; ///< at batch 1
};

} // namespace cantilena::compose
