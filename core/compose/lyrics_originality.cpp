#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include <compose/lyrics.h>

#include "lyrics_corpus.h"
#include "lyrics_text.h"

namespace cantilena::compose {

using namespace lyric;

namespace {

using Units = std::vector<int>;

/// Words and characters as numbers, equal ones alike.
class Numbers {
public:
    Units of(const std::vector<std::string>& units)
    {
        Units numbers;
        for (const std::string& unit : units)
            numbers.push_back(m_numbers.try_emplace(unit, static_cast<int>(m_numbers.size())).first->second);
        return numbers;
    }

private:
    std::unordered_map<std::string, int> m_numbers;
};

/// Length of the longest common subsequence (Wagner and Fischer 1974).
std::size_t commonLength(const Units& a, const Units& b)
{
    std::vector<std::size_t> row(b.size() + 1, 0);
    for (const int unit : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = unit == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
        }
    }
    return row.back();
}

} // namespace

std::vector<LineOriginality> lineOriginality(const std::vector<std::string>& lines, const LyricModels& models,
                                             const language::Reader& reader)
{
    const Corpus& corpus = models.corpus();
    Numbers numbers;
    const auto unitsOf = [&](const std::string& text) {
        return wordUnits(reader.read(text, corpus.language), corpus.language);
    };
    std::vector<LineOriginality> result;
    std::vector<Units> asked;
    for (const std::string& text : lines) {
        LineOriginality line;
        line.text = text;
        const std::vector<std::string> units = unitsOf(text);
        std::vector<int> tokens;
        tokens.reserve(units.size());
        for (const std::string& unit : units)
            tokens.push_back(corpus.token(unit));
        line.longestKnown = corpus.guard.longestKnown(tokens);
        result.push_back(std::move(line));
        asked.push_back(numbers.of(units));
    }
    for (const ModelSong& song : corpus.songs) {
        for (const ModelSection& section : song.sections) {
            for (const ModelLine& other : section.lines) {
                std::vector<std::string> words;
                for (const Token& token : other.tokens) {
                    if (corpus.lexemes[static_cast<std::size_t>(token.lexeme)].syllables > 0)
                        words.push_back(corpus.lexemes[static_cast<std::size_t>(token.lexeme)].text);
                }
                const Units units = numbers.of(wordUnits(words, corpus.language));
                for (std::size_t i = 0; i < asked.size(); ++i) {
                    const auto longer = static_cast<double>(std::max(units.size(), asked[i].size()));
                    const auto shorter = static_cast<double>(std::min(units.size(), asked[i].size()));
                    if (longer == 0 || shorter / longer <= result[i].shared)
                        continue;
                    const double shared = static_cast<double>(commonLength(asked[i], units)) / longer;
                    if (shared > result[i].shared) {
                        result[i].shared = shared;
                        result[i].nearest = other.text;
                        result[i].nearestSong = song.title;
                    }
                }
            }
        }
    }
    return result;
}

} // namespace cantilena::compose
