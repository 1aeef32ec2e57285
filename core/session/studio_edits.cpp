// The document of the studio: edits, undo and redo, selection.

#include <algorithm>

#include <session/vocals.h>
#include <session/words.h>

#include "studio_state.h"

namespace cantilena::session {

namespace {

/// Whether the singer has to sing anew between two versions of the song.
bool soundsDifferentToTheSinger(const song::Song& a, const song::Song& b)
{
    const auto notes = [](const song::Song& s) {
        return s.melody() ? s.melody()->notes : std::vector<song::Note>{};
    };
    // A second voice keeps to the chords and the key.
    const bool harmony = b.head.vocal.harmony != song::Where::Nowhere &&
                         (*a.chords != *b.chords || !(a.head.key == b.head.key));
    return harmony || a.sections != b.sections || !(a.head.vocal == b.head.vocal) ||
           !(a.head.tempo == b.head.tempo) || a.head.language != b.head.language ||
           (a.melody() != b.melody() && notes(a) != notes(b));
}

} // namespace

void Studio::Impl::changed(const song::SongPtr& before)
{
    if (soundsDifferentToTheSinger(*before, *song()))
        startSinging();
    rebuildProgram();
    if (before->head.title != song()->head.title)
        rememberSong();
    if (observer) {
        observer->songChanged();
        observer->saveStateChanged();
    }
}

song::SongPtr Studio::song() const
{
    return m_impl->song();
}
song::Selection Studio::selection() const
{
    return m_impl->selection;
}
void Studio::setSelection(song::Selection selection)
{
    m_impl->selection = std::move(selection);
}

Result<void> Studio::edit(const std::string& label, const EditFunction& function)
{
    if (!m_impl->history)
        return Error{"There is no song to change; create or open one first."};
    const song::SongPtr before = m_impl->song();
    song::Transaction transaction(before, label);
    TRY_VOID(function(transaction));
    if (transaction.empty())
        return {};
    TRY_VOID(m_impl->history->commit(transaction, m_impl->selection, m_impl->selection));
    m_impl->changed(before);
    return {};
}

Result<void> Studio::moveNote(song::TrackId track, song::NoteId note, music::Tick onset, music::Pitch pitch)
{
    return edit("Move note", [&](song::Transaction& transaction) {
        return session::moveNote(transaction, track, note, onset, pitch);
    });
}

Result<void> Studio::resizeNote(song::TrackId track, song::NoteId note, music::Tick duration)
{
    return edit("Change length", [&](song::Transaction& transaction) {
        return session::resizeNote(transaction, track, note, duration);
    });
}

Result<void> Studio::placeNotes(song::TrackId track, const std::vector<NotePlacement>& places)
{
    return edit("Move notes", [&](song::Transaction& transaction) {
        return session::placeNotes(transaction, track, places);
    });
}

Result<song::NoteId> Studio::addNote(song::TrackId track, music::Tick onset, music::Tick duration,
                                     music::Pitch pitch)
{
    song::NoteId added;
    TRY_VOID(edit("Add note", [&](song::Transaction& transaction) -> Result<void> {
        TRY(added, session::addNote(transaction, track, onset, duration, pitch));
        return {};
    }));
    return added;
}

Result<void> Studio::removeNotes(song::TrackId track, const std::vector<song::NoteId>& notes)
{
    return edit(notes.size() == 1 ? "Delete note" : "Delete notes", [&](song::Transaction& transaction) {
        return session::removeNotes(transaction, track, notes);
    });
}

Result<void> Studio::retypeWord(song::LineId line, std::size_t word, const std::string& text)
{
    TRY(const language::Reader* reader, m_impl->workshop->reader());
    return edit("Retype word", [&](song::Transaction& transaction) {
        return session::retypeWord(transaction, *reader, line, word, text);
    });
}

std::vector<song::LineId> Studio::repeatsOf(song::LineId line) const
{
    return m_impl->history ? session::repeatsOf(*m_impl->song(), line) : std::vector<song::LineId>();
}

Result<void> Studio::replaceLines(const std::vector<song::LineId>& lines, const std::string& text,
                                  const song::Origin& maker)
{
    TRY(const language::Reader* reader, m_impl->workshop->reader());
    return edit("Rewrite line", [&](song::Transaction& transaction) -> Result<void> {
        for (const song::LineId line : lines)
            TRY_VOID(session::replaceLine(transaction, *reader, line, text, maker));
        return {};
    });
}

Result<void> Studio::putTake(const MelodyTake& take)
{
    const bool vary = take.wish.piece.wish == compose::PieceWish::Vary;
    return edit(vary ? "Vary the tune" : "New tune",
                [&](song::Transaction& transaction) { return session::putTake(transaction, take); });
}
Result<void> Studio::setMix(song::TrackId track, const song::Mix& mix)
{
    m_impl->endPreview();
    return edit("Mix", [&](song::Transaction& transaction) -> Result<void> {
        const song::TrackPtr current = transaction.song().track(track);
        if (!current)
            return Error{"The track is no longer in the song; choose it again."};
        if (current->head.mix == mix)
            return {};
        song::TrackHead head = current->head;
        head.mix = mix;
        return transaction.setTrackHead(head);
    });
}

Result<void> Studio::setVocal(const song::Vocal& vocal)
{
    const bool other = m_impl->history && m_impl->song()->head.vocal.singer != vocal.singer;
    return edit(other ? "Change singer" : "Change voice", [&](song::Transaction& transaction) {
        return changeVocal(transaction, m_impl->workshop->singers(), vocal);
    });
}

std::vector<std::vector<PitchPoint>> Studio::sungLine() const
{
    const song::SongPtr song = m_impl->song();
    if (!song)
        return {};
    const voice::SingerInfo* singer = findSinger(m_impl->workshop->singers(), song->head.vocal.singer);
    return singer ? session::sungLine(*song, *singer, m_impl->workshop->styles())
                  : std::vector<std::vector<PitchPoint>>();
}

Result<void> Studio::drawPitch(const std::vector<PitchPoint>& stroke)
{
    return edit("Draw pitch",
                [&](song::Transaction& transaction) { return session::drawPitch(transaction, stroke); });
}

Result<void> Studio::erasePitch(music::Tick start, music::Tick end)
{
    return edit("Erase pitch",
                [&](song::Transaction& transaction) { return session::erasePitch(transaction, start, end); });
}

Result<void> Studio::setTitle(const std::string& title)
{
    if (title.find_first_not_of(" \t\r\n") == std::string::npos)
        return Error{"The song needs a title; type at least one character."};
    return edit("Rename song", [&](song::Transaction& transaction) -> Result<void> {
        song::SongHead head = transaction.song().head;
        if (head.title == title)
            return {};
        head.title = title;
        transaction.setHead(std::move(head));
        return {};
    });
}

bool Studio::canUndo() const
{
    return m_impl->history && m_impl->history->canUndo();
}
bool Studio::canRedo() const
{
    return m_impl->history && m_impl->history->canRedo();
}
std::string Studio::undoLabel() const
{
    return m_impl->history ? m_impl->history->undoLabel() : std::string();
}
std::string Studio::redoLabel() const
{
    return m_impl->history ? m_impl->history->redoLabel() : std::string();
}

void Studio::undo()
{
    if (!canUndo())
        return;
    const song::SongPtr before = m_impl->song();
    m_impl->selection = m_impl->history->undo();
    m_impl->changed(before);
}

void Studio::redo()
{
    if (!canRedo())
        return;
    const song::SongPtr before = m_impl->song();
    m_impl->selection = m_impl->history->redo();
    m_impl->changed(before);
}

} // namespace cantilena::session
