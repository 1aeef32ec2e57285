#include "lyrics_matcher.h"

#include <array>
#include <cstdint>
#include <numeric>
#include <string>

#include "utf8.h"

namespace cantilena::compose::lyric {

namespace {

constexpr std::uint32_t kHashes = 1U << 15;
constexpr std::size_t kLong = 4; // letters of a word that has an ending, and runs of letters

/// FNV-1a, 32 bits.
std::int64_t hashOf(std::string_view piece)
{
    std::uint32_t value = 2166136261U;
    for (const char c : piece)
        value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
    return value % kHashes;
}

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return lower;
}

/// Runs of letters and digits, without apostrophes around and without an owner's ending.
std::vector<std::string> englishWords(std::string_view text)
{
    std::string plain = lowered(text);
    constexpr std::string_view kCurly = "\xE2\x80\x99";
    for (std::size_t at = plain.find(kCurly); at != std::string::npos; at = plain.find(kCurly, at))
        plain.replace(at, kCurly.size(), "'");
    std::vector<std::string> words;
    std::string word;
    const auto flush = [&] {
        const std::size_t first = word.find_first_not_of('\'');
        word = first == std::string::npos ? std::string()
                                          : word.substr(first, word.find_last_not_of('\'') + 1 - first);
        if (word.ends_with("'s"))
            word.resize(word.size() - 2);
        if (!word.empty())
            words.push_back(word);
        word.clear();
    };
    for (const char c : plain) {
        if (isPlain(c) || c == '\'')
            word += c;
        else
            flush();
    }
    flush();
    return words;
}

std::string stemOf(const std::string& word)
{
    if (word.size() <= kLong)
        return word;
    for (const std::string_view ending : {"ing", "ed", "es", "s"})
        if (word.ends_with(ending))
            return word.substr(0, word.size() - ending.size());
    return word;
}

std::vector<std::int64_t> englishHashes(std::string_view text)
{
    std::vector<std::int64_t> hashes;
    const std::vector<std::string> words = englishWords(text);
    std::string before;
    for (const std::string& word : words) {
        const std::string stem = stemOf(word);
        hashes.push_back(hashOf("w" + word));
        hashes.push_back(hashOf("s" + stem));
        if (&word != &words.front())
            hashes.push_back(hashOf(before.append(" ").append(stem)));
        before = "b" + stem;
        if (word.size() <= kLong)
            continue;
        const std::string ended = "<" + word + ">";
        for (std::size_t at = 0; at + kLong <= ended.size(); ++at)
            hashes.push_back(hashOf("c" + ended.substr(at, kLong)));
    }
    return hashes;
}

std::vector<std::int64_t> mandarinHashes(std::string_view text)
{
    std::vector<std::string> characters;
    for (std::string& character : charactersOf(lowered(text))) {
        const bool han = character.size() == 3 && character >= "\xE4\xB8\x80" && character <= "\xE9\xBF\xBF";
        if (han || (character.size() == 1 && isPlain(character[0])))
            characters.push_back(std::move(character));
    }
    std::vector<std::int64_t> hashes;
    static constexpr std::array<char, 3> kRuns = {'c', 'b', 't'};
    for (std::size_t length = 1; length <= kRuns.size(); ++length)
        for (std::size_t at = 0; at + length <= characters.size(); ++at) {
            std::string piece(1, kRuns[length - 1]);
            for (std::size_t i = at; i < at + length; ++i)
                piece += characters[i];
            hashes.push_back(hashOf(piece));
        }
    return hashes;
}

} // namespace

std::vector<std::int64_t> matcherHashes(std::string_view text, language::Language language)
{
    return language == language::Language::English ? englishHashes(text) : mandarinHashes(text);
}

Result<std::shared_ptr<const SongMatcher>> SongMatcher::load(const std::filesystem::path& models,
                                                             language::Language language,
                                                             std::shared_ptr<const WordSpace> space)
{
    TRY(auto model,
        inference::Model::load(models, "lyrics", "lyrics-match-" + std::string(language::code(language))));
    TRY(auto outputs, model->run("means", {}));
    auto matcher = std::shared_ptr<SongMatcher>(new SongMatcher);
    matcher->m_means = outputs.at(0).asFloats();
    matcher->m_model = std::move(model);
    matcher->m_language = language;
    matcher->m_space = std::move(space);
    return std::shared_ptr<const SongMatcher>(std::move(matcher));
}

Result<std::vector<float>> SongMatcher::near(std::string_view request) const
{
    std::vector<std::int64_t> hashes = matcherHashes(request, m_language), rows;
    std::vector<float> vectors;
    const bool english = m_language == language::Language::English;
    for (const std::string& word : english ? englishWords(request) : m_space->split(request)) {
        const int row = m_space->find(m_language, word);
        if (row < 0)
            continue;
        rows.push_back(row);
        vectors.insert(vectors.end(), m_space->vector(row).begin(), m_space->vector(row).end());
    }
    const auto pieces = static_cast<std::int64_t>(hashes.size()),
               words = static_cast<std::int64_t>(rows.size());
    const std::array inputs{inference::Tensor::integers({pieces}, std::move(hashes)),
                            inference::Tensor::integers({words}, std::move(rows)),
                            inference::Tensor::floats({words, WordSpace::kSize}, std::move(vectors))};
    TRY(auto outputs, m_model->run("embed", inputs));
    const std::vector<float>& text = outputs.at(0).asFloats();
    if (text.size() != kWidth)
        return Error{"The model " + m_model->info().id +
                     " gives the wrong shape; install the program's models again."};
    std::vector<float> near(songs());
    for (std::size_t song = 0; song < near.size(); ++song)
        near[song] = std::inner_product(text.begin(), text.end(),
                                        m_means.begin() + static_cast<std::ptrdiff_t>(song * kWidth), 0.0F);
    return near;
}

} // namespace cantilena::compose::lyric
