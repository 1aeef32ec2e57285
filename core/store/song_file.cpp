#include <store/song_file.h>

#include <utility>

#include <unistd.h>

#include <base/file.h>
#include <song/validate.h>

#include "database.h"
#include "file_lock.h"
#include "journal_writer.h"
#include "song_database.h"

namespace cantilena::store {

namespace fs = std::filesystem;

namespace {

fs::path withEnding(const fs::path& file, const char* ending)
{
    fs::path result = file;
    result += ending;
    return result;
}

/// Whether a program that was killed left a log or a journal beside the file.
bool hasLeftovers(const fs::path& file)
{
    std::error_code ignored;
    return fs::exists(withEnding(file, "-wal"), ignored) || fs::exists(withEnding(file, "-journal"), ignored);
}

/// Removes what SQLite may have left beside a file that is about to be replaced: the write-ahead log of the
/// old file would be read as the new one's. Folds it into the old file first, so that nothing is lost if the
/// new one is not written.
void clearLeftovers(const fs::path& file)
{
    if (!hasLeftovers(file))
        return;
    std::error_code ignored;
    {
        Result<std::unique_ptr<Database>> old = Database::open(file, Database::Mode::ReadWrite);
        if (old)
            (void)(*old)->text("PRAGMA wal_checkpoint(TRUNCATE)").hasValue();
    }
    for (const char* ending : {"-wal", "-shm", "-journal"})
        fs::remove(withEnding(file, ending), ignored);
}

/// The replayed history of a file's content.
Result<song::History> historyOf(const SongContent& content, const fs::path& file)
{
    Result<song::History> history = song::History::replay(content.snapshot, content.journal);
    if (!history)
        return Error{file.string() + " is damaged: its journal does not fit its song; use a copy of it."};
    return history;
}

/// A lock on the file if there is one, so that a file that somebody edits is not replaced under their hands.
Result<std::optional<FileLock>> lockExisting(const fs::path& file)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return std::optional<FileLock>();
    TRY(FileLock lock, FileLock::acquire(file));
    return std::optional<FileLock>(std::move(lock));
}

} // namespace

struct SongFile::Impl {
    fs::path path;
    song::SongPtr song;
    song::History history;
    std::optional<FileLock> lock; ///< released after the writer has closed the database
    std::unique_ptr<JournalWriter> writer;
};

SongFile::SongFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

SongFile::~SongFile() = default;

namespace {

Result<song::SongPtr> readIn(const fs::path& file, Database::Mode mode)
{
    TRY(const std::unique_ptr<Database> database, Database::open(file, mode));
    TRY(const SongContent content, readSongDatabase(*database, file, mode));
    TRY(const song::History history, historyOf(content, file));
    return history.song();
}

} // namespace

Result<song::SongPtr> SongFile::read(const fs::path& file)
{
    TRY_VOID(checkSongPath(file));
    Result<song::SongPtr> song = readIn(file, Database::Mode::ReadOnly);
    // What a killed program left may have to be rolled back or recovered, which a connection that only reads
    // cannot do: a rollback journal (killed while the file changed to a write-ahead log) or the log itself.
    if (!song && hasLeftovers(file))
        return readIn(file, Database::Mode::ReadWrite);
    return song;
}

Result<void> SongFile::checkTarget(const fs::path& file)
{
    TRY_VOID(AtomicFile::create(file));
    TRY_VOID(lockExisting(file));
    return {};
}

Result<void> SongFile::save(const song::Song& song, const fs::path& file)
{
    // What could not be read again is not written.
    if (const Result<void> valid = song::validate(song); !valid)
        return Error{"The song cannot be saved: " + valid.error().message};
    TRY(AtomicFile target, AtomicFile::create(file));
    TRY(const std::optional<FileLock> lock, lockExisting(file));
    {
        TRY(const std::unique_ptr<Database> database,
            Database::open(target.temporary(), Database::Mode::ReadWrite));
        // The file is new and nobody knows it yet: no journal file beside it is needed.
        TRY_VOID(database->text("PRAGMA journal_mode = MEMORY"));
        if (const Result<void> made = createSongDatabase(*database, song); !made) {
            // The person knows the target, not the temporary file.
            std::string message = made.error().message;
            const std::string temporary = target.temporary().string();
            if (const std::size_t at = message.find(temporary); at != std::string::npos)
                message.replace(at, temporary.size(), file.string());
            return Error{message};
        }
    }
    clearLeftovers(file);
    return target.commit();
}

Result<std::unique_ptr<SongFile>> SongFile::open(const fs::path& file)
{
    TRY_VOID(checkSongPath(file));
    TRY(FileLock lock, FileLock::acquire(file));
    TRY(std::unique_ptr<Database> database, Database::open(file, Database::Mode::ReadWrite));
    TRY(const SongContent content, readSongDatabase(*database, file, Database::Mode::ReadWrite));
    TRY(song::History history, historyOf(content, file));
    TRY_VOID(database->text("PRAGMA journal_mode = WAL"));
    // Each transaction is on the disk when it is reported, so that a power cut loses no more than a kill
    // does.
    TRY_VOID(database->run("PRAGMA synchronous = FULL"));
    // In WAL mode a write that cannot be made shows only when it is tried.
    TRY_VOID(DatabaseTransaction::begin(*database));
    const song::SongPtr song = history.song();
    auto writer = std::make_unique<JournalWriter>(std::move(database), song, content.sequence,
                                                  content.journal.size(), content.journalBytes);
    return std::unique_ptr<SongFile>(new SongFile(std::unique_ptr<Impl>(new Impl{
        file, song, std::move(history), std::optional<FileLock>(std::move(lock)), std::move(writer)})));
}

Result<std::unique_ptr<SongFile>> SongFile::create(const song::Song& song, const fs::path& file)
{
    TRY_VOID(save(song, file));
    return open(file);
}

const fs::path& SongFile::path() const
{
    return m_impl->path;
}

const song::SongPtr& SongFile::song() const
{
    return m_impl->song;
}

const song::History& SongFile::history() const
{
    return m_impl->history;
}

void SongFile::append(const song::Entry& applied, song::SongPtr after)
{
    m_impl->writer->append(applied, std::move(after));
}

Result<void> SongFile::flush()
{
    return m_impl->writer->flush();
}

Result<void> SongFile::copyTo(const fs::path& file)
{
    TRY_VOID(flush());
    TRY(AtomicFile target, AtomicFile::create(file));
    TRY(const std::optional<FileLock> lock, lockExisting(file));
    {
        TRY(const std::unique_ptr<Database> source, Database::open(m_impl->path, Database::Mode::ReadOnly));
        TRY(const std::unique_ptr<Database> copy,
            Database::open(target.temporary(), Database::Mode::ReadWrite));
        TRY_VOID(source->copyTo(*copy));
        // The copy came with the write-ahead log of an open file.
        TRY_VOID(copy->text("PRAGMA journal_mode = DELETE"));
    }
    clearLeftovers(file);
    return target.commit();
}

bool SongFile::isSaved() const
{
    return m_impl->writer->isSaved();
}

void SongFile::setListener(std::function<void(const Result<void>&)> listener)
{
    m_impl->writer->setListener(std::move(listener));
}

} // namespace cantilena::store
