#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/id.h>
#include <language/language_id.h>
#include <music/chord.h>
#include <music/pitch.h>
#include <music/tick.h>
#include <music/time_map.h>
#include <music/units.h>
#include <song/brief.h>

/// The document. A Song is a value: nothing in it changes after it was made; a new version shares the
/// sections and tracks that did not change. Objects are named by ids, never by index.
namespace cantilena::song {

using SectionId = Id<struct SectionTag>;
using LineId = Id<struct LineTag>;
using SyllableId = Id<struct SyllableTag>;
using ChordId = Id<struct ChordTag>;
using TrackId = Id<struct TrackTag>;
using NoteId = Id<struct NoteTag>;
using OriginId = Id<struct OriginTag>;

/// Hands out ids; one counter serves all kinds, so that an id names one object of the song.
struct IdSource {
    std::uint64_t next = 1;

    template<typename IdType> IdType make() { return IdType{next++}; }
};

enum class Maker : std::uint8_t { Person, Model, Rule };

/// Who made an object: a person, or a model (with version, hash and seed), or a rule of the program. Objects
/// hold an OriginId into Song::origins, since thousands of notes share a few origins.
struct Origin {
    OriginId id;
    Maker maker = Maker::Person;
    std::string name;       ///< model id ("melody"), rule id ("cadence"), or empty for a person
    std::string version;    ///< of the model or rule; of a model on a server the host, "api.deepseek.com"
    std::string sha256;     ///< of the model's archive; empty otherwise, and for a model on a server
    std::uint64_t seed = 0; ///< 0 for a model on a server, whose answers do not follow from it

    bool operator==(const Origin&) const = default;
};

// Words
// ---------------------------------------------------------------------------------------------------------

struct Syllable {
    SyllableId id;
    std::string text; ///< as written; the pieces of a word concatenate to the word
    std::vector<std::string>
        phonemes;   ///< English: CMU phones in lower case; Mandarin: initial (if any) and final
    int stress = 0; ///< English: 0 none, 1 primary, 2 secondary
    int tone = 0;   ///< Mandarin: 1..5 as sung (after sandhi); 0 otherwise
    language::Language language = language::Language::English;
    bool guessed = false; ///< the reading was guessed or hummed; shown on the note

    bool operator==(const Syllable&) const = default;
};

struct Word {
    std::string text;
    std::vector<Syllable> syllables;

    bool operator==(const Word&) const = default;
};

struct Line {
    LineId id;
    std::string text; ///< the line as written, with its punctuation
    std::vector<Word> words;
    music::Tick start;  ///< from the start of the section, where the line's first bar begins
    music::Tick length; ///< whole bars that the line may fill, its breath included
    char rhyme = 0;     ///< 'A', 'B' ... lines of a section with the same letter rhyme; 0 none
    OriginId origin;

    bool operator==(const Line&) const = default;
    std::size_t syllableCount() const;
};

enum class SectionKind : std::uint8_t {
    Intro,
    Verse,
    PreChorus,
    Chorus,
    Bridge,
    Solo,
    Interlude,
    Hook,
    Outro
};

/// "intro", "verse", "prechorus", "chorus", "bridge", "solo", "interlude", "hook", "outro".
std::string_view code(SectionKind kind);
std::optional<SectionKind> sectionKindOfCode(std::string_view code);

struct Section {
    SectionId id;
    SectionKind kind = SectionKind::Verse;
    std::string name;    ///< shown to people: "Verse 2", "Chorus"
    int bars = 8;        ///< 1 or more
    double energy = 0.5; ///< 0 calm .. 1 full
    int material = 0;    ///< sections with the same number share chords and melodic material
    std::vector<Line> lines;
    OriginId origin;

    bool operator==(const Section&) const = default;
};

// Music
// ---------------------------------------------------------------------------------------------------------

/// Why a chord is what it is; a set of bits in ChordEvent::reasons, recorded by the harmony stage while it
/// decides.
enum class ChordReason : std::uint32_t {
    Model = 1u << 0,             ///< the harmony model's choice
    Person = 1u << 1,            ///< typed or locked by a person
    Cadence = 1u << 2,           ///< closes a section or the song
    Repeat = 1u << 3,            ///< as in the earlier section of the same material
    SecondaryDominant = 1u << 4, ///< dominant of a chord other than the tonic, which follows
    Borrowed = 1u << 5,          ///< from the parallel mode
    Suspension = 1u << 6,
    FitsTune = 1u << 7, ///< holds the notes that the tune dwells on
};

/// "model", "person", "cadence", "repeat", "secondary_dominant", "borrowed", "suspension", "fits_tune": the
/// names of the bits that are set, in the order of the bits; unknown bits have none.
std::vector<std::string_view> chordReasonCodes(std::uint32_t reasons);

struct ChordEvent {
    ChordId id;
    music::Tick onset;
    music::Tick duration;
    music::Chord chord;
    OriginId origin;
    std::uint32_t reasons = 0; ///< of ChordReason; 0: not known

