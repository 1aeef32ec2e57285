#include "player.h"

#include <algorithm>
#include <bit>

namespace cantilena::sound {

void Player::seek(const ProgramTrack& track, std::int64_t frame)
{
    const auto first = std::lower_bound(track.notes.begin(), track.notes.end(), frame,
                                        [](const NoteEvent& note, std::int64_t f) { return note.start < f; });
    m_next = static_cast<std::size_t>(first - track.notes.begin());
}

void Player::release(Instrument& instrument)
{
    if ((m_sounding[0] | m_sounding[1]) == 0)
        return;
    m_sounding = {};
    instrument.allNotesOff();
}

void Player::advance(const ProgramTrack& track, std::int64_t frame, int frames, Instrument& instrument)
{
    const std::int64_t end = frame + frames;
    for (int word = 0; word < 2; ++word)
        for (std::uint64_t bits = m_sounding[word]; bits != 0; bits &= bits - 1) {
            const int key = 64 * word + std::countr_zero(bits);
            if (m_end[key] < end) {
                instrument.noteOff(key);
                m_sounding[word] &= ~(std::uint64_t{1} << (key % 64));
            }
        }
    for (; m_next < track.notes.size() && track.notes[m_next].start < end; ++m_next) {
        const NoteEvent& note = track.notes[m_next];
        instrument.noteOn(note.key, note.velocity);
        m_end[note.key] = note.end;
        m_sounding[note.key / 64] |= std::uint64_t{1} << (note.key % 64);
    }
}

} // namespace cantilena::sound
