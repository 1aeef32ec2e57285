#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <base/random.h>

#include "lyrics_corpus.h"
#include "lyrics_theme.h"

/// Prototype editing (Guu et al. 2018, "Generating sentences by editing prototypes", without the neural
/// editor): a corpus line lends its syntax; some of its words make way for other wordings of the line or for
/// words of the song's theme.
namespace cantilena::compose::lyric {

// Weights that the choice of words and the search over a line share.
inline constexpr double kContrast = 1.6; ///< of a word that speaks of another thing than the prompt
inline constexpr double kFluency = 0.45; ///< of a nat of the counts' log-probability

/// Which words may come in: more when nothing else fits.
enum class Freedom : std::uint8_t {
    Written, ///< wordings written for the line, and what the prompt asked for in place of its mates
    Strict,  ///< mates, words of the theme, rhymes
    Relaxed, ///< they beside neighbours that they were never seen with, and one unchanged word more
    Near,    ///< nouns and adjectives that are near, too
    Any,     ///< any word of the same part of speech that is at all like it
};

/// What a new line must be.
struct LineTarget {
    int syllables = 8;
    std::string rhyme;          ///< rhyme key of its last word; empty: any
    std::vector<int> takenEnds; ///< lexemes that end earlier lines of its rhyme
    bool mustEdit = true;
    double themeWeight = 1;
    Freedom freedom = Freedom::Strict;
    std::optional<Random> chance; ///< decides among wordings; without it the likeliest comes first
    int titleBegin = -1,
        titleEnd = -1; ///< tokens of the prototype that sing the title; an edit there is welcome
};

/// What the song has so far.
struct EditState {
    std::map<int, int> mapping; ///< the story's replacements, kept words included
    std::map<int, int> used;    ///< content lexemes of the song with how often
    std::vector<int> company;   ///< content lexemes of the section
    std::vector<int> tail;      ///< the last tokens before the line, pauses left out (for the guard)
    std::vector<std::vector<int>> otherTails; ///< the same, where the section is sung again
    std::vector<std::vector<int>> heads;      ///< the tokens after the group of lines, where they are known
    bool followsItself = false;               ///< the section is sung twice in a row
};

/// What the line model expects at each token of a prototype, given what stands to its right:
/// [token][vocabulary], natural logarithms. Empty when the model is not asked.
using Expectation = std::vector<std::vector<float>>;

/// In Candidate::from: stands for no token of the prototype.
inline constexpr int kNowhere = -1000;

struct Candidate {
    std::vector<Token> tokens;
    std::vector<int> from; ///< index of the prototype's token; see sourceOf
    int edits = 0;
    int lights = 0;   ///< of them small words
    double score = 0; ///< higher is better; comparable within one target
    bool generated = false;
    Freedom freedom = Freedom::Strict;    ///< with which it was made
    double clashes = 0;                   ///< with the tune, where there is one (lyrics_accents.h)
    const ModelLine* prototype = nullptr; ///< for whose place it was chosen
    double likelihood = 0, belief = 0;    ///< by the line model and the critic, once they were asked
};

class LineBeam;

/// Belongs to one thread.
class LineEditor {
public:
    LineEditor(const Corpus& corpus, const Theme& theme) : m_corpus(corpus), m_theme(theme) {}

    /// The best edits of a line, best first, at most `count`, all with the wanted syllables and rhyme key and
    /// past the copy guard. Empty when the line cannot be made to fit.
    std::vector<Candidate> edit(const ModelLine& line, const LineTarget& target, const EditState& state,
                                std::size_t count, const Expectation& expectation = {}) const;

    /// Log-probability of a line by the counts, markers included.
    double fluency(const std::vector<Token>& tokens) const;
    /// Tokens of the line model, pauses included, in reading order.
    std::vector<int> tokensOf(const std::vector<Token>& tokens) const;
    /// Whether the line repeats the training texts: a guarded run (with `tail` before it) or a whole corpus
    /// line.
    bool copies(const std::vector<Token>& tokens, const std::vector<int>& tail) const;
    /// Whether a guarded run ends in the line, `tail` before it.
    bool runsOn(const std::vector<Token>& tokens, const std::vector<int>& tail) const;
    /// Whether a guarded run ends in the line after one of a state's other tails.
    bool runsOnElsewhere(const std::vector<Token>& tokens, const EditState& state) const;
    /// Whether a line between a state's tail and one of its heads makes a guarded run.
    bool meets(const std::vector<Token>& tokens, const EditState& state) const;
    int syllables(const std::vector<Token>& tokens) const;
    int lastLexeme(const std::vector<Token>& tokens) const;

private:
    friend class LineBeam;
    struct Choice {
        int lexeme = 0;
        double score = 0;
        bool mate = false;  ///< an exchange class holds both words
        bool light = false; ///< which is one of small words
    };
    std::vector<Choice> choices(const ModelLine& line, std::size_t position, const LineTarget& target,
                                const EditState& state, const Expectation& expectation, bool last) const;
    double local(const ModelLine& line, std::size_t position, int lexeme) const;
    /// A word that may come in another's place.
    struct Relative {
        int lexeme = 0;
        float likeness = 0;
        bool mate = false;  ///< an exchange class holds both words
        bool light = false; ///< which is one of small words
    };
    /// The mates of a word and words of its tag that are anything like it; kept, since the same lines are
    /// tried again and again.
    const std::vector<Relative>& relatives(int lexeme, Tag tag) const;
    bool hasMates(const Token& token) const;
    /// The prompt's places that no line has sung yet.
    std::vector<int> waitingPlaces(const EditState& state) const;
    const Lexeme& lex(int index) const { return m_corpus.lexemes[static_cast<std::size_t>(index)]; }

    const Corpus& m_corpus;
    const Theme& m_theme;
    mutable std::map<std::pair<int, Tag>, std::vector<Relative>> m_relatives;
};

} // namespace cantilena::compose::lyric
