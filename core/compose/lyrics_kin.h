#pragma once

#include <map>
#include <optional>

#include "lyrics_corpus.h"
#include "lyrics_theme.h"

/// Calls the people of a story what the request calls them: a song about 外婆 is sung about 奶奶.
namespace cantilena::compose::lyric {

/// Lexemes that make way -> those that the request says, for words that mean the same person and have as many
/// syllables; with 奶奶 comes 爷爷 for 外公. Empty where the request names nobody, or one person in two ways.
std::map<int, int> kinNames(const Corpus& corpus, const Theme& theme);

/// The song with these words instead; nothing when it has none of them, or one of them ends a line and its
/// rhyme would be lost.
std::optional<ModelSong> retold(const Corpus& corpus, const ModelSong& song, const std::map<int, int>& names);

} // namespace cantilena::compose::lyric
