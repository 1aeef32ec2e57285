#include <session/tunes.h>

namespace cantilena::session {

Result<void> putTake(song::Transaction& transaction, const MelodyTake& take)
{
    const song::TrackPtr melody = transaction.song().melody();
    if (!melody)
        return Error{"The song has no melody track to change."};
    const song::TrackId track = melody->head.id;
    for (const song::NoteId note : take.revision.removed)
        TRY_VOID(transaction.removeNote(track, note));
    const song::OriginId origin = transaction.origin(take.maker);
    std::vector<song::Note> notes = take.revision.added;
    for (song::Note& note : notes)
        note.origin = origin;
    return transaction.addNotes(track, std::move(notes));
}

} // namespace cantilena::session
