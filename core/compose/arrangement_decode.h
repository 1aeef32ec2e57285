#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include <base/job.h>
#include <base/random.h>
#include <base/result.h>
#include <compose/arrangement.h>

#include "arrangement_grid.h"

/// Runs the networks of the arrangement over cells. Feature rows are those of models/arrangement/features.py.
namespace cantilena::compose {

/// Draws from softmax(logits / temperature) within the smallest set of choices that holds `topP` of it.
/// `allowed` (same size, 0 = never) may be empty. `logProbability` is the choice's own under temperature 1.
struct Drawn {
    std::size_t index = 0;
    double logProbability = 0;
};
Drawn draw(std::span<const float> logits, std::span<const char> allowed, double temperature, double topP,
           double u);

int tempoBucket(double bpm);

// Drums
// ---------------------------------------------------------------------------------------------------------

/// The hits of one section to be drawn: all cells that the grid has for it.
struct DrumRow {
    int section = 0;
    int style = 0;
    int density = 2;  ///< 0..4
    int loudness = 2; ///< 0..4
    Random random{0, "drums"};
    std::vector<char> fill;    ///< one a cell
    std::vector<Random> again; ///< empty, or one a cell: its own source when the cell is drawn again
    std::vector<std::vector<int>>
        forced; ///< empty, or one a cell: masks to keep; an empty inner list is drawn
};

/// The hits of a section.
struct DrumBars {
    std::vector<std::vector<int>> masks; ///< by cell, one a step; bit k = Drum k
    double score = 0;                    ///< mean log probability of the steps that were drawn
};
Result<std::vector<DrumBars>> drawDrums(const ArrangementModels& models, const Grid& grid, double bpm,
                                        const std::vector<DrumRow>& rows, const JobContext& job);

// Accompaniment
// -------------------------------------------------------------------------------------------------

inline constexpr int kEventNone = 0;
inline constexpr int kEventChord = 1;
inline constexpr int kEventNote = 2; ///< kEventNote + k: k - 12 semitones from the root
inline constexpr int kLowestInterval = -12;
inline constexpr int kHighestInterval = 36;
inline constexpr int kEvents = kEventNote + kHighestInterval - kLowestInterval + 1;
inline constexpr std::array<double, 10> kEventLengths = {0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16}; ///< in steps

/// Line numbers of the network's roles.
enum class EventRole { Bass, Comp, Arpeggio, Pad, Scale };
/// Of its kinds of bars.
enum class EventSection { Main, Intro, Sustained, Fill, End };

/// The harmony at each step of a cell.
struct CellChords {
    std::vector<music::Chord> chord;
    std::vector<char> change;        ///< a chord begins on this step
    std::vector<int> until;          ///< steps to the next change or the end of the cell
    std::vector<int> nextRoot;       ///< pitch class that follows the present chord
    std::vector<char> changesInside; ///< the present chord ends before the cell does
    std::vector<int> nextQuality;    ///< meaningful where changesInside
    std::vector<int> since;
};
CellChords cellChords(const Cell& cell, const ChordLine& line);
/// The cell's first chord throughout, as a pattern is shown.
CellChords staticChords(const Cell& cell, const ChordLine& line);

/// Root, quality of a chord as the network names qualities.
int eventQuality(const music::Chord& chord);

/// Pitch that interval 0 stands for.
int eventAnchor(EventRole role, int root);

/// What a role plays in one cell.
struct EventBar {
    std::vector<int> events;
    std::vector<int> lengths;    ///< indices of kEventLengths
    std::vector<int> velocities; ///< 1..127
    double score = 0;            ///< mean log probability a step
    int strokes = 0;
};

struct EventRow {
    const Cell* cell = nullptr;
    const CellChords* chords = nullptr;
    EventRole role = EventRole::Comp;
    EventSection section = EventSection::Main;
    int family = 0;
    int density = 1; ///< 0..3
    Random random{0, "events"};
    const EventBar* reference = nullptr;
    /// Sets what the step allows (kEvents entries, all 1 before) and may add to the logits.
    std::function<void(int step, std::span<char> allowed, std::span<float> logits)> constrain;
    double temperature = 0.8;
};

Result<std::vector<EventBar>> drawEvents(const ArrangementModels& models, const std::vector<EventRow>& rows,
                                         const JobContext& job);

} // namespace cantilena::compose
