#pragma once

#include <array>
#include <cstdint>

#include <sound/program.h>

#include "synth.h"

namespace cantilena::sound {

/// Sends a track's notes to an instrument at their times. Allocates nothing; one thread.
class Player {
public:
    /// The next block begins at `frame`; sounding notes keep their ends.
    void seek(const ProgramTrack& track, std::int64_t frame);
    /// Releases every sounding note.
    void release(Instrument& instrument);
    /// Begins and ends the notes of [frame, frame + frames), at most kSynthQuantum frames. Blocks follow each
    /// other.
    void advance(const ProgramTrack& track, std::int64_t frame, int frames, Instrument& instrument);

private:
    std::size_t m_next = 0;
    std::array<std::int64_t, 128> m_end{};
    std::array<std::uint64_t, 2> m_sounding{};
};

} // namespace cantilena::sound
