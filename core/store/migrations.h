#pragma once

#include <filesystem>
#include <span>

#include <base/result.h>

#include "database.h"

namespace cantilena::store {

/// Takes a database from version - 1 to version. Numbered from 1 without gaps; never changed once released.
struct Migration {
    int version;
    const char* sql;
};

/// The highest version of the list.
int latestVersion(std::span<const Migration> migrations);

/// The database's version (its user_version); an error when it is above the latest.
Result<std::int64_t> versionOf(const Database& database, std::span<const Migration> migrations);

/// Brings the database to the latest version, each step in one transaction, after copying an existing older
/// file to
/// "<file>.v<version>.backup". Nothing changes when it is up to date. Errors: the file is newer than the
/// program (the sentence says so); a step fails (the file stays at the version before that step).
Result<void> migrate(Database& database, const std::filesystem::path& file,
                     std::span<const Migration> migrations);

/// The same without a file to copy, for a database in memory or one being made.
Result<void> migrate(Database& database, std::span<const Migration> migrations);

} // namespace cantilena::store
