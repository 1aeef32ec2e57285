#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <music/pitch.h>
#include <music/tick.h>
#include <music/time_map.h>
#include <music/units.h>
#include <song/song.h>

/// Standard MIDI Files (MIDI Manufacturers Association, "Standard MIDI Files 1.0"; lyric events after
/// RP-017). Pure functions, any thread.
namespace cantilena::exchange {

/// A note of a MIDI file.
struct MidiNote {
    music::Tick onset; ///< from the start of the file, as performed
    music::Tick duration;
    int key = 60;      ///< 0..127
    int velocity = 80; ///< 1..127
    int channel = 0;   ///< 0..15; 9 is percussion

    bool operator==(const MidiNote&) const = default;
};

/// A lyric, marker or other text at a place. UTF-8.
struct MidiText {
    music::Tick onset;
    std::string text;

    bool operator==(const MidiText&) const = default;
};

/// A drawn pitch on its way. The range is kBendSemitones either way; 0 is the note's own pitch.
struct MidiBend {
    music::Tick onset;
    double semitones = 0;

    bool operator==(const MidiBend&) const = default;
};
inline constexpr int kBendSemitones = 24;

struct MidiTrack {
    std::string name;
    int channel = 0;               ///< of its first note or program change
    int program = 0;               ///< General MIDI, 0..127; the first program change
    std::vector<MidiNote> notes;   ///< by onset, key, channel, duration
    std::vector<MidiText> lyrics;  ///< by onset; one a sung syllable
    std::vector<MidiText> texts;   ///< by onset; text events, which carry the chord symbols
    std::vector<MidiBend> bends{}; ///< by onset; written, not read

    bool operator==(const MidiTrack&) const = default;
};

struct MidiTempo {
    music::Tick onset;
    music::Bpm tempo;

    bool operator==(const MidiTempo&) const = default;
};

struct MidiMeter {
    music::Tick onset;
    music::Meter meter;

    bool operator==(const MidiMeter&) const = default;
};

struct MidiKey {
    music::Tick onset;
    music::Key key;

    bool operator==(const MidiKey&) const = default;
};

/// What a MIDI file says, in 960 ticks a quarter whatever the file's own division was.
struct MidiFile {
    std::string title;
    std::vector<MidiTempo> tempi;
    std::vector<MidiMeter> meters;
    std::vector<MidiKey> keys;
    std::vector<MidiText> markers; ///< section names
    std::vector<MidiTrack> tracks; ///< without the conductor track unless it has notes

    bool operator==(const MidiFile&) const = default;
};

/// The song as MIDI: the melody first with a lyric event at each syllable's first note, the band's tracks
/// with their programs (drums on channel 10), chord symbols as text events on a track "Chords", sections as
/// markers. Notes are as performed (written onset plus micro-timing, never before 0); pitch that a person
/// drew is pitch bend.
MidiFile midiOf(const song::Song& song);

/// The bytes of a format-1 file with 960 ticks a quarter.
std::string writeMidi(const MidiFile& file);

/// Reads formats 0 and 1 with metrical time. The bytes may be anything: sizes are bounded (64 MiB, 1,024
/// tracks, 1 million events), and what is wrong is said in one sentence. Format 2 and SMPTE time are refused.
Result<MidiFile> readMidi(std::string_view bytes);

/// Writes the song's MIDI file; it appears whole or not at all. Errors: unwritable path, full disk.
Result<void> saveMidi(const song::Song& song, const std::filesystem::path& file);

/// Reads a file from disk (see readMidi).
Result<MidiFile> loadMidi(const std::filesystem::path& file);

} // namespace cantilena::exchange
