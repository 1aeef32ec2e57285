#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <exchange/midi.h>
#include <music/pitch.h>
#include <music/tick.h>
#include <music/time_map.h>
#include <music/units.h>

/// A melody from a file of another program: one voice, with its words, chords and sections where the file has
/// them. Pure functions, any thread.
namespace cantilena::exchange {

/// A note of a tune. Onsets lie on the tune's bar grid: bars begin at multiples of its metre's bar.
struct TuneNote {
    music::Tick onset;    ///< as written
    music::Tick duration; ///< above 0
    music::Tick shift;    ///< performed minus written onset
    int pitch = 60;       ///< MIDI note number
    int velocity = 80;
    std::string syllable;    ///< sung from here on; empty: the syllable before goes on, or nothing is sung
    bool joins = false;      ///< the word goes on with the next syllable
    bool slurred = false;    ///< bound to the note before
    bool beginsLine = false; ///< the words begin a line here

    bool operator==(const TuneNote&) const = default;
};

struct Tune {
    std::string title;
    std::optional<music::Bpm> tempo; ///< nothing: the file does not say
    music::Meter meter;
    std::optional<music::Key> key;
    std::vector<TuneNote> notes;   ///< by onset, one at a time; at most 20,000
    music::Tick end;               ///< of the last note of any part
    std::vector<MidiText> chords;  ///< chord symbols as the file has them
    std::vector<MidiText> marks;   ///< names of sections
    std::vector<std::string> lost; ///< what the file has and the tune has not, a sentence each

    bool operator==(const Tune&) const = default;
    /// Whether any note has a syllable.
    bool hasWords() const;
};

/// The tune of a MIDI file: the track with lyrics, else the one called a melody, else the one that looks most
/// like one; of notes that sound together the highest. Performed onsets are written on the nearest sixteenth
/// or triplet. Errors: no track but drums.
Result<Tune> tuneOf(const MidiFile& file);

/// Reads a MusicXML score (W3C Community Group, "MusicXML 4.0", score-partwise): the part and the voice with
/// lyrics, else the first; repeats and endings are written out, the words of the second verse the second
/// time. The bytes may be anything: sizes are bounded (64 MiB, 2,000 bars, 100,000 notes), and what is wrong
/// is said in one sentence. Compressed scores (.mxl) and score-timewise are refused.
Result<Tune> readMusicXml(std::string_view bytes);

/// Whether a file's ending is that of a MIDI file or a score.
bool isTuneFile(const std::filesystem::path& file);

/// Reads a tune from disk, by the file's ending: .mid, .midi, .musicxml or .xml.
Result<Tune> loadTune(const std::filesystem::path& file);

} // namespace cantilena::exchange
