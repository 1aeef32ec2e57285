#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <base/result.h>

namespace cantilena {

/// Who may read a new file.
enum class FileReaders : std::uint8_t {
    Usual, ///< as the file that it replaces; a new one as the system's settings have it
    Owner, ///< nobody but the person, not even for a moment
};

/// A file that appears whole or not at all: it is written under another name beside its place, then synced
/// and renamed. What is not committed is removed. Any thread, one at a time.
class AtomicFile {
public:
    /// An error in one sentence when the folder is missing or cannot be written, or when the place is taken
    /// by something that is no plain file.
    static Result<AtomicFile> create(const std::filesystem::path& target,
                                     FileReaders readers = FileReaders::Usual);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    ~AtomicFile();

    /// Where to write; it exists and is empty at first.
    const std::filesystem::path& temporary() const { return m_temporary; }
    /// Moves the file to its place.
    Result<void> commit();

private:
    AtomicFile(std::filesystem::path target, std::filesystem::path temporary);

    std::filesystem::path m_target;
    std::filesystem::path m_temporary; ///< empty after commit
};

/// Writes bytes to a file as AtomicFile does. Errors: unwritable path, full disk.
Result<void> writeFile(const std::filesystem::path& target, std::string_view bytes,
                       FileReaders readers = FileReaders::Usual);

/// The bytes of a plain file; an error in one sentence when it cannot be read or is larger than `limit`
/// bytes.
Result<std::string> readFile(const std::filesystem::path& file, std::size_t limit);

} // namespace cantilena
