#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <base/result.h>
#include <inference/model.h>
#include <language/dictionary.h>
#include <language/language_id.h>

namespace cantilena::compose {

/// What the reader of prompts says of the content words of one: the classes in the order of
/// models/lyrics/text.py.
struct PromptReading {
    double valence = 0;        ///< -1 sad .. 1 happy
    double arousal = 0;        ///< -1 calm .. 1 excited
    std::vector<float> genres; ///< 16 unnormalised log-probabilities
    std::vector<float> tempi;  ///< slow, mid, fast
    std::vector<float> povs;   ///< I, you, we, she, he, they, story
};

/// English and Chinese words in one space of meaning (model lyrics-words), so that words of a prompt in one
/// language find their neighbours in the other. Immutable after loading; any thread.
class WordSpace {
public:
    static constexpr int kSize = 100; ///< components of a vector

    /// Loads the model from `<models>/lyrics` and the dictionaries. About 0.1 s.
    static Result<std::shared_ptr<const WordSpace>> load(const std::filesystem::path& models);

    /// The row of a word (lower case, as models/lyrics/text.py tokenises), or -1.
    int find(language::Language language, std::string_view word) const;
    std::size_t size() const { return m_words.size(); }
    std::string_view word(int row) const { return m_words[static_cast<std::size_t>(row)]; }
    language::Language languageOf(int row) const
    {
        return static_cast<std::size_t>(row) < m_firstChinese ? language::Language::English
                                                              : language::Language::Mandarin;
    }
    /// Length 1 (0.6 where the meaning is guessed from the parts of a Chinese word); the dot product of two
    /// is 1 for the same word, above 0.5 for near ones.
    std::span<const float> vector(int row) const
    {
        return {m_vectors.data() + static_cast<std::size_t>(row) * kSize, kSize};
    }
    double similarity(int a, int b) const;
    double valence(int row) const { return m_traits[static_cast<std::size_t>(row) * 3]; }
    double arousal(int row) const { return m_traits[static_cast<std::size_t>(row) * 3 + 1]; }
    double concreteness(int row) const { return m_traits[static_cast<std::size_t>(row) * 3 + 2]; } ///< 0..1

    /// Words of a language near a row, nearest first, without the row itself.
    std::vector<int> neighbours(int row, language::Language language, std::size_t count,
                                double atLeast) const;

    /// Splits text into lower-case words: letters of English, the fewest known words of each run of Han
    /// characters. Digits and symbols part words. In text order, repeats kept. Whose something is gets the
    /// apostrophe that people leave out: "my mums birthday".
    std::vector<std::string> split(std::string_view text) const;

    /// Reads a prompt from the rows of its content words; neutral when there are none.
    Result<PromptReading> read(std::span<const int> rows) const;

    /// The English word that a misspelt one (lower case) stands for: a known one, or a noun with known kinds;
    /// or nothing.
    std::string corrected(const std::string& word) const;

    const language::Dictionary& dictionary() const { return *m_dictionary; }
    const inference::ModelInfo& info() const { return m_model->info(); }

private:
    WordSpace() = default;
    std::shared_ptr<const inference::Model> m_model;
    std::unique_ptr<const language::Dictionary> m_dictionary;
    std::vector<std::string> m_words;
    std::size_t m_firstChinese = 0;
    std::unordered_map<std::string, int> m_rows; // only looked up, never iterated
    std::vector<float> m_vectors, m_traits;
};

/// Whether a word carries no theme: articles, pronouns, "song", 的, 一首 ... Lower case. Any thread.
bool isStopWord(std::string_view word);

} // namespace cantilena::compose
