#pragma once

#include <array>
#include <vector>

#include <compose/plan.h>
#include <song/song.h>

/// How well chords fit a tune that is there already.
namespace cantilena::compose {

/// What a tune dwells on in half a bar.
struct TuneHalf {
    /// Of each note by semitones above the tonic: beats that it sounds, more of them where the metre is
    /// strong.
    std::array<double, 12> weight{};

    double total() const;
    /// 0 where nothing sounds .. towards 1 the more there is.
    double evidence() const { return total() / (total() + 0.6); }
    TuneHalf& operator+=(const TuneHalf& other);
    TuneHalf operator*(double factor) const;
};

/// Two for each bar of the form, in order. Where the metre has no middle, the first stands for the bar and
/// the second is empty. A note that begins up to an eighth before a half bar and is held into it counts as if
/// it began with it.
std::vector<TuneHalf> tuneHalves(const std::vector<song::Note>& tune, const Form& form, bool barsHaveMiddle);

/// From 1, all notes are in the chord, over 0, colours that do no harm, to about -1, notes that rub against
/// it (a fourth over a major third, a semitone over a chord note); 0 where nothing sounds.
double fit(const TuneHalf& tune, int token);

} // namespace cantilena::compose
