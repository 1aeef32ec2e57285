#include "lyrics_meaning.h"

#include <algorithm>
#include <cmath>

#include "lyrics_index.h"
#include "lyrics_phrases.h"

namespace cantilena::compose::lyric {

namespace {

// Likeness from which a word says part of another, and how steeply the part grows.
constexpr float kLeastLike = 0.35F;
constexpr float kSteep = 1.5F;
constexpr double kPriorSubject = 0.6; // of a word that no request held
constexpr int kFirstSubjects = 4;

bool holds(const std::vector<std::uint32_t>& words, std::uint32_t word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

std::vector<std::pair<std::string, int>> MeaningIndex::wordsOf(std::string_view text) const
{
    std::vector<std::pair<std::string, int>> words;
    for (const std::string& word : m_space->split(withPhrasesJoined(text))) {
        if (isStopWord(word))
            continue;
        std::string term = indexTerm(word);
        if (std::none_of(words.begin(), words.end(), [&](const auto& known) { return known.first == term; }))
            words.emplace_back(std::move(term), m_space->find(m_language, word));
    }
    return words;
}

std::vector<MeaningIndex::Word> MeaningIndex::learn(std::string_view text)
{
    std::vector<Word> learnt;
    for (auto& [term, row] : wordsOf(text)) {
        const auto [found, fresh] = m_ids.try_emplace(std::move(term), static_cast<Word>(m_known.size()));
        if (fresh)
            m_known.emplace_back();
        Known& known = m_known[found->second];
        if (known.row < 0)
            known.row = row;
        learnt.push_back(found->second);
    }
    return learnt;
}

void MeaningIndex::addWords(Song& song, const std::vector<Word>& words, std::vector<Word> Song::*where)
{
    for (const Word word : words) {
        if (!holds(song.all, word)) {
            song.all.push_back(word);
            ++m_known[word].songs;
        }
        if (!holds(song.*where, word))
            (song.*where).push_back(word);
    }
}

void MeaningIndex::add(std::size_t song, std::string_view request, std::string_view title)
{
    m_songs.resize(std::max(m_songs.size(), song + 1));
    m_subjects.resize(m_songs.size());
    const std::vector<Word> words = learn(request);
    for (const Word word : words)
        ++m_known[word].asked;
    addWords(m_songs[song], words, &Song::request);
    addWords(m_songs[song], learn(title), &Song::all);
}

void MeaningIndex::addSubject(std::size_t song, std::string_view phrase)
{
    m_songs.resize(std::max(m_songs.size(), song + 1));
    m_subjects.resize(m_songs.size());
    Song& own = m_songs[song];
    const std::vector<Word> words = learn(phrase);
    const bool first = m_subjects[song]++ < kFirstSubjects;
    for (const Word word : words) {
        // Counted once, when the first subject has it.
        if (holds(own.request, word) && !holds(own.subjects, word) && first)
            ++m_known[word].subject;
    }
    addWords(own, words, first ? &Song::subjects : &Song::all);
}

float MeaningIndex::weightOf(const Known& known) const
{
    const double rarity = std::log(1.0 + static_cast<double>(m_songs.size()) / std::max(1, known.songs));
    return static_cast<float>(rarity * (known.subject + kPriorSubject) / (known.asked + 1.0));
}

float MeaningIndex::weight(const std::string& word) const
{
    const auto found = m_ids.find(indexTerm(word));
    const float most = std::log(1.0F + static_cast<float>(m_songs.size()));
    return found == m_ids.end() ? 1.0F : std::min(1.0F, weightOf(m_known[found->second]) / most);
}

std::vector<MeaningIndex::Match> MeaningIndex::match(std::string_view request, std::string_view lesser,
                                                     std::string_view clause) const
{
    const auto asked = wordsOf(request);
    const auto less = wordsOf(lesser), first = wordsOf(clause);
    const auto holdsTerm = [](const auto& words, const std::string& term) {
        return std::any_of(words.begin(), words.end(), [&](const auto& word) { return word.first == term; });
    };
    std::vector<Match> matches(m_songs.size());
    if (asked.empty())
        return matches;
    std::vector<float> weights(m_known.size()); ///< of the songs' words
    for (std::size_t w = 0; w < weights.size(); ++w)
        weights[w] = weightOf(m_known[w]);
    // How far each word of the songs says each word of the request.
    std::vector<std::vector<float>> says(asked.size(), std::vector<float>(m_known.size(), 0.0F));
    std::vector<float> own(asked.size(), std::log(static_cast<float>(m_songs.size())));
    float whole = 0;
    for (std::size_t q = 0; q < asked.size(); ++q) {
        const auto found = m_ids.find(asked[q].first);
        if (found != m_ids.end())
            own[q] = weights[found->second];
        if (holdsTerm(less, asked[q].first))
            own[q] *= kLesser;
        if (!first.empty() && !isPersonTerm(asked[q].first) && !holdsTerm(first, asked[q].first))
            own[q] *= kOutsideClause;
        whole += own[q];
        for (std::size_t w = 0; w < m_known.size(); ++w) {
            if (found != m_ids.end() && found->second == w) {
                says[q][w] = 1;
            } else if (asked[q].second >= 0 && m_known[w].row >= 0) {
                const auto like = static_cast<float>(m_space->similarity(asked[q].second, m_known[w].row));
                if (like > kLeastLike)
                    says[q][w] = std::pow((like - kLeastLike) / (1 - kLeastLike), kSteep);
            }
        }
    }
    const auto said = [&](const std::vector<Word>& words) {
        float sum = 0;
        for (std::size_t q = 0; q < asked.size(); ++q) {
            float most = 0;
            for (const Word word : words)
                most = std::max(most, says[q][word]);
            sum += own[q] * most;
        }
        return whole > 0 ? sum / whole : 0.0F;
    };
    const auto saidToo = [&](const std::vector<Word>& words) {
        float sum = 0, all = 0;
        for (const Word word : words) {
            float most = 0;
            for (std::size_t q = 0; q < asked.size(); ++q)
                most = std::max(most, says[q][word]);
            sum += weights[word] * most;
            all += weights[word];
        }
        return all > 0 ? sum / all : 0.0F;
    };
    for (std::size_t s = 0; s < matches.size(); ++s) {
        const Song& song = m_songs[s];
        matches[s] = {said(song.all), said(song.request), saidToo(song.request), saidToo(song.subjects)};
    }
    return matches;
}

} // namespace cantilena::compose::lyric
