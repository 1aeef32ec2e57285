#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <language/language_id.h>

namespace cantilena::store {

/// A row of the recent songs.
struct LibraryEntry {
    std::filesystem::path path;
    std::string title;
    language::Language language = language::Language::English;
    double durationSeconds = 0;
    std::int64_t openedAt = 0; ///< seconds since 1970, UTC

    bool operator==(const LibraryEntry&) const = default;
};

/// The library database in the program's data folder: recent songs and settings. Interface thread; calls take
/// milliseconds. A damaged library is set aside under another name and begun anew, since the songs are in
/// their own files.
class Library {
public:
    static Result<std::unique_ptr<Library>> open(const std::filesystem::path& file);
    ~Library();

    /// Newest first; rows whose file is gone are dropped.
    std::vector<LibraryEntry> recent(std::size_t limit = 50);
    /// Adds or renews a row.
    Result<void> remember(const LibraryEntry& entry);
    Result<void> forget(const std::filesystem::path& path);

    std::optional<std::string> setting(const std::string& key) const;
    Result<void> setSetting(const std::string& key, const std::string& value);

private:
    struct Impl;
    explicit Library(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace cantilena::store
