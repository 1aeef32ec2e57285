#include "note_tools.h"

#include <algorithm>

#include "roll_geometry.h"

namespace cantilena::ui {

namespace {

NotePlace placeOf(const RollNote& note)
{
    return {note.id, note.onset, note.end - note.onset, note.pitch};
}

} // namespace

NoteDrag::NoteDrag(Kind kind, std::vector<RollNote> notes, song::NoteId grabbed, music::Tick tick, int pitch)
    : m_kind(kind), m_notes(std::move(notes)), m_tick(tick), m_pitch(pitch)
{
    for (std::size_t i = 0; i < m_notes.size(); ++i) {
        if (m_notes[i].id == grabbed)
            m_grabbed = i;
        m_places.push_back(placeOf(m_notes[i]));
    }
}

void NoteDrag::update(music::Tick tick, int pitch, bool fine)
{
    if (m_notes.empty())
        return;
    const music::Tick grid = fine ? kFineGrid : kSnapGrid;
    const RollNote& grabbed = m_notes[m_grabbed];
    const music::Tick moved = tick - m_tick;
    // A pointer that has hardly moved leaves an unquantised note where it is.
    const bool still = moved.value > -grid.value / 2 && moved.value < grid.value / 2;

    if (m_kind == Kind::Resize) {
        const music::Tick end = still ? grabbed.end : snapped(grabbed.end + moved, grid);
        const music::Tick longer = end - grabbed.end;
        for (std::size_t i = 0; i < m_notes.size(); ++i) {
            const music::Tick duration = m_notes[i].end - m_notes[i].onset + longer;
            m_places[i].duration = std::max(duration, std::min(grid, m_notes[i].end - m_notes[i].onset));
        }
        return;
    }

    music::Tick later = still ? music::Tick{} : snapped(grabbed.onset + moved, grid) - grabbed.onset;
    int higher = pitch - m_pitch;
    for (const RollNote& note : m_notes) { // the group moves as one, so the first to reach a border stops it
        later = std::max(later, music::Tick{} - note.onset);
        higher = std::clamp(higher, RollGeometry::kLowest - note.pitch, RollGeometry::kHighest - note.pitch);
    }
    for (std::size_t i = 0; i < m_notes.size(); ++i) {
        m_places[i].onset = m_notes[i].onset + later;
        m_places[i].pitch = m_notes[i].pitch + higher;
    }
}

bool NoteDrag::changed() const
{
    for (std::size_t i = 0; i < m_notes.size(); ++i) {
        if (m_places[i] != placeOf(m_notes[i]))
            return true;
    }
    return false;
}

} // namespace cantilena::ui
