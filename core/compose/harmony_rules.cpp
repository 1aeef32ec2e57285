#include "harmony_rules.h"

#include <algorithm>
#include <initializer_list>
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

/// Other chords outside the key that popular harmony knows: blues sevenths, passing diminished and augmented
/// chords.
bool isCommonGuest(int token, music::Mode mode)
{
    const int degree = token % 12, quality = token / 12;
    if (mode == music::Mode::Major) {
        switch (degree) {
        case 0:
        case 7:
            return quality == kAug;
        case 5:
            return quality == kDom7;
        case 11:
        case 6:
            return quality == kDim;
        default:
            return false;
        }
    }
    return (degree == 0 && quality == kMaj) || ((degree == 11 || degree == 9) && quality == kDim);
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
    struct Row {
        std::string_view style;
        HarmonyProfile profile;
    };
    //                       sevenths quick loop modern fifths second. borrowed susp. ninths slash
    static constexpr Row kProfiles[] = {
        {"jazz", {2.5, 0.2, 0.1, 0.0, 1.2, 0.90, 0.35, 0.10, 0.35, 0.10}},
        {"bossa", {2.3, -0.9, 0.2, 0.0, 1.0, 0.80, 0.40, 0.10, 0.40, 0.20}},
        {"rnb", {2.0, 0.1, 0.9, 0.6, 0.4, 0.40, 0.35, 0.25, 0.40, 0.25}},
        {"gospel-soul", {1.3, 0.3, 0.7, 0.3, 0.5, 0.65, 0.35, 0.40, 0.20, 0.50}},
        {"hip-hop", {0.8, -0.6, 1.6, 0.7, 0.0, 0.05, 0.15, 0.05, 0.15, 0.00}},
        {"dance", {-0.3, -0.8, 1.5, 0.7, 0.0, 0.05, 0.15, 0.15, 0.00, 0.10}},
        {"electronic", {-0.2, -0.8, 1.5, 0.7, 0.0, 0.05, 0.25, 0.15, 0.10, 0.10}},
        {"children", {-0.8, -0.2, 0.4, 0.0, 0.2, 0.20, 0.00, 0.00, 0.00, 0.00}},
        {"lullaby", {-0.8, -0.2, 0.4, 0.0, 0.2, 0.20, 0.15, 0.15, 0.00, 0.30}},
        {"country", {-0.6, -0.2, 0.5, 0.0, 0.3, 0.45, 0.10, 0.20, 0.00, 0.35}},
        {"folk", {-0.8, -0.2, 0.6, 0.1, 0.1, 0.10, 0.25, 0.20, 0.00, 0.25}},
        {"waltz", {0.4, 0.2, 0.3, 0.0, 0.6, 0.55, 0.20, 0.15, 0.00, 0.20}},
        {"musical", {0.4, 0.2, 0.3, 0.1, 0.5, 0.55, 0.40, 0.25, 0.00, 0.50}},
        {"rock", {-0.6, -0.3, 1.0, 0.5, 0.0, 0.10, 0.50, 0.25, 0.00, 0.15}},
        {"indie", {-0.3, -0.3, 0.9, 0.5, 0.0, 0.20, 0.45, 0.25, 0.15, 0.25}},
        {"ballad", {0.2, 0.3, 0.6, 0.4, 0.2, 0.45, 0.40, 0.40, 0.10, 0.60}},
        {"singer-songwriter", {0.2, 0.2, 0.7, 0.4, 0.1, 0.30, 0.30, 0.35, 0.20, 0.50}},
    };
    for (const Row& row : kProfiles)
        if (style == row.style)
            return row.profile;
    return {0.0, -0.1, 0.8, 0.5, 0.1, 0.30, 0.25, 0.25, 0.05, 0.30}; // pop and whatever else
}

std::array<double, kHarmonyTokens> harmonyBias(music::Mode mode, const HarmonyProfile& profile,
                                               double valence)
{
    const bool major = mode == music::Mode::Major;
    std::array<double, kHarmonyTokens> bias{};
    for (int token = 0; token < kChordTokens; ++token) {
        const int degree = token % 12, quality = token / 12;
        double value = 0;
        if (!inKey(token, mode)) {
            if (isBorrowed(token, mode)) {
                // The parallel minor darkens, the parallel major brightens; bVII does hardly either.
                const double towards = degree == 10 ? -0.2 : major || degree == 1 ? -0.9 : 0.8;
                value = (major ? -1.4 : -2.2) + 2.0 * profile.borrowed + towards * valence;
            } else if (isSecondaryDominant(token, mode)) {
                value = -1.3 + 1.6 * profile.secondary;
            } else {
                value = isCommonGuest(token, mode) ? -1.6 + 0.4 * profile.fifths : kNever;
                if (!major && degree == 0)
                    value -= 1.5; // a major tonic would turn the key
            }
        }
        if (isSeventh(quality))
            value += profile.sevenths;
        else if (profile.sevenths >= 2 && (quality == kMaj || quality == kMin))
            value -= 3;
        if (isDark(token) && major)
            value -= 0.5 * valence;
        if (!major && degree != 7 && quality != kDim)
            value += (isDark(token) ? -0.3 : 0.3) * valence; // III, VI and VII lighten a minor key
        if (major) {
            if (degree == 9 && isDark(token))
                value += 0.8 * profile.modern;
            if (degree == 7 && quality == kDom7)
                value -= profile.modern;
            // The model's songs hardly ever say Imaj7 or IVmaj7 where jazz always does.
            if (profile.sevenths >= 2 && quality == kMaj7 && (degree == 0 || degree == 5))
                value += 0.8;
        } else {
            if ((degree == 3 || degree == 8 || degree == 10) && quality != kDom7)
                value += 0.3 + 1.6 * profile.modern;
            if (degree == 7 && !isDark(token))
                value -= 1.5 * profile.modern;
            // iiø7 V7 i, which the model's songs hardly know, is what jazz says in minor.
            if (profile.sevenths >= 2 && profile.fifths > 0.5 && isDark(token))
                value += degree == 7 ? -1.5 : degree == 2 ? 3.5 : 0;
        }
        bias[static_cast<std::size_t>(token)] = value;
    }
    bias[kSilenceToken] = kNever;
    return bias;
}

