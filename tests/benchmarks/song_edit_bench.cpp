#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

#include <base/random.h>
#include <compose/style.h>
#include <session/pitch_line.h>
#include <song/edit.h>
#include <song/history.h>
#include <song/serialize.h>
#include <store/song_file.h>
#include <voice/singer.h>

/// Prints how long the document and the store take with a song of 5,000 notes on ten tracks, against the
/// levels to reach: one edit 5 ms, a snapshot 0.1 ms, an edit in the journal 20 ms. For each song file that
/// is named also how long its sung pitch takes, beside a frame of the screen.

using namespace cantilena;
using namespace cantilena::song;
using Clock = std::chrono::steady_clock;

namespace {

double milliseconds(Clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

/// Median and worst of what was measured.
void print(const char* what, std::vector<double> times, const char* level)
{
    std::sort(times.begin(), times.end());
    std::printf("%-44s median %9.4f ms   95 %% %9.4f ms   worst %9.4f ms   level %s\n", what,
                times[times.size() / 2], times[times.size() * 95 / 100], times.back(), level);
}

template<typename Function> void repeat(const char* what, const char* level, Function function)
{
    std::vector<double> times;
    for (int i = 0; i < 21; ++i) {
        const auto start = Clock::now();
        function();
        times.push_back(milliseconds(start));
    }
    print(what, times, level);
}

SongPtr largeSong()
{
    Transaction t(std::make_shared<const Song>(), "New song");
    for (std::size_t track = 0; track < 10; ++track) {
        Track added;
        added.head.name = "Track " + std::to_string(track + 1);
        for (std::int64_t i = 0; i < 500; ++i) {
            Note note;
            note.onset.value = i * 480;
            note.duration.value = 400;
            note.pitch.midi = 40 + static_cast<int>(i % 40);
            added.notes.push_back(note);
        }
        (void)t.insertTrack(track, std::move(added));
    }
    return t.snapshot();
}

/// All notes on one track, the worst case for a track copied on write.
SongPtr oneLargeTrack()
{
    Transaction t(std::make_shared<const Song>(), "New song");
    Track added;
    for (std::int64_t i = 0; i < 5000; ++i) {
        Note note;
        note.onset.value = i * 120;
        note.duration.value = 100;
        added.notes.push_back(note);
    }
    (void)t.insertTrack(0, std::move(added));
    return t.snapshot();
}

Transaction moveOneNote(const SongPtr& song, std::uint64_t number)
{
    const Random random = Random(1, "bench").at({number});
    const TrackPtr& track = song->tracks[random.index(song->tracks.size(), 0)];
    Transaction t(song, "Move note");
    Note note = track->notes[random.index(track->notes.size(), 1)];
    note.onset.value = static_cast<std::int64_t>(random.index(200'000, 2));
    note.pitch.midi = 30 + static_cast<int>(random.index(60, 3));
    (void)t.replaceNote(track->head.id, note);
    return t;
}

void editing(const char* what, const SongPtr& start)
{
    History history(start);
    std::vector<double> edits, snapshots, undos;
    for (std::uint64_t i = 0; i < 500; ++i) {
        const auto editStart = Clock::now();
        (void)history.commit(moveOneNote(history.song(), i));
        edits.push_back(milliseconds(editStart));
        const auto snapshotStart = Clock::now();
        const SongPtr snapshot = history.song();
        snapshots.push_back(milliseconds(snapshotStart));
    }
    while (history.canUndo()) {
        const auto undoStart = Clock::now();
        history.undo();
        undos.push_back(milliseconds(undoStart));
    }
    std::printf("%s\n", what);
    print("  move one note, commit", edits, "5 ms");
    print("  snapshot", snapshots, "0.1 ms");
    print("  undo", undos, "5 ms");
    if (!(*history.song() == *start))
        std::printf("  WRONG: undo did not restore the song\n");
}

} // namespace

int main(int argc, char** argv)
{
    editing("5,000 notes on ten tracks", largeSong());
    editing("5,000 notes on one track", oneLargeTrack());

    const SongPtr song = oneLargeTrack();
    std::vector<Note> notes = song->tracks[0]->notes;
    for (Note& note : notes)
        note.onset.value += 37;
    const TrackId track = song->tracks[0]->head.id;
    repeat("move 5,000 notes at once", "50 ms", [&] {
        Transaction batch(song, "Move all");
        (void)batch.replaceNotes(track, notes);
    });
    repeat("move 5,000 notes one by one", "-", [&] {
        Transaction single(song, "Move all");
        for (const Note& note : notes)
            (void)single.replaceNote(track, note);
    });
    const std::string text = toJson(*song);
    bool sound = true;
    repeat("song to JSON", "-", [&] { sound = toJson(*song) == text && sound; });
    repeat("song of JSON", "-", [&] { sound = songOfJson(text).hasValue() && sound; });

    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("cantilena-bench-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto createStart = Clock::now();
    auto created = store::SongFile::create(*largeSong(), folder / "song.cantilena");
    print("create the file", {milliseconds(createStart)}, "-");
    bool saved = created.hasValue();
    if (created) {
        std::unique_ptr<store::SongFile> file = *std::move(created);
        History history(file->song());
        history.setListener([&](const Entry& applied) { file->append(applied, history.song()); });
        std::vector<double> appends, journalled;
        for (std::uint64_t i = 0; i < 200; ++i) {
            const Transaction t = moveOneNote(history.song(), i);
            const auto start = Clock::now();
            (void)history.commit(t);
            appends.push_back(milliseconds(start));
            saved = file->flush() && saved;
            journalled.push_back(milliseconds(start));
        }
        print("commit, as the interface waits for it", appends, "5 ms");
        print("commit -> in the journal, synced", journalled, "20 ms");
        const auto closeStart = Clock::now();
        file.reset();
        print("close, journal folded", {milliseconds(closeStart)}, "-");
        const auto openStart = Clock::now();
        const auto opened = store::SongFile::open(folder / "song.cantilena");
        print("open", {milliseconds(openStart)}, "-");
        saved = saved && opened && *(*opened)->song() == *history.song();
    }
    std::filesystem::remove_all(folder);
    // The pitch line of a whole song is computed anew after every edit that the piano roll shows.
    for (int i = 1; i < argc; ++i) {
        const auto file = store::SongFile::open(argv[i]);
        const std::filesystem::path resources = std::filesystem::path(CANTILENA_SOURCE_DIR) / "resources";
        const auto styles = compose::loadStyles(resources / "styles");
        const auto singers = voice::listSingers(resources);
        if (!file || !styles || !singers) {
            std::printf("%s cannot be read\n", argv[i]);
            return 1;
        }
        repeat("the sung line of a song, all phrases", "16 ms",
               [&] { (void)session::sungLine(*(*file)->song(), singers->front(), *styles); });
    }
    if (!sound || !saved) {
        std::printf("WRONG: the song did not come back\n");
        return 1;
    }
    return 0;
}
