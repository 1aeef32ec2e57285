#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <language/language_id.h>
#include <music/pitch.h>
#include <music/time_map.h>
#include <music/units.h>
#include <song/brief.h>

/// Words that say outright what is wanted. Each function looks at a normalised prompt in lower case and gives
/// nothing when it is not said. Internal to the compose library.
namespace cantilena::compose::brief_words {

std::optional<language::Language> language(std::string_view prompt);
std::optional<std::string> style(std::string_view prompt);
/// Whether children are spoken of as somebody's: "we measured our three kids".
bool tellsOfChildren(std::string_view prompt);
std::optional<music::Bpm> tempo(std::string_view prompt);
std::optional<music::Key> key(std::string_view prompt);
std::optional<music::Seconds> length(std::string_view prompt);
std::optional<music::Meter> meter(std::string_view prompt);
/// True: a male voice; false: a female one.
std::optional<bool> maleVoice(std::string_view prompt);
bool instrumental(std::string_view prompt);
std::optional<song::PointOfView> pointOfView(std::string_view prompt);

/// What a mood word adds; zero for a word that is none.
struct Mood {
    double valence = 0, arousal = 0;
    bool known = false;
    bool subject = false; ///< also what a song can be about: missing somebody, 离别
};
Mood mood(std::string_view word);

/// Whether `word` stands in `text` as a word of its own (English) or at all (Chinese).
bool contains(std::string_view text, std::string_view word);

} // namespace cantilena::compose::brief_words
