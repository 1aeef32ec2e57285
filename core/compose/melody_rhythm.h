#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include <base/job.h>
#include <base/random.h>
#include <base/result.h>

#include "melody_features.h"
#include "melody_units.h"

namespace cantilena::compose {

/// Onsets and lengths of one line, in ticks from the section's start; pitches are not set.
struct LineRhythm {
    std::vector<Sung> notes; ///< one a slot, two where a syllable is a melisma
    bool even = false;       ///< too many syllables for the grid: equal lengths
};

/// What the rhythm of a section's lines follows.
struct RhythmFrame {
    const Metre& metre;
    const StyleMelody& profile;
    double unitSeconds = 0.125;
    bool sustained = false;           ///< a chorus: slower and held
    bool swung = false;               ///< beats divide in three
    double temperature = 0.85;        ///< of sampling
    std::vector<std::uint32_t> cells; ///< the section's own choice of the style's, one a bar; may be empty
};

/// The rhythm of a line that this one relates to.
struct RhythmMotif {
    std::vector<std::int64_t> onsets; ///< units from the line's start
    std::set<std::int64_t> melismas;  ///< those of them that go on with the syllable before
    double strength = 0; ///< 0 none; 1 a variation; 2 the same where the words allow; below 0 another
};

/// Samples rhythms for the line and keeps the one that fits words, style and motif best. `sectionStart` in
/// units of the song; `before`: onsets of the line's syllables before the phrase, in units of the song. Adds
/// the line to the memory.
Result<LineRhythm> writeRhythm(const RhythmFrame& with, const Phrase& phrase, const RhythmMotif& motif,
                               std::span<const std::int64_t> before, std::int64_t sectionStart,
                               RhythmMemory& memory, const Random& random, const JobContext& job);

/// Metrical weight of a note, in which a note that comes early and is held over a strong beat counts for that
/// beat.
double heldWeight(const Metre& metre, std::int64_t onset, std::int64_t end);

/// Cells for a section whose lines have so many syllables a bar, drawn from the style's for this metre.
std::vector<std::uint32_t> chooseCells(const StyleMelody& profile, const Metre& metre, double perBar,
                                       const Random& random);

/// Ticks of a unit; in swung styles the second eighth falls on the third third of the beat.
music::Tick ticksOfUnit(std::int64_t unit, bool swung);

} // namespace cantilena::compose
