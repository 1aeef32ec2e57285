#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <language/language_id.h>

namespace cantilena::voice {

/// A syllable as the singer's phones (models/voice/phones.txt): consonants, what is held, consonants.
/// `nucleus` is a vowel, a diphthong (one phone, whose glide the acoustic model makes at the end of the
/// note), or for a hummed syllable the nasal itself.
struct SyllablePhones {
    std::vector<std::string> onset;
    std::string nucleus;
    std::vector<std::string> coda;

    bool operator==(const SyllablePhones&) const = default;
};

/// The singer's phones for the phonemes that core/language gives. Every syllable can be sung: without a vowel
/// a nasal or liquid is held, else a neutral vowel is added; unknown phonemes are left out.
SyllablePhones singerPhones(const std::vector<std::string>& phonemes, language::Language language);

/// Length of a phone in unhurried singing, in seconds, as models/voice/phone_table.tsv has it; 0.08 for an
/// unknown one.
double typicalSeconds(std::string_view phone);
/// Whether a phone can be held on a note (vowel or diphthong).
bool isSungVowel(std::string_view phone);
/// Whether a phone is voiced and has no noise (vowels, glides, liquids, nasals).
bool isSonorantPhone(std::string_view phone);

} // namespace cantilena::voice
