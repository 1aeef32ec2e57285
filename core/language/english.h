#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <language/language.h>

namespace cantilena::language {

struct Phone {
    std::string name; ///< a CMU phone in lower case
    int stress = 0;   ///< of a vowel
};

/// The phones of one English word in lower-case ASCII letters and apostrophes: the table of exceptions,
/// endings after an apostrophe, then flite. Never without a vowel; empty only when there is no letter. Not
/// re-entrant: the caller holds the reader's lock.
std::vector<Phone> pronounceEnglish(std::string_view lower);
/// The phones of letters read by name ("TV").
std::vector<Phone> spellEnglish(std::string_view lower);

/// The syllables of one English token as typed (a Token of kind Latin). `shouting` says that the whole line
/// is in capitals, so that capitals don't mean initials. Not re-entrant.
std::vector<Syllable> readEnglish(std::string_view typed, bool shouting);

/// Cuts phones into syllables by the longest legal onset: the index of the first phone of each syllable.
std::vector<std::size_t> syllableStarts(const std::vector<Phone>& phones);
/// The syllables of a word that is typed and pronounced like this.
std::vector<Syllable> englishSyllables(std::string_view typed, const std::vector<Phone>& phones);
/// Cuts the typed word into one piece a syllable, as a song book would hyphenate it. The pieces joined are
/// `typed`; a piece is empty only when the word has fewer characters than syllables.
std::vector<std::string> splitSpelling(std::string_view typed, const std::vector<Phone>& phones,
                                       const std::vector<std::size_t>& starts);

/// english_words.cpp: pronunciations that flite's lexicon lacks or has wrongly, as "ay1 m"; empty when there
/// is none.
std::string_view englishException(std::string_view lower);
/// "sooo" as "so", "goood" as "good"; empty when no letter stands three times in a row.
std::string withoutDrawnLetters(std::string_view lower);
/// Short words that carry no stress in a phrase ("the", "of", "is").
bool isFunctionWord(std::string_view lower);
/// Words of two to five letters that are words when typed in capitals.
bool isCommonShortWord(std::string_view lower);

/// english_pinyin.cpp: phones of a Chinese name in pinyin ("Hangzhou", "Xiaoming"), as "hh aa1 ng jh ow2";
/// empty when the letters don't look like one.
std::string pinyinNamePhones(std::string_view lower);

/// english_numbers.cpp: a Number token as English words ("$5" -> five dollars).
std::vector<std::string> englishNumberWords(std::string_view token);

} // namespace cantilena::language
