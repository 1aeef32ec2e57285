#include "journal_writer.h"

#include <chrono>
#include <utility>
#include <vector>

#include <song/serialize.h>

#include "song_database.h"

namespace cantilena::store {

namespace {

/// The journal is folded into the snapshot when reading it would take longer than reading a few snapshots.
constexpr std::size_t kFoldEntries = 500;
constexpr std::size_t kFoldBytes = 8u << 20;
/// A closed file keeps a shorter journal: it is what can be undone the next time.
constexpr std::size_t kKeepEntries = 200;
constexpr std::size_t kKeepBytes = 1u << 20;
constexpr std::chrono::seconds kRetry{1};

} // namespace

JournalWriter::JournalWriter(std::unique_ptr<Database> database, song::SongPtr song, std::int64_t sequence,
                             std::size_t journalled, std::size_t journalledBytes)
    : m_database(std::move(database)), m_written(std::move(song)), m_sequence(sequence),
      m_journalled(journalled), m_journalledBytes(journalledBytes), m_thread([this] { run(); })
{
}

JournalWriter::~JournalWriter()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void JournalWriter::append(const song::Entry& entry, song::SongPtr after)
{
    {
        const std::lock_guard guard(m_mutex);
        m_waiting.push_back({entry, std::move(after)});
    }
    m_wake.notify_all();
}

Result<void> JournalWriter::flush()
{
    std::unique_lock lock(m_mutex);
    // An attempt that is under way may have begun before the last entry came; the one after it has them all.
    const std::uint64_t enough = m_attempts + (m_writing ? 2 : 1);
    m_retry = true;
    m_wake.notify_all();
    m_attempted.wait(
        lock, [&] { return (m_waiting.empty() && !m_writing) || (m_failing && m_attempts >= enough); });
    std::optional<Error> error = std::exchange(m_error, std::nullopt);
    if (error)
        return *error;
    return {};
}

bool JournalWriter::isSaved() const
{
    const std::lock_guard guard(m_mutex);
    return m_waiting.empty() && !m_writing;
}

void JournalWriter::setListener(Listener listener)
{
    const std::lock_guard guard(m_listenerMutex);
    m_listener = std::move(listener);
}

void JournalWriter::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        const auto due = [this] { return m_stop || m_retry || (!m_waiting.empty() && !m_failing); };
        if (m_failing && !m_waiting.empty())
            m_wake.wait_for(lock, kRetry,
                            [&, known = m_waiting.size()] { return due() || m_waiting.size() > known; });
        else
            m_wake.wait(lock, due);
        const bool stop = m_stop;
        m_retry = false;
        std::deque<Waiting> batch = std::exchange(m_waiting, {});
        const bool wasFailing = m_failing;
        m_writing = !batch.empty();
        lock.unlock();

        const Result<void> result = batch.empty() ? Result<void>() : write(batch);

        lock.lock();
        m_writing = false;
        const bool hadWork = !batch.empty();
        if (!result) {
            m_waiting.insert(m_waiting.begin(), std::make_move_iterator(batch.begin()),
                             std::make_move_iterator(batch.end()));
            if (!m_error)
                m_error = result.error();
        }
        m_failing = !result;
        ++m_attempts;
        lock.unlock();
        m_attempted.notify_all();
        // A failure that goes on is told once.
        if (hadWork && !(wasFailing && !result)) {
            const std::lock_guard guard(m_listenerMutex);
            if (m_listener)
                m_listener(result);
        }
        if (stop) {
            close();
            return;
        }
        lock.lock();
    }
}

Result<void> JournalWriter::write(const std::deque<Waiting>& batch)
{
    std::vector<JournalRow> rows;
    std::size_t bytes = 0;
    for (const Waiting& waiting : batch) {
        rows.push_back({m_sequence + static_cast<std::int64_t>(rows.size()) + 1, toJson(waiting.entry)});
        bytes += rows.back().entry.size();
    }
    TRY_VOID(appendJournal(*m_database, rows));
    m_sequence += static_cast<std::int64_t>(rows.size());
    m_written = batch.back().after;
    m_journalled += rows.size();
    m_journalledBytes += bytes;
    if (m_journalled >= kFoldEntries || m_journalledBytes >= kFoldBytes) {
        // The entries are safe already; when folding fails, the journal is only longer.
        if (replaceSnapshot(*m_database, *m_written, m_sequence))
            m_journalled = m_journalledBytes = 0;
    }
    return {};
}

void JournalWriter::close()
{
    // Each step leaves a sound file when it fails: the journal or the write-ahead log is read at the next
    // opening.
    if (m_journalled > kKeepEntries || m_journalledBytes > kKeepBytes)
        (void)replaceSnapshot(*m_database, *m_written, m_sequence).hasValue();
    (void)m_database->text("PRAGMA wal_checkpoint(TRUNCATE)").hasValue();
    (void)m_database->text("PRAGMA journal_mode = DELETE").hasValue();
    m_database.reset();
}

} // namespace cantilena::store
