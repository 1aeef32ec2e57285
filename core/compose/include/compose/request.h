#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <language/language_id.h>
#include <music/pitch.h>
#include <music/units.h>
#include <song/brief.h>

namespace cantilena::compose {

/// Most words of ComposeRequest::themes and of withoutThemes, and the characters of one.
inline constexpr std::size_t kMostThemes = 12;
inline constexpr std::size_t kMostWithoutThemes = 100;
inline constexpr std::size_t kLongestTheme = 40;

/// Most lines of the person's own that a song sings, and the characters of them all as a person types them.
inline constexpr std::size_t kMostOpeningLines = 12;
inline constexpr std::size_t kLongestOpening = 600;

/// What a person asks for: a sentence or own lyrics, and explicit choices, which win over what the sentence
/// says.
struct ComposeRequest {
    std::string prompt; ///< UTF-8, at most 2,000 characters
    std::string
        lyrics; ///< own lyrics with optional [Verse], [Chorus] marks, at most 20,000 characters; empty: none
    /// The lines that the song opens with, parted by line breaks; empty: none; nothing: what the prompt tells
    /// (compose/opening.h).
    std::optional<std::string> opening;
    std::string chords; ///< a chord line (compose/chord_line.h); its places stay, the model writes the rest
    std::optional<language::Language> language;
    std::vector<std::string> themes;        ///< subject words, before those of the prompt
    std::vector<std::string> withoutThemes; ///< subject words that are not taken from the prompt
    std::string style;                      ///< id of a style; empty: from the prompt
    std::string mood;                       ///< words such as "calm, hopeful"; empty: from the prompt
    std::optional<double> valence;          ///< -1 sad .. 1 happy; wins over `mood`
    std::optional<double> arousal;          ///< -1 calm .. 1 excited; wins over `mood`
    std::optional<music::Bpm> tempo;
    std::optional<music::Key> key;
    std::optional<music::Seconds> length; ///< 15 to 360
    /// Matters that style and mood decide whatever the prompt says; a choice above wins.
    struct LeftOpen {
        bool tempo = false, key = false, length = false;
    } leftOpen;
    std::optional<song::PointOfView> pointOfView;
    std::string voice;                ///< id of a singer; empty: chosen
    std::optional<bool> instrumental; ///< nothing: from the prompt
    std::uint64_t seed = 1;
    language::Language interfaceLanguage =
        language::Language::English; ///< when the prompt's language is not ours
};

} // namespace cantilena::compose
