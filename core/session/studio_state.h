#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <session/studio.h>
#include <sound/engine.h>
#include <store/library.h>
#include <store/song_file.h>

#include "job_runner.h"
#include "tunesmith_jobs.h"
#include "wordsmith_jobs.h"

namespace cantilena::session {

/// What the members of Studio share. The interface thread's, except where a member says so. Each part is kept
/// in the file of those who change it: jobs (studio_jobs.cpp), the file and its place in the library
/// (studio_files.cpp), the lyricist (studio_lyricist.cpp), the document (studio_edits.cpp), playback
/// (studio_playback.cpp).
struct Studio::Impl {
    std::shared_ptr<Workshop> workshop;
    std::unique_ptr<Wordsmith> wordsmith;
    std::unique_ptr<Tunesmith> tunesmith;
    PostToInterface post;
    Observer* observer = nullptr;
    std::unique_ptr<store::Library> library;
    std::unique_ptr<sound::Engine> engine;
    std::string deviceNotice;
    std::string deviceName;

    std::optional<song::History> history;
    std::unique_ptr<store::SongFile> file;
    bool untitled = false;
    bool saveFailed = false;
    song::Selection selection;

    SungVocal vocal;
    std::optional<sound::MixBalance> balance; ///< estimated when the song was opened, measured by an export
    std::optional<std::pair<song::TrackId, song::Mix>> preview; ///< of a track's mix
    std::optional<std::pair<music::Tick, music::Tick>> loop;

    JobStatus status;
    std::optional<PlanSummary> plan;
    JobContext composing, singing, exporting, finding, trying, changing;
    /// Posted functions outlive the studio when the interface is slow; they look here first. The pointer
    /// never changes, so that any thread may copy it; what it points to is the interface thread's.
    const std::shared_ptr<bool> alive = std::make_shared<bool>(true);
    JobRunner composer, singer, exporter, finder,
        trier; ///< last: their threads end before anything above goes

    song::SongPtr song() const { return history ? history->song() : nullptr; }
    /// Runs on the interface thread, unless the studio is gone by then. Any thread.
    void onInterface(std::function<void()> function) const;
    /// Tells the person a sentence; nothing when it is empty.
    void say(const std::string& sentence) const;

    // Jobs
    void setStatus(JobStatus next);
    /// A job's context; its progress arrives in the status.
    JobContext context(JobKind kind);
    void finishJob(JobKind kind, const Result<void>& result);
    /// Changes a copy of the song on a worker thread; the result is one undo step, unless the song has
    /// changed in the meantime.
    using Change = std::function<Result<song::SongPtr>(Workshop&, const song::Song&, const JobContext&)>;
    Result<void> changeSong(JobKind kind, const std::string& label, Change change);
    /// A song around the tune of a file, as a new untitled song.
    void importTune(const std::filesystem::path& file);
    /// Sings the song anew; what is cached sounds at once.
    void startSinging();

    // Lyricist
    /// The endpoint of these settings with `key`, or else the kept one.
    chat::Endpoint endpointOf(const LyricistSettings& settings, const std::optional<std::string>& key) const;
    /// Who writes the words of the next song: as the environment says, or else the settings.
    Result<std::optional<chat::Endpoint>> endpoint() const;
    LyricistSettings lyricistSettings() const;

    // Files
    /// Where songs live that the person has not saved.
    std::filesystem::path untitledFolder() const { return workshop->paths().data / "untitled"; }
    /// Makes an opened file the song of the studio.
    void adopt(std::unique_ptr<store::SongFile> opened);
    void listenToFile();
    void rememberSong();
    /// Brings back songs of the untitled folder that the library does not know (it was lost or damaged).
    void findUntitledSongs();
    void close();

    // Document
    /// After the history's song has changed from `before`.
    void changed(const song::SongPtr& before);

    // Playback
    /// Gives the engine the song as it is now, with the mix that is tried out.
    void rebuildProgram();
    void endPreview();
};

} // namespace cantilena::session
