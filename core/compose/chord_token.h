#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <music/chord.h>

/// One chord of a typed line, before the key is known.
namespace cantilena::compose {

/// A step of the scale: 1..7, moved by semitones.
struct ScaleStep {
    int number = 1;
    int alter = 0;
};

/// A chord by its place in the key.
struct ChordDegree {
    ScaleStep step;
    bool roman = false;
    bool lower = false;     ///< a Roman degree in lower case
    bool saysMinor = false; ///< a number with "-" or "m"
    bool plain = false;     ///< nothing but a seventh is added, so that the key decides the third and fifth
    music::ChordQuality overMajor = music::ChordQuality::Major; ///< the quality where the third is major
    music::ChordQuality overMinor = music::ChordQuality::Minor;
    std::variant<std::monostate, ScaleStep, int> bass; ///< none, a step of the key, a pitch class
    std::optional<std::pair<ScaleStep, bool>> of; ///< the chord in whose key it is meant, and whether minor
};

struct OpenPlace {}; ///< left to the program
struct ChordHold {}; ///< the chord, or the bar, before goes on
using ChordEntry = std::variant<OpenPlace, ChordHold, music::Chord, ChordDegree>;

/// Reads a token between spaces or bar lines, which may be several chords with dashes or nothing between
/// them; empty when it is no chord.
std::vector<ChordEntry> readChordToken(const std::string& token);

} // namespace cantilena::compose
