#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lyrics_corpus.h"

/// Songs that call by name whom a request names (lyrics_names.h).
namespace cantilena::compose::lyric {

/// The words of a name, as it is and as an owner's, that a corpus lacks, in lower case: for
/// Corpus::withNames.
std::vector<std::string> unknownWords(const Corpus& corpus, const std::string& name);

/// A song with the lines that were written for a name of so many syllables; nothing where it has none. The
/// corpus knows the name's words.
std::optional<ModelSong> calledBy(const Corpus& corpus, const ModelSong& song, const std::string& name);

} // namespace cantilena::compose::lyric
