#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <base/result.h>
#include <compose/lyrics_words.h>
#include <language/reader.h>
#include <song/song.h>

#include "lyrics_counts.h"
#include "lyrics_index.h"
#include "lyrics_matcher.h"
#include "lyrics_meaning.h"

/// What the lyric stage knows of one language: words, tagged lines of the original corpus with their other
/// wordings, counts, the copy guard. Made by models/lyrics/assets.py. Internal to the compose library.
namespace cantilena::compose::lyric {

/// Part of speech as assets.py names it; `F` (function word), `,` (pause) and `NAME` first.
using Tag = std::uint8_t;
inline constexpr Tag kFunction = 0, kPause = 1, kName = 2;

enum class NameKind : std::uint8_t { None, Place, Person };

/// One distinct word.
struct Lexeme {
    std::string text;                          ///< lower case; "," or "_" for a pause
    std::vector<int> tokens;                   ///< of the line model's vocabulary, in reading order
    std::vector<std::pair<Tag, float>> shares; ///< tags it may stand for, with their share of its uses
    std::string rhyme;                         ///< language::rhymeKey; empty for a pause
    int row = -1;                              ///< in the WordSpace
    int syllables = 0;
    std::uint32_t count = 0; ///< uses in the clean texts; 0 for function words
    bool vowelStart = false; ///< English: takes "an"
    bool content = false;
    bool name = false; ///< written with a capital
};

/// A word that the prompt brings and the word lists lack; of no kind where it is no name.
struct NewName {
    std::string text; ///< lower case
    NameKind kind = NameKind::Place;
};

struct Token {
    int lexeme = 0;
    Tag tag = kFunction;

    bool operator==(const Token&) const = default;
};

/// Words that may stand for each other in most lines (exchange-LL.txt, written for this project).
struct ExchangeClass {
    NameKind name = NameKind::None;
    bool light = false;       ///< small words, exchanged where nothing of weight can be
    std::vector<Tag> tags;    ///< that a word must have to be exchanged; empty: any
    std::vector<int> words;   ///< that may come in
    std::vector<int> sources; ///< that may make way; empty: the words themselves
};

/// Words of a corpus line that have other wordings, written by hand: each is right whatever stands at the
/// line's other places (wordings-LL.txt).
struct Place {
    std::size_t begin = 0, count = 0;       ///< tokens of the line
    std::vector<std::vector<int>> wordings; ///< lexemes
};

/// A line of the corpus as it is sung where the request brings a name (wordings-LL.txt).
struct CalledLine {
    static constexpr int kName = -1, kOwner = -2; ///< among `lexemes`: Becky, Becky's
    int syllables = 0;                            ///< of the name
    std::string text;                             ///< {} for the name
    std::vector<int> lexemes;
};

struct ModelLine {
    std::string text; ///< as printed in the corpus
    std::vector<Token> tokens;
    int syllables = 0;
    std::vector<Place> places; ///< in the order of the line; they do not overlap
    bool polished = false;     ///< of a polished song
    std::vector<bool> told;    ///< by token, whether it is a teller's; empty: none
    std::vector<CalledLine> called;
};

/// Whether all of a line's wordings read as well as its own words: a polished line's, and those of a line
/// with two other wordings for a place of two words or more (Chinese: segmented words).
bool isPhrased(const ModelLine& line);

struct ModelSection {
    song::SectionKind kind = song::SectionKind::Verse;
    std::vector<ModelLine> lines;
};

struct ModelSong {
    std::string title, genre, pointOfView, tempo;
    double valence = 0, arousal = 0;
    std::vector<int> themeRows;        ///< WordSpace rows of its themes, title and prompt
    std::vector<int> subjectRows;      ///< and of the subjects under which a person would look for it
    std::vector<std::string> subjects; ///< in lower case
    bool tellsAge = false;             ///< it sings an age or a span of years
    std::vector<Token> titleTokens;    ///< its words of weight, untagged
    std::vector<ModelSection> sections;
    bool polished = false; ///< an editor left nothing in it to cut: it comes first among those that fit alike
};

class Corpus {
public:
    static Result<std::shared_ptr<const Corpus>> load(const std::filesystem::path& models,
                                                      language::Language language,
                                                      std::shared_ptr<const WordSpace> space,
                                                      const language::Reader& reader);

    language::Language language = language::Language::English;
    std::shared_ptr<const WordSpace> space;
    std::vector<std::string> vocabulary;
    std::vector<Lexeme> lexemes; ///< first the words of words-LL.txt in its order, then the others
    std::vector<std::vector<int>> byTag;
    std::vector<ExchangeClass> exchange;
    std::vector<std::vector<int>> exchangeOf; ///< classes of each lexeme
    std::vector<ModelSong> songs;
    SongIndex index{language::Language::English};
    std::shared_ptr<const MeaningIndex> meaning;
    std::shared_ptr<const SongMatcher> matcher;
    Counts counts;
    Guard guard;
    int newline = 0, pause = 0, unknown = 0; ///< tokens

    int token(std::string_view text) const;
    int lexeme(std::string_view text) const; ///< or -1
    Tag tag(std::string_view name) const;    ///< or kFunction
    std::string_view tagName(Tag tag) const { return m_tags[tag]; }
    /// The share of a lexeme's uses under a tag.
    float share(int lexeme, Tag tag) const;
    /// This corpus with more words, each a mate of the names of its kind. Copies, so it takes about 0.1 s.
    std::shared_ptr<Corpus> withNames(const std::vector<NewName>& names,
                                      const language::Reader& reader) const;
    /// What a lexeme names.
    NameKind nameKind(int lexeme) const;
    /// Whether the token at `at` and the next, "the town" after a preposition, may make way for a place's
    /// name.
    bool namesPlaceAt(std::span<const Token> line, std::size_t at) const;
    /// Whether an exchange class of words of weight holds both.
    bool areMates(int a, int b) const;
    bool isCorpusLine(std::span<const Token> tokens) const;
    /// Whether a text holds a word that the program does not write by itself (blocked.txt).
    bool offends(std::string_view text) const;
    bool isCorpusTitle(std::string_view title) const { return m_titles.contains(std::string(title)); }

    /// A lexeme for any word, for names and theme words outside the lists; not stored.
    Lexeme describe(std::string_view text, const language::Reader& reader) const;

private:
    friend struct CorpusLoader;
    std::unordered_map<std::string, int> m_tokens, m_lexemes; // only looked up
    std::unordered_set<std::uint64_t> m_lines;
    std::unordered_set<std::string> m_titles;
    std::vector<std::string> m_tags;
    std::vector<std::string> m_blocked;
};

} // namespace cantilena::compose::lyric
