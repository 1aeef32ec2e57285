#include "lyrics_index.h"

#include <algorithm>
#include <cmath>

#include <compose/lyrics_words.h>

#include "lyrics_phrases.h"
#include "lyrics_word_sets.h"
#include "utf8.h"

namespace cantilena::compose::lyric {

namespace {

constexpr double kCharacter = 0.4;    // of one Chinese character beside a pair
constexpr double kRarity = 1.5;       // a power of it
constexpr double kPerson = 1.2;       // a song is about somebody rather than about where they are
constexpr double kPriorSubject = 0.6; // of a word that no request held
// Subjects stand in the order of their weight: what each place loses, and what the last ones keep.
constexpr float kLaterSubject = 0.1f, kLastSubject = 0.4f;

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
    if (!drop("ing", 3))
        drop("ed", 3);
    drop("e", 3);
    // "missing" and "miss", "running" and "run".
    if (word.size() > 3 && word[word.size() - 1] == word[word.size() - 2])
        word.pop_back();
    return word;
}

/// One word for all that children call a mother or a father, so that a song for Mum answers a request about
/// Mom.
std::string_view sameKin(const std::string& word)
{
    const bool english = static_cast<unsigned char>(word[0]) < 0x80;
    switch (kinOf(word.ends_with("'s") ? word.substr(0, word.size() - 2) : word)) {
    case 1:
        return english ? "mother" : "妈妈";
    case 2:
        return english ? "father" : "爸爸";
    case 3:
        return english ? "grandmother" : "奶奶";
    case 4:
        return english ? "grandfather" : "爷爷";
    default:
        return word;
    }
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '\'';
}

} // namespace

std::string indexTerm(const std::string& word)
{
    return stem(std::string(sameKin(word)));
}

bool isPersonTerm(const std::string& term)
{
    return genderOf(term) != 0 || genderOf(term + "e") != 0; // a wife's term is "wif"
}

std::vector<std::string> SongIndex::terms(std::string_view text)
{
    std::vector<std::string> found;
    std::string word;
    const auto flush = [&] {
        if (word.size() > 1 && !isStopWord(word))
            found.push_back(indexTerm(word));
        word.clear();
    };
    std::string before;
    for (const std::string& character : charactersOf(withPhrasesJoined(text))) {
        if (character.size() == 1) {
            if (isLetter(character[0]))
                word += character[0];
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
                found.push_back(std::string(sameKin(before + character)));
        }
        before = chinese ? character : std::string();
    }
    flush();
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

SongIndex::Term SongIndex::termOf(const std::string& text)
{
    const auto [found, fresh] = m_ids.try_emplace(text, static_cast<Term>(m_texts.size()));
    if (fresh) {
        m_texts.push_back(text);
        m_entries.emplace_back();
    }
    return found->second;
}

std::size_t SongIndex::songsWith(const std::string& word) const
{
    const auto found = m_ids.find(indexTerm(word));
    return found == m_ids.end() ? 0 : m_entries[found->second].size();
}

void SongIndex::add(std::size_t song, std::string_view text, Text kind)
{
    m_songs = std::max(m_songs, song + 1);
    for (const std::string& term : terms(text)) {
        auto& entries = m_entries[termOf(term)];
        auto at =
            std::lower_bound(entries.begin(), entries.end(), song,
                             [](const Entry& entry, std::size_t wanted) { return entry.song < wanted; });
        if (at == entries.end() || at->song != song)
            at = entries.insert(at, {song});
        (kind == Text::Subject ? at->subject : at->request) = true;
    }
}

void SongIndex::addSubject(std::size_t song, std::string_view phrase)
{
    add(song, phrase, Text::Subject);
    m_subjects.resize(std::max(m_subjects.size(), m_songs));
    std::vector<Term> held;
    for (const std::string& term : terms(phrase))
        held.push_back(termOf(term));
    if (!held.empty())
        m_subjects[song].push_back(std::move(held));
}

float SongIndex::weightOf(Term term) const
{
    const std::vector<Entry>& entries = m_entries[term];
    const std::string& text = m_texts[term];
    int asked = 0, both = 0;
    for (const Entry& entry : entries) {
        asked += entry.request ? 1 : 0;
        both += entry.request && entry.subject ? 1 : 0;
    }
    const double subject = (both + kPriorSubject) / (asked + 1.0);
    const double rarity = std::log(1.0 + static_cast<double>(m_songs) / static_cast<double>(entries.size()));
    const bool single = m_language == language::Language::Mandarin && text.size() <= 3;
    const double person = isPersonTerm(text) ? kPerson : 1.0;
    return static_cast<float>(subject * std::pow(rarity, kRarity) * person * (single ? kCharacter : 1.0));
}

std::vector<SongIndex::Match> SongIndex::match(std::string_view request, std::string_view lesser,
                                               std::string_view clause) const
{
    const std::vector<std::string> less = terms(lesser), first = terms(clause);
    std::vector<Match> matches(m_songs);
    std::vector<float> weights(m_texts.size(), 0.0f); ///< of the request's terms
    std::vector<Term> asked;
    float whole = 0;
    for (const std::string& term : terms(request)) {
        const auto found = m_ids.find(term);
        if (found == m_ids.end())
            continue;
        const bool full = !std::binary_search(less.begin(), less.end(), term);
        const bool later =
            !first.empty() && !isPersonTerm(term) && !std::binary_search(first.begin(), first.end(), term);
        const float weight =
            weightOf(found->second) * (full ? 1.0f : kLesser) * (later ? kOutsideClause : 1.0f);
        weights[found->second] = weight;
        asked.push_back(found->second);
        whole += weight;
        for (const Entry& entry : m_entries[found->second])
            matches[entry.song].words += weight;
    }
    if (!(whole > 0))
        return matches;
    std::vector<float> own(m_texts.size(), -1.0f); // weightOf of the terms that were looked at
    std::vector<float> best(m_texts.size(), 0.0f);
    for (std::size_t song = 0; song < matches.size(); ++song) {
        Match& match = matches[song];
        match.words /= whole;
        if (match.words <= 0 || song >= m_subjects.size())
            continue;
        for (std::size_t s = 0; s < m_subjects[song].size(); ++s) {
            float total = 0, hit = 0;
            for (const Term term : m_subjects[song][s]) {
                if (own[term] < 0)
                    own[term] = weightOf(term);
                total += own[term];
                hit += weights[term] > 0 ? own[term] : 0;
            }
            const float share = total > 0 ? hit / total : 0;
            const float place = std::max(kLastSubject, 1 - kLaterSubject * static_cast<float>(s));
            for (const Term term : m_subjects[song][s])
                if (weights[term] > 0)
                    best[term] = std::max(best[term], share * place);
        }
        for (const Term term : asked) {
            match.phrases += weights[term] * best[term] / whole;
            best[term] = 0;
        }
    }
    return matches;
}

} // namespace cantilena::compose::lyric
