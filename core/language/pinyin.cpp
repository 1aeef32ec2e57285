#include "pinyin.h"

#include <algorithm>

#include "unicode.h"

namespace cantilena::language {

namespace {

constexpr std::string_view kInitials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l",
                                          "g",  "k",  "h",  "j", "q", "x", "r", "z", "c", "s"};

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> set)
{
    return std::find(set.begin(), set.end(), text) != set.end();
}

/// The final of a syllable that begins with the spelling letters y or w, or with a vowel.
std::string openFinal(std::string_view body)
{
    struct Pair {
        std::string_view spelled, final;
    };
    static constexpr Pair kOpen[] = {{"yi", "i"},      {"ya", "ia"},     {"ye", "ie"},    {"yao", "iao"},
                                     {"you", "iu"},    {"yan", "ian"},   {"yin", "in"},   {"yang", "iang"},
                                     {"ying", "ing"},  {"yong", "iong"}, {"yo", "o"},     {"yai", "ai"},
                                     {"yu", "v"},      {"yue", "ve"},    {"yuan", "van"}, {"yun", "vn"},
                                     {"wu", "u"},      {"wa", "ua"},     {"wo", "uo"},    {"wai", "uai"},
                                     {"wei", "ui"},    {"wan", "uan"},   {"wen", "un"},   {"wang", "uang"},
                                     {"weng", "ueng"}, {"wong", "ueng"}, {"eh", "ei"},    {"n", "en"},
                                     {"ng", "eng"},    {"m", "en"},      {"r", "er"}};
    for (const Pair& pair : kOpen) {
        if (pair.spelled == body)
            return std::string(pair.final);
    }
    return std::string(body);
}

} // namespace

Pinyin parsePinyin(std::string_view text)
{
    Pinyin result;
    if (!text.empty() && text.back() >= '1' && text.back() <= '5') {
        result.tone = text.back() - '0';
        text.remove_suffix(1);
    }
    if (text.empty())
        return result;
    static constexpr std::string_view kBare[] = {"a",  "o",  "e",  "ai",  "ei",  "ao",
                                                 "ou", "an", "en", "ang", "eng", "er"};
    if (text.front() == 'y' || text.front() == 'w' || isOneOf(text, {"eh", "n", "ng", "m", "r"}) ||
        std::find(std::begin(kBare), std::end(kBare), text) != std::end(kBare)) {
        result.final = openFinal(text);
        return result;
    }
    for (const std::string_view initial : kInitials) {
        if (!text.starts_with(initial) || text.size() == initial.size())
            continue;
        result.initial = initial;
        std::string final(text.substr(initial.size()));
        if (isOneOf(initial, {"j", "q", "x"}) && final.front() == 'u')
            final.front() = 'v';
        if (final == "i" && isOneOf(initial, {"zh", "ch", "sh", "r"}))
            final = "ir";
        else if (final == "i" && isOneOf(initial, {"z", "c", "s"}))
            final = "iz";
        else if (final == "ue")
            final = "ve";
        else if (final == "uen")
            final = "un";
        else if (final == "uei")
            final = "ui";
        else if (final == "iou")
            final = "iu";
        else if (final == "io")
            final = "o";
        result.final = final;
        return result;
    }
    return result;
}

std::string numberedPinyin(std::string_view accented)
{
    std::string letters;
    int tone = 5;
    for (const CodePoint& point : decode(accented)) {
        struct Mark {
            char32_t value;
            char letter;
            int tone;
        };
        static constexpr Mark kMarks[] = {
            {U'ā', 'a', 1}, {U'á', 'a', 2}, {U'ǎ', 'a', 3}, {U'à', 'a', 4}, {U'ē', 'e', 1}, {U'é', 'e', 2},
            {U'ě', 'e', 3}, {U'è', 'e', 4}, {U'ī', 'i', 1}, {U'í', 'i', 2}, {U'ǐ', 'i', 3}, {U'ì', 'i', 4},
            {U'ō', 'o', 1}, {U'ó', 'o', 2}, {U'ǒ', 'o', 3}, {U'ò', 'o', 4}, {U'ū', 'u', 1}, {U'ú', 'u', 2},
            {U'ǔ', 'u', 3}, {U'ù', 'u', 4}, {U'ǖ', 'v', 1}, {U'ǘ', 'v', 2}, {U'ǚ', 'v', 3}, {U'ǜ', 'v', 4},
            {U'ü', 'v', 0}, {U'ń', 'n', 2}, {U'ň', 'n', 3}, {U'ǹ', 'n', 4}, {U'ḿ', 'm', 2}, {U'ê', 'e', 0}};
        if (point.value >= 'a' && point.value <= 'z') {
            letters.push_back(static_cast<char>(point.value));
            continue;
        }
        for (const Mark& mark : kMarks) {
            if (mark.value != point.value)
                continue;
            letters.push_back(mark.letter);
            if (mark.tone > 0)
                tone = mark.tone;
        }
    }
    return letters.empty() ? letters : letters + static_cast<char>('0' + tone);
}

} // namespace cantilena::language
