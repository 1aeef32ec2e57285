#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <base/result.h>
#include <song/history.h>
#include <song/song.h>

#include "database.h"

/// What is inside a song file: one snapshot and the journal of what was done since. Private to the library;
/// blocks.
namespace cantilena::store {

/// One entry of the journal as text, made before the database is touched.
struct JournalRow {
    std::int64_t sequence = 0;
    std::string entry;
};

/// A song file's content: History::replay(snapshot, journal) is the song.
struct SongContent {
    song::SongPtr snapshot;
    std::vector<song::Entry> journal;
    std::int64_t sequence = 0;    ///< of the last entry
    std::size_t journalBytes = 0; ///< of the journal as it is stored
};

/// Looks at the place before SQLite does: no such file, a folder, an empty file.
Result<void> checkSongPath(const std::filesystem::path& file);

/// Makes the tables in an empty database and stores the song.
Result<void> createSongDatabase(Database& database, const song::Song& song);

/// Checks that the database is a sound song file, brings it to the present version (see migrate), and reads
/// it. With a read-only database an older file is brought up to date in memory only.
Result<SongContent> readSongDatabase(Database& database, const std::filesystem::path& file,
                                     Database::Mode mode);

/// Appends rows in one transaction.
Result<void> appendJournal(Database& database, const std::vector<JournalRow>& rows);

/// Replaces the snapshot by the song as it was after entry `sequence` and drops the journal up to there, in
/// one transaction.
Result<void> replaceSnapshot(Database& database, const song::Song& song, std::int64_t sequence);

} // namespace cantilena::store
