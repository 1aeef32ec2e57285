#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <base/result.h>
#include <language/language.h>

/// Counts and copy guard over runs of token ids, made by models/lyrics/assets.py.
namespace cantilena::compose::lyric {

/// Counts of token runs and of content words that keep company (ngrams-LL.bin).
class Counts {
public:
    static Result<Counts> open(const std::filesystem::path& path, language::Language language);
    /// Natural logarithm of the probability of `token` after the tokens before it (at most 3 are looked at).
    double logProbability(std::span<const int> before, int token) const;
    bool seen(std::span<const int> run) const { return count(run) > 0; }
    /// Weighted count of a run of 1 to 4 tokens; 0 when unseen or too rare to be kept.
    double count(std::span<const int> run) const;
    /// Pointwise mutual information of two words (lexemes of the word list) within a line; 0 when nothing is
    /// known.
    double company(int a, int b) const;

private:
    struct Table {
        std::vector<std::uint32_t> slots;
        std::uint8_t at(std::uint64_t hash) const;
    };
    std::vector<Table> m_orders;
    Table m_company;
    double m_total = 1;
};

/// Every run of 7 words (8 characters) of the training texts, as a Bloom filter (guard-LL.bin): no false
/// negatives.
class Guard {
public:
    static Result<Guard> open(const std::filesystem::path& path);
    std::size_t run() const { return m_run; }
    /// Whether any run within `tokens` (pauses and markers left out) is in the training texts.
    bool copies(std::span<const int> tokens) const;
    /// Length of the longest stretch all of whose runs are known; 0 when no run is. For reports.
    std::size_t longestKnown(std::span<const int> tokens) const;

private:
    bool contains(std::span<const int> run) const;
    std::size_t m_run = 7, m_probes = 4;
    std::uint64_t m_mask = 0;
    std::vector<std::uint8_t> m_bits;
};

/// 64-bit hash of a run of token ids, as assets.py computes it.
std::uint64_t foldTokens(std::span<const int> tokens, std::uint64_t salt);

/// The error of a data file that cannot be read.
Error damaged(const std::filesystem::path& path);

} // namespace cantilena::compose::lyric
