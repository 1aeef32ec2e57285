#include "english.h"

#include <array>
#include <cstdint>

#include "unicode.h"

namespace cantilena::language {

namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 20> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens = {"",      "",      "twenty",  "thirty", "forty",
                                                    "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::string_view, 6> kThousands = {"",        "thousand", "million",
                                                        "billion", "trillion", "quadrillion"};
constexpr std::array<std::string_view, 13> kMonths = {
    "",     "January", "February",  "March",   "April",    "May",     "June",
    "July", "August",  "September", "October", "November", "December"};

void add(Words& words, std::string_view word)
{
    words.emplace_back(word);
}
void add(Words& words, const Words& more)
{
    words.insert(words.end(), more.begin(), more.end());
}

Words digitByDigit(std::string_view digits)
{
    Words words;
    for (const char c : digits)
        add(words, c == '0' ? "oh" : kSmall[static_cast<std::size_t>(c - '0')]);
    return words;
}

Words belowThousand(unsigned n)
{
    Words words;
    if (n >= 100) {
        add(words, kSmall[n / 100]);
        add(words, "hundred");
        n %= 100;
    }
    if (n >= 20) {
        add(words, kTens[n / 10]);
        n %= 10;
        if (n == 0)
            return words;
    }
    if (n > 0 || words.empty())
        add(words, kSmall[n]);
    return words;
}

Words cardinal(std::string_view digits)
{
    while (digits.size() > 1 && digits.front() == '0')
        digits.remove_prefix(1);
    if (digits.size() > 18)
        return digitByDigit(digits);
    std::uint64_t n = 0;
    for (const char c : digits)
        n = n * 10 + static_cast<std::uint64_t>(c - '0');
    if (n == 0)
        return {"zero"};
    std::array<unsigned, 6> groups{};
    for (unsigned& group : groups) {
        group = static_cast<unsigned>(n % 1000);
        n /= 1000;
    }
    Words words;
    for (std::size_t g = groups.size(); g-- > 0;) {
        if (groups[g] == 0)
            continue;
        add(words, belowThousand(groups[g]));
        if (g > 0)
            add(words, kThousands[g]);
    }
    return words;
}

/// A number as it is said for years and house numbers: 1999 nineteen ninety nine, 2005 two thousand five.
Words yearOrCardinal(std::string_view digits)
{
    if (digits.size() == 4 && digits[0] != '0') {
        const unsigned high = static_cast<unsigned>((digits[0] - '0') * 10 + (digits[1] - '0'));
        const unsigned low = static_cast<unsigned>((digits[2] - '0') * 10 + (digits[3] - '0'));
        const bool year = (high >= 11 && high <= 19) || (high == 20 && low >= 10);
        if (year) {
            Words words = belowThousand(high);
            if (low == 0)
                add(words, "hundred");
            else if (low < 10)
                add(words, Words{"oh", std::string(kSmall[low])});
            else
                add(words, belowThousand(low));
            return words;
        }
    }
    if (digits.size() > 1 && digits[0] == '0')
        return digitByDigit(digits);
    return cardinal(digits);
}

std::string ordinalOf(const std::string& word)
{
    if (word == "one")
        return "first";
    if (word == "two")
        return "second";
    if (word == "three")
        return "third";
    if (word == "five")
        return "fifth";
    if (word == "eight")
        return "eighth";
    if (word == "nine")
        return "ninth";
    if (word == "twelve")
        return "twelfth";
    if (word.back() == 'y')
        return word.substr(0, word.size() - 1) + "ieth";
    return word + "th";
}

Words ordinal(std::string_view digits)
{
    Words words = cardinal(digits);
    words.back() = ordinalOf(words.back());
    return words;
}

Words decade(std::string_view digits)
{
    Words words = yearOrCardinal(digits);
    std::string& last = words.back();
    if (last.back() == 'y')
        last.replace(last.size() - 1, 1, "ies");
    else
        last += last.back() == 'x' ? "es" : "s";
    return words;
}

unsigned small(std::string_view digits)
{
    unsigned n = 0;
    for (const char c : digits.substr(0, 6))
        n = n * 10 + static_cast<unsigned>(c - '0');
    return n;
}

Words date(unsigned month, unsigned day, std::string_view year)
{
    Words words{std::string(kMonths[month])};
    add(words, ordinal(std::to_string(day)));
    add(words, yearOrCardinal(year));
    return words;
}

Words clock(std::string_view hours, std::string_view minutes)
{
    Words words = cardinal(hours);
    if (minutes == "00") {
        add(words, small(hours) <= 12 ? "o'clock" : "hundred");
        return words;
    }
    if (minutes.front() == '0')
        add(words, digitByDigit(minutes));
    else
        add(words, cardinal(minutes));
    return words;
}

Words money(std::string_view unit, std::string_view whole, std::string_view fraction)
{
    struct Currency {
        std::string_view sign, one, many;
    };
    static constexpr Currency kCurrencies[] = {
        {"$", "dollar", "dollars"}, {"€", "euro", "euros"}, {"£", "pound", "pounds"}, {"¥", "yuan", "yuan"}};
    Words words = cardinal(whole);
    for (const Currency& currency : kCurrencies) {
        if (currency.sign == unit)
            add(words, small(whole) == 1 && whole.size() < 3 ? currency.one : currency.many);
    }
    if (!fraction.empty() && fraction.find_first_not_of('0') != std::string_view::npos)
        add(words, fraction.size() == 2 ? cardinal(fraction) : digitByDigit(fraction));
    return words;
}

} // namespace

