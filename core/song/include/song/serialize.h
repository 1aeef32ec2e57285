#pragma once

#include <string>
#include <string_view>

#include <base/result.h>
#include <song/history.h>
#include <song/song.h>

/// Songs and history entries as JSON text, for the store. Reading bounds every size, checks every value
/// (song/validate.h), and answers bad text with one sentence. Writing text that is not UTF-8 replaces the bad
/// bytes.
namespace cantilena::song {

/// The version of the text below; a text of a newer version is refused.
inline constexpr int kJsonVersion = 1;

std::string toJson(const Song& song);
Result<SongPtr> songOfJson(std::string_view json);

std::string toJson(const Entry& entry);
Result<Entry> entryOfJson(std::string_view json);

} // namespace cantilena::song
