#include "song_database.h"

#include <array>
#include <span>
#include <string_view>

#include <base/hash.h>
#include <song/serialize.h>

#include "migrations.h"

namespace cantilena::store {

namespace {

/// "CANT", in the header of every song file.
constexpr std::int64_t kApplicationId = 0x43414e54;

constexpr std::size_t kMaxJournalEntries = 1'000'000;
constexpr std::size_t kMaxJournalBytes = 512u << 20;

/// Each text is stored with its SHA-256: SQLite sees damaged pages, not damaged text in a page.
constexpr std::array<Migration, 1> kMigrations = {{
    {1,
     "CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, song TEXT NOT "
     "NULL, "
     "sha256 TEXT NOT NULL) STRICT;"
     "CREATE TABLE journal (sequence INTEGER PRIMARY KEY, entry TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT;"
     "PRAGMA application_id = 1128353364;"},
}};
static_assert(kApplicationId == 1128353364);

Error damaged(const Database& database)
{
    return Error{database.name() + " is damaged; use a copy of it."};
}

/// The schema that a file of this version has; anything else in it is not ours.
Result<std::string> expectedSchema(std::int64_t version)
{
    TRY(const std::unique_ptr<Database> memory, Database::open(":memory:", Database::Mode::Create));
    TRY_VOID(migrate(*memory, std::span(kMigrations).first(static_cast<std::size_t>(version))));
    return memory->schema();
}

Result<void> writeSnapshot(Database& database, const song::Song& song, std::int64_t sequence)
{
    TRY(Statement statement,
        database.prepare("INSERT OR REPLACE INTO snapshot (id, sequence, song, sha256) VALUES (1, ?, ?, ?)"));
    const std::string text = toJson(song);
    return statement.bind(1, sequence).bind(2, text).bind(3, sha256(text)).run();
}

Result<SongContent> readContent(Database& database)
{
    TRY_VOID(database.run("BEGIN"));
    const auto read = [&]() -> Result<SongContent> {
        SongContent content;
        TRY(Statement snapshot, database.prepare("SELECT sequence, song, sha256 FROM snapshot"));
        TRY(const bool found, snapshot.step());
        if (!found || sha256(snapshot.text(1)) != snapshot.text(2))
            return damaged(database);
        content.sequence = snapshot.integer(0);
        Result<song::SongPtr> song = song::songOfJson(snapshot.text(1));
        if (!song)
            return Error{database.name() + " cannot be read: " + song.error().message};
        content.snapshot = *std::move(song);

        TRY(Statement journal,
            database.prepare(
                "SELECT sequence, entry, sha256 FROM journal WHERE sequence > ? ORDER BY sequence"));
        journal.bind(1, content.sequence);
        for (;;) {
            TRY(const bool more, journal.step());
            if (!more)
                return content;
            content.journalBytes += journal.text(1).size();
            if (content.journal.size() >= kMaxJournalEntries || content.journalBytes > kMaxJournalBytes)
                return Error{database.name() + " has a journal that is too long to be one of Cantilena's."};
            if (sha256(journal.text(1)) != journal.text(2) || journal.integer(0) != content.sequence + 1)
                return damaged(database);
            Result<song::Entry> entry = song::entryOfJson(journal.text(1));
            if (!entry)
                return Error{database.name() + " cannot be read: " + entry.error().message};
            content.journal.push_back(*std::move(entry));
            ++content.sequence;
        }
    };
    Result<SongContent> content = read();
    (void)database.run("ROLLBACK").hasValue();
    return content;
}

} // namespace

Result<void> checkSongPath(const std::filesystem::path& file)
{
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return Error{"There is no file " + file.string() + "; check its name."};
    if (error)
        return Error{"Cannot open " + file.string() + " (" + error.message() + ")."};
    if (std::filesystem::is_directory(status))
        return Error{file.string() + " is a folder; choose a song in it."};
    if (!std::filesystem::is_regular_file(status))
        return Error{file.string() + " is not a plain file."};
    if (std::filesystem::file_size(file, error) == 0 && !error)
        return Error{file.string() + " is empty; it is not a song."};
    return {};
}

Result<void> createSongDatabase(Database& database, const song::Song& song)
{
    TRY_VOID(migrate(database, kMigrations));
    TRY(DatabaseTransaction transaction, DatabaseTransaction::begin(database));
    TRY_VOID(writeSnapshot(database, song, 0));
    return transaction.commit();
}

Result<SongContent> readSongDatabase(Database& database, const std::filesystem::path& file,
                                     Database::Mode mode)
{
    TRY(const std::int64_t application, database.integer("PRAGMA application_id"));
    if (application != kApplicationId)
        return Error{file.string() + " is not a song of Cantilena."};
    TRY(const std::int64_t version, versionOf(database, kMigrations));
    if (version < 1)
        return damaged(database);
    // Before any statement runs against its tables: a foreign schema may hold anything.
    TRY(const std::string schema, database.schema());
    TRY(const std::string expected, expectedSchema(version));
    if (schema != expected)
        return damaged(database);
    TRY_VOID(database.check());
    if (mode != Database::Mode::ReadOnly || version == latestVersion(kMigrations)) {
        TRY_VOID(migrate(database, file, kMigrations));
        return readContent(database);
    }
    TRY(const std::unique_ptr<Database> memory, Database::open(":memory:", Database::Mode::Create));
    TRY_VOID(database.copyTo(*memory));
    TRY_VOID(migrate(*memory, kMigrations));
    return readContent(*memory);
}

Result<void> appendJournal(Database& database, const std::vector<JournalRow>& rows)
{
    TRY(DatabaseTransaction transaction, DatabaseTransaction::begin(database));
    TRY(Statement statement,
        database.prepare("INSERT INTO journal (sequence, entry, sha256) VALUES (?, ?, ?)"));
    for (const JournalRow& row : rows)
        TRY_VOID(statement.bind(1, row.sequence).bind(2, row.entry).bind(3, sha256(row.entry)).run());
    return transaction.commit();
}

Result<void> replaceSnapshot(Database& database, const song::Song& song, std::int64_t sequence)
{
    TRY(DatabaseTransaction transaction, DatabaseTransaction::begin(database));
    TRY_VOID(writeSnapshot(database, song, sequence));
    TRY(Statement statement, database.prepare("DELETE FROM journal WHERE sequence <= ?"));
    TRY_VOID(statement.bind(1, sequence).run());
    return transaction.commit();
}

} // namespace cantilena::store
