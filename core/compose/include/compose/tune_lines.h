#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <music/tick.h>
#include <music/time_map.h>
#include <music/units.h>

/// The lines that words would have over a tune. Pure functions, any thread.
namespace cantilena::compose {

/// A note of a tune, as far as its lines depend on it.
struct LinedNote {
    music::Tick onset, duration;
    int pitch = 60;
    bool goesOn = false; ///< with the syllable of the note before: no line begins here
    bool begins = false; ///< a line has to begin here
    double hint = 0;     ///< how much its words say so, 0..1
};

/// One line of a tune. Its notes may begin up to three eighths of a bar before its first bar line: an upbeat.
struct TuneLine {
    std::size_t first = 0, count = 0; ///< notes
    music::Tick start;                ///< the bar line on which it begins
    int bars = 1;                     ///< to the next line's start; the last line's to the end of its notes

    bool operator==(const TuneLine&) const = default;
};

/// Parts a tune (ordered by onset, one note at a time) into lines: where notes are long, rest or leap (the
/// local boundaries of Cambouropoulos 2001), as long as lines of songs are (about three seconds, four to
/// twelve syllables), and evenly. Lines begin on different bar lines. `onlyGiven`: lines begin where notes
/// say so and nowhere else, as far as bar lines allow.
std::vector<TuneLine> linesOfTune(std::span<const LinedNote> notes, const music::Meter& meter,
                                  music::Bpm tempo, bool onlyGiven = false);

/// How strongly a metre and a length lean on each note of a line, 0..1: what stressed syllables look for.
std::vector<float> accentsOf(std::span<const LinedNote> notes, const music::Meter& meter);

/// Whether a note is too short to carry a syllable of its own at this tempo.
bool isOrnament(music::Tick duration, music::Bpm tempo);

} // namespace cantilena::compose
