#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <base/result.h>
#include <song/history.h>
#include <song/song.h>

/// Songs on disk. A song is one SQLite file (*.cantilena): a snapshot of the song and a journal of what was
/// done since. Nothing in these headers needs SQLite.
namespace cantilena::store {

/// An open song file. Every committed entry is journalled by a thread of the file's own; the interface thread
/// never waits for the disk except where a member says so. A killed program loses at most the gesture in
/// progress.
class SongFile {
public:
    // Whole files, on any thread, blocking
    // ----------------------------------------------------------------------

    /// Reads a song (snapshot and journal) and leaves the file as it is. Errors: no such file, not a song,
    /// cut short or damaged, from a newer version; each one sentence.
    static Result<song::SongPtr> read(const std::filesystem::path& file);
    /// Writes a song as a new file that appears whole or not at all; an existing file is replaced, unless it
    /// is open.
    static Result<void> save(const song::Song& song, const std::filesystem::path& file);
    /// Whether a song could be written there: the folder exists and is writable, the place is no folder.
    static Result<void> checkTarget(const std::filesystem::path& file);

    // An open song
    // ----------------------------------------------------------------------------------------------

    /// Opens a file for editing, replaying its journal. Errors as read(), and when another program has it
    /// open.
    static Result<std::unique_ptr<SongFile>> open(const std::filesystem::path& file);
    /// save() and open().
    static Result<std::unique_ptr<SongFile>> create(const song::Song& song,
                                                    const std::filesystem::path& file);

    /// Writes what is still waiting, folds a long journal into the snapshot, and leaves one single file.
    /// Blocks.
    ~SongFile();

    const std::filesystem::path& path() const;
    /// The song as it was when the file was opened.
    const song::SongPtr& song() const;
    /// The history that led to it, as far back as the journal goes: what was done can still be undone after
    /// the file was closed, or the program killed. Its song() is song(). Copy it to go on.
    const song::History& history() const;

    /// Journals an entry that the history applied; `after` is the song it led to. Returns at once. Interface
    /// thread.
    void append(const song::Entry& applied, song::SongPtr after);
    /// Blocks until all appended entries are on disk; the first error since the last call, if there was one.
    Result<void> flush();
    /// Writes what is waiting, then a copy with the whole journal as a new file, as save() does. Blocks.
    Result<void> copyTo(const std::filesystem::path& target);
    /// True when nothing is waiting. Any thread.
    bool isSaved() const;
    /// Called on the writer's thread after each batch with success or the error (a full disk ...). What could
    /// not be written is tried again every second, at the next entry and at flush(); a failure that lasts is
    /// told once, its end again with success. The listener must not call setListener or flush.
    void setListener(std::function<void(const Result<void>&)> listener);

private:
    struct Impl;
    explicit SongFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace cantilena::store
