#pragma once

#include <filesystem>
#include <string>

#include <base/result.h>
#include <song/song.h>

namespace cantilena::exchange {

/// The lyrics as an LRC file (UTF-8, "[mm:ss.xx]line" at the first note of each line), with title and length.
/// Lines that no note sings take the time at which they begin. Any thread.
std::string writeLrc(const song::Song& song);

/// Writes it to a file that appears whole or not at all. Errors: unwritable path, full disk.
Result<void> saveLrc(const song::Song& song, const std::filesystem::path& file);

} // namespace cantilena::exchange
