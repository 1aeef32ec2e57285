#include <compose/second_voice.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace cantilena::compose {

namespace {

// Distances to the tune in semitones, and what each costs by itself: thirds first, then sixths, then what a
// chord may force.
struct Distance {
    int semitones;
    double cost;
};
constexpr std::array<Distance, 8> kDistances{
    {{3, 0.0}, {4, 0.0}, {5, 1.2}, {7, 1.9}, {8, 0.7}, {9, 0.7}, {0, 3.5}, {12, 3.0}}};

constexpr double kNotInChord = 2.2; // where a note dwells; passing notes pay a part of it
constexpr double kPassing = 0.3;
constexpr double kNotInKey = 4.0;
constexpr double kClash = 3.0;     // a semitone beside a note of the chord
constexpr double kContrary = 0.35; // a semitone by which the voice moves otherwise than the tune
constexpr double kOutside = 1.2;   // a semitone beyond the range
constexpr music::Tick kDwells = music::kEighth;

bool isStrong(const song::Song& song, const song::Note& note)
{
    const music::Tick beat = song.head.meter.pulse();
    return note.duration > kDwells || note.onset.value % beat.value == 0;
}

double costOf(const song::Song& song, const song::Note& note, int pitch, music::Pitch lowest,
              music::Pitch highest)
{
    double cost = kOutside * std::max({0, lowest.midi - pitch, pitch - highest.midi});
    const int pitchClass = ((pitch % 12) + 12) % 12;
    const song::ChordEvent* chord = song.chordAt(note.onset);
    const bool inChord = chord && chord->chord.contains(pitchClass);
    if (!inChord && !song.head.key.contains(pitchClass))
        cost += kNotInKey;
    if (chord && !inChord) {
        // Where the tune itself passes between chord notes the second voice passes along.
        const bool passing = !isStrong(song, note) || !chord->chord.contains(note.pitch.pitchClass());
        const double weight = passing ? kPassing : 1.0;
        cost += weight * kNotInChord;
        for (const int other : chord->chord.pitchClasses()) {
            const int apart = std::abs(other - pitchClass) % 12;
            if (apart == 1 || apart == 11)
                cost += weight * kClash;
        }
    }
    return cost;
}

} // namespace

std::vector<music::Pitch> secondVoice(const song::Song& song, bool below, music::Pitch lowest,
                                      music::Pitch highest)
{
    const song::TrackPtr track = song.melody();
    if (!track || track->notes.empty())
        return {};
    const std::vector<song::Note>& notes = track->notes;
    const int sign = below ? -1 : 1;
    constexpr std::size_t kStates = kDistances.size();
    using Row = std::array<double, kStates>;
    std::vector<Row> best(notes.size());
    std::vector<std::array<std::size_t, kStates>> from(notes.size());
    const auto pitchOf = [&](std::size_t i, std::size_t state) {
        return notes[i].pitch.midi + sign * kDistances[state].semitones;
    };
    for (std::size_t i = 0; i < notes.size(); ++i) {
        for (std::size_t s = 0; s < kStates; ++s) {
            double before = 0;
            from[i][s] = 0;
            if (i > 0) {
                before = std::numeric_limits<double>::infinity();
                const int tune = notes[i].pitch.midi - notes[i - 1].pitch.midi;
                for (std::size_t b = 0; b < kStates; ++b) {
                    const int move = pitchOf(i, s) - pitchOf(i - 1, b);
                    // A held note of the tune is held, and a leap past a third is the tune's to make.
                    const double cost = best[i - 1][b] + kContrary * std::abs(move - tune) +
                                        (tune == 0 && move != 0 ? 0.8 : 0.0);
                    if (cost < before) {
                        before = cost;
                        from[i][s] = b;
                    }
                }
            }
            best[i][s] = before + kDistances[s].cost + costOf(song, notes[i], pitchOf(i, s), lowest, highest);
        }
    }
    std::vector<music::Pitch> line(notes.size());
    std::size_t state = static_cast<std::size_t>(std::min_element(best.back().begin(), best.back().end()) -
                                                 best.back().begin());
    for (std::size_t i = notes.size(); i-- > 0;) {
        line[i] = {std::clamp(pitchOf(i, state), 0, 127)};
        state = from[i][state];
    }
    return line;
}

} // namespace cantilena::compose
