#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <language/language_id.h>
#include <music/tick.h>
#include <music/units.h>
#include <song/song.h>
#include <voice/phone_set.h>

namespace cantilena::voice {

/// A point of a pitch line that a person drew.
struct DrawnPitch {
    music::Seconds time; ///< from the start of the phrase
    double midi = 60;    ///< with fractions

    bool operator==(const DrawnPitch&) const = default;
};

/// One note of a phrase; times from the start of the phrase.
struct SungNote {
    music::Seconds start;
    music::Seconds end;
    double midi = 60; ///< note number
    int velocity = 80;
    std::vector<DrawnPitch> drawn = {}; ///< instead of the singer's own line, from the first to the last

    bool operator==(const SungNote&) const = default;
};

/// One syllable with the notes that carry it; more than one is a melisma.
struct SungSyllable {
    SyllablePhones phones;
    language::Language language = language::Language::English;
    int stress = 0;              ///< English: 0 to 2
    int tone = 0;                ///< Mandarin: 1 to 5 as sung
    std::vector<SungNote> notes; ///< at least one, in order, without overlap

    bool operator==(const SungSyllable&) const = default;
};

/// What is sung on one breath: a frozen value that holds all that the sound depends on, so that its hash is
/// the cache key. The same words and notes elsewhere in the song make an equal phrase but for `start`,
/// `first` and `last`.
struct Phrase {
    music::Seconds
        start; ///< of the phrase's first frame from the start of the song; not before it. Not in the hash.
    music::Tick first;       ///< written onset of the first note. Not in the hash.
    music::Tick last;        ///< written end of the last note. Not in the hash.
    music::Seconds duration; ///< of all frames, with the breath before and the release after the notes
    music::Seconds breath;   ///< audible breath at the start; 0 for none
    language::Language language = language::Language::English; ///< of most syllables
    double energy = 0.5;                                       ///< of the section, 0 calm to 1 full
    std::vector<SungSyllable> syllables;                       ///< at least one

    /// Whether the sound is the same: everything but the place in the song.
    bool sameSound(const Phrase& other) const;
    /// 64 hexadecimal digits over what sameSound() compares.
    std::string hash() const;
};

/// The phrases of the song's sung track in order: cut at rests of half a beat or more, at line ends with a
/// rest of a tenth of a second, and at line ends when a phrase would pass twelve seconds. Every sung note is
/// in one phrase: notes that overlap are shortened, a note without a syllable continues the one before or is
/// sung on "la". Empty when no track is sung.
std::vector<Phrase> phrasesOf(const song::Song& song);

} // namespace cantilena::voice
