#pragma once

#include <string>
#include <vector>

#include <language/language_id.h>
#include <song/brief.h>

/// Whom and what somebody tells of, so that a song which answers can call them again: of "my grandad kept
/// every bus ticket in biscuit tins" Grandad and the tins.
namespace cantilena::compose::lyric {

class Corpus;
struct ModelSong;

/// What is called, in words of the language as they are written; empty where a telling has none that is sure.
struct Named {
    std::vector<std::string> whom; ///< "Grandad", "my sister", "Mrs Okonkwo", 外婆
    std::vector<std::string> what; ///< "the goose", "my tooth", 车票
    int gender = 0;                ///< of whom, as far as the word says it: 1 she, -1 he
};

/// Whom and what a brief tells of. No model but the parts of speech and the concreteness of words; any
/// thread.
Named namedIn(const song::Brief& brief, const Corpus& corpus);

/// Which of the two a song calls: the corpus has "Rosalind" and "the zither" in their places, 素芬 and 古琴.
struct Calls {
    bool whom = false, what = false;
};
Calls callsOf(const ModelSong& song, const Corpus& corpus);

/// A song with those called for whom its stand-ins stand; `corpus` has their words. Lines get longer or
/// shorter.
ModelSong called(const Corpus& corpus, const ModelSong& song, const Named& named);

/// The words of `named` in lower case that a corpus lacks.
std::vector<std::string> unknownWords(const Corpus& corpus, const Named& named);

} // namespace cantilena::compose::lyric
