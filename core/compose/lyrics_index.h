#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <language/language.h>

namespace cantilena::compose::lyric {

/// What a word of a request weighs beside another: of one that is not its subject, and of one that comes
/// after its first clause.
inline constexpr float kLesser = 0.1F, kOutsideClause = 0.6F;

/// A word without the endings that grammar gives it, and one word for all that people call a mother, a father
/// or a grandparent.
std::string indexTerm(const std::string& word);

/// Whether a word that indexTerm made names somebody.
bool isPersonTerm(const std::string& term);

/// Finds songs by the words of a request, as a library's index does: rare words say more than common ones
/// (inverse document frequency, Spärck Jones 1972), and those that requests hold without being their subject
/// ("slow", "a song about") hardly anything. English words are matched without their endings, Chinese text by
/// pairs of characters, which needs no segmentation. Fill it, then only ask; asking is for any thread.
class SongIndex {
public:
    explicit SongIndex(language::Language language) : m_language(language) {}

    enum class Text : std::uint8_t { Subject, Request };

    /// A text that says what a song (numbered from 0) is about, or that asks for it. Subjects are phrases
    /// such as "mother-in-law", the weightiest first.
    void add(std::size_t song, std::string_view text, Text kind);
    /// A subject under which a person would look for the song.
    void addSubject(std::size_t song, std::string_view phrase);

    /// How many songs' texts have the word, in any of its forms.
    std::size_t songsWith(const std::string& word) const;

    /// How a song answers a request, each 0..1.
    struct Match {
        float words = 0;   ///< how much of the request its texts speak of
        float phrases = 0; ///< the same, but a word counts as far as the request says all of a subject with
                           ///< it: "mother" hardly speaks of a mother-in-law
    };
    /// For each song; words that no song has are left out, those of `lesser` count little beside others, and
    /// those that are not in `clause` (where it is given) somewhat less, people aside: they are
    /// whom a song is about, wherever they stand.
    std::vector<Match> match(std::string_view request, std::string_view lesser = {},
                             std::string_view clause = {}) const;

private:
    using Term = std::uint32_t;
    struct Entry {
        std::size_t song = 0;
        bool subject = false, request = false; ///< texts of the song that hold the term
    };
    static std::vector<std::string> terms(std::string_view text);
    Term termOf(const std::string& text);
    /// How much a term says of a request's subject.
    float weightOf(Term term) const;

    language::Language m_language;
    std::unordered_map<std::string, Term> m_ids;            // only looked up
    std::vector<std::string> m_texts;                       ///< by term
    std::vector<std::vector<Entry>> m_entries;              ///< by term
    std::vector<std::vector<std::vector<Term>>> m_subjects; ///< by song
    std::size_t m_songs = 0;
};

} // namespace cantilena::compose::lyric
