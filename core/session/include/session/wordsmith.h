#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <base/result.h>
#include <compose/lyrics_craft.h>
#include <compose/request.h>
#include <language/language.h>
#include <song/song.h>

/// Questions about words and wishes, asked while a person writes.
namespace cantilena::session {

/// A line as it would be sung.
struct SungLine {
    std::string text;
    std::vector<language::Word> words;

    std::size_t syllables() const
    {
        std::size_t count = 0;
        for (const language::Word& word : words)
            count += word.syllables.size();
        return count;
    }
};

struct RhymingWord {
    std::string text;
    std::size_t syllables = 0;
};

/// Other wordings of a line and who made them.
struct LineSuggestions {
    song::Origin maker;
    std::vector<SungLine> lines; ///< best first
};

/// Answers questions that take longer than a frame. Every member is for the interface thread and returns at
/// once; a worker thread looks for the answer, which arrives on the interface thread. A new question of a
/// kind, and cancel(), drop the older one: its answer never comes.
class Wordsmith {
public:
    template<typename T> using Answer = std::function<void(const Result<T>&)>;
    enum class Question : std::uint8_t { OtherLines, Rhymes, Reading, Brief };
    static constexpr std::size_t kMostLines = 8;
    static constexpr std::size_t kMostRhymes = 24;

    virtual ~Wordsmith() = default;

    /// Up to kMostLines other wordings of a line of the song, with its syllables and the rhyme that its
    /// section wants. The same question gives the same lines. About 0.3 s, a second the first time.
    virtual void otherLines(song::SongPtr song, song::LineId line, compose::LineWish wish, std::uint64_t seed,
                            Answer<LineSuggestions> answer) = 0;
    /// Up to kMostRhymes words that rhyme with one, those with as many syllables first; written with a
    /// capital when the word is.
    virtual void rhymes(song::SongPtr song, const std::string& word,
                        Answer<std::vector<RhymingWord>> answer) = 0;
    /// How a line would be sung.
    virtual void read(const std::string& line, language::Language primary, Answer<SungLine> answer) = 0;

    /// What is understood from a request (Workshop::readBrief).
    virtual void understand(const compose::ComposeRequest& request, Answer<song::Brief> answer) = 0;

    virtual void cancel(Question question) = 0;
};

} // namespace cantilena::session
