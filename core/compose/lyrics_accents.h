#pragma once

#include <span>
#include <vector>

#include <language/language.h>

namespace cantilena::compose::lyric {

/// How often, and how badly, words go against a tune: stressed syllables of English words on weaker notes
/// than their unstressed neighbours, neutral tones of Mandarin on the strongest. 0: never; about 1 a bad
/// place. `accents`: of each syllable's note, 0..1; without one for each syllable nothing is known.
double accentClashes(const std::vector<language::Word>& words, std::span<const float> accents);

} // namespace cantilena::compose::lyric
