#pragma once

#include <QString>

#include <language/language.h>
#include <session/wordsmith.h>
#include <song/song.h>

/// How lines and words are spoken, as the lyrics show it.
namespace cantilena::ui {

/// A word of the document as the reader reads words.
language::Word readingOf(const song::Word& word);

/// What stands under a word: English "to·ˈnight" (ˈ before a stressed syllable, ˌ before one of secondary
/// stress), Mandarin "yuè liang".
QString spokenText(const language::Word& word);
/// The same in words, for a screen reader: "to, night stressed".
QString spokenDescription(const language::Word& word);
/// The line with the syllables of its longer English words parted: "of gold for my grand·moth·er".
QString partedText(const session::SungLine& line);

/// Whether another line of the section with the line's rhyme letter ends in the line's rhyme; nothing for a
/// line without a letter, and for one that is alone with it.
std::optional<bool> keepsRhyme(const song::Section& section, const song::Line& line);

} // namespace cantilena::ui
