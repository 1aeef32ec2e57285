#pragma once

#include <string>

#include "lyrics_corpus.h"

/// Words for things that the corpus does not sing about.
namespace cantilena::compose::lyric {

/// The nearest kind of thing that some songs are about, for an English word that none is about: of a
/// greyhound a dog. The word itself where there is none, or a song has it.
std::string knownKind(const Corpus& corpus, const std::string& word);

/// An English request in words that songs are about, as far as they are known; other requests as they are.
std::string withKnownKinds(const Corpus& corpus, const std::string& request);

} // namespace cantilena::compose::lyric
