#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cantilena::music {

enum class ChordQuality : std::uint8_t {
    Major,
    Minor,
    Diminished,
    Augmented,
    Sus2,
    Sus4,
    Dominant7,
    Major7,
    Minor7,
    HalfDiminished7,
    Diminished7,
    MinorMajor7,
    Major6,
    Minor6,
    Add9,
    MinorAdd9,
    Dominant9,
    Major9,
    Minor9,
    Dominant7Sus4,
    Power,
};

/// A chord symbol: root, quality, bass.
struct Chord {
    int root = 0; ///< pitch class, 0 = C
    ChordQuality quality = ChordQuality::Major;
    int bass = 0; ///< pitch class of the lowest note; equals root unless the chord is a slash chord

    Chord() = default;
    Chord(int root, ChordQuality quality) : root(root), quality(quality), bass(root) {}
    Chord(int root, ChordQuality quality, int bass) : root(root), quality(quality), bass(bass) {}

    bool operator==(const Chord&) const = default;
    /// Semitones above the root, ascending, 0 first; a ninth is 14.
    std::vector<int> intervals() const;
    /// Pitch classes of the chord, root first (the bass is added when it is not a chord note).
    std::vector<int> pitchClasses() const;
    bool contains(int pitchClass) const;
    /// True when the third is minor or diminished.
    bool isMinor() const;
    /// "C", "F#m7", "Bbmaj7/D".
    std::string symbol(bool flats = false) const;
    /// Reads what symbol() writes and the usual variants ("Cmin", "C-7", "CM7", "Cdim", "C°", "Cø", "C+");
    /// nothing when it is no chord.
    static std::optional<Chord> parse(std::string_view text);
};

} // namespace cantilena::music