std::vector<std::string> englishNumberWords(std::string_view token)
{
    // Split into a sign, groups of ASCII digits with the joints between them, and an ending.
    std::string before;
    std::string after;
    std::vector<std::string> groups;
    std::string joints;
    bool inDigits = false;
    for (const CodePoint& point : decode(token)) {
        const int digit = digitValue(point.value);
        if (digit >= 0) {
            if (!inDigits) {
                if (!groups.empty()) {
                    joints += after.empty() ? ' ' : after.back();
                    after.clear();
                }
                groups.emplace_back();
            }
            groups.back() += static_cast<char>('0' + digit);
            inDigits = true;
            continue;
        }
        inDigits = false;
        const bool slash = point.value == U'⁄';
        (groups.empty() ? before : after) += slash ? "/" : encode(point.value);
    }
    if (groups.empty())
        return {};

    Words words;
    if (before == "-")
        add(words, "minus");
    if (before == "#")
        add(words, "number");

    // Thousands: 1,000,000
    bool thousands = groups.size() > 1 && groups[0].size() <= 3;
    std::size_t joined = 1;
    for (; thousands && joined < groups.size() && joints[joined - 1] == ','; ++joined)
        thousands = groups[joined].size() == 3;
    if (thousands && joined > 1) {
        for (std::size_t i = 1; i < joined; ++i)
            groups[0] += groups[i];
        groups.erase(groups.begin() + 1, groups.begin() + static_cast<std::ptrdiff_t>(joined));
        joints.erase(0, joined - 1);
    } else {
        thousands = false;
    }

    const std::string suffix = asciiLower(after);
    const bool isCurrency = before == "$" || before == "€" || before == "£" || before == "¥";
    if (isCurrency && groups.size() <= 2) {
        add(words,
            money(before, groups[0], groups.size() == 2 ? std::string_view(groups[1]) : std::string_view()));
        return words;
    }
    if (groups.size() == 2 && joints == ":" && groups[1].size() == 2) {
        add(words, clock(groups[0], groups[1]));
        return words;
    }
    if (groups.size() == 3 && joints == "--" && groups[0].size() == 4 && small(groups[1]) >= 1 &&
        small(groups[1]) <= 12 && small(groups[2]) >= 1 && small(groups[2]) <= 31) {
        add(words, date(small(groups[1]), small(groups[2]), groups[0]));
        return words;
    }
    if (groups.size() == 3 && joints == "//" && small(groups[0]) >= 1 && small(groups[0]) <= 12 &&
        small(groups[1]) >= 1 && small(groups[1]) <= 31) {
        add(words, date(small(groups[0]), small(groups[1]), groups[2]));
        return words;
    }
    if (groups.size() == 2 && joints == "/" && groups[0] == "1" && (groups[1] == "2" || groups[1] == "4")) {
        add(words, Words{"one", groups[1] == "2" ? "half" : "quarter"});
        return words;
    }
    if (groups.size() == 2 && joints == "/" && small(groups[0]) >= 1 && small(groups[0]) < small(groups[1]) &&
        small(groups[1]) <= 20) {
        add(words, cardinal(groups[0]));
        Words parts = ordinal(groups[1]);
        if (small(groups[0]) > 1)
            parts.back() += "s";
        add(words, parts);
        return words;
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const bool last = i + 1 == groups.size();
        if (i > 0 && joints[i - 1] == '.') {
            add(words, "point");
            for (const char c : groups[i])
                add(words, kSmall[static_cast<std::size_t>(c - '0')]);
        } else if (last && (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th")) {
            add(words, ordinal(groups[i]));
        } else if (last && (suffix == "s" || suffix == "'s")) {
            add(words, decade(groups[i]));
        } else {
            add(words, thousands && i == 0 ? cardinal(groups[i]) : yearOrCardinal(groups[i]));
        }
    }
    if (after == "%")
        add(words, "percent");
    return words;
}

} // namespace cantilena::language
