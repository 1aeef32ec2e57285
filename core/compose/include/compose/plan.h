#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <music/chord.h>
#include <music/pitch.h>
#include <music/time_map.h>
#include <song/song.h>

/// What the stages hand to each other before there is a document. Each stage is a function of its inputs, its
/// model and the seed; random numbers come from base/random.h with (seed, stage, section, bar or line, step).
namespace cantilena::compose {

/// One line of lyrics to be written: what the meter and the tune allow.
struct LinePlan {
    int syllables = 8; ///< exact count; 1 or more
    char rhyme = 0;    ///< lines of a section with the same letter rhyme; 0 none
    int bars = 2;      ///< bars that the line fills, its breath included
    /// How strongly the notes of a tune that is there already lean, 0..1, one a syllable; empty: the tune
    /// comes later.
    std::vector<float> accents = {};
    std::string words = {}; ///< the person's own, sung as they are; empty: to be written

    bool operator==(const LinePlan&) const = default;
};

struct SectionPlan {
    song::SectionKind kind = song::SectionKind::Verse;
    std::string name; ///< "Verse 1"
    int bars = 8;
    double energy = 0.5;         ///< 0 calm .. 1 full
    int material = 0;            ///< sections with the same number share chords and melodic material
    int sameLyricsAs = -1;       ///< index of the earlier section whose words it repeats, or -1
    std::vector<LinePlan> lines; ///< bars of the lines add up to `bars` or less; empty: instrumental

    bool operator==(const SectionPlan&) const = default;
};

/// The song's skeleton: sections in order with their length, energy and lines.
struct Form {
    music::Meter meter;
    music::Bpm tempo;
    music::Key key;
    std::vector<SectionPlan> sections;
    int story = -1; ///< suitForm's: the corpus song whose story the words follow; -1: not chosen

    bool operator==(const Form&) const = default;
    int totalBars() const
    {
        int bars = 0;
        for (const SectionPlan& section : sections)
            bars += section.bars;
        return bars;
    }
};

/// A chord that stays, whatever the harmony stage writes around it.
struct LockedChord {
    music::Tick begin, end; ///< from the song's start, end exclusive
    music::Chord chord;

    bool operator==(const LockedChord&) const = default;
};

/// The singer's comfortable range, inclusive.
struct VocalRange {
    music::Pitch low{57};
    music::Pitch high{74};

    bool operator==(const VocalRange&) const = default;
};

} // namespace cantilena::compose
