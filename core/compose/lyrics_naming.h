#pragma once

#include <string>
#include <vector>

#include <language/language_id.h>
#include <song/brief.h>

#include "lyrics_corpus.h"
#include "lyrics_named.h"

/// How the two languages tell whom and what a telling is about. Internal to lyrics_named.cpp.
namespace cantilena::compose::lyric::naming {

inline constexpr double kConcrete = 0.55; ///< least concreteness of what is called

/// Each as namedIn: `lines` are those that the song opens with.
Named english(const song::Brief& brief, const std::vector<std::string>& lines, const Corpus& corpus);
Named mandarin(const song::Brief& brief, const std::vector<std::string>& lines, const Corpus& corpus);

/// The share of a word's uses in which it is a noun; of a word that songs lack 0.
float nounShare(const Corpus& corpus, const std::string& word);
/// Whether a word is mostly a noun.
bool isNoun(const Corpus& corpus, const std::string& word);
/// 0..1; of an unknown word what is usual.
double concretenessOf(const Corpus& corpus, const std::string& word);
/// How much it tells to say a word at all, in the units of concreteness.
double rarityOf(const Corpus& corpus, const std::string& word);

struct Thing {
    std::vector<std::string> words; ///< the noun last
    double score = 0;
};

/// Adds one to those that are told of; one that is there already gains by it.
void keepThing(std::vector<Thing>& things, Thing thing);
/// The words of the best; none where there are none.
std::vector<std::string> bestOf(const std::vector<Thing>& things);

} // namespace cantilena::compose::lyric::naming
