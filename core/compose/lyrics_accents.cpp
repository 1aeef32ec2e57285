#include "lyrics_accents.h"

#include <algorithm>
#include <cstddef>

namespace cantilena::compose::lyric {

namespace {

constexpr float kAlike = 0.05F;     ///< accents that differ by less are equal
constexpr float kBad = 0.4F;        ///< a difference that everybody hears
constexpr float kStrongest = 0.75F; ///< accent of a downbeat
constexpr double kNeutral = 0.5;

/// 0 unstressed, 1 secondary, 2 stressed.
int level(const language::Syllable& syllable)
{
    return syllable.stress == 1 ? 2 : syllable.stress == 2 ? 1 : 0;
}

} // namespace

double accentClashes(const std::vector<language::Word>& words, std::span<const float> accents)
{
    std::size_t count = 0;
    for (const language::Word& word : words)
        count += word.syllables.size();
    if (count != accents.size())
        return 0;
    double clashes = 0;
    std::size_t at = 0;
    for (const language::Word& word : words) {
        for (std::size_t i = 0; i < word.syllables.size(); ++i, ++at) {
            const language::Syllable& syllable = word.syllables[i];
            if (syllable.language == language::Language::Mandarin) {
                clashes += syllable.sungTone == 5 && accents[at] >= kStrongest ? kNeutral : 0;
                continue;
            }
            if (i == 0)
                continue;
            const int before = level(word.syllables[i - 1]), here = level(syllable);
            if (before == here)
                continue;
            const float stressed = accents[before > here ? at - 1 : at];
            const float light = accents[before > here ? at : at - 1];
            if (light > stressed + kAlike)
                clashes += std::min(1.0F, (light - stressed) / kBad);
        }
    }
    return clashes;
}

} // namespace cantilena::compose::lyric
