#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <music/units.h>
#include <song/song.h>
#include <sound/buffer.h>

/// What the sound stage plays: a song turned into frames, once, away from the audio thread. A program never
/// changes after it was made, so any thread may read one; a changed song gets a new program.
namespace cantilena::sound {

/// Who sings: the lead in the middle, or second voices to the left and right, which are thinner and softer.
enum class VocalPart : std::uint8_t { Lead, Left, Right };

/// A sung phrase: mono sound at kSampleRate that begins at `start`. Pieces may overlap (breaths, releases);
/// they are added. Pieces that are not rendered yet are simply not in the list; the next program brings them.
struct VocalPiece {
    music::Frames start;
    std::shared_ptr<const std::vector<float>> samples;
    VocalPart part = VocalPart::Lead;
};

/// Gains found by listening to a whole mix (see renderSong): they place the voice over the band section by
/// section, and the mix at its loudness. Live playback uses the last ones measured, or the estimate below.
struct MixBalance {
    struct SectionGain {
        song::SectionId section;
        music::Decibels vocal;

        bool operator==(const SectionGain&) const = default;
    };
    std::vector<SectionGain> sections; ///< only sections with singing in them
    music::Decibels vocal{0};          ///< for sections that are not listed
    music::Decibels master{6};         ///< before the limiter
    bool measured = false;

    bool operator==(const MixBalance&) const = default;
};

/// One note as frames. The synthesizer begins notes on steps of 64 frames (1.5 ms).
struct NoteEvent {
    std::int64_t start = 0;
    std::int64_t end = 0; ///< above start; notes of one key in a track never overlap
    std::uint8_t key = 60;
    std::uint8_t velocity = 80;

    bool operator==(const NoteEvent&) const = default;
};

/// A step of a gain curve: linear between points, level before the first and after the last.
struct GainPoint {
    std::int64_t frame = 0;
    float gain = 1;

    bool operator==(const GainPoint&) const = default;
};

/// A track ready to be played.
struct ProgramTrack {
    song::TrackId id;
    std::string name;
    song::Role role = song::Role::Harmony;
    int program = 0; ///< General MIDI program, or drum kit for drums
    bool drums = false;
    bool vocal = false;           ///< its sound is Program::vocal, its notes are silent
    bool audible = true;          ///< after mute and solo of all tracks
    float gain = 1;               ///< linear
    float pan = 0;                ///< -1 .. 1
    float send = 0;               ///< 0..1, of the sound after gain and pan
    std::vector<NoteEvent> notes; ///< by start, then key
};

struct ProgramSection {
    song::SectionId id;
    std::string name;
    FrameRange range;
};

struct Program {
    std::vector<ProgramTrack> tracks; ///< in the song's order
    std::vector<VocalPiece> vocal;    ///< by start
    bool backing = false;             ///< some pieces are not the lead's
    std::int64_t longestPiece = 0;    ///< frames
    float vocalLevel = 1;             ///< brings the pieces to the level that the vocal chain expects
    std::vector<GainPoint> vocalRide; ///< the balance as a curve, by frame; linear gain
    std::vector<ProgramSection> sections;
    MixBalance balance;
    float master = 1;     ///< linear gain before the limiter
    std::int64_t end = 0; ///< frame at the end of the last bar; sound may ring on after it
};

using ProgramPtr = std::shared_ptr<const Program>;

/// Builds the program of a song. Without a balance an estimate serves. A melody that is sung is silent until
/// its pieces come. Any thread; about a millisecond for 5,000 notes.
ProgramPtr makeProgram(const song::Song& song, std::vector<VocalPiece> vocal = {},
                       const std::optional<MixBalance>& balance = {});

/// The frame of a musical position.
music::Frames frameOf(const song::Song& song, music::Tick tick);

/// The musical position of a frame, the nearest tick.
music::Tick tickOf(const song::Song& song, music::Frames frame);

/// The frames of a section; empty when the song has no such section.
FrameRange frameRange(const song::Song& song, song::SectionId section);

} // namespace cantilena::sound
