#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cantilena::language {

/// The languages that songs are written and sung in.
enum class Language : std::uint8_t { English, Mandarin };

/// "en" or "zh" (ISO 639-1), as on the command line and in files.
constexpr std::string_view code(Language language)
{
    return language == Language::English ? "en" : "zh";
}

constexpr std::optional<Language> languageOfCode(std::string_view code)
{
    if (code == "en")
        return Language::English;
    if (code == "zh")
        return Language::Mandarin;
    return std::nullopt;
}

} // namespace cantilena::language
