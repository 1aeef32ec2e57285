#include "lyrics_numbers.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "lyrics_word_sets.h"

namespace cantilena::compose::lyric {

namespace {

constexpr int kMost = 100;

/// "thirty-two", and "thirty-second".
std::string englishNumber(int number, bool ordinal)
{
    static constexpr std::array kSmall = {"",        "one",     "two",       "three",    "four",
                                          "five",    "six",     "seven",     "eight",    "nine",
                                          "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                          "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static constexpr std::array kSmallth = {
        "",           "first",     "second",    "third",       "fourth",     "fifth",     "sixth",
        "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",   "thirteenth",
        "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"};
    static constexpr std::array kTens = {"",      "",      "twenty",  "thirty", "forty",
                                         "fifty", "sixty", "seventy", "eighty", "ninety"};
    const auto at = [](int i) { return static_cast<std::size_t>(i); };
    if (number == kMost)
        return ordinal ? "hundredth" : "hundred";
    if (number < 20)
        return ordinal ? kSmallth[at(number)] : kSmall[at(number)];
    std::string tens = kTens[at(number / 10)];
    if (number % 10 != 0)
        return tens + "-" + englishNumber(number % 10, ordinal);
    if (ordinal)
        tens.replace(tens.size() - 1, 1, "ieth");
    return tens;
}

std::string chineseNumber(int number)
{
    static constexpr std::array kDigits = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    const auto digit = [](int i) { return std::string(kDigits[static_cast<std::size_t>(i)]); };
    if (number == kMost)
        return "一百";
    if (number < 10)
        return digit(number);
    return (number < 20 ? "" : digit(number / 10)) + "十" + digit(number % 10);
}

const std::map<std::string, int>& englishNumbers()
{
    static const std::map<std::string, int> numbers = [] {
        std::map<std::string, int> made;
        for (int n = 1; n <= kMost; ++n) {
            made[englishNumber(n, false)] = n;
            made[englishNumber(n, true)] = n;
        }
        return made;
    }();
    return numbers;
}

/// 1 to kMost of "30", "30th", "thirty" or "thirtieth"; 0 for anything else.
int readEnglish(const std::string& word)
{
    std::size_t digits = 0;
    while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9')
        ++digits;
    if (digits == 0) {
        const auto found = englishNumbers().find(word);
        return found == englishNumbers().end() ? 0 : found->second;
    }
    const std::string_view rest = std::string_view(word).substr(digits);
    if (digits > 3 || !(rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th"))
        return 0;
    const int number = std::stoi(word.substr(0, digits));
    return number >= 1 && number <= kMost ? number : 0;
}

void addOnce(std::vector<std::string>& words, const std::string& word)
{
    if (std::find(words.begin(), words.end(), word) == words.end())
        words.push_back(word);
}

std::vector<std::string> inEnglish(const std::string& request)
{
    static constexpr std::array<std::string_view, 8> kAfter = {
        "year", "years", "year-old", "years-old", "birthday", "anniversary", "birthdays", "year's"};
    static constexpr std::array<std::string_view, 9> kBefore = {"turning", "turns", "turned", "turn", "aged",
                                                                "age",     "is",    "at",     "for"};
    static constexpr std::array<std::string_view, 5> kAge = {"turning", "turns", "turned", "turn", "aged"};
    std::vector<std::string> words;
    std::string word;
    for (const char c : request + " ") {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || lower == '-' || lower == '\'')
            word += lower;
        else if (!word.empty())
            words.push_back(std::exchange(word, {}));
    }
    std::vector<std::string> sung;
    for (std::size_t i = 0; i < words.size(); ++i) {
        // "a 30-year-old"
        const std::size_t hyphen = words[i].find("-year");
        const int number = readEnglish(words[i].substr(0, hyphen));
        if (number == 0)
            continue;
        const bool after =
            hyphen != std::string::npos || (i + 1 < words.size() && isOneOf(words[i + 1], kAfter)) ||
            (i + 2 < words.size() && words[i + 1] == "wedding" && isOneOf(words[i + 2], kAfter));
        const bool age = i > 0 && isOneOf(words[i - 1], kAge);
        const bool last = i > 0 && i + 1 == words.size() && isOneOf(words[i - 1], kBefore);
        if (!after && !age && !last)
            continue;
        addOnce(sung, englishNumber(number, false));
        addOnce(sung, englishNumber(number, true));
    }
    return sung;
}

std::vector<std::string> inChinese(const std::string& request)
{
    // The longest numbers first, so that 三十 is not read as 三.
    static const std::vector<std::pair<std::string, int>> kNumbers = [] {
        std::vector<std::pair<std::string, int>> made;
        for (int n = 1; n <= kMost; ++n) {
            made.emplace_back(chineseNumber(n), n);
            made.emplace_back(std::to_string(n), n);
        }
        made.emplace_back("两", 2);
        std::stable_sort(made.begin(), made.end(),
                         [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
        return made;
    }();
    static constexpr std::array<std::string_view, 6> kUnits = {"周年", "周岁", "岁", "年", "大寿", "大壽"};
    std::vector<std::string> sung;
    for (std::size_t at = 0; at < request.size();) {
        const std::string_view rest = std::string_view(request).substr(at);
        const auto number = std::find_if(kNumbers.begin(), kNumbers.end(),
                                         [&](const auto& known) { return rest.starts_with(known.first); });
        if (number == kNumbers.end()) {
            ++at;
            continue;
        }
        at += number->first.size();
        const bool digits = number->first[0] <= '9';
        // 2024年 is no span of years, nor is 第三年.
        const std::size_t before = at - number->first.size();
        if (digits && ((at < request.size() && request[at] >= '0' && request[at] <= '9') ||
                       (before > 0 && request[before - 1] >= '0' && request[before - 1] <= '9')))
            continue;
        const std::string_view behind = std::string_view(request).substr(at);
        const auto unit = std::find_if(kUnits.begin(), kUnits.end(),
                                       [&](std::string_view u) { return behind.starts_with(u); });
        // 八年级, 一年一度 and the like count nothing.
        if (unit == kUnits.end() || behind.starts_with("年级") || behind.starts_with("年代") ||
            behind.starts_with("年一"))
            continue;
        const std::string name = *unit == "年" && number->second == 2 ? "两" : chineseNumber(number->second);
        addOnce(sung, name);
        addOnce(sung, name + std::string(*unit));
        if (*unit == "周年")
            addOnce(sung, name + "年");
        if (*unit == "周岁" || *unit == "大寿" || *unit == "大壽")
            addOnce(sung, name + "岁");
    }
    return sung;
}

} // namespace

std::vector<std::string> agesAndYears(const std::string& request, language::Language language)
{
    return language == language::Language::Mandarin ? inChinese(request) : inEnglish(request);
}

} // namespace cantilena::compose::lyric
