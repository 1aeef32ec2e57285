#include <store/library.h>

#include <array>
#include <system_error>
#include <utility>

#include "database.h"
#include "migrations.h"

namespace cantilena::store {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kKeep = 500; ///< rows of recent songs

constexpr std::array<Migration, 1> kMigrations = {{
    {1, "CREATE TABLE recent (path TEXT PRIMARY KEY, title TEXT NOT NULL, language TEXT NOT NULL, duration "
        "REAL NOT NULL, "
        "opened INTEGER NOT NULL) STRICT;"
        "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
        "PRAGMA application_id = 1128353356;"}, // "CANL"
}};

Result<std::unique_ptr<Database>> openSound(const fs::path& file, bool& damaged)
{
    TRY(std::unique_ptr<Database> database, Database::open(file, Database::Mode::Create));
    const auto prepare = [&]() -> Result<void> {
        TRY_VOID(database->check());
        TRY_VOID(database->text("PRAGMA journal_mode = WAL"));
        TRY_VOID(database->run("PRAGMA synchronous = NORMAL"));
        TRY_VOID(migrate(*database, file, kMigrations));
        // A file with other tables shows here.
        TRY_VOID(database->prepare("SELECT path, title, language, duration, opened FROM recent"));
        TRY_VOID(database->prepare("SELECT key, value FROM setting"));
        return {};
    };
    const Result<void> prepared = prepare();
    if (prepared)
        return database;
    const Result<std::int64_t> version = database->integer("PRAGMA user_version");
    const Result<std::int64_t> application = database->integer("PRAGMA application_id");
    damaged = database->damaged() || (application && *application != 1128353356) ||
              (version && *version == latestVersion(kMigrations));
    return prepared.error();
}

} // namespace

struct Library::Impl {
    std::unique_ptr<Database> database;
};

Library::Library(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Library::~Library() = default;

Result<std::unique_ptr<Library>> Library::open(const fs::path& file)
{
    bool damaged = false;
    Result<std::unique_ptr<Database>> database = openSound(file, damaged);
    if (!database && damaged) {
        std::error_code error;
        for (const char* ending : {"", "-wal", "-shm"}) {
            fs::path from = file, to = file;
            from += ending;
            to += std::string(".damaged") + ending;
            if (fs::exists(from, error))
                fs::rename(from, to, error);
        }
        database = openSound(file, damaged);
    }
    if (!database)
        return database.error();
    return std::unique_ptr<Library>(new Library(std::unique_ptr<Impl>(new Impl{*std::move(database)})));
}

std::vector<LibraryEntry> Library::recent(std::size_t limit)
{
    std::vector<LibraryEntry> entries;
    Result<Statement> statement = m_impl->database->prepare(
        "SELECT path, title, language, duration, opened FROM recent ORDER BY opened DESC, path");
    if (!statement)
        return entries;
    while (entries.size() < limit) {
        const Result<bool> more = statement->step();
        if (!more || !*more)
            break;
        LibraryEntry entry;
        entry.path = std::string(statement->text(0));
        // The row stays: a disk that is not there now may come back.
        std::error_code ignored;
        if (!fs::is_regular_file(entry.path, ignored))
            continue;
        entry.title = statement->text(1);
        entry.language = language::languageOfCode(statement->text(2)).value_or(language::Language::English);
        entry.durationSeconds = statement->real(3);
        entry.openedAt = statement->integer(4);
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<void> Library::remember(const LibraryEntry& entry)
{
    TRY(DatabaseTransaction transaction, DatabaseTransaction::begin(*m_impl->database));
    TRY(Statement insert,
        m_impl->database->prepare("INSERT OR REPLACE INTO recent (path, title, language, duration, "
                                  "opened) VALUES (?, ?, ?, ?, ?)"));
    TRY_VOID(insert.bind(1, entry.path.string())
                 .bind(2, entry.title)
                 .bind(3, language::code(entry.language))
                 .bind(4, entry.durationSeconds)
                 .bind(5, entry.openedAt)
                 .run());
    TRY(Statement prune,
        m_impl->database->prepare("DELETE FROM recent WHERE path NOT IN (SELECT path FROM recent ORDER "
                                  "BY opened DESC, path LIMIT ?)"));
    TRY_VOID(prune.bind(1, kKeep).run());
    return transaction.commit();
}

Result<void> Library::forget(const fs::path& path)
{
    TRY(Statement statement, m_impl->database->prepare("DELETE FROM recent WHERE path = ?"));
    return statement.bind(1, path.string()).run();
}

std::optional<std::string> Library::setting(const std::string& key) const
{
    Result<Statement> statement = m_impl->database->prepare("SELECT value FROM setting WHERE key = ?");
    if (!statement)
        return std::nullopt;
    const Result<bool> found = statement->bind(1, key).step();
    if (!found || !*found)
        return std::nullopt;
    return std::string(statement->text(0));
}

Result<void> Library::setSetting(const std::string& key, const std::string& value)
{
    TRY(Statement statement,
        m_impl->database->prepare("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)"));
    return statement.bind(1, key).bind(2, value).run();
}

} // namespace cantilena::store
