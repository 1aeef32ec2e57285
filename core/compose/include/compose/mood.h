#pragma once

#include <array>
#include <string>
#include <string_view>

#include <song/brief.h>

namespace cantilena::compose {

/// A mood that has a name, as a point of feeling.
struct NamedMood {
    std::string_view word;
    double valence = 0; ///< -1 sad .. 1 happy
    double arousal = 0; ///< -1 calm .. 1 excited
};

/// The moods that a person can choose by name; words of ComposeRequest::mood.
inline constexpr std::array<NamedMood, 8> kNamedMoods{{{"happy", 0.8, 0.4},
                                                       {"hopeful", 0.6, 0.2},
                                                       {"calm", 0.3, -0.7},
                                                       {"romantic", 0.6, -0.1},
                                                       {"nostalgic", 0.0, -0.3},
                                                       {"sad", -0.8, -0.3},
                                                       {"energetic", 0.5, 0.9},
                                                       {"dark", -0.5, 0.0}}};

/// The named mood nearest to a point; an empty word for one too near the middle to have a name.
constexpr NamedMood nearestMood(double valence, double arousal)
{
    NamedMood nearest;
    double least = valence * valence + arousal * arousal;
    for (const NamedMood& mood : kNamedMoods) {
        const double v = mood.valence - valence, a = mood.arousal - arousal;
        if (v * v + a * a < least) {
            least = v * v + a * a;
            nearest = mood;
        }
    }
    return nearest;
}

/// The word of the mood that a brief names, or else of the nearest; empty as above.
inline std::string_view moodWordOf(const song::Brief& brief)
{
    for (const std::string& word : brief.moodWords)
        for (const NamedMood& mood : kNamedMoods)
            if (mood.word == word)
                return mood.word;
    return nearestMood(brief.valence, brief.arousal).word;
}

} // namespace cantilena::compose
