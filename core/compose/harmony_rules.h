#pragma once

#include <array>
#include <string_view>
#include <vector>

#include <compose/plan.h>
#include <music/chord.h>
#include <song/song.h>

/// What the harmony model's tokens mean, and what each style lets it say.
namespace cantilena::compose {

/// Tokens of the model: quality * 12 + semitones above the tonic, in the order of chords.txt.
enum HarmonyQuality { kMaj, kMin, kDom7, kMin7, kMaj7, kSus4, kDim, kAug, kHarmonyQualities };
inline constexpr int kChordTokens = 12 * kHarmonyQualities;
inline constexpr int kHoldToken = kChordTokens; ///< the chord sounds on
inline constexpr int kSilenceToken = kChordTokens + 1;
inline constexpr int kNoneToken = kChordTokens + 2;     ///< before the song
inline constexpr int kHarmonyTokens = kChordTokens + 2; ///< that the model predicts

constexpr int chordToken(int degree, HarmonyQuality quality)
{
    return quality * 12 + degree;
}

/// The chord of a token in a key; silence and hold give the tonic.
music::Chord chordOfToken(int token, const music::Key& key);
/// The nearest token of a chord.
int tokenOfChord(const music::Chord& chord, const music::Key& key);

/// How a style treats chords.
struct HarmonyProfile {
    double sevenths = 0; ///< added to the logits of seventh chords
    double borrowed = 0; ///< added to the logits of chords outside the key; below -8: none
    double quick = 0;    ///< added to the logits of changes in the middle of a bar
    double loop = 0.8;   ///< added to the chord of four bars earlier
    double modern = 0;   ///< added to the chords that songs since the nineties prefer to V and V7
};
HarmonyProfile harmonyProfile(std::string_view style);

/// Added to the logits everywhere in a song: mode, style and mood; -infinity for what never fits.
std::array<double, kHarmonyTokens> harmonyBias(music::Mode mode, const HarmonyProfile& profile,
                                               double valence);

/// True for the tonic triad and its colours (I, Imaj7, i, i7).
bool isTonic(int token, music::Mode mode);
/// True for V, V7, Vsus4 and, in minor, v.
bool isDominant(int token);
/// True for IV, IVmaj7, iv.
bool isSubdominant(int token);
/// True when the tonic, third or fifth degree is in the chord and it lets a phrase rest: I, IV, V, vi and
/// their kin.
bool restsWell(int token, music::Mode mode);

} // namespace cantilena::compose
