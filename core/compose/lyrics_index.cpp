#include "lyrics_index.h"

#include <algorithm>
#include <cmath>

#include <compose/lyrics_words.h>

#include "lyrics_theme.h"
#include "lyrics_word_sets.h"
#include "utf8.h"

namespace cantilena::compose::lyric {

namespace {

constexpr double kCharacter = 0.4; // of one Chinese character beside a pair
constexpr double kRarity = 1.5;    // a power of it
constexpr double kPerson = 1.2;    // a song is about somebody rather than about where they are
constexpr float kLesser = 0.1f;
constexpr double kPriorSubject = 0.6; // of a word that no request held

/// An English word without the endings that grammar gives it: both sides are cut alike, so it need not be a
/// word.
std::string stem(std::string word)
{
    const auto drop = [&](std::string_view ending, std::size_t least, std::string_view instead = {}) {
        if (!word.ends_with(ending) || word.size() < least + ending.size())
            return false;
        word.resize(word.size() - ending.size());
        word += instead;
        return true;
    };
    if (!drop("'s", 2))
        drop("'", 2);
    if (!drop("ies", 2, "y") && !word.ends_with("ss"))
        drop("s", 3);
    if (drop("ing", 3) || drop("ed", 3)) {
        if (word.size() > 3 && word[word.size() - 1] == word[word.size() - 2])
            word.pop_back();
    }
    drop("e", 3);
    return word;
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '\'';
}

} // namespace

std::vector<std::string> SongIndex::terms(std::string_view text)
{
    std::vector<std::string> found;
    std::string word;
    const auto flush = [&] {
        if (word.size() > 1 && !isStopWord(word))
            found.push_back(stem(word));
        word.clear();
    };
    std::string before;
    for (const std::string& character : charactersOf(text)) {
        if (character.size() == 1) {
            const char c = character[0] >= 'A' && character[0] <= 'Z' ? static_cast<char>(character[0] + 32)
                                                                      : character[0];
            if (isLetter(c))
                word += c;
            else
                flush();
            before.clear();
            continue;
        }
        flush();
        // Punctuation and signs stand below and above the blocks of Chinese characters.
        const bool chinese =
            character.size() == 3 && character >= "\xE3\x90\x80" && character < "\xEA\x80\x80";
        if (chinese) {
            found.push_back(character);
            if (!before.empty())
                found.push_back(before + character);
        }
        before = chinese ? character : std::string();
    }
    flush();
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

void SongIndex::add(std::size_t song, std::string_view text, Text kind)
{
    m_songs = std::max(m_songs, song + 1);
    for (const std::string& term : terms(text)) {
        auto& entries = m_entries[term];
        auto at =
            std::lower_bound(entries.begin(), entries.end(), song,
                             [](const Entry& entry, std::size_t wanted) { return entry.song < wanted; });
        if (at == entries.end() || at->song != song)
            at = entries.insert(at, {song});
        (kind == Text::Subject ? at->subject : at->request) = true;
    }
}

float SongIndex::weightOf(const std::string& term, const std::vector<Entry>& entries) const
{
    int asked = 0, both = 0;
    for (const Entry& entry : entries) {
        asked += entry.request ? 1 : 0;
        both += entry.request && entry.subject ? 1 : 0;
    }
    const double subject = (both + kPriorSubject) / (asked + 1.0);
    const double rarity = std::log(1.0 + static_cast<double>(m_songs) / static_cast<double>(entries.size()));
    const bool single = m_language == language::Language::Mandarin && term.size() <= 3;
    const double person = genderOf(term) != 0 ? kPerson : 1.0;
    return static_cast<float>(subject * std::pow(rarity, kRarity) * person * (single ? kCharacter : 1.0));
}

std::vector<float> SongIndex::coverage(std::string_view request, std::string_view lesser) const
{
    const std::vector<std::string> less = terms(lesser);
    std::vector<float> sums(m_songs, 0.0f);
    float whole = 0;
    for (const std::string& term : terms(request)) {
        const auto found = m_entries.find(term);
        if (found == m_entries.end())
            continue;
        const bool full = !std::binary_search(less.begin(), less.end(), term);
        const float share = weightOf(term, found->second) * (full ? 1.0f : kLesser);
        whole += share;
        for (const Entry& entry : found->second)
            sums[entry.song] += share;
    }
    for (float& sum : sums)
        sum = whole > 0 ? sum / whole : 0;
    return sums;
}

} // namespace cantilena::compose::lyric
