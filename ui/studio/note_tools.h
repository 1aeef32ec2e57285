#pragma once

#include <vector>

#include <song/song.h>

#include "note_index.h"

namespace cantilena::ui {

/// Where a note is, or will be when the gesture ends.
struct NotePlace {
    song::NoteId id;
    music::Tick onset, duration;
    int pitch = 60;

    bool operator==(const NotePlace&) const = default;
};

/// One gesture on notes: begun by its constructor with the notes as they are, updated while the pointer
/// moves, read at its end. It changes nothing itself.
class NoteDrag {
public:
    enum class Kind { Move, Resize };

    /// `grabbed` is the note under the pointer; the others follow it. `tick` and `pitch` are where it was
    /// pressed.
    NoteDrag(Kind kind, std::vector<RollNote> notes, song::NoteId grabbed, music::Tick tick, int pitch);

    /// `fine` snaps to a fine grid instead of sixteenths.
    void update(music::Tick tick, int pitch, bool fine);

    Kind kind() const { return m_kind; }
    const std::vector<NotePlace>& places() const { return m_places; }
    /// True when a place differs from the note's own.
    bool changed() const;

private:
    Kind m_kind;
    std::vector<RollNote> m_notes;
    std::size_t m_grabbed = 0;
    music::Tick m_tick;
    int m_pitch;
    std::vector<NotePlace> m_places;
};

} // namespace cantilena::ui
