#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <base/job.h>
#include <base/random.h>
#include <base/result.h>
#include <music/pitch.h>

#include "melody_features.h"
#include "melody_units.h"

namespace cantilena::compose {

/// How a line's tune relates to an earlier one.
enum class MotifUse : std::uint8_t {
    New,      ///< its own tune
    Contrast, ///< its own, and not like the motif
    Vary,     ///< begins like the motif, ends its own way
    Step,     ///< the motif a scale step higher, ends its own way
    Same,     ///< the motif throughout, as far as words and chords allow
};

/// Onsets with their pitches, ordered; units from a line's start.
using LineTune = std::vector<std::pair<std::int64_t, int>>;

/// The tune of an earlier line.
struct PitchMotif {
    MotifUse use = MotifUse::New;
    LineTune notes;
};

enum class LineEnd : std::uint8_t {
    Inner, ///< the line goes on: no cadence
    Open,
    Closed,
    Final
};

/// What one line's tune has to go with.
struct PitchTask {
    PitchMotif motif;
    LineEnd end = LineEnd::Open;
    LineTune avoid;           ///< a tune that it must not be again
    std::vector<int> ends;    ///< the last pitches of the section's lines before it
    std::optional<int> next;  ///< pitch of the note after it, where that stays
    std::vector<Sung> before; ///< notes of its line that come before it and stay; slots count from the line's
    std::vector<Sung> after;  ///< and after it
};

/// What a section allows its pitches.
struct PitchFrame {
    const Metre& metre;
    const StyleMelody& profile;
    const ChordTimes& chords;
    music::Key key;
    int base = 60;      ///< the tonic that the model's tokens count from
    int low = 55;       ///< inclusive
    int high = 74;      ///< inclusive
    double centre = 64; ///< where the section's tune lies
    double unitSeconds = 0.125;
    int density = 2; ///< the models' class of mean gaps
    int level = 0;   ///< where the section lies in the song: 1 low, 2 middle, 3 high
    bool mandarin = false;
    bool chorus = false;
    double temperature = 0.8; ///< of sampling
    double leaps = 0;         ///< added to the style's
};

/// Gives a line's notes their pitches and reasons: samples tunes from the model under the constraints and
/// keeps the best. `sectionStart` in units of the song. Adds the line to the memory.
Result<void> writePitches(const PitchFrame& frame, const Phrase& phrase, const PitchTask& task,
                          std::int64_t sectionStart, std::vector<Sung>& notes, PitchMemory& memory,
                          const Random& random, const JobContext& job);

/// The pitch model's token of a pitch.
int pitchToken(int pitch, int base);
/// A set note as the pitch model reads it; `slot` counts from its line's first.
PitchPlace pitchPlace(const Metre& metre, const ChordTimes& chords, const Sung& note, std::size_t slot,
                      bool starts, std::int64_t sectionStart);

/// True when a pitch class is the first, third or fifth degree of the key.
bool isStable(const music::Key& key, int pitchClass);

} // namespace cantilena::compose
