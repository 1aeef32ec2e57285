#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <base/result.h>

struct sqlite3;
struct sqlite3_stmt;

/// A thin layer over SQLite that answers with sentences. Private to the library; a Database and its
/// Statements belong to one thread at a time.
namespace cantilena::store {

class Database;

class Statement {
public:
    /// Parameters count from 1, columns from 0.
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, double value);
    Statement& bind(int parameter, std::string_view text);
    /// True when there is a row.
    Result<bool> step();
    /// Runs to the end.
    Result<void> run();
    void reset();

    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Valid until the next step.
    std::string_view text(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(const Database* database, sqlite3_stmt* statement)
        : m_database(database), m_statement(statement)
    {
    }

    const Database* m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

class Database {
public:
    enum class Mode { ReadOnly, ReadWrite, Create };

    /// Opens a file (":memory:" for none). Nothing is read yet, so most problems show at the first statement.
    /// What the file's schema says is not trusted.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode);
    ~Database();

    /// Runs one or more statements that give nothing back.
    Result<void> run(const char* sql);
    Result<Statement> prepare(const char* sql) const;
    /// The first column of the only row.
    Result<std::int64_t> integer(const char* sql) const;
    Result<std::string> text(const char* sql) const;
    /// An error when pages do not fit together.
    Result<void> check() const;
    /// "type name sql" of every object of the schema, ordered.
    Result<std::string> schema() const;
    /// Copies all of it to another database.
    Result<void> copyTo(Database& other) const;

    /// What the last failed call says about the file, in one sentence.
    Error problem(int code) const;
    /// Whether the last failed call found a file that is no database or is damaged.
    bool damaged() const { return m_damaged; }
    const std::string& name() const { return m_name; }

private:
    explicit Database(std::string name) : m_name(std::move(name)) {}

    std::string m_name;
    sqlite3* m_handle = nullptr;
    mutable bool m_damaged = false;
};

/// Begins a transaction; what is not committed is rolled back.
class DatabaseTransaction {
public:
    static Result<DatabaseTransaction> begin(Database& database);
    DatabaseTransaction(DatabaseTransaction&& other) noexcept;
    DatabaseTransaction& operator=(DatabaseTransaction&&) = delete;
    ~DatabaseTransaction();
    Result<void> commit();

private:
    explicit DatabaseTransaction(Database& database) : m_database(&database) {}
    Database* m_database;
};

} // namespace cantilena::store
