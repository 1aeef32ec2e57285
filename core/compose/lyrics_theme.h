#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <song/brief.h>

#include "lyrics_corpus.h"

namespace cantilena::compose::lyric {

/// One theme word of the brief.
struct Query {
    std::string text;
    int row = -1;      ///< in the WordSpace; -1 for a word it does not know, mostly a name
    int lexeme = -1;   ///< when the song's language has the word
    double weight = 1; ///< 1 for a concrete word of the prompt, less for the others
    bool own = false;  ///< the prompt says it; otherwise it is only near what the prompt says
};

/// Names that the prompt brings and the corpus lacks: places and persons, told apart by what stands before
/// them. English only: Chinese names are written in characters that the corpus has.
std::vector<NewName> newNames(const song::Brief& brief, const Corpus& corpus);

/// How near every word of the language is to what the song is about.
struct Theme {
    std::vector<Query> queries;
    std::vector<float> strength;              ///< a lexeme: 0 unrelated .. 1 a theme word
    std::vector<std::vector<float>> likeness; ///< [query][lexeme], the dot product, 0 where unknown
    /// A lexeme: how much it speaks of another thing of the same kind than the prompt does (winter where
    /// summer was asked for, mother where it was grandmother), 0..1.
    std::vector<float> contrast;
    int gender = 0; ///< of the person the prompt names: 1 she, -1 he, 0 none

    /// Whether the prompt itself says the word.
    bool asks(int lexeme) const;

    static Theme of(const song::Brief& brief, const Corpus& corpus, const language::Reader& reader);
};

} // namespace cantilena::compose::lyric
