#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <compose/plan.h>
#include <music/chord.h>
#include <music/pitch.h>
#include <song/song.h>

/// Chords as a person types them. Pure functions; any thread.
///
/// A chord is a symbol (C, G/B, F#m7, am), a degree of the key (I, vi, ii7, bVII, V7/vi; lower case is minor,
/// and diminished on the degree that is so in the key) or a Nashville number (1, 6-, 4maj7, 1/3, b7). A bare
/// number is the chord that the key has there; once a number of the line says that it is minor (6-, 2m), the
/// bare ones are major. In minor, degrees are those of the natural minor scale, flats are counted from the
/// major scale, so that VI and bVI are the same, and vii is the diminished chord on the leading note. A
/// number behind a slash is a degree in the bass, a Roman one the chord whose dominant (or other degree) is
/// meant. Colours beyond those of music::Chord are read as the nearest one (G13 as G9, F7#11 as F7).
///
/// Bars are parted by "|", and the chords of a bar share it evenly; a section without "|" has one chord a
/// bar. "%" or "-" alone in a bar repeats the bar before, among others it goes on with the chord before; "."
/// or "?" leaves a place to the program; "|:" and ":|" repeat what is between them. Dashes and commas between
/// chords part them ("C-G-Am-F"), and so does nothing between three numbers or more ("6415"). A mark such as
/// [Verse], [Chorus] or [副歌] begins a section.
namespace cantilena::compose {

/// Longest chord line, in bytes.
inline constexpr std::size_t kLongestChordLine = 4000;

/// The chords of one kind of section, or of the whole song when no mark named one.
struct ChordSection {
    song::SectionKind kind = song::SectionKind::Verse;
    bool named = false; ///< a mark named the kind
    /// The bars in order, each with 1 to 16 places; nothing where the program chooses. No bars: all is left
    /// to the program.
    std::vector<std::vector<std::optional<music::Chord>>> bars;

    bool operator==(const ChordSection&) const = default;
};

/// Reads a chord line in a key. Errors, one sentence each: an unknown chord, by its text and its place, or an
/// unknown mark; a repetition without a bar before it; no chord at all; too long (kLongestChordLine, 1,000
/// bars, 16 chords in a bar, 100 sections).
Result<std::vector<ChordSection>> readChordLine(std::string_view text, const music::Key& key);

/// What a chord line says about the key of its song.
struct ChordLineKey {
    std::optional<music::Key> key; ///< of its symbols: the one they fit best; nothing without symbols
    std::optional<music::Mode>
        mode; ///< of its degrees and numbers: that of the tonic, where it is in the line
};
/// Errors as readChordLine.
Result<ChordLineKey> keyOfChordLine(std::string_view text);

/// The typed chords in their places in a form, ordered. Sections that the line names get theirs: the second
/// verse the second [Verse] or, where there is none, the last; others the chords that no mark named. A line
/// shorter than its section goes round again; where a line that no mark names would be broken off by the
/// song's end, the last bar is left to the cadence. Chords that share a bar begin on beats while there are
/// enough. Sections that the form does not have are left out.
std::vector<LockedChord> placeChords(const std::vector<ChordSection>& typed, const Form& form);

} // namespace cantilena::compose
