#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace cantilena::voice {

/// Sung phrases on disk, one file a phrase, found by a hash of everything the sound depends on. Losing it
/// loses only time: a file that is cut short, foreign or of another version is removed and counts as absent;
/// a full or read-only disk means that nothing is kept. Any thread.
class PhraseCache {
public:
    /// `folder` is made when it is missing; the oldest-used files go when the sum of sizes passes
    /// `limitBytes`.
    PhraseCache(std::filesystem::path folder, std::uint64_t limitBytes = 512ull << 20);

    /// The samples kept under `key` (64 hexadecimal digits), or nothing.
    std::optional<std::vector<float>> find(std::string_view key) const;
    /// Keeps samples; an error says why they could not be kept, and may be ignored.
    Result<void> keep(std::string_view key, const std::vector<float>& samples) const;
    /// Bytes of all kept files.
    std::uint64_t size() const;

private:
    void trim() const;

    std::filesystem::path m_folder;
    std::uint64_t m_limit;
    mutable std::mutex m_mutex;
};

} // namespace cantilena::voice
