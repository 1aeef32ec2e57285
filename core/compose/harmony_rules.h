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

/// How a style treats chords. Values that are "added" are added to the logits.
struct HarmonyProfile {
    double sevenths = 0;     ///< added to seventh chords; from 2 on there are hardly any plain triads
    double quick = 0;        ///< added to changes in the middle of a bar
    double loop = 0.8;       ///< added to the chord of four bars earlier
    double modern = 0;       ///< added to the chords that songs since the nineties prefer to V and V7
    double fifths = 0;       ///< added to roots that fall by a fifth, taken from V to IV
    double secondary = 0.2;  ///< chance that a section looks for a secondary dominant
    double borrowed = 0.2;   ///< chance that it looks for a chord of the parallel mode, in an even mood
    double suspension = 0.2; ///< chance that its dominants are suspended
    double ninths = 0;       ///< chance that a chord with room for a ninth has one
    double slash = 0;        ///< chance that a third goes to the bass where that makes the bass a line
};
HarmonyProfile harmonyProfile(std::string_view style);

/// Added to the logits everywhere in a song: mode, style and mood; -infinity for what never fits.
std::array<double, kHarmonyTokens> harmonyBias(music::Mode mode, const HarmonyProfile& profile,
                                               double valence);

/// True for a chord of the scale (in minor also V, V7 and their suspensions).
bool isInKey(int token, music::Mode mode);
/// True for a major or dominant seventh chord whose fifth below is a chord of the key but the tonic: V/V,
/// V/ii, V7/IV ...
bool isSecondaryDominant(int token, music::Mode mode);
/// True for chords of the parallel mode and bII: iv, bVII, bVI, bIII, v in major; IV and ii in minor.
bool isBorrowed(int token, music::Mode mode);
constexpr bool isSuspended(int token)
{
    return token < kChordTokens && token / 12 == kSus4;
}
/// True for the tonic triad and its colours (I, Imaj7, i, i7).
bool isTonic(int token, music::Mode mode);
/// True for V, V7, Vsus4 and, in minor, v.
bool isDominant(int token);
/// True for IV, IVmaj7, iv.
bool isSubdominant(int token);
/// True when the tonic, third or fifth degree is in the chord and it lets a phrase rest: I, IV, V, vi and
/// their kin.
bool restsWell(int token, music::Mode mode);
/// True when `next` is where a secondary dominant, a suspension or a borrowed chord wants to go; true for
/// every other chord.
bool resolves(int token, int next, music::Mode mode);

/// What a style makes of a plain chord: half-diminished and diminished sevenths, ninths. `chance` in [0, 1)
/// decides where the style leaves a choice.
music::Chord dressed(int token, const music::Key& key, const HarmonyProfile& profile, double chance);

} // namespace cantilena::compose
