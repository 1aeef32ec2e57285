#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <language/language_id.h>
#include <music/pitch.h>
#include <music/time_map.h>
#include <music/units.h>
#include <song/song.h>

/// Styles are data: one JSON file each in resources/styles, read here. Nothing in this header keeps state;
/// any thread.
namespace cantilena::compose {

/// A text in the two languages of the interface.
struct LocalName {
    std::string english;
    std::string chinese;

    const std::string& in(language::Language language) const;
    bool operator==(const LocalName&) const = default;
};

/// How a part makes its notes.
enum class Figure : std::uint8_t {
    Bass,     ///< one low line that lands on the roots
    Comp,     ///< struck chords
    Arpeggio, ///< broken chords
    Pad,      ///< held chords
    Counter,  ///< a slow line of guide tones beside the tune
    Colour,   ///< answers in the tune's rests, and the tune itself where nobody sings
};

/// A range of a quantity as the section's energy goes from 0 to 1.
struct EnergyRange {
    double calm = 0;
    double full = 1;

    double at(double energy) const { return calm + (full - calm) * energy; }
    bool operator==(const EnergyRange&) const = default;
};

/// One track of the band.
struct StylePart {
    std::string id; ///< unique in the style; names the part's random numbers
    LocalName name;
    song::Role role = song::Role::Harmony;
    Figure figure = Figure::Comp;
    int program = 0; ///< General MIDI program, 0..127
    std::string
        family; ///< of accompaniment patterns, a line of families.txt of the model; not for pads and counters
    double enter = 0;          ///< the part plays in sections of at least this energy, 0..1
    EnergyRange density{0, 1}; ///< 0 sparse .. 1 busy
    music::Pitch low{36};      ///< inclusive
    music::Pitch high{84};     ///< inclusive
    int voices = 3;            ///< notes of a struck or held chord
    double loudness = 0.7;     ///< 0..1, velocity at full energy as a part of 127
    double strum = 0;          ///< seconds from the lowest to the highest note of a struck chord
    song::Mix mix;

    bool operator==(const StylePart&) const = default;
};

/// The nine drums that the models know, in the order of their bits.
enum class Drum : std::uint8_t { Kick, Snare, SideStick, ClosedHat, OpenHat, LowTom, HighTom, Crash, Ride };
inline constexpr int kDrums = 9;

struct StyleDrums {
    std::string pattern; ///< whose grooves: a line of drum_styles.txt of the model
    std::string touch;   ///< whose hands (velocity and timing): a line of the same file that is human
    int kit = 0;         ///< General MIDI drum kit, 0..127
    double enter = 0;
    EnergyRange density{0, 1};
    double loudness = 0.8;
    std::array<int, kDrums> keys{36, 38, 37, 42, 46, 43, 48, 49, 51}; ///< percussion key of each drum
    song::Mix mix;

    bool operator==(const StyleDrums&) const = default;
};

/// One bar of a sung rhythm that is at home in a style.
struct RhythmCell {
    music::Meter meter;
    std::uint32_t onsets = 0; ///< bit i: a syllable may begin at sixteenth i of the bar; at most 32 of them

    bool operator==(const RhythmCell&) const = default;
};

/// How a style sings. Rhythm is shaped by adding to the rhythm model's logits and by the cells.
struct StyleMelody {
    double pace = 0.40;         ///< seconds from syllable to syllable in a verse
    double shortest = 0.12;     ///< seconds of the shortest note
    double offEighth = 0.0;     ///< added to the logit of an onset between beats
    double offSixteenth = -1.2; ///< added to the logit of an onset on an odd sixteenth
    double anticipation = 0.25; ///< chance that a strong note comes early
    double lateStart = 0.5;     ///< chance that a verse line begins after the downbeat
    double pickup = 0.3;        ///< chance that light first syllables come before the downbeat
    double repeated = 0.2;      ///< added to the logit of a repeated pitch
    double steps = -0.2;        ///< added to the logit of a step
    double leaps = 0.0;         ///< added to the logit of leaps of a fourth and more
    double offTarget = 0.35;    ///< share of onsets off the beat to aim at
    double dotted = 0.0;        ///< added to the logit of a gap of three sixteenths
    double melisma = 0.1;       ///< chance that a line's longest open syllable gets a second note
    std::vector<RhythmCell> cells;

    bool operator==(const StyleMelody&) const = default;
};

/// A style's habits of pitch: factors on the singer's own (voice/pitch_style.h).
struct StyleSinging {
    double vibrato = 1, rate = 1, delay = 1, scoop = 1, glide = 1, overshoot = 1, fall = 1;

    bool operator==(const StyleSinging&) const = default;
};

struct Style {
    std::string id;
    LocalName name;
    music::Bpm slowest{80};
    music::Bpm fastest{120};
    music::Bpm usual{100};
    std::vector<music::Meter> meters; ///< the first is the usual one; at least one
    bool triplets = false;            ///< beats divide in three (shuffle, swing); otherwise in four
    double swing = 0.5;               ///< where an even division's off-beat falls, 0.5 straight .. 0.75
    StyleDrums drums;
    std::vector<StylePart> parts; ///< at least bass and one comp or arpeggio
    song::Mix vocal;
    StyleSinging singing;
    StyleMelody melody;

    bool operator==(const Style&) const = default;
};

/// Reads one style. `source` names it in errors, which are one sentence: what is wrong, where, and what is
/// allowed.
Result<Style> parseStyle(std::string_view json, std::string_view source);

/// Every *.json of the folder, ordered by id; an error for the first that is wrong, and when there is none.
Result<std::vector<Style>> loadStyles(const std::filesystem::path& folder);

/// The style of that id, or nullptr.
const Style* findStyle(const std::vector<Style>& styles, std::string_view id);

} // namespace cantilena::compose
