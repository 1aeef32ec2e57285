#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <base/result.h>
#include <language/language.h>
#include <language/reader.h>
#include <song/edit.h>
#include <song/song.h>

namespace cantilena::session {

/// A read word as the document holds it, with new syllable ids.
song::Word toSongWord(const language::Word& word, song::IdSource& ids);

/// A line of lyrics with its words read; ids are new. `start`, `length` and `rhyme` stay as they are by
/// default.
song::Line readLine(const language::Reader& reader, const std::string& text, language::Language primary,
                    song::IdSource& ids);

/// Takes the words out of the lyrics whose syllables are all in `silent`, the others of which no note sings.
/// Errors: a syllable of a word that is sung in part, a line that would be left without words.
Result<void> removeWords(song::Transaction& transaction, const std::set<song::SyllableId>& silent);

/// Retypes word number `word` of a line as `text` (one word, several, or nothing to remove it). The notes
/// that sang the old word sing the new one: with as many syllables one by one; with fewer, the last syllable
/// keeps the remaining notes as a melisma; with more, the longest notes are split. Removing a word gives its
/// notes to its neighbour. Errors: no such line or word, nothing singable left in the line, no note long
/// enough to split.
Result<void> retypeWord(song::Transaction& transaction, const language::Reader& reader, song::LineId line,
                        std::size_t word, const std::string& text);

/// The line itself, then the lines that repeat it: at its place in other sections of its kind, with its text.
/// Empty when there is no such line.
std::vector<song::LineId> repeatsOf(const song::Song& song, song::LineId line);

/// Writes a line anew; `maker` is who made the words (by default a person). Words that stay at the line's
/// beginning and end keep their syllables and notes; the notes between them pass to the new words as
/// retypeWord passes them, with the rest of the line when they are too short. Errors: no such line, nothing
/// singable in the text, no note long enough to split.
Result<void> replaceLine(song::Transaction& transaction, const language::Reader& reader, song::LineId line,
                         const std::string& text, const song::Origin& maker = {});

} // namespace cantilena::session
