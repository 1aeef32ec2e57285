#pragma once

#include <cstdint>

#include <base/result.h>
#include <compose/lyrics.h>
#include <inference/model.h>
#include <language/reader.h>
#include <song/song.h>

/// A song's words in its other language, on the same notes.
namespace cantilena::session {

/// The brief for the other language: the same subject, its words replaced by the nearest of that language.
song::Brief briefInOtherLanguage(const song::Song& song, const compose::WordSpace& words);

/// The song with other words: line by line on the same notes, with their title and the sections' names in
/// their language.
Result<song::SongPtr> withOtherWords(const song::Song& song, const song::Brief& brief,
                                     const compose::Lyrics& lyrics, const language::Reader& reader,
                                     const inference::ModelInfo& maker, std::uint64_t seed);

} // namespace cantilena::session
