#pragma once

#include <vector>

#include <base/result.h>
#include <music/pitch.h>
#include <music/tick.h>
#include <song/edit.h>

/// Hand edits of notes. A sung track stays one voice whose syllables keep their order: a note that is moved
/// or stretched stops at its neighbours, and the note before it gives way. Changed notes are the person's.
namespace cantilena::session {

/// Moves a note in time and pitch; inside the song, and in a sung track between its neighbours' onsets.
Result<void> moveNote(song::Transaction& transaction, song::TrackId track, song::NoteId note,
                      music::Tick onset, music::Pitch pitch);

/// Changes a note's length, a sixty-fourth at least; in a sung track at most up to the next note.
Result<void> resizeNote(song::Transaction& transaction, song::TrackId track, song::NoteId note,
                        music::Tick duration);

/// Where a note is to be.
struct NotePlacement {
    song::NoteId note;
    music::Tick onset, duration;
    music::Pitch pitch;
};

/// Places several notes of a track at once. In a sung track an error when notes would change their order;
/// notes that would overlap are shortened.
Result<void> placeNotes(song::Transaction& transaction, song::TrackId track,
                        const std::vector<NotePlacement>& places);

/// Adds a note; it ends at the end of the song at the latest, and lasts a sixty-fourth at least. In a sung
/// track it goes on with the syllable before it (or begins the one after it), a note that sounds there gives
/// way from `onset` on, and the new one ends where the next begins. An error where a sung note begins at the
/// same time, or in a song without a place for it.
Result<song::NoteId> addNote(song::Transaction& transaction, song::TrackId track, music::Tick onset,
                             music::Tick duration, music::Pitch pitch);

/// Removes notes. Words that lose all their notes leave the lyrics. Removing all notes of only a part of a
/// word, or of all words of a line, is an error, since every syllable is sung.
Result<void> removeNotes(song::Transaction& transaction, song::TrackId track,
                         const std::vector<song::NoteId>& notes);

} // namespace cantilena::session
