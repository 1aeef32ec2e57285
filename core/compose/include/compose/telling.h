#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <compose/lyrics.h>
#include <compose/opening.h>
#include <compose/plan.h>
#include <compose/style.h>
#include <language/reader.h>
#include <song/brief.h>

/// A song all of whose words are the person's: what somebody tells in three lines or more, "my neighbor, who
/// hasn't said a word to me in six years, knocked and handed me a bag of tomatoes", is a song already, and
/// what is written for others contradicts it as often as not. A line or two are sung alone where nothing that
/// was written is about anything like them.
namespace cantilena::compose {

/// What is told as the parts of a song.
struct Telling {
    std::vector<std::vector<std::string>> verses; ///< in order, all before the first chorus
    std::vector<std::string> chorus;              ///< what it comes to, two to four lines
    std::string title;                            ///< the line of the chorus that the song is called after

    bool operator==(const Telling&) const = default;
};

/// The chorus is what the telling ends with: its last sentence, or the last two statements, sung twice where
/// that is two lines; `hook` is its line that can stand alone (it may lack the "and" that the line has). The
/// rest are verses of two to five lines that begin where sentences do as far as they can. `statements`, as
/// many as lines, says which lines a chorus may begin with. Nothing where
/// there are no lines, or no chorus among them.
std::optional<Telling> planTelling(const Opening& opening, const std::vector<std::string>& hook,
                                   const std::vector<bool>& statements);

/// The form that sings what the brief opens with and nothing else: verses, chorus, the band, the chorus
/// again; with a length that the brief asks for, more of the band, and the last verse and the chorus again,
/// so that the length is reached. Every line's words are given (isTold): to be added to planForms' for
/// suitForm. Nothing where there is too little to tell, or more than the length holds. Any
/// thread.
std::optional<Form> formForTelling(const song::Brief& brief, const Style& style, const VocalRange& range,
                                   std::uint64_t seed, const LyricModels& models,
                                   const language::Reader& reader);

/// Whether every line of a form has its words (LinePlan::words), and there is one.
bool isTold(const Form& form);

} // namespace cantilena::compose
