#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <compose/plan.h>
#include <compose/style.h>
#include <music/chord.h>
#include <music/tick.h>
#include <song/song.h>

/// How the song's bars are laid onto the bars that the networks know (three or four beats of three or four
/// steps).
namespace cantilena::compose {

/// One bar for the networks. A bar of 6/8 is half of one (two dotted beats), a bar of 5/4 is one and a piece.
struct Cell {
    int section = 0;
    int index = 0; ///< in the section
    int bar = 0;   ///< first bar of the section that it covers
    music::Tick start;
    music::Tick end; ///< earlier than all its beats when the bar or the section is shorter
    music::Tick beat;
    int beats = 4;     ///< that the network counts: 3 or 4
    int steps = 4;     ///< a beat: 3 or 4
    bool last = false; ///< of the section

    int count() const { return beats * steps; }
    music::Tick at(int step) const { return start + music::Tick{beat.value * step / steps}; }
    music::Tick step() const { return {beat.value / steps}; }
};

struct Grid {
    std::vector<Cell> cells;             ///< in time order
    std::vector<music::Tick> starts;     ///< of the sections, then the end of the song
    std::vector<std::size_t> firstCells; ///< of the sections, then the number of cells
    music::Tick barLength;

    music::Tick end() const { return starts.back(); }
    music::Tick lastBar() const { return {starts.back().value - barLength.value}; }
};

Grid makeGrid(const Form& form, bool triplets);

/// The chords without gaps from 0 to the end of the song.
class ChordLine {
public:
    ChordLine(std::span<const song::ChordEvent> chords, const Form& form, music::Tick end);

    struct Span {
        music::Tick start;
        music::Tick end;
        music::Chord chord;
    };
    const std::vector<Span>& spans() const { return m_spans; }
    /// The span that sounds at a tick; the last one after the end.
    const Span& at(music::Tick tick) const;
    std::size_t indexAt(music::Tick tick) const;

private:
    std::vector<Span> m_spans;
};

/// The tune, asked by time.
class Tune {
public:
    Tune(const song::Track& melody, const Form& form);

    const std::vector<song::Note>& notes() const { return m_notes; }
    /// The pitch that sounds at a tick, or -1.
    int pitchAt(music::Tick tick) const;
    /// True when a note sounds anywhere in [from, to).
    bool sounds(music::Tick from, music::Tick to) const;
    /// Pitches of the notes that sound at a pulse in [from, to), or at `from` itself.
    std::vector<int> strongPitches(music::Tick from, music::Tick to) const;
    /// Lowest pitch sounding in [from, to), or -1.
    int lowest(music::Tick from, music::Tick to) const;

private:
    std::vector<song::Note> m_notes; // ordered by onset
    music::Tick m_bar;
    music::Tick m_pulse;
};

/// True when two pitches are a semitone, a major seventh or a minor ninth apart, in any octave.
bool clashes(int a, int b);

/// `pitch` moved by octaves into [low, high]; the nearest end when the range is too narrow.
int foldInto(int pitch, int low, int high);

/// A stretch of the energies over their own range, so that sections differ even when the plan is flat.
std::vector<double> sectionEnergies(const Form& form);

} // namespace cantilena::compose
