#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <base/result.h>
#include <song/history.h>
#include <song/song.h>

#include "database.h"

namespace cantilena::store {

/// Appends entries to a song file's journal on a thread of its own, and now and then folds the journal into
/// the snapshot. What cannot be written (a full disk) stays in memory and is tried again with the next entry,
/// at every flush, and once a second. Private to the library.
class JournalWriter {
public:
    using Listener = std::function<void(const Result<void>&)>;

    /// `song` is the song after entry `sequence`, the last one in the file; `journalled` how many entries the
    /// file's journal holds, in so many bytes.
    JournalWriter(std::unique_ptr<Database> database, song::SongPtr song, std::int64_t sequence,
                  std::size_t journalled, std::size_t journalledBytes);
    /// Writes what waits, folds a long journal, leaves one single file.
    ~JournalWriter();

    /// Any thread; returns at once.
    void append(const song::Entry& entry, song::SongPtr after);
    /// Any thread but the listener's; blocks until everything is on disk or could not be written.
    Result<void> flush();
    /// Any thread.
    bool isSaved() const;
    /// Called on the writer's thread, after each batch and when a failure is over.
    void setListener(Listener listener);

private:
    struct Waiting {
        song::Entry entry;
        song::SongPtr after;
    };

    // On the writer's thread.
    void run();
    Result<void> write(const std::deque<Waiting>& batch);
    void close();

    std::unique_ptr<Database> m_database; ///< the writer's thread only, once it runs
    song::SongPtr m_written;              ///< the song as the file has it; the same
    std::int64_t m_sequence;              ///< of the last entry in the file; the same
    std::size_t m_journalled;             ///< entries in the file's journal; the same
    std::size_t m_journalledBytes;        ///< the same

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_attempted; ///< notified after each attempt
    std::deque<Waiting> m_waiting;
    bool m_writing = false;
    bool m_failing = false;
    bool m_retry = false;
    bool m_stop = false;
    std::uint64_t m_attempts = 0;
    std::optional<Error> m_error; ///< the first since the last flush
    std::mutex m_listenerMutex;   ///< held while the listener runs, so that setListener waits for it
    Listener m_listener;
    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace cantilena::store