    bool operator==(const ChordEvent&) const = default;
};

/// Why the melody stage chose a note; a set of bits in Note::reasons, recorded while it decided.
enum class Reason : std::uint32_t {
    ChordTone = 1u << 0,
    PassingNote = 1u << 1,
    NeighbourNote = 1u << 2,
    Stress = 1u << 3,       ///< stressed syllable on a strong position
    Tone = 1u << 4,         ///< direction follows the Mandarin tones
    MotifRepeat = 1u << 5,  ///< repeats an earlier phrase
    MotifVariant = 1u << 6, ///< varies an earlier phrase
    Cadence = 1u << 7,
    LeapRecovery = 1u << 8,
    Range = 1u << 9, ///< moved to stay in the singer's range
    Anticipation = 1u << 10,
    Fill = 1u << 11,
    VoiceLeading = 1u << 12,
    Climax = 1u << 13,
};

/// A point of a pitch line that a person drew on a sung note.
struct BendPoint {
    music::Tick at;   ///< from the note's onset
    double cents = 0; ///< above the note's pitch

    bool operator==(const BendPoint&) const = default;
};

struct Note {
    NoteId id;
    music::Tick onset;    ///< from the start of the song, as written
    music::Tick duration; ///< above 0
    music::Tick shift;    ///< performed minus written onset (micro-timing); the sound starts at onset + shift
    music::Pitch pitch;   ///< for drums the General MIDI percussion key
    int velocity = 80;    ///< 1..127
    SyllableId
        syllable; ///< the sung syllable; several notes of one syllable are a melisma; none for instruments
    std::uint32_t reasons = 0;
    OriginId origin;
    /// Sung notes only: from the first point to the last the voice follows this line instead of its own glide
    /// and vibrato. In order of time, none before the onset; what lies behind the note's end is not heard.
    std::vector<BendPoint> bend = {};

    bool operator==(const Note&) const = default;
    music::Tick end() const { return onset + duration; }
};

enum class Role : std::uint8_t { Melody, Drums, Bass, Harmony, Counter, Pad, Colour };

/// "melody", "drums", "bass", "harmony", "counter", "pad", "colour".
std::string_view code(Role role);
std::optional<Role> roleOfCode(std::string_view code);

struct Mix {
    music::Decibels gain{0};
    double pan = 0;      ///< -1 left .. 1 right
    double reverb = 0.2; ///< send, 0..1
    bool mute = false;
    bool solo = false;

    bool operator==(const Mix&) const = default;
};

/// All of a track but its notes.
struct TrackHead {
    TrackId id;
    std::string name;
    Role role = Role::Harmony;
    int program =
        0; ///< General MIDI program 0..127 (drum kit number for drums); for an instrumental melody its lead
    bool vocal =
        false; ///< sung by the singer; the notes sound through the voice, not through the synthesizer
    Mix mix;
    OriginId origin;

    bool operator==(const TrackHead&) const = default;
};

struct Track {
    TrackHead head;
    std::vector<Note> notes; ///< ordered by onset, then pitch, then id

    bool operator==(const Track&) const = default;
};

using SectionPtr = std::shared_ptr<const Section>;
using TrackPtr = std::shared_ptr<const Track>;

/// In which sections a second voice joins in.
enum class Where : std::uint8_t { Nowhere, Choruses, Throughout };

/// The singer and how they sing; each control is 0..1 with 0.5 neutral, except where noted.
struct Vocal {
    std::string singer; ///< id of a file in resources/singers
    double breath = 0.5;
    double tension = 0.5;
    double brightness = 0.5;
    double vibrato = 0.5;
    double gender = 0.5; ///< formants lower (0) or higher (1)
    double consonants = 0.5;
    double growl = 0;               ///< 0 none .. 1 full
    Where doubles = Where::Nowhere; ///< two more takes of the same, to the left and to the right
    Where harmony = Where::Nowhere; ///< a second part in thirds that keeps to the chords
    bool harmonyBelow = false;      ///< under the tune instead of above it

    bool operator==(const Vocal&) const = default;
};

/// What belongs to the song as a whole.
struct SongHead {
    std::string title;
    language::Language language = language::Language::English;
    std::uint64_t seed = 0;
    music::TempoMap tempo;
    music::Meter meter;
    music::Key key;
    std::string style; ///< id of a file in resources/styles
    Brief brief;
    Vocal vocal;

    bool operator==(const SongHead&) const = default;
};

struct Song {
    SongHead head;
    std::vector<SectionPtr> sections; ///< in playing order, no gaps
    std::shared_ptr<const std::vector<ChordEvent>> chords =
        std::make_shared<const std::vector<ChordEvent>>(); ///< by onset, then id
    std::vector<TrackPtr> tracks;                          ///< in the order shown
    std::shared_ptr<const std::vector<Origin>> origins =
        std::make_shared<const std::vector<Origin>>(); ///< by id
    IdSource ids; ///< above every id in use, and above every id that was ever in use

    /// Deep equality (content, not pointers). The id counter is not compared: undo does not turn it back.
    bool operator==(const Song& other) const;

    music::Tick sectionStart(SectionId id) const; ///< of the song's end when there is no such section
    music::Tick sectionEnd(SectionId id) const;
    music::Tick length() const; ///< the end of the last section, on a bar line
    SectionPtr section(SectionId id) const;
    SectionPtr sectionAt(music::Tick tick) const; ///< nothing before the start and after the end
    TrackPtr track(TrackId id) const;
    TrackPtr melody() const; ///< the first track with Role::Melody, or nothing
    const Note* note(TrackId track, NoteId note) const;
    const Syllable* syllable(SyllableId id) const;
    const Origin* origin(OriginId id) const;
    const ChordEvent* chordAt(music::Tick tick) const;
};

using SongPtr = std::shared_ptr<const Song>;

/// Orders notes as Track::notes holds them.
bool noteBefore(const Note& a, const Note& b);

} // namespace cantilena::song
