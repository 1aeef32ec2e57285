#include "harmony_rules.h"

#include <limits>

namespace cantilena::compose {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

bool inKey(int token, music::Mode mode)
{
    const int degree = token % 12, quality = token / 12;
    const bool minorThird = quality == kMin || quality == kMin7;
    if (mode == music::Mode::Major) {
        switch (degree) {
        case 0:
        case 5:
            return quality == kMaj || quality == kMaj7 || quality == kSus4;
        case 7:
            return quality == kMaj || quality == kDom7 || quality == kSus4;
        case 2:
        case 4:
        case 9:
            return minorThird;
        default:
            return false;
        }
    }
    switch (degree) {
    case 0:
    case 5:
        return minorThird || quality == kSus4;
    case 3:
    case 8:
        return quality == kMaj || quality == kMaj7;
    case 10:
        return quality == kMaj || quality == kDom7 || quality == kSus4;
    case 7:
        return minorThird || quality == kMaj || quality == kDom7 || quality == kSus4;
    case 2:
        return quality == kDim;
    default:
        return false;
    }
}

/// Chords outside the key that popular harmony borrows.
bool isCommonGuest(int token, music::Mode mode)
{
    const int degree = token % 12, quality = token / 12;
    if (mode == music::Mode::Major) {
        switch (degree) {
        case 0:
            return quality == kDom7 || quality == kAug;
        case 2:
            return quality == kMaj || quality == kDom7;
        case 3:
        case 8:
            return quality == kMaj || quality == kMaj7;
        case 4:
            return quality == kMaj || quality == kDom7;
        case 5:
            return quality == kMin || quality == kMin7 || quality == kDom7;
        case 7:
            return quality == kMin || quality == kMin7 || quality == kAug;
        case 9:
        case 10:
            return quality == kMaj || quality == kDom7;
        case 11:
        case 6:
            return quality == kDim;
        default:
            return false;
        }
    }
    switch (degree) {
    case 0:
        return quality == kMaj;
    case 2:
        return quality == kMin7;
    case 5:
        return quality == kMaj || quality == kDom7;
    case 1:
        return quality == kMaj || quality == kMaj7;
    case 11:
    case 9:
        return quality == kDim;
    default:
        return false;
    }
}

bool isSeventh(int quality)
{
    return quality == kDom7 || quality == kMin7 || quality == kMaj7;
}

bool isDark(int token)
{
    const int quality = token / 12;
    return quality == kMin || quality == kMin7 || quality == kDim;
}

} // namespace

music::Chord chordOfToken(int token, const music::Key& key)
{
    using music::ChordQuality;
    static constexpr std::array<ChordQuality, kHarmonyQualities> kQualities{
        ChordQuality::Major,  ChordQuality::Minor, ChordQuality::Dominant7,  ChordQuality::Minor7,
        ChordQuality::Major7, ChordQuality::Sus4,  ChordQuality::Diminished, ChordQuality::Augmented};
    if (token < 0 || token >= kChordTokens)
        return {key.tonic, key.mode == music::Mode::Major ? ChordQuality::Major : ChordQuality::Minor};
    return {(key.tonic + token % 12) % 12, kQualities[static_cast<std::size_t>(token / 12)]};
}

int tokenOfChord(const music::Chord& chord, const music::Key& key)
{
    using music::ChordQuality;
    HarmonyQuality quality = kMaj;
    switch (chord.quality) {
    case ChordQuality::Major:
    case ChordQuality::Major6:
    case ChordQuality::Add9:
    case ChordQuality::Power:
        quality = kMaj;
        break;
    case ChordQuality::Minor:
    case ChordQuality::Minor6:
    case ChordQuality::MinorAdd9:
    case ChordQuality::MinorMajor7:
        quality = kMin;
        break;
    case ChordQuality::Dominant7:
    case ChordQuality::Dominant9:
        quality = kDom7;
        break;
    case ChordQuality::Minor7:
    case ChordQuality::Minor9:
        quality = kMin7;
        break;
    case ChordQuality::Major7:
    case ChordQuality::Major9:
        quality = kMaj7;
        break;
    case ChordQuality::Sus2:
    case ChordQuality::Sus4:
    case ChordQuality::Dominant7Sus4:
        quality = kSus4;
        break;
    case ChordQuality::Diminished:
    case ChordQuality::HalfDiminished7:
    case ChordQuality::Diminished7:
        quality = kDim;
        break;
    case ChordQuality::Augmented:
        quality = kAug;
        break;
    }
    return chordToken(((chord.root - key.tonic) % 12 + 12) % 12, quality);
}

