#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <language/language.h>

namespace cantilena::compose::lyric {

/// Finds songs by the words of a request, as a library's index does: rare words say more than common ones
/// (inverse document frequency, Spärck Jones 1972), and those that requests hold without being their subject
/// ("slow", "a song about") hardly anything. English words are matched without their endings, Chinese text by
/// pairs of characters, which needs no segmentation. Fill it, then only ask; asking is for any thread.
class SongIndex {
public:
    explicit SongIndex(language::Language language) : m_language(language) {}

    enum class Text : std::uint8_t { Subject, Request };

    /// A text that says what a song (numbered from 0) is about, or that asks for it.
    void add(std::size_t song, std::string_view text, Text kind);

    /// For each song, how much of the request its texts speak of, 0..1; words that no song has are left out,
    /// and those of `lesser` count little beside others.
    std::vector<float> coverage(std::string_view request, std::string_view lesser = {}) const;

private:
    struct Entry {
        std::size_t song = 0;
        bool subject = false, request = false; ///< texts of the song that hold the term
    };
    static std::vector<std::string> terms(std::string_view text);
    /// How much a term says of a request's subject.
    float weightOf(const std::string& term, const std::vector<Entry>& entries) const;

    language::Language m_language;
    std::size_t m_songs = 0;
    std::unordered_map<std::string, std::vector<Entry>> m_entries; // only looked up
};

} // namespace cantilena::compose::lyric
