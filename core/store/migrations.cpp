#include "migrations.h"

#include <string>

#include <base/file.h>

namespace cantilena::store {

int latestVersion(std::span<const Migration> migrations)
{
    return migrations.empty() ? 0 : migrations.back().version;
}

Result<std::int64_t> versionOf(const Database& database, std::span<const Migration> migrations)
{
    TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
    if (version > latestVersion(migrations))
        return Error{database.name() + " was written by a newer Cantilena (file version " +
                     std::to_string(version) + ", this program reads up to " +
                     std::to_string(latestVersion(migrations)) + "); update the program to open it."};
    return version;
}

Result<void> migrate(Database& database, std::span<const Migration> migrations)
{
    TRY(const std::int64_t version, versionOf(database, migrations));
    for (const Migration& migration : migrations) {
        if (migration.version <= version)
            continue;
        TRY(DatabaseTransaction transaction, DatabaseTransaction::begin(database));
        TRY_VOID(database.run(migration.sql));
        TRY_VOID(database.run(("PRAGMA user_version = " + std::to_string(migration.version)).c_str()));
        TRY_VOID(transaction.commit());
    }
    return {};
}

Result<void> migrate(Database& database, const std::filesystem::path& file,
                     std::span<const Migration> migrations)
{
    TRY(const std::int64_t version, versionOf(database, migrations));
    if (version == latestVersion(migrations))
        return {};
    if (version > 0) {
        TRY(AtomicFile backup,
            AtomicFile::create(file.string() + ".v" + std::to_string(version) + ".backup"));
        {
            TRY(const std::unique_ptr<Database> copy,
                Database::open(backup.temporary(), Database::Mode::ReadWrite));
            TRY_VOID(database.copyTo(*copy));
        }
        TRY_VOID(backup.commit());
    }
    return migrate(database, migrations);
}

} // namespace cantilena::store
