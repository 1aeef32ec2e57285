#include "database.h"

#include <cerrno>
#include <utility>

#include <sqlite3.h>

namespace cantilena::store {

namespace {

constexpr int kBusyMilliseconds = 3000;
constexpr int kMaxBytes = 160 << 20; ///< of one value

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), parameter, value);
    return *this;
}

Statement& Statement::bind(int parameter, double value)
{
    sqlite3_bind_double(m_statement.get(), parameter, value);
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text)
{
    // An empty view may have no address, which SQLite would take for NULL.
    sqlite3_bind_text64(m_statement.get(), parameter, text.empty() ? "" : text.data(), text.size(),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return m_database->problem(code);
}

Result<void> Statement::run()
{
    for (;;) {
        TRY(const bool more, step());
        if (!more)
            break;
    }
    reset();
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    const unsigned char* text = sqlite3_column_text(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    if (!text)
        return {};
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Mode mode)
{
    std::unique_ptr<Database> database(new Database(file.string()));
    int flags = SQLITE_OPEN_READONLY;
    if (mode == Mode::ReadWrite)
        flags = SQLITE_OPEN_READWRITE;
    else if (mode == Mode::Create)
        flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(file.c_str(), &database->m_handle, flags, nullptr);
    if (code != SQLITE_OK)
        return database->problem(code);
    sqlite3* handle = database->m_handle;
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    if (mode == Mode::ReadOnly)
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMaxBytes);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    TRY_VOID(database->run("PRAGMA cell_size_check = ON"));
    return database;
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

Result<void> Database::run(const char* sql)
{
    const int code = sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return problem(code);
    return {};
}

Result<Statement> Database::prepare(const char* sql) const
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(m_handle, sql, -1, &statement, nullptr);
    if (code != SQLITE_OK)
        return problem(code);
    return Statement(this, statement);
}

Result<std::int64_t> Database::integer(const char* sql) const
{
    TRY(Statement statement, prepare(sql));
    TRY(const bool found, statement.step());
    if (!found)
        return problem(SQLITE_CORRUPT);
    return statement.integer(0);
}

Result<std::string> Database::text(const char* sql) const
{
    TRY(Statement statement, prepare(sql));
    TRY(const bool found, statement.step());
    if (!found)
        return problem(SQLITE_CORRUPT);
    return std::string(statement.text(0));
}

Result<void> Database::check() const
{
    TRY(const std::string answer, text("PRAGMA quick_check(1)"));
    if (answer != "ok")
        return problem(SQLITE_CORRUPT);
    return {};
}

Result<std::string> Database::schema() const
{
    TRY(Statement statement,
        prepare("SELECT type, name, ifnull(sql, '') FROM sqlite_schema ORDER BY type, name"));
    std::string result;
    for (;;) {
        TRY(const bool found, statement.step());
        if (!found)
            return result;
        result += std::string(statement.text(0)) + " " + std::string(statement.text(1)) + " " +
                  std::string(statement.text(2)) + "\n";
    }
}

Result<void> Database::copyTo(Database& other) const
{
    sqlite3_backup* backup = sqlite3_backup_init(other.m_handle, "main", m_handle, "main");
    if (!backup)
        return other.problem(sqlite3_errcode(other.m_handle));
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped == SQLITE_DONE && finished == SQLITE_OK)
        return {};
    const int code = finished != SQLITE_OK ? finished : stepped;
    const int primary = code & 0xff;
    // The backup's code does not say on which side the problem is: damage can only be in what was read.
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ? problem(code) : other.problem(code);
}

Error Database::problem(int code) const
{
    const int primary = code & 0xff;
    m_damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    const int system = m_handle ? sqlite3_system_errno(m_handle) : 0;
    const bool full = primary == SQLITE_FULL ||
                      (primary == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG));
    if (full)
        return Error{"Cannot write " + m_name + " because the disk is full; free some space."};
    switch (primary) {
    case SQLITE_NOTADB:
        return Error{m_name + " is not a file of Cantilena, or it is damaged from its first byte."};
    case SQLITE_CORRUPT:
        return Error{m_name + " is damaged or was cut short; use a copy of it."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error{m_name + " is in use by another program; close it there and try again."};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return Error{"Cannot write " + m_name + "; check its permissions and those of its folder."};
    case SQLITE_CANTOPEN:
        return Error{"Cannot open " + m_name +
                     "; check that it exists and that you may read and write it and its folder."};
    case SQLITE_IOERR:
        return Error{"The disk failed while " + m_name + " was read or written; check the disk."};
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        return Error{m_name + " does not fit into memory."};
    default:
        return Error{m_name + " cannot be used (" +
                     std::string(m_handle ? sqlite3_errmsg(m_handle) : sqlite3_errstr(code)) + ")."};
    }
}

Result<DatabaseTransaction> DatabaseTransaction::begin(Database& database)
{
    TRY_VOID(database.run("BEGIN IMMEDIATE"));
    return DatabaseTransaction(database);
}

DatabaseTransaction::DatabaseTransaction(DatabaseTransaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

DatabaseTransaction::~DatabaseTransaction()
{
    // Rolling back a transaction that SQLite has rolled back itself (a full disk) fails, which is what was
    // wanted.
    if (m_database)
        (void)m_database->run("ROLLBACK").hasValue();
}

Result<void> DatabaseTransaction::commit()
{
    TRY_VOID(m_database->run("COMMIT"));
    m_database = nullptr;
    return {};
}

} // namespace cantilena::store
