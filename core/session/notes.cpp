#include <session/notes.h>

#include <algorithm>

namespace cantilena::session {

namespace {

using song::Note;

constexpr music::Tick kShortest = music::ticks(1, 64);

const Error kNoteGone{"The note is no longer in the song; choose it again."};

Result<void> put(song::Transaction& transaction, song::TrackId track, const Note& before, Note after)
{
    if (after == before)
        return {};
    after.origin = transaction.personOrigin();
    after.reasons = 0;
    return transaction.replaceNote(track, after);
}

/// The notes around one in a sung track; null at the ends.
struct Neighbours {
    const Note* previous = nullptr;
    const Note* next = nullptr;
};

Neighbours neighboursOf(const song::Track& track, song::NoteId id)
{
    Neighbours around;
    const auto it =
        std::find_if(track.notes.begin(), track.notes.end(), [&](const Note& n) { return n.id == id; });
    if (it != track.notes.begin())
        around.previous = &*(it - 1);
    if (it != track.notes.end() && it + 1 != track.notes.end())
        around.next = &*(it + 1);
    return around;
}

bool isSung(const song::Track& track)
{
    return track.head.role == song::Role::Melody && track.head.vocal;
}

} // namespace

Result<void> moveNote(song::Transaction& transaction, song::TrackId trackId, song::NoteId id,
                      music::Tick onset, music::Pitch pitch)
{
    const song::TrackPtr track = transaction.song().track(trackId);
    const Note* note = track ? transaction.song().note(trackId, id) : nullptr;
    if (!note)
        return kNoteGone;
    Note moved = *note;
    moved.pitch = {std::clamp(pitch.midi, 0, 127)};
    const music::Tick end = transaction.song().length();
    moved.onset = std::clamp(onset, music::Tick{0}, std::max(music::Tick{0}, end - kShortest));
    if (isSung(*track)) {
        const auto [previous, next] = neighboursOf(*track, id);
        if (next)
            moved.onset = std::min(moved.onset, next->onset - kShortest);
        if (previous)
            moved.onset = std::max(moved.onset, previous->onset + kShortest);
        if (next)
            moved.duration = std::min(moved.duration, next->onset - moved.onset);
        moved.duration = std::max(moved.duration, music::Tick{1});
        if (previous && previous->end() > moved.onset) {
            Note shorter = *previous;
            shorter.duration = moved.onset - previous->onset;
            TRY_VOID(put(transaction, trackId, *previous, shorter));
        }
    }
    return put(transaction, trackId, *note, moved);
}

Result<void> resizeNote(song::Transaction& transaction, song::TrackId trackId, song::NoteId id,
                        music::Tick duration)
{
    const song::TrackPtr track = transaction.song().track(trackId);
    const Note* note = track ? transaction.song().note(trackId, id) : nullptr;
    if (!note)
        return kNoteGone;
    Note resized = *note;
    resized.duration = std::max(duration, kShortest);
    if (isSung(*track))
        if (const Note* next = neighboursOf(*track, id).next)
            resized.duration = std::min(resized.duration, next->onset - note->onset);
    return put(transaction, trackId, *note, resized);
}

Result<void> removeNotes(song::Transaction& transaction, song::TrackId trackId,
                         const std::vector<song::NoteId>& ids)
{
    for (const song::NoteId id : ids) {
        const Note* note = transaction.song().note(trackId, id);
        if (!note)
            return kNoteGone;
        if (const song::Syllable* syllable = transaction.song().syllable(note->syllable)) {
            const auto& notes = transaction.song().track(trackId)->notes;
            if (std::count_if(notes.begin(), notes.end(),
                              [&](const Note& n) { return n.syllable == note->syllable; }) == 1)
                return Error{
                    "This note is the only one that sings “" + syllable->text +
                    "”; remove the word from the lyrics instead, and its notes go to its neighbour."};
        }
        TRY_VOID(transaction.removeNote(trackId, id));
    }
    return {};
}

} // namespace cantilena::session
