#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <language/language_id.h>

namespace cantilena::language {

/// What one syllable is and how it sounds. A value; plain data.
///
/// Phonemes, English: CMU phones in lower case without stress digits, with "ax" for the unstressed "ah"
/// (aa ae ah ao aw ax ay b ch d dh eh er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th uh uw v w y z zh).
/// Exactly one of them is a vowel.
///
/// Phonemes, Mandarin: {initial, final} in pinyin, or {final} alone where there is no initial (the letters y
/// and w are spelling, not initials: "yan" is {"ian"}, "wo" is {"uo"}). Finals: a o e ai ei ao ou an en ang
/// eng er, i ia ie iao iu ian in iang ing iong, u ua uo uai ui uan un uang ueng ong, v ve van vn (v is ü),
/// and the apical vowels "ir" (after zh ch sh r) and "iz" (after z c s). A third phoneme "r" marks erhua.
struct Syllable {
    /// The piece of the word shown under the note. The pieces of a word, joined, are the word as typed,
    /// except where the typed text is not what is sung (digits, symbols, the letter W): there the pieces are
    /// spelled out.
    std::string text;
    std::vector<std::string> phonemes;
    int stress = 0;   ///< English: 1 primary, 2 secondary, 0 none. Mandarin: 0.
    int tone = 0;     ///< Mandarin: the tone of the dictionary, 1 to 4, 5 neutral. English: 0.
    int sungTone = 0; ///< Mandarin: the tone after sandhi (一, 不, pairs of third tones). English: 0.
    Language language = Language::English;
    bool guessed = false; ///< nothing is known about the reading: another script, or a symbol that is hummed

    bool operator==(const Syllable&) const = default;
};

/// One word with at least one syllable. A value.
struct Word {
    std::string text;       ///< as typed, after normalise() of text.h, without the punctuation around it
    std::size_t offset = 0; ///< of `text` in the normalised line, in bytes
    std::vector<Syllable> syllables;

    bool operator==(const Word&) const = default;
};

} // namespace cantilena::language
