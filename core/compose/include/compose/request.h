#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <language/language_id.h>
#include <music/pitch.h>
#include <music/units.h>

namespace cantilena::compose {

/// What a person asks for: a sentence or own lyrics, and explicit choices, which win over what the sentence
/// says.
struct ComposeRequest {
    std::string prompt; ///< UTF-8, at most 2,000 characters
    std::string
        lyrics; ///< own lyrics with optional [Verse], [Chorus] marks, at most 20,000 characters; empty: none
    std::optional<language::Language> language;
    std::string style; ///< id of a style; empty: from the prompt
    std::string mood;  ///< words such as "calm, hopeful"; empty: from the prompt
    std::optional<music::Bpm> tempo;
    std::optional<music::Key> key;
    std::optional<music::Seconds> length; ///< 15 to 360
    std::string voice;                    ///< id of a singer; empty: chosen
    bool instrumental = false;
    std::uint64_t seed = 1;
    language::Language interfaceLanguage =
        language::Language::English; ///< when the prompt's language is not ours
};

} // namespace cantilena::compose
