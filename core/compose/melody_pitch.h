#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <base/job.h>
#include <base/random.h>
#include <base/result.h>
#include <inference/model.h>
#include <music/pitch.h>

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
    LineTune avoid;          ///< a tune that it must not be again
    std::optional<int> next; ///< pitch of the note after it, where that stays
};

/// What a section allows its pitches.
struct PitchFrame {
    const inference::Model& model;
    const Metre& metre;
    const StyleMelody& profile;
    const ChordTimes& chords;
    music::Key key;
    int base = 60;      ///< the tonic that the model's tokens count from
    int low = 55;       ///< inclusive
    int high = 74;      ///< inclusive
    double centre = 64; ///< where the section's tune lies
    double unitSeconds = 0.125;
    int density = 2; ///< the model's class of mean gaps
    bool mandarin = false;
    bool chorus = false;
    double temperature = 0.8; ///< of sampling
    double leaps = 0;         ///< added to the style's
};

/// Pitches of the song so far by unit of the song, and the last ones, for the model's look back.
struct PitchHistory {
    std::map<std::int64_t, int> at;
    std::vector<int> last; ///< newest last
};

/// Gives a line's notes their pitches and reasons: samples tunes from the model under the constraints and
/// keeps the best. `sectionStart` in units of the song. Adds the line to the history.
Result<void> writePitches(const PitchFrame& frame, const Phrase& phrase, const PitchTask& task,
                          std::int64_t sectionStart, std::vector<Sung>& notes, PitchHistory& history,
                          const Random& random, const JobContext& job);

/// True when a pitch class is the first, third or fifth degree of the key.
bool isStable(const music::Key& key, int pitchClass);

} // namespace cantilena::compose
