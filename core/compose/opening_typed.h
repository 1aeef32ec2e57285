#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <language/dictionary.h>

/// An English request as its words are typed and as they are written. Internal to the reading of openings.
namespace cantilena::compose::opening {

struct Typed {
    std::string text;     ///< as it is sung
    std::string lower;    ///< the same in small letters, to look up
    bool opens = false;   ///< a sentence begins with it
    bool resumes = false; ///< what "who ..." broke goes on with it
};
using Clause = std::vector<Typed>;

// Closed sets of words, in lower case.

/// A finite verb, or what mostly stands beside one ("never").
constexpr std::array<std::string_view, 50> kAuxiliaries = {
    "is",       "are",     "was",    "were",    "has",    "have",    "had",   "does",    "do",
    "did",      "can",     "could",  "will",    "would",  "won't",   "can't", "isn't",   "aren't",
    "wasn't",   "weren't", "hasn't", "haven't", "hadn't", "doesn't", "don't", "didn't",  "couldn't",
    "wouldn't", "might",   "must",   "never",   "always", "still",   "just",  "finally", "keeps",
    "says",     "goes",    "gets",   "makes",   "got",    "went",    "came",  "said",    "thinks",
    "wants",    "likes",   "loves",  "hates",   "only"};
/// A clause begins with these.
constexpr std::array<std::string_view, 24> kBreaks = {
    "and",   "but",   "so",     "because", "when",   "while",    "until",    "till",
    "who",   "after", "before", "since",   "if",     "though",   "although", "where",
    "whose", "which", "cause",  "then",    "unless", "whenever", "except",   "who's"};
constexpr std::array<std::string_view, 25> kPrepositions = {
    "in",     "on",      "at",      "with", "for",    "from",    "under", "over",   "by",
    "into",   "through", "without", "like", "behind", "across",  "near",  "around", "about",
    "during", "beside",  "between", "to",   "inside", "outside", "as"};

constexpr std::array<std::string_view, 9> kOwners = {"my",   "our", "his",  "her",  "their",
                                                     "your", "the", "this", "these"};
constexpr std::array<std::string_view, 24> kKin = {
    "mum",    "mom",     "mama",    "dad",      "papa",       "nan",       "nana",   "gran",
    "granny", "grandma", "grandad", "granddad", "grandpa",    "mummy",     "daddy",  "auntie",
    "uncle",  "aunt",    "people",  "kids",     "neighbours", "neighbors", "mother", "father"};

bool isUpper(char c);

/// The clauses between marks, each a run of words as they are written one by one: small spelling mended,
/// names with a capital, the rest in small letters.
std::vector<Clause> clausesOf(const std::string& request, const language::Dictionary& dictionary);

/// Mends what only the words beside a word tell of how it is written: "its my", "my dads hands", "ill miss
/// her", "mrs okafor".
void mendBeside(Clause& clause, const language::Dictionary& dictionary);

} // namespace cantilena::compose::opening
