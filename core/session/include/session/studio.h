#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <base/job.h>
#include <base/resources.h>
#include <base/result.h>
#include <compose/request.h>
#include <session/lyricist.h>
#include <session/notes.h>
#include <session/pitch_line.h>
#include <session/tunesmith.h>
#include <session/wordsmith.h>
#include <session/workshop.h>
#include <song/history.h>
#include <song/song.h>

/// The façade that the window and the command line use.
namespace cantilena::session {

/// Runs a function on the interface thread soon. Called on any thread.
using PostToInterface = std::function<void(std::function<void()>)>;

/// A choice of the start screen: a style, a singer.
struct Choice {
    std::string id;
    std::string nameEn;
    std::string nameZh;
};

/// A singer as people choose one.
struct SingerCard {
    Choice name;
    std::string style, styleZh;             ///< "warm"
    std::string description, descriptionZh; ///< a sentence
    std::filesystem::path portrait;         ///< a picture; empty for none
    music::Pitch lowest, highest;           ///< of the comfortable range
};

struct RecentSong {
    std::filesystem::path path;
    std::string title;
    language::Language language = language::Language::English;
    double durationSeconds = 0;
    std::string when;      ///< local date and time, "2026-11-26 14:05"
    bool untitled = false; ///< lives in the program's own folder, not saved by the person yet
};

enum class JobKind : std::uint8_t { None, Compose, RenderVocal, ExportAudio, Import, Continue, Words };

/// The job that the status line shows.
struct JobStatus {
    JobKind kind = JobKind::None;
    std::string
        stage; ///< "brief", "form", "lyrics", "harmony", "melody", "arrangement", "voice", "mix", "write"
    double fraction = 0; ///< of the whole job, 0..1
};

enum class SaveState : std::uint8_t { NoSong, Untitled, Saved, Saving, Failed };

struct PlaybackStatus {
    bool playing = false;
    music::Tick position;
    bool looping = false;
    music::Tick loopStart, loopEnd;
    std::string device;                ///< name of the output; empty when silent
    std::string notice;                ///< one sentence when there is no device or it failed; empty otherwise
    float peakLeft = 0, peakRight = 0; ///< linear, since the last call
    double vocalReady = 0;             ///< share of the vocal that can already be heard, 0..1
};

/// Told of changes, always on the interface thread.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void songOpened() = 0;  ///< another song, or none
    virtual void songChanged() = 0; ///< the same song after an edit, undo or redo
    virtual void planReady(const PlanSummary& plan) = 0;
    virtual void jobChanged(const JobStatus& status) = 0;
    virtual void saveStateChanged() = 0;
    virtual void recentChanged() = 0;
    /// A file was exported.
    virtual void exported(const std::filesystem::path& /*file*/) {}
    /// What testLyricist found, in one sentence.
    virtual void lyricistTested(bool /*works*/, const std::string& /*sentence*/) {}
    /// One sentence for the person: an error or a notice.
    virtual void message(const std::string& sentence) = 0;
};

/// One open song with its history, journal, playback and jobs. Every member is for the interface thread and
/// returns at once; what takes longer is a job on a worker thread, and its result arrives through the
/// Observer.
class Studio {
public:
    static Result<std::unique_ptr<Studio>> open(ResourcePaths paths, PostToInterface post);
    ~Studio(); ///< stops jobs and playback, closes the file

    void setObserver(Observer* observer); ///< not owned; may be null

    std::vector<Choice> styles() const;
    std::vector<Choice> singers() const;
    std::vector<SingerCard> singerCards() const;
    std::vector<RecentSong> recent() const;
    std::string setting(const std::string& key, const std::string& fallback) const;
    void setSetting(const std::string& key, const std::string& value);

    // A language model as lyricist; off unless the person switches it on. Its address and name are settings
    // of the library; the key is in a file of its own that only the person can read.
    LyricistSettings lyricist() const;
    /// Keeps switch, address and name; `key` too when there is one (empty: forget it). While the switch is
    /// off they need not be complete. Errors: an endpoint that cannot be used, a file that cannot be written.
    Result<void> setLyricist(const LyricistSettings& settings, const std::optional<std::string>& key);
    /// Asks this endpoint for a word, with `key` or else the kept one; Observer::lyricistTested says what
    /// came of it. A new test ends the one that runs.
    void testLyricist(const LyricistSettings& settings, const std::optional<std::string>& key);
    void cancelLyricistTest();

