// The studio's open file and its place in the library.

#include <chrono>
#include <ctime>
#include <limits>
#include <set>
#include <vector>

#include <exchange/tune.h>

#include "studio_state.h"

namespace cantilena::session {

namespace fs = std::filesystem;

namespace {

std::string localTime(std::int64_t secondsSince1970)
{
    const auto time = static_cast<std::time_t>(secondsSince1970);
    std::tm parts{};
    localtime_r(&time, &parts);
    char text[20];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

std::chrono::system_clock::time_point changedAt(const fs::path& file)
{
    std::error_code error;
    const fs::file_time_type time = fs::last_write_time(file, error);
    return std::chrono::time_point_cast<std::chrono::system_clock::duration>(
        std::chrono::file_clock::to_sys(error ? fs::file_time_type::clock::now() : time));
}

store::LibraryEntry entryOf(const song::Song& song, const fs::path& file,
                            std::chrono::system_clock::time_point opened)
{
    return {file, song.head.title, song.head.language, song.head.tempo.toSeconds(song.length()).value,
            std::chrono::duration_cast<std::chrono::seconds>(opened.time_since_epoch()).count()};
}

} // namespace

void Studio::Impl::listenToFile()
{
    file->setListener([this](const Result<void>& result) {
        onInterface([this, result] {
            saveFailed = !result;
            if (!result)
                say(result.error().message);
            if (observer)
                observer->saveStateChanged();
        });
    });
}

void Studio::Impl::findUntitledSongs()
{
    std::set<fs::path> known;
    for (const store::LibraryEntry& entry : library->recent(std::numeric_limits<std::size_t>::max()))
        known.insert(entry.path);
    std::vector<fs::path> unknown;
    std::error_code error;
    for (fs::directory_iterator it(untitledFolder(), error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".cantilena" && !known.contains(it->path()))
            unknown.push_back(it->path());
    if (unknown.empty())
        return;
    finder.post(finding, [this, unknown = std::move(unknown)](const JobContext& job) {
        std::vector<store::LibraryEntry> found;
        for (const fs::path& path : unknown) {
            if (job.cancelled())
                return;
            // What cannot be read stays where it is; a person may know how to mend it.
            if (const Result<song::SongPtr> read = store::SongFile::read(path))
                found.push_back(entryOf(**read, path, changedAt(path)));
        }
        onInterface([this, found = std::move(found)] {
            for (const store::LibraryEntry& entry : found)
                if (!file || file->path() != entry.path)
                    (void)library->remember(entry);
            if (observer && !found.empty())
                observer->recentChanged();
        });
    });
}

void Studio::Impl::rememberSong()
{
    const song::SongPtr current = song();
    if (!current || !file)
        return;
    const Result<void> result =
        library->remember(entryOf(*current, file->path(), std::chrono::system_clock::now()));
    if (!result)
        say(result.error().message);
    if (observer)
        observer->recentChanged();
}

void Studio::Impl::adopt(std::unique_ptr<store::SongFile> opened)
{
    close();
    file = std::move(opened);
    untitled = file->path().parent_path() == untitledFolder();
    saveFailed = false;
    history.emplace(file->history());
    history->setListener([this](const song::Entry& applied) { file->append(applied, history->song()); });
    listenToFile();
    selection = {};
    vocal = {};
    // Kept while the song is open: a quieter band must not make the voice quieter under a person's hand.
    balance = sound::makeProgram(*song())->balance;
    preview.reset();
    loop.reset();
    engine->stop();
    engine->setLoop({});
    engine->seek({0});
    rebuildProgram();
    startSinging();
    rememberSong();
    if (observer) {
        observer->songOpened();
        observer->saveStateChanged();
    }
}

void Studio::Impl::close()
{
    if (!history)
        return;
    singing.cancel();
    engine->stop();
    rememberSong();
    history.reset();
    file.reset();
    vocal = {};
    rebuildProgram();
}

std::vector<RecentSong> Studio::recent() const
{
    std::vector<RecentSong> songs;
    for (const store::LibraryEntry& entry : m_impl->library->recent())
        songs.push_back({entry.path, entry.title, entry.language, entry.durationSeconds,
                         localTime(entry.openedAt), entry.path.parent_path() == m_impl->untitledFolder()});
    return songs;
}

Result<void> Studio::openFile(const fs::path& file)
{
    if (m_impl->file && m_impl->file->path() == file)
        return {};
    if (exchange::isTuneFile(file)) {
        m_impl->importTune(file);
        return {};
    }
    TRY(std::unique_ptr<store::SongFile> opened, store::SongFile::open(file));
    m_impl->adopt(std::move(opened));
    return {};
}

Result<void> Studio::saveAs(const fs::path& target)
{
    const song::SongPtr current = m_impl->song();
    if (!current)
        return Error{"There is no song to save; create or open one first."};
    if (target == m_impl->file->path())
        return m_impl->file->flush();
    // With its history, so that what was done can be undone in the new file too; without, where the old file
    // cannot take its last entries (a full disk).
    if (!m_impl->file->copyTo(target))
        TRY_VOID(store::SongFile::save(*current, target));
    TRY(std::unique_ptr<store::SongFile> opened, store::SongFile::open(target));
    // The history goes on; only the place where it is journalled changes.
    const fs::path old = m_impl->file->path();
    const bool wasUntitled = m_impl->untitled;
    m_impl->file = std::move(opened);
    m_impl->untitled = false;
    m_impl->saveFailed = false;
    if (wasUntitled) {
        std::error_code ignored;
        fs::remove(old, ignored);
        (void)m_impl->library->forget(old);
    }
    m_impl->listenToFile();
    m_impl->rememberSong();
    if (m_impl->observer)
        m_impl->observer->saveStateChanged();
    return {};
}

void Studio::closeSong()
{
    m_impl->close();
    if (m_impl->observer) {
        m_impl->observer->songOpened();
        m_impl->observer->saveStateChanged();
    }
}

SaveState Studio::saveState() const
{
    if (!m_impl->history)
        return SaveState::NoSong;
    if (m_impl->saveFailed)
        return SaveState::Failed;
    if (!m_impl->file->isSaved())
        return SaveState::Saving;
    return m_impl->untitled ? SaveState::Untitled : SaveState::Saved;
}

fs::path Studio::file() const
{
    return m_impl->file && !m_impl->untitled ? m_impl->file->path() : fs::path();
}

} // namespace cantilena::session
