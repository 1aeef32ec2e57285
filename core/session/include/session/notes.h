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

/// Removes notes. Removing all notes of a syllable is an error, since every syllable is sung; its word may be
/// removed instead.
Result<void> removeNotes(song::Transaction& transaction, song::TrackId track,
                         const std::vector<song::NoteId>& notes);

} // namespace cantilena::session
