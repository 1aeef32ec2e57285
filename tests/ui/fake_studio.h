#pragma once

#include <map>
#include <string>
#include <vector>

#include <session/studio.h>

namespace cantilena::test {

/// Keeps questions until a test answers them; lines and requests are read at once, a syllable a word, and the
/// longer words of the prompt are its subject.
struct FakeWordsmith : session::Wordsmith {
    std::optional<compose::ComposeRequest> understood; ///< the last request that was read
    std::vector<std::string> asked;                    ///< "happier 12 seed 3", "rhymes slow" ... in order
    Answer<session::LineSuggestions> otherLinesAnswer;
    Answer<std::vector<session::RhymingWord>> rhymesAnswer;

    void otherLines(song::SongPtr song, song::LineId line, compose::LineWish wish, std::uint64_t seed,
                    Answer<session::LineSuggestions> answer) override;
    void rhymes(song::SongPtr song, const std::string& word,
                Answer<std::vector<session::RhymingWord>> answer) override;
    void read(const std::string& line, language::Language primary, Answer<session::SungLine> answer) override;
    void understand(const compose::ComposeRequest& request, Answer<song::Brief> answer) override;
    void cancel(Question question) override;
    /// Answers the question about lines with these texts, made by a model.
    void suggest(const std::vector<std::string>& lines);
};

/// Keeps the question until a test answers it.
struct FakeTunesmith : session::Tunesmith {
    std::vector<session::TakeWish> asked;
    Answer answer;

    void take(song::SongPtr song, const session::TakeWish& wish, Answer answer) override;
    void cancel() override { answer = nullptr; }
    /// Answers with the notes of the part so many semitones higher, made by a model.
    void propose(const song::Song& song, int semitones);
};

/// The line in words, each of one syllable.
session::SungLine spelled(const std::string& text);

/// A double of the session façade: a real document with a real history, and jobs, playback and files that do
/// only what a test tells them.
struct FakeStudio {
    FakeWordsmith wordsmith;
    FakeTunesmith tunesmith;
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