bool isInKey(int token, music::Mode mode)
{
    return token < kChordTokens && inKey(token, mode);
}

bool isSecondaryDominant(int token, music::Mode mode)
{
    if (token >= kChordTokens || inKey(token, mode))
        return false;
    const int degree = token % 12, quality = token / 12;
    if (mode == music::Mode::Major)
        return (quality == kDom7 && (degree == 0 || degree == 11)) ||
               ((quality == kMaj || quality == kDom7) && (degree == 2 || degree == 4 || degree == 9));
    return (quality == kDom7 && (degree == 0 || degree == 3 || degree == 5)) ||
           ((quality == kMaj || quality == kDom7) && degree == 2);
}

bool isBorrowed(int token, music::Mode mode)
{
    if (token >= kChordTokens || inKey(token, mode))
        return false;
    const int degree = token % 12, quality = token / 12;
    const bool minor = quality == kMin || quality == kMin7, triadOrMaj7 = quality == kMaj || quality == kMaj7;
    if (mode == music::Mode::Major)
        return (minor && (degree == 5 || degree == 7)) || (triadOrMaj7 && (degree == 3 || degree == 8)) ||
               ((quality == kMaj || quality == kDom7) && degree == 10) || (quality == kDim && degree == 2);
    return (quality == kMaj && degree == 5) || (triadOrMaj7 && degree == 1) ||
           (quality == kMin7 && degree == 2);
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

bool resolves(int token, int next, music::Mode mode)
{
    if (token >= kChordTokens || next >= kChordTokens)
        return true;
    const int degree = token % 12, to = next % 12;
    if (isSuspended(token))
        return to == degree && next / 12 != kSus4;
    if (isSecondaryDominant(token, mode)) // where it points to, first minor or whatever that is in the key
        return to == (degree + 5) % 12 && (inKey(next, mode) || isSecondaryDominant(next, mode));
    if (!isBorrowed(token, mode))
        return true;
    switch (degree) {
    case 5: // iv in major, IV in minor
        return to == 0 || (mode == music::Mode::Major ? to == 7 : to == 10 || to == 3);
    case 8: // bVI
        return to == 10 || to == 7 || to == 0 || to == 5;
    case 10: // bVII
        return to == 0 || to == 5;
    case 3: // bIII
        return to == 5 || to == 10 || to == 8;
    case 7: // v
        return to == 0 || to == 5;
    case 1: // bII
        return to == 0 || to == 7;
    default:
        return true;
    }
}

music::Chord dressed(int token, const music::Key& key, const HarmonyProfile& profile, double chance)
{
    using music::ChordQuality;
    music::Chord chord = chordOfToken(token, key);
    if (token < 0 || token >= kChordTokens)
        return chord;
    const bool major = key.mode == music::Mode::Major;
    const int degree = token % 12;
    const auto among = [&](std::initializer_list<int> degrees) {
        return std::find(degrees.begin(), degrees.end(), degree) != degrees.end();
    };
    if (token / 12 == kDim && profile.sevenths >= 0.4)
        chord.quality = degree == 2 || (degree == 11 && major) ? ChordQuality::HalfDiminished7
                                                               : ChordQuality::Diminished7;
    if (chance >= profile.ninths)
        return chord;
    // Only where the ninth is a note of the key.
    if (token / 12 == kMaj7 && (major ? among({0, 5}) : among({3, 8})))
        chord.quality = ChordQuality::Major9;
    else if (token / 12 == kMin7 && (major ? among({2, 9}) : among({0, 5})))
        chord.quality = ChordQuality::Minor9;
    else if (token / 12 == kDom7 && (major ? among({2, 7, 10}) : among({10})))
        chord.quality = ChordQuality::Dominant9;
    else if (token / 12 == kMaj && profile.sevenths < 1 && (major ? among({0, 5}) : among({3, 8})))
        chord.quality = ChordQuality::Add9;
    return chord;
}

} // namespace cantilena::compose
