#pragma once

#include <string>
#include <vector>

#include <compose/lyrics.h>
#include <compose/plan.h>
#include <compose/request.h>
#include <language/dictionary.h>
#include <language/reader.h>
#include <song/brief.h>

/// A song that opens with the person's own words: "my son came home from the army yesterday and slept for 14
/// hours" is two lines already, and nothing that is written for it says it better.
namespace cantilena::compose {

/// Most lines of the person's own in one section.
inline constexpr std::size_t kMostSectionLines = 4;
/// Syllables of a line that a song opens with.
inline constexpr int kShortestOpeningLine = 4, kLongestOpeningLine = 14;

/// What a request tells, as lines to sing: its statements without what asks for a song ("a rock song about",
/// 写一首), parted where a singer breathes, with small spelling mended ("i", "dont", "freind", "monday"). No
/// line where it names a subject and tells nothing of it ("a song for my dad", 秋天的落叶), and none of
/// what is in another language than `language`. Any thread; results depend on the arguments alone.
std::vector<std::string> readOpening(const std::string& request, language::Language language,
                                     const language::Reader& reader, const language::Dictionary& dictionary);

/// What a song opens with.
struct Opening {
    std::vector<std::string> lines;
    std::vector<bool> begins;     ///< whether a statement begins with the line; parallel to `lines`
    std::vector<bool> opens = {}; ///< whether a sentence does, as far as the prompt tells; as long, or empty
};

/// A brief's (Brief::opening): where its lines are the prompt's, a statement begins where the prompt has a
/// mark; of others each line is one.
Opening openingOf(const song::Brief& brief);

/// How many of the lines, from the first, one section sings: four at most, and no statement is cut that need
/// not be.
std::size_t sectionLines(const Opening& opening);

/// The form with the lines sung in its intro, and what is more than four lines after the first chorus, in an
/// interlude; both get longer for them where `mayGrow`. As many lines, from the first, as there is room for.
/// Its outro sings the last two again, so that the song comes back to what it is about. Where more of them
/// fit into the half verse that a short clip begins with, they are that verse. Lines of more than
/// kLongestOpeningLine + 2 syllables or of none end the opening. A form without singing, or without such a
/// place, stays as it is; so does one that sings nothing else (isTold).
Form openedWith(Form form, const Opening& opening, bool mayGrow, language::Language language,
                const language::Reader& reader);

/// A form without the lines whose words are given, for those who write the others; and those lines, as the
/// person's, at their places in lyrics that were written for it.
Form withoutGiven(Form form);
void addGiven(Lyrics& lyrics, const Form& form, language::Language language, const language::Reader& reader);

/// The lines of text, without empty ones and without spaces around.
std::vector<std::string> linesOf(const std::string& text);

} // namespace cantilena::compose
