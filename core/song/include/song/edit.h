#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <base/result.h>
#include <song/song.h>

namespace cantilena::song {

/// One change of one object, with its states before and after; a missing state means that the object is not
/// there. The inverse swaps them. Edits are what the journal stores and the history replays.
struct HeadEdit {
    SongHead before;
    SongHead after;
    bool operator==(const HeadEdit&) const = default;
};

/// Inserts, removes or replaces a section at `index`. Lines and words are edited by replacing their section,
/// which shares nothing large.
struct SectionEdit {
    std::size_t index = 0;
    SectionPtr before;
    SectionPtr after;
    bool operator==(const SectionEdit&) const;
};

struct ChordEdit {
    std::optional<ChordEvent> before;
    std::optional<ChordEvent> after;
    bool operator==(const ChordEdit&) const = default;
};

/// Inserts, removes or replaces a whole track at `index`.
struct TrackEdit {
    std::size_t index = 0;
    TrackPtr before;
    TrackPtr after;
    bool operator==(const TrackEdit&) const;
};

/// Name, program, mix of a track.
struct TrackHeadEdit {
    TrackHead before;
    TrackHead after;
    bool operator==(const TrackHeadEdit&) const = default;
};

struct NoteEdit {
    TrackId track;
    std::optional<Note> before;
    std::optional<Note> after;
    bool operator==(const NoteEdit&) const = default;
};

/// A new entry of Song::origins. Origins are only ever added; the inverse takes the entry out again.
struct OriginEdit {
    std::optional<Origin> before;
    std::optional<Origin> after;
    bool operator==(const OriginEdit&) const = default;
};

using Edit = std::variant<HeadEdit, SectionEdit, ChordEdit, TrackEdit, TrackHeadEdit, NoteEdit, OriginEdit>;

Edit inverse(const Edit& edit);
/// The inverses in reverse order.
std::vector<Edit> inverse(const std::vector<Edit>& edits);

/// Applies the edits in order. An error when an object is not in its `before` state or a value is out of
/// bounds (song/validate.h). apply(apply(song, edits), inverse(edits)) equals song.
Result<SongPtr> apply(const SongPtr& song, const std::vector<Edit>& edits);

/// What is selected in the studio; undo and redo restore it.
struct Selection {
    TrackId track;
    std::vector<NoteId> notes;
    SectionId section;

    bool operator==(const Selection&) const = default;
};

/// Collects the edits of one gesture on top of a song. `song()` shows their effect at once; nothing reaches
/// the document before History::commit. A function that takes a Transaction& edits the song. Many edits are
/// cheap: an object is copied once and then changed in place, unless somebody holds a snapshot. Keep a
/// snapshot() or a TrackPtr while reading a track and editing it at the same time. One thread at a time.
class Transaction {
public:
    /// `label` names the gesture for the undo menu: an English phrase, translated by the interface.
    Transaction(SongPtr base, std::string label);

    const SongPtr& base() const { return m_base; }
    const Song& song() const { return *m_song; }
    const SongPtr& snapshot() const { return m_song; }
    const std::string& label() const { return m_label; }
    const std::vector<Edit>& edits() const { return m_edits; }
    bool empty() const { return m_edits.empty(); }

    /// The id of the person's origin, or of the model's or rule's: added to the song when it is new.
    OriginId origin(const Origin& origin);
    OriginId personOrigin();

    /// Numbers out of bounds are moved to the nearest allowed value (song/validate.h).
    void setHead(SongHead head);
    /// Each returns an error in one sentence when the object is not there or the value is out of bounds
    /// (pitch 0..127, velocity 1..127, duration above 0, onset not below 0).
    /// After an error nothing has changed. Replacing an object by its equal is nothing.
    Result<NoteId> addNote(TrackId track, Note note);              ///< gives it an id when it has none
    Result<void> addNotes(TrackId track, std::vector<Note> notes); ///< many at once, in one pass
    Result<void> replaceNote(TrackId track, const Note& note);
    Result<void> replaceNotes(TrackId track, const std::vector<Note>& notes); ///< many at once, in one pass
    Result<void> removeNote(TrackId track, NoteId note);
    Result<ChordId> addChord(ChordEvent chord);
    Result<void> replaceChord(const ChordEvent& chord);
    Result<void> removeChord(ChordId chord);
    /// Sections, lines and syllables (tracks and notes) without an id get one. Notes and chords stay where
    /// they are.
    Result<SectionId> insertSection(std::size_t index, Section section);
    Result<void> replaceSection(Section section); ///< of the same id
    Result<void> removeSection(SectionId section);
    Result<TrackId> insertTrack(std::size_t index, Track track);
    Result<void> replaceTrack(Track track); ///< of the same id
    Result<void> removeTrack(TrackId track);
    Result<void> setTrackHead(const TrackHead& head); ///< of the same id

    IdSource& ids() { return m_ids; }

private:
    Result<void> push(Edit edit);
    Result<void> push(std::vector<Edit> edits); ///< which must be known to fit

    SongPtr m_base;
    SongPtr m_song;
    std::string m_label;
    std::vector<Edit> m_edits;
    IdSource m_ids;
    std::vector<const void*> m_owned; ///< the objects of m_song that only this transaction holds
};

} // namespace cantilena::song
