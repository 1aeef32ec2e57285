#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <compose/lyrics_words.h>
#include <inference/model.h>
#include <language/language_id.h>

namespace cantilena::compose::lyric {

/// How near a request is to each song of the corpus, by a model that learnt the ways in which songs are asked
/// for (models/lyrics/matcher.py): it hears what words alone do not say, "without you", 心情不好.
class SongMatcher {
public:
    static Result<std::shared_ptr<const SongMatcher>> load(const std::filesystem::path& models,
                                                           language::Language language,
                                                           std::shared_ptr<const WordSpace> space);

    std::size_t songs() const { return m_means.size() / kWidth; }

    /// For each song, in the order of Corpus::songs, -1..1: the dot product of the request with the mean of
    /// the song's texts; all 0 for a request without letters. Any thread.
    Result<std::vector<float>> near(std::string_view request) const;

private:
    static constexpr std::size_t kWidth = 64;

    SongMatcher() = default;
    std::shared_ptr<const inference::Model> m_model;
    std::vector<float> m_means; ///< [songs, kWidth]
    language::Language m_language = language::Language::English;
    std::shared_ptr<const WordSpace> m_space;
};

/// The pieces of a text that the model knows by hash: words, stems, pairs of stems and runs of four letters;
/// of Chinese characters, pairs and threes. As `hashes_of` of models/lyrics/matcher.py.
std::vector<std::int64_t> matcherHashes(std::string_view text, language::Language language);

} // namespace cantilena::compose::lyric
