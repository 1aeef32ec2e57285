#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <language/language_id.h>
#include <music/pitch.h>
#include <music/time_map.h>
#include <music/units.h>

namespace cantilena::song {

/// Point of view of the lyrics.
enum class PointOfView : std::uint8_t { I, You, We, She, He, They, Story };

/// What was asked for, as understood from the sentence and the explicit choices.
struct Brief {
    std::string prompt; ///< the person's sentence, as typed
    language::Language language = language::Language::English;
    std::vector<std::string>
        themes; ///< content words of the prompt and words near them, most important first
    int chosenThemes =
        0;              ///< the first so many themes were chosen outright, whether the prompt has them or not
    double valence = 0; ///< -1 sad .. 1 happy
    double arousal = 0; ///< -1 calm .. 1 excited
    std::vector<std::string> moodWords;
    std::string style = "pop";       ///< id of a file in resources/styles
    std::optional<music::Bpm> tempo; ///< nothing: the style and mood decide
    std::optional<music::Key> key;
    music::Meter meter;
    std::optional<music::Seconds> length; ///< nothing: the form decides (about two and a half minutes)
    PointOfView pointOfView = PointOfView::I;
    std::string singer; ///< id of a file in resources/singers; empty: chosen by language and wish
    bool wantsMale = false;
    bool instrumental = false;
    std::string lyrics;  ///< the person's own lyrics with optional [Verse] marks; empty: written by the model
    std::string opening; ///< lines of the prompt that the song opens with, parted by line breaks; or none
    std::string chords;  ///< the person's chord line (compose/chord_line.h), as typed; empty: by the model

    bool operator==(const Brief&) const = default;
};

} // namespace cantilena::song
