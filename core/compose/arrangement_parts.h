#pragma once

#include <cstddef>
#include <vector>

#include <compose/arrangement.h>

#include "arrangement_decode.h"
#include "arrangement_grid.h"

/// Turns patterns and chords into the notes of one part.
namespace cantilena::compose {

/// What every part sees.
struct Band {
    const ArrangementRequest& request;
    const Grid& grid;
    const ChordLine& chords;
    const Tune& tune;
    const std::vector<double>& energy; ///< of the sections, 0..1
    Random random;                     ///< of the stage
};

/// Where a part plays: one flag a section.
using Presence = std::vector<char>;

/// What is asked of a chord's voices.
struct VoicingAim {
    int voices = 3;
    int low = 48;
    int high = 76;
    int ceiling = 127;         ///< the top voice should not lie above it
    std::vector<int> avoid;    ///< pitches that no voice may clash with
    std::vector<int> previous; ///< voicing before, to move from by the least steps; may be empty
};
/// Ascending pitches, 1 to aim.voices of them, all in [low, high]. Prefers the notes that name the chord
/// (third and seventh) and small movement; leaves out notes that clash with `avoid`, and widens low
/// intervals.
std::vector<int> voice(const music::Chord& chord, const VoicingAim& aim);

/// The bars drawn for a part, one entry a cell of the grid; an empty EventBar where it rests.
using PartBars = std::vector<EventBar>;

std::vector<song::Note> bassNotes(const Band& band, const StylePart& part, const PartBars& bars);
std::vector<song::Note> compNotes(const Band& band, const StylePart& part, const PartBars& bars);
std::vector<song::Note> arpeggioNotes(const Band& band, const StylePart& part, const PartBars& bars);
std::vector<song::Note> padNotes(const Band& band, const StylePart& part, const Presence& plays);
std::vector<song::Note> counterNotes(const Band& band, const StylePart& part, const Presence& plays);
/// `bars` are drawn for the cells where the tune rests.
std::vector<song::Note> colourNotes(const Band& band, const StylePart& part, const Presence& plays,
                                    const PartBars& bars);

/// Rests of the tune of at least a beat and a half that an answer may fill: from a little after its end to a
/// little before its next note. Within one section each.
struct Gap {
    music::Tick start;
    music::Tick end;
    int section = 0;
};
std::vector<Gap> gapsOf(const Band& band);

/// The part's last bar: the closing chord, held.
std::vector<song::Note> closing(const Band& band, const StylePart& part,
                                const std::vector<song::Note>& before);

/// A note with everything but identity.
song::Note makeNote(music::Tick onset, music::Tick duration, int pitch, int velocity,
                    std::uint32_t reasons = 0);

/// True where a cell of a part has strokes to play (a rest has no events at all).
inline bool isDrawn(const EventBar& bar)
{
    return !bar.events.empty();
}

} // namespace cantilena::compose
