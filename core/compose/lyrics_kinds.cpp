#include "lyrics_kinds.h"

#include <vector>

namespace cantilena::compose::lyric {

namespace {

constexpr double kKind = 0.25;        // least likeness of a thing and its kind
constexpr std::size_t kSenses = 2;    // of a word, where its likeness to a kind can be asked for
constexpr std::size_t kKnownKind = 4; // songs about a kind that may stand for a thing

} // namespace

std::string knownKind(const Corpus& corpus, const std::string& word)
{
    if (isStopWord(word) || word.size() < 3 || corpus.index.songsWith(word) > 0)
        return word;
    const int row = corpus.space->find(corpus.language, word);
    const std::vector<std::string> first = corpus.space->dictionary().kinds(word, 1);
    const std::vector<std::string> all = corpus.space->dictionary().kinds(word, kSenses);
    // Likeness tells which of a word's senses is meant; without it, the commonest is.
    const bool ask = row >= 0 && first != all;
    for (const std::string& kind : ask ? all : first) {
        const int other = corpus.space->find(corpus.language, kind);
        const bool near = !ask || (other >= 0 && corpus.space->similarity(row, other) >= kKind);
        if (near && corpus.index.songsWith(kind) >= kKnownKind)
            return kind;
    }
    return word;
}

std::string withKnownKinds(const Corpus& corpus, const std::string& request)
{
    if (corpus.language != language::Language::English)
        return request;
    std::string read;
    for (const std::string& word : corpus.space->split(request))
        read += knownKind(corpus, word) + " ";
    return read;
}

} // namespace cantilena::compose::lyric
