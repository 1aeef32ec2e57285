#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <compose/lyrics_words.h>
#include <language/language.h>

namespace cantilena::compose::lyric {

/// Finds songs by words that are near in meaning to those of a request, where SongIndex wants the same ones:
/// a song asked for with "my dad drives a bus" answers "retiring bus driver". Fill it, then only ask; asking
/// is for any thread.
class MeaningIndex {
public:
    MeaningIndex(language::Language language, std::shared_ptr<const WordSpace> space)
        : m_language(language), m_space(std::move(space))
    {
    }

    /// What song number `song` was asked for with, and what it is called.
    void add(std::size_t song, std::string_view request, std::string_view title);
    /// A subject under which a person would look for it, the weightiest first.
    void addSubject(std::size_t song, std::string_view phrase);

    /// How a song answers a request, each 0..1: the weight of the words said beside that of all, where a word
    /// of like meaning says a part.
    struct Match {
        float all = 0;      ///< of the request, by all texts of the song
        float asked = 0;    ///< of the request, by what the song was asked for with
        float askedToo = 0; ///< of what the song was asked for with, by the request
        float subjects = 0; ///< of the song's first subjects, by the request
    };
    /// For each song; words of `lesser` count little beside others, those that are not in `clause` (where it
    /// is given) somewhat less, people aside: they are
    /// whom a song is about, wherever they stand.
    std::vector<Match> match(std::string_view request, std::string_view lesser = {},
                             std::string_view clause = {}) const;

    /// How much a word says of what a song is about: near 0 for what requests hold without being about it, 1
    /// for a subject that one song has, about half for one that a tenth have.
    float weight(const std::string& word) const;

private:
    using Word = std::uint32_t;
    struct Known {
        int row = -1;               ///< in the WordSpace
        int songs = 0;              ///< that have it
        int asked = 0, subject = 0; ///< of these: in their request; and there as a subject too
    };
    struct Song {
        std::vector<Word> request, all, subjects; ///< distinct words
    };
    std::vector<std::pair<std::string, int>> wordsOf(std::string_view text) const;
    std::vector<Word> learn(std::string_view text);
    void addWords(Song& song, const std::vector<Word>& words, std::vector<Word> Song::*where);
    float weightOf(const Known& known) const;

    language::Language m_language;
    std::shared_ptr<const WordSpace> m_space;
    std::unordered_map<std::string, Word> m_ids; // only looked up
    std::vector<Known> m_known;
    std::vector<Song> m_songs;
    std::vector<int> m_subjects; ///< by song: how many were added
};

} // namespace cantilena::compose::lyric
