#pragma once

#include <string>
#include <vector>

#include <compose/plan.h>
#include <song/brief.h>

#include "lyricist_draft.h"

/// What is said to a language model.
namespace cantilena::compose::lyric {

/// Asks for title and lines: subject, mood, and of each section its lines' syllables and rhyme letters.
std::string lyricsRequest(const song::Brief& brief, const Form& form);

/// Says that the answer was not in the shape that was asked for, and what that is.
std::string shapeReminder(const Form& form);

/// A line that did not fit.
struct LineFault {
    LineSite site;
    std::string wording; ///< empty when there was none
    std::string what;    ///< LyricDraft::fault
    std::string rhymesWith;
};
/// Asks for other wordings of these lines.
std::string repairRequest(const std::vector<LineFault>& faults, const Form& form,
                          language::Language language);

} // namespace cantilena::compose::lyric
