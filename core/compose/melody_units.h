#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <compose/plan.h>
#include <compose/style.h>
#include <music/chord.h>
#include <song/song.h>

/// What the stages of the melody share: time in units (sixteenths from the start of the song), lines as rows
/// of syllable slots, and how each style moves.
namespace cantilena::compose {

inline constexpr std::int64_t kUnit = music::kSixteenth.value;

/// Gaps between two onsets that the rhythm model knows, in units; its classes in order.
inline constexpr std::array<int, 20> kGaps{1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                           12, 14, 16, 18, 20, 24, 28, 32, 40, 48};
inline constexpr int kNoGap = static_cast<int>(kGaps.size());
inline constexpr int kLowestToken = -14; ///< semitones from the base tonic of the pitch model's first token
inline constexpr int kPitchTokens = 36;
inline constexpr int kNoPitch = kPitchTokens;

int gapClass(std::int64_t units);

/// The metre as the models know it, and where a unit lies in it.
struct Metre {
    explicit Metre(const music::Meter& meter);

    int id = 0;    ///< 0 quadruple, 1 triple, 2 compound
    int bar = 16;  ///< units of the song's bar
    int cell = 16; ///< units of the bar that the models count: 16 or 12

    /// Position in the models' bar; `unit` counts from a section's start.
    int position(std::int64_t unit) const;
    /// 0 downbeat, 1 half bar, 2 beat, 3 eighth, 4 sixteenth.
    int level(std::int64_t unit) const;
    /// 1 on the downbeat .. 0 on an odd sixteenth.
    double weight(std::int64_t unit) const;
};

/// A syllable waiting for its note; for an instrument a slot without id.
struct Slot {
    song::SyllableId id;
    int stress = 0;      ///< as the models count: 0 unstressed, 1 secondary, 2 stressed
    int tone = 0;        ///< Mandarin 1..5, otherwise 0
    bool joined = false; ///< the word goes on with the next slot
    bool open = false;   ///< ends in a vowel, which can be held
    int vowel = 0;       ///< 0 unknown, 1 short, 2 long, 3 diphthong
};

/// A line of words as the models read it.
struct LineWords {
    struct Syllable {
        int stress = 0;      ///< 0 unstressed, 1 secondary, 2 stressed
        bool joined = false; ///< the word goes on
        int vowel = 0;       ///< 0 unknown, 1 short, 2 long, 3 diphthong
    };
    std::vector<Syllable> syllables;
    int number = 0;    ///< of the line; the models count to four
    int left = 0;      ///< lines after it
    bool last = false; ///< brings the tune to its end
    int rhyme = 0;     ///< it rhymes with the line so many before, 1 to 3; 0: with none
    int high = 0;      ///< 1 low, 2 middle, 3 high in the song; 0: unknown
    int density = 2;   ///< class of the mean gap
};

/// One line of words, or a piece of one, and the time it may fill. Units count from the start of its section.
struct Phrase {
    int index = 0; ///< of the line in the section
    std::int64_t start = 0;
    std::int64_t length = 0;
    std::vector<Slot> slots;
    std::int64_t pickup = 0; ///< units free before the start, for an upbeat
    bool opens = true;       ///< begins its line
    bool closes = true;      ///< ends its line
    LineWords words;         ///< of the whole line
    std::string rhyme;       ///< what its last word must share to rhyme
    std::size_t first = 0;   ///< slot of the line that the phrase's first one is
};

/// A note while it is being made.
struct Sung {
    music::Tick onset; ///< from the section's start
    music::Tick duration;
    int pitch = 60;
    std::uint32_t reasons = 0;
    std::size_t slot = 0; ///< in its phrase

    std::int64_t unit() const { return onset.value / kUnit; }
    std::int64_t units() const { return std::max<std::int64_t>(1, (duration.value + kUnit / 2) / kUnit); }
};

/// How a style sings at a tempo.
StyleMelody melodyAt(const Style& style, double tempo);

/// The chord at each moment, in units from the start of the song.
class ChordTimes {
public:
    ChordTimes(const std::vector<song::ChordEvent>& chords, const music::Key& key);

    struct Here {
        music::Chord chord;
        int token = 0;
        int next = 0;    ///< the next other token; one past silence when there is none
        int change = 16; ///< units until it, at most 16
        int age = 0;     ///< units since the token began, at most 16
    };
    Here at(std::int64_t unit) const;

private:
    struct Span {
        std::int64_t onset;
        music::Chord chord;
        int token;
    };
    std::vector<Span> m_spans;
    music::Chord m_tonic;
    int m_tonicToken = 0;
};

/// Where a syllable's pitch lies in the voice of a speaker of Mandarin (mean of the tone's contour on Chao's
/// five levels: 55, 35, 21(4), 51, and 3 for a neutral tone, lower after a falling one). 0 when there is no
/// tone.
double toneHeight(int tone, int before);
/// -1, 0 or 1: the direction between two neighbouring syllables that keeps the words plain; 0 also when
/// either has no tone or when the heights are close.
int toneDirection(int before, int tone, int beforeThat = 0);

} // namespace cantilena::compose