HarmonyProfile harmonyProfile(std::string_view style)
{
    if (style == "jazz")
        return {2.5, 0.6, 0.6, 0.2};
    if (style == "bossa")
        return {2.2, 0.4, 0.0, 0.3};
    if (style == "rnb" || style == "gospel-soul")
        return {1.4, 0.2, 0.1, 0.9, 0.5};
    if (style == "hip-hop")
        return {0.8, -0.8, -0.6, 1.6, 0.7};
    if (style == "dance" || style == "electronic")
        return {-0.3, -1.0, -0.8, 1.5, 0.7};
    if (style == "children" || style == "lullaby" || style == "country" || style == "folk")
        return {-0.8, -1.2, -0.2, 0.5};
    if (style == "waltz" || style == "musical")
        return {0.4, 0.2, 0.2, 0.4};
    if (style == "rock" || style == "indie")
        return {-0.6, 0.2, -0.3, 1.0, 0.5};
    if (style == "ballad" || style == "singer-songwriter")
        return {0.2, -0.2, 0.2, 0.7, 0.4};
    return {0.0, -0.4, -0.2, 0.9, 0.6};
}

std::array<double, kHarmonyTokens> harmonyBias(music::Mode mode, const HarmonyProfile& profile,
                                               double valence)
{
    std::array<double, kHarmonyTokens> bias{};
    for (int token = 0; token < kChordTokens; ++token) {
        double value = 0;
        if (!inKey(token, mode))
            value = isCommonGuest(token, mode) ? -0.5 + profile.borrowed : kNever;
        if (isSeventh(token / 12))
            value += profile.sevenths;
        if (isDark(token) && mode == music::Mode::Major)
            value -= 0.5 * valence;
        const int degree = token % 12;
        if (mode == music::Mode::Major) {
            if (degree == 9 && isDark(token))
                value += 0.8 * profile.modern;
            if (degree == 7 && token / 12 == kDom7)
                value -= profile.modern;
        } else {
            if ((degree == 3 || degree == 8 || degree == 10) && token / 12 != kDom7)
                value += profile.modern;
            if (degree == 7 && token / 12 != kMin && token / 12 != kMin7)
                value -= 1.5 * profile.modern;
        }
        bias[static_cast<std::size_t>(token)] = value;
    }
    bias[kSilenceToken] = kNever;
    return bias;
}

bool isTonic(int token, music::Mode mode)
{
    if (token >= kChordTokens || token % 12 != 0)
        return false;
    const int quality = token / 12;
    return mode == music::Mode::Major ? quality == kMaj || quality == kMaj7
                                      : quality == kMin || quality == kMin7;
}

bool isDominant(int token)
{
    const int quality = token / 12;
    return token < kChordTokens && token % 12 == 7 &&
           (quality == kMaj || quality == kDom7 || quality == kSus4 || quality == kMin || quality == kMin7);
}

bool isSubdominant(int token)
{
    const int quality = token / 12;
    return token < kChordTokens && token % 12 == 5 &&
           (quality == kMaj || quality == kMaj7 || quality == kMin || quality == kMin7);
}

bool restsWell(int token, music::Mode mode)
{
    if (isTonic(token, mode) || isDominant(token) || isSubdominant(token))
        return true;
    const int degree = token % 12;
    return token < kChordTokens &&
           (mode == music::Mode::Major ? degree == 9 || degree == 4 : degree == 3 || degree == 8);
}

} // namespace cantilena::compose
