#include "chord_token.h"

#include <array>
#include <string_view>

namespace cantilena::compose {

using music::Chord;
using music::ChordQuality;

namespace {

/// What follows the root: "m7", "sus4", "13".
std::optional<ChordQuality> qualityOf(std::string suffix)
{
    struct Reading {
        std::string_view text;
        ChordQuality quality;
    };
    // Colours that music::Chord does not hold, and spellings that it does not read.
    static constexpr Reading kReadings[] = {
        {"major", ChordQuality::Major},
        {"minor", ChordQuality::Minor},
        {"maj6", ChordQuality::Major6},
        {"69", ChordQuality::Major6},
        {"6/9", ChordQuality::Major6},
        {"m69", ChordQuality::Minor6},
        {"m6/9", ChordQuality::Minor6},
        {"add2", ChordQuality::Add9},
        {"madd2", ChordQuality::MinorAdd9},
        {"MA7", ChordQuality::Major7},
        {"MAJ7", ChordQuality::Major7},
        {"Δ7", ChordQuality::Major7},
        {"△", ChordQuality::Major7},
        {"△7", ChordQuality::Major7},
        {"maj7#11", ChordQuality::Major7},
        {"maj11", ChordQuality::Major9},
        {"maj13", ChordQuality::Major9},
        {"ma9", ChordQuality::Major9},
        {"-9", ChordQuality::Minor9},
        {"-6", ChordQuality::Minor6},
        {"m11", ChordQuality::Minor9},
        {"-11", ChordQuality::Minor9},
        {"m13", ChordQuality::Minor9},
        {"min11", ChordQuality::Minor9},
        {"m7-5", ChordQuality::HalfDiminished7},
        {"min7b5", ChordQuality::HalfDiminished7},
        {"-7b5", ChordQuality::HalfDiminished7},
        {"mmaj7", ChordQuality::MinorMajor7},
        {"minmaj7", ChordQuality::MinorMajor7},
        {"-maj7", ChordQuality::MinorMajor7},
        {"7sus", ChordQuality::Dominant7Sus4},
        {"sus7", ChordQuality::Dominant7Sus4},
        {"9sus4", ChordQuality::Dominant7Sus4},
        {"9sus", ChordQuality::Dominant7Sus4},
        {"13sus4", ChordQuality::Dominant7Sus4},
        {"11", ChordQuality::Dominant7Sus4},
        {"13", ChordQuality::Dominant9},
        {"7b9", ChordQuality::Dominant7},
        {"7#9", ChordQuality::Dominant7},
        {"7b5", ChordQuality::Dominant7},
        {"7#5", ChordQuality::Dominant7},
        {"7#11", ChordQuality::Dominant7},
        {"7b13", ChordQuality::Dominant7},
        {"7alt", ChordQuality::Dominant7},
        {"aug7", ChordQuality::Dominant7},
        {"+7", ChordQuality::Dominant7},
        {"7+", ChordQuality::Dominant7},
    };
    std::erase_if(suffix, [](char c) { return c == '(' || c == ')'; });
    for (const Reading& reading : kReadings)
        if (suffix == reading.text)
            return reading.quality;
    if (suffix.starts_with('#') || suffix.starts_with('b') || suffix.find('/') != std::string::npos)
        return std::nullopt; // would move the root that is put before it here
    const std::optional<Chord> chord = Chord::parse("C" + suffix);
    return chord ? std::optional(chord->quality) : std::nullopt;
}

/// The same where the root alone already says minor, as ii and vi do.
std::optional<ChordQuality> minorQualityOf(const std::string& suffix)
{
    static constexpr std::pair<std::string_view, ChordQuality> kReadings[] = {
        {"", ChordQuality::Minor},         {"7", ChordQuality::Minor7},
        {"9", ChordQuality::Minor9},       {"11", ChordQuality::Minor9},
        {"6", ChordQuality::Minor6},       {"69", ChordQuality::Minor6},
        {"add9", ChordQuality::MinorAdd9}, {"maj7", ChordQuality::MinorMajor7},
        {"M7", ChordQuality::MinorMajor7}, {"7b5", ChordQuality::HalfDiminished7},
        {"b5", ChordQuality::Diminished},
    };
    for (const auto& [text, quality] : kReadings)
        if (suffix == text)
            return quality;
    return qualityOf(suffix);
}

int takeAlteration(std::string_view& text)
{
    if (text.empty() || (text.front() != 'b' && text.front() != '#'))
        return 0;
    const int alter = text.front() == 'b' ? -1 : 1;
    text.remove_prefix(1);
    return alter;
}

/// Takes a Roman numeral of one case from the front: 1..7, or 0.
int takeRoman(std::string_view& text)
{
    static constexpr std::array<std::string_view, 7> kUpper{"VII", "III", "VI", "IV", "II", "V", "I"};
    static constexpr std::array<std::string_view, 7> kLower{"vii", "iii", "vi", "iv", "ii", "v", "i"};
    static constexpr std::array<int, 7> kNumbers{7, 3, 6, 4, 2, 5, 1};
    for (std::size_t i = 0; i < kNumbers.size(); ++i) {
        if (text.starts_with(kUpper[i]) || text.starts_with(kLower[i])) {
            text.remove_prefix(kUpper[i].size());
            return kNumbers[i];
        }
    }
    return 0;
}

std::optional<int> pitchClassOf(std::string text)
{
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'g')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    const std::optional<Chord> chord = Chord::parse(text);
    return chord && chord->quality == ChordQuality::Major && chord->bass == chord->root &&
                   text.find_first_not_of("ABCDEFG#b") == std::string::npos
               ? std::optional(chord->root)
               : std::nullopt;
}

/// Splits what is behind the last slash off, unless it belongs to a "6/9".
std::pair<std::string, std::optional<std::string>> splitSlash(const std::string& text)
{
    const std::size_t slash = text.rfind('/');
    if (slash == std::string::npos || text.ends_with("6/9"))
        return {text, std::nullopt};
    return {text.substr(0, slash), text.substr(slash + 1)};
}

std::optional<ChordEntry> readSymbol(const std::string& token)
{
    auto [body, bass] = splitSlash(token);
    if (body.empty())
        return std::nullopt;
    std::size_t rootEnd = 1;
    while (rootEnd < body.size() && (body[rootEnd] == '#' || body[rootEnd] == 'b'))
        ++rootEnd;
    const std::optional<int> root = pitchClassOf(body.substr(0, rootEnd));
    const std::optional<ChordQuality> quality = qualityOf(body.substr(rootEnd));
    if (!root || !quality)
        return std::nullopt;
    Chord chord(*root, *quality);
    if (bass) {
        const std::optional<int> lowest = pitchClassOf(*bass);
        if (!lowest)
            return std::nullopt;
        chord.bass = *lowest;
    }
    return chord;
}

std::optional<ChordEntry> readDegree(const std::string& token)
{
    const auto [body, bass] = splitSlash(token);
    std::string_view rest = body;
    ChordDegree degree;
    degree.step.alter = takeAlteration(rest);
    if (rest.empty())
        return std::nullopt;
    const char first = rest.front();
    if (first >= '1' && first <= '7') {
        degree.step.number = first - '0';
        rest.remove_prefix(1);
    } else {
        degree.roman = true;
        degree.lower = first == 'i' || first == 'v';
        degree.step.number = takeRoman(rest);
        if (degree.step.number == 0)
            return std::nullopt;
    }
    const std::string suffix(rest);
    const auto overMajor = qualityOf(suffix), overMinor = minorQualityOf(suffix);
    if (!overMinor || (!overMajor && !degree.lower))
        return std::nullopt;
    degree.overMajor = overMajor.value_or(*overMinor);
    degree.overMinor = *overMinor;
    degree.plain = suffix.empty() || suffix == "7";
    degree.saysMinor =
        !degree.roman && (suffix.starts_with('-') || (suffix.starts_with('m') && !suffix.starts_with("maj")));
    if (!bass)
        return degree;
    std::string_view below = *bass;
    const int alter = takeAlteration(below);
    if (below.size() == 1 && below.front() >= '1' && below.front() <= '7') {
        degree.bass = ScaleStep{below.front() - '0', alter};
    } else if (const std::string_view roman = below; degree.roman && !roman.empty()) {
        if (const int number = takeRoman(below); number != 0 && below.empty())
            degree.of = {ScaleStep{number, alter}, roman.front() == 'i' || roman.front() == 'v'};
    }
    if (degree.bass.index() == 0 && !degree.of) {
        const std::optional<int> lowest = pitchClassOf(*bass);
        if (!lowest)
            return std::nullopt;
        degree.bass = *lowest;
    }
    return degree;
}

} // namespace

std::vector<ChordEntry> readChordToken(const std::string& token)
{
    if (token == "." || token == "?")
        return {OpenPlace{}};
    if (token == "%" || token == "-" || token == "/")
        return {ChordHold{}};
    if (token.size() >= 3 && token.find_first_not_of("1234567") == std::string::npos) {
        std::vector<ChordEntry> entries;
        for (const char digit : token)
            entries.push_back(*readDegree(std::string(1, digit)));
        return entries;
    }
    // "b7" is the flat seventh degree and "bb7" a chord of B flat.
    if (const std::optional<ChordEntry> degree = readDegree(token))
        return {*degree};
    if (const std::optional<ChordEntry> symbol = readSymbol(token))
        return {*symbol};
    std::vector<ChordEntry> entries;
    for (std::size_t begin = 0; begin <= token.size();) {
        const std::size_t end = std::min(token.find('-', begin), token.size());
        const std::string part = token.substr(begin, end - begin);
        const auto one =
            part.empty() || part.size() == token.size() ? std::vector<ChordEntry>{} : readChordToken(part);
        if (one.empty())
            return {};
        entries.insert(entries.end(), one.begin(), one.end());
        begin = end + 1;
    }
    return entries;
}

} // namespace cantilena::compose