    // Jobs. Starting one cancels the one of the same kind.
    Result<void> compose(compose::ComposeRequest request); ///< an error when the request is unusable at once
    Result<void> exportAudio(const std::filesystem::path& file); ///< .wav .flac .ogg .mp3 by the ending
    Result<void>
    exportMidi(const std::filesystem::path& file); ///< at once; a MIDI file is written in milliseconds
    /// More sections (Workshop::continueSong) as one undo step; without kinds what usually comes next.
    /// `take`: another one, another continuation.
    Result<void> continueSong(const std::vector<song::SectionKind>& kinds, std::uint64_t take);
    /// Words about something on the song's tune (Workshop::newWords) as one undo step.
    Result<void> writeWords(const std::string& prompt, std::uint64_t seed);
    void cancelJob();
    JobStatus job() const;
    std::optional<PlanSummary> plan() const; ///< of the running or last compose
    Wordsmith& wordsmith();                  ///< for questions about words
    Tunesmith& tunesmith();                  ///< for questions about tunes

    // Document.
    /// A song file at once. A MIDI file or a score becomes a new song in a job (Workshop::importTune).
    Result<void> openFile(const std::filesystem::path& file);
    Result<void> saveAs(const std::filesystem::path& file);
    void closeSong(); ///< keeps an untitled song in the library
    SaveState saveState() const;
    std::filesystem::path file() const; ///< empty while untitled

    song::SongPtr song() const; ///< null when none is open
    song::Selection selection() const;
    void setSelection(song::Selection selection);

    // Edits; each is one undo step with a label. Errors are one sentence.
    using EditFunction = std::function<Result<void>(song::Transaction&)>;
    Result<void> edit(const std::string& label, const EditFunction& function);
    Result<void> moveNote(song::TrackId track, song::NoteId note, music::Tick onset, music::Pitch pitch);
    Result<void> resizeNote(song::TrackId track, song::NoteId note, music::Tick duration);
    Result<void> placeNotes(song::TrackId track, const std::vector<NotePlacement>& places);
    Result<song::NoteId> addNote(song::TrackId track, music::Tick onset, music::Tick duration,
                                 music::Pitch pitch);
    Result<void> removeNotes(song::TrackId track, const std::vector<song::NoteId>& notes);
    /// Retypes one word of a line. When the number of syllables changes, notes are split or become a melisma
    /// so that every syllable keeps a note.
    Result<void> retypeWord(song::LineId line, std::size_t word, const std::string& text);
    /// The line, then the lines that repeat it in other sections of its kind.
    std::vector<song::LineId> repeatsOf(song::LineId line) const;
    /// Writes lines anew with one text, the same for all of them (a chorus line at every place). Notes follow
    /// as in retypeWord. `maker` is who made the words; by default a person.
    Result<void> replaceLines(const std::vector<song::LineId>& lines, const std::string& text,
                              const song::Origin& maker = {});
    /// Puts a proposal of the tunesmith into the tune.
    Result<void> putTake(const MelodyTake& take);
    Result<void> setMix(song::TrackId track, const song::Mix& mix);
    /// What setMix would sound like, while a slider is held; the song stays as it is. setMix ends it.
    void previewMix(song::TrackId track, const song::Mix& mix);
    /// The singer and how they sing (changeVocal), one undo step.
    Result<void> setVocal(const song::Vocal& vocal);
    /// What the voice sings (session/pitch_line.h); empty without a song or a singer.
    std::vector<std::vector<PitchPoint>> sungLine() const;
    Result<void> drawPitch(const std::vector<PitchPoint>& stroke);
    Result<void> erasePitch(music::Tick start, music::Tick end);
    Result<void> setTitle(const std::string& title);
    bool canUndo() const;
    bool canRedo() const;
    std::string undoLabel() const;
    std::string redoLabel() const;
    void undo();
    void redo();

    // Playback.
    void play();
    void stop();
    void seek(music::Tick tick);
    void loop(std::optional<std::pair<music::Tick, music::Tick>> range);
    /// Sounds one note on a track's instrument for a moment; nothing for the singer's track.
    void audition(song::TrackId track, music::Pitch pitch);
    PlaybackStatus playback(); ///< asked by a timer for the playhead and meters

private:
    struct Impl;
    explicit Studio(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace cantilena::session
