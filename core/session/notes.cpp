#include <session/notes.h>

#include <algorithm>
#include <set>

#include <session/words.h>

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

Result<void> placeNotes(song::Transaction& transaction, song::TrackId trackId,
                        const std::vector<NotePlacement>& places)
{
    const song::TrackPtr before = transaction.song().track(trackId);
    for (const NotePlacement& place : places) {
        const Note* note = before ? transaction.song().note(trackId, place.note) : nullptr;
        if (!note)
            return kNoteGone;
        Note placed = *note;
        placed.onset = std::max(place.onset, music::Tick{0});
        placed.duration = std::max(place.duration, music::Tick{1});
        placed.pitch = {std::clamp(place.pitch.midi, 0, 127)};
        TRY_VOID(put(transaction, trackId, *note, placed));
    }
    if (!before || !isSung(*before))
        return {};
    const song::TrackPtr after = transaction.song().track(trackId);
    for (std::size_t i = 0; i < after->notes.size(); ++i) {
        const Note& note = after->notes[i];
        if (note.id != before->notes[i].id)
            return Error{"The words of a song keep their order; move the notes less far."};
        if (i + 1 == after->notes.size() || note.end() <= after->notes[i + 1].onset)
            continue;
        Note shorter = note;
        shorter.duration = after->notes[i + 1].onset - note.onset;
        if (shorter.duration < music::Tick{1})
            return Error{"The singer sings one note at a time; choose a place where no note begins."};
        TRY_VOID(put(transaction, trackId, note, shorter));
    }
    return {};
}

Result<song::NoteId> addNote(song::Transaction& transaction, song::TrackId trackId, music::Tick onset,
                             music::Tick duration, music::Pitch pitch)
{
    const song::TrackPtr track = transaction.song().track(trackId);
    if (!track)
        return Error{"The track is no longer in the song; choose it again."};
    const music::Tick end = transaction.song().length();
    if (end < kShortest)
        return Error{"The song has no bars yet, so there is no place for a note."};
    Note note;
    note.onset = std::clamp(onset, music::Tick{0}, end - kShortest);
    note.duration = std::clamp(duration, kShortest, end - note.onset);
    note.pitch = {std::clamp(pitch.midi, 0, 127)};
    note.origin = transaction.personOrigin();
    const auto next = std::find_if(track->notes.begin(), track->notes.end(),
                                   [&](const Note& other) { return other.onset >= note.onset; });
    const Note* before = next == track->notes.begin() ? nullptr : &*(next - 1);
    const Note* after = next == track->notes.end() ? nullptr : &*next;
    if (const Note* near = before ? before : after)
        note.velocity = near->velocity;
    if (isSung(*track)) {
        if (after && after->onset - note.onset < kShortest)
            return Error{"The singer sings one note at a time; choose a place where no note begins."};
        if (before && note.onset - before->onset < kShortest)
            return Error{"The singer sings one note at a time; choose a place where no note begins."};
        if (after)
            note.duration = std::min(note.duration, after->onset - note.onset);
        if (before)
            note.syllable = before->syllable;
        else if (after)
            note.syllable = after->syllable;
        if (before && before->end() > note.onset) {
            Note shorter = *before;
            shorter.duration = note.onset - before->onset;
            TRY_VOID(put(transaction, trackId, *before, shorter));
        }
    }
    return transaction.addNote(trackId, note);
}

Result<void> removeNotes(song::Transaction& transaction, song::TrackId trackId,
                         const std::vector<song::NoteId>& ids)
{
    const song::TrackPtr track = transaction.song().track(trackId);
    std::set<song::SyllableId> touched;
    for (const song::NoteId id : ids) {
        const Note* note = track ? transaction.song().note(trackId, id) : nullptr;
        if (!note)
            return kNoteGone;
        if (note->syllable)
            touched.insert(note->syllable);
    }
    for (const song::NoteId id : ids)
        TRY_VOID(transaction.removeNote(trackId, id));
    // Syllables that nobody sings any more: whole words go, a half of one cannot.
    const song::TrackPtr left = transaction.song().track(trackId);
    for (const Note& note : left->notes)
        touched.erase(note.syllable);
    return removeWords(transaction, touched);
}

} // namespace cantilena::session
