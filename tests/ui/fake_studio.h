#pragma once

#include <map>
#include <string>
#include <vector>

#include <session/studio.h>

/// A double of the session façade: a real document with a real history, and jobs, playback and files that do
/// only what a test tells them.
namespace cantilena::test {

struct FakeStudio {
    session::Observer* observer = nullptr;
    std::optional<song::History> history;
    song::Selection selection;
    session::JobStatus job;
    std::optional<session::PlanSummary> plan;
    session::PlaybackStatus playback;
    session::SaveState saveState = session::SaveState::NoSong;
    std::filesystem::path file;
    std::vector<session::RecentSong> recent;
    std::map<std::string, std::string> settings;
    session::LyricistSettings lyricist;
    std::optional<std::string> key; ///< the one that is kept
    std::optional<compose::ComposeRequest> request;
    std::vector<std::string> calls; ///< "play", "export a.mid" ... in order
    std::string refuse;             ///< when set, edits and files fail with this sentence

    void openSong(song::SongPtr song);
    void setJob(session::JobKind kind, const std::string& stage, double fraction);
    void setPlan(session::PlanSummary summary);
    void say(const std::string& sentence);
};

/// The one that the latest Studio::open made.
FakeStudio& fakeStudio();

/// A song of two and a half minutes with all kinds of sections, six tracks, chords and words.
song::SongPtr exampleSong(language::Language language);
/// One track with this many notes over the song's length, for measures.
song::SongPtr bigSong(int notes);

/// Opens the double.
std::unique_ptr<session::Studio> openFake();

} // namespace cantilena::test
