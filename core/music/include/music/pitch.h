#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cantilena::music {

/// A MIDI note number, 0 to 127; 60 is middle C (C4), 69 is A4 = 440 Hz.
struct Pitch {
    int midi = 60;

    auto operator<=>(const Pitch&) const = default;
    constexpr int pitchClass() const { return ((midi % 12) + 12) % 12; }
    constexpr int octave() const { return midi / 12 - 1; }
};

/// Frequency in Hz of a MIDI note number, which may be fractional (A4 = 440 Hz).
double frequency(double midi);

/// The note number of a frequency in Hz (above 0), fractional.
double midiOfFrequency(double hz);

enum class Mode : std::uint8_t { Major, Minor };

/// Major or (natural, with raised degrees as the style wants) minor key.
struct Key {
    int tonic = 0; ///< pitch class of the tonic, 0 = C
    Mode mode = Mode::Major;

    bool operator==(const Key&) const = default;
    /// "C major", "F# minor", "Bb major": the customary spelling of the key signature.
    std::string name() const;
    /// True when notes of the key are written with flats.
    bool usesFlats() const;
    /// Pitch classes of the seven degrees (natural minor for Minor).
    std::vector<int> scale() const;
    bool contains(int pitchClass) const;
    /// 1..7 for a note of the scale, nothing otherwise.
    std::optional<int> degree(int pitchClass) const;
    /// Reads "C major", "f# minor", "Bb", "Am", "C大调", "升F小调", "降B大调"; nothing when it is no key.
    static std::optional<Key> parse(std::string_view text);
};

/// "C", "F#" or "Bb" for a pitch class.
std::string pitchClassName(int pitchClass, bool flats = false);

/// "C4", "F#3".
std::string pitchName(Pitch pitch, bool flats = false);

} // namespace cantilena::music
