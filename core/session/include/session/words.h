#pragma once

#include <cstddef>
#include <optional>
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

/// A piece of a text, in bytes.
struct TextRange {
    std::size_t start = 0;
    std::size_t end = 0;

    bool operator==(const TextRange&) const = default;
};

/// Where each word of a line stands in the line's text, in order; nothing for a word that the text does not
/// have. Words are normalised (language/text.h) and the text is as it was typed: full-width letters,
/// ligatures and invisible marks are seen through.
std::vector<std::optional<TextRange>> wordRanges(const song::Line& line);

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

} // namespace cantilena::session
