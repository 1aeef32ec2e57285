#include "mandarin.h"

#include <algorithm>
#include <array>

#include "unicode.h"

namespace cantilena::language {

namespace {

constexpr std::array<std::string_view, 10> kDigits = {"零", "一", "二", "三", "四",
                                                      "五", "六", "七", "八", "九"};

std::string digitByDigit(std::string_view digits)
{
    std::string text;
    for (const char c : digits)
        text += kDigits[static_cast<std::size_t>(c - '0')];
    return text;
}

/// Up to four digits, without leading zeros' names; `inner` says that a higher group stands before.
std::string group(std::string_view digits, bool inner)
{
    static constexpr std::array<std::string_view, 4> kUnits = {"", "十", "百", "千"};
    std::string text;
    bool zero = false;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto digit = static_cast<std::size_t>(digits[i] - '0');
        const std::size_t unit = digits.size() - 1 - i;
        if (digit == 0) {
            zero = true;
            continue;
        }
        if (zero && (inner || !text.empty()))
            text += kDigits[0];
        zero = false;
        // 十二 at the start, 一百一十二 inside
        if (!(digit == 1 && unit == 1 && text.empty() && !inner))
            text += kDigits[digit];
        text += kUnits[unit];
    }
    return text;
}

std::string cardinal(std::string_view digits)
{
    if (digits.size() > 1 && digits.front() == '0')
        return digitByDigit(digits);
    if (digits.size() > 12)
        return digitByDigit(digits);
    if (digits == "0")
        return std::string(kDigits[0]);
    static constexpr std::array<std::string_view, 3> kGroups = {"", "万", "亿"};
    std::string text;
    std::size_t at = 0;
    for (std::size_t left = (digits.size() + 3) / 4; left-- > 0;) {
        const std::size_t end = digits.size() - left * 4;
        const std::string_view four = digits.substr(at, end - at);
        const std::string part = group(four, !text.empty());
        if (!part.empty()) {
            text += part;
            text += kGroups[left];
        }
        at = end;
    }
    return text;
}

} // namespace

std::string mandarinNumber(std::string_view token, std::string_view next)
{
    std::string before;
    std::string after;
    std::string joints;
    std::vector<std::string> groups;
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
        (groups.empty() ? before : after) += point.value == U'⁄' ? "/" : encode(point.value);
    }
    if (groups.empty())
        return {};
    // 1,000,000
    while (groups.size() > 1 && joints.front() == ',' && groups[1].size() == 3) {
        groups[0] += groups[1];
        groups.erase(groups.begin() + 1);
        joints.erase(0, 1);
    }

    std::string text = before == "-" ? "负" : before == "#" ? "第" : "";
    if (after == "%")
        text += "百分之";
    if (groups.size() == 2 && joints == ":") {
        text += cardinal(groups[0]) + "点";
        if (groups[1] != "00")
            text += groups[1].front() == '0' ? digitByDigit(groups[1]) : cardinal(groups[1]);
        return text;
    }
    if (groups.size() == 2 && joints == "/")
        return text + cardinal(groups[1]) + "分之" + cardinal(groups[0]);
    if (groups.size() == 3 && (joints == "--" || joints == "//") && groups[0].size() == 4) {
        const auto plain = [](const std::string& digits) { // 05 is 五
            const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
            return cardinal(std::string_view(digits).substr(first));
        };
        return text + digitByDigit(groups[0]) + "年" + plain(groups[1]) + "月" + plain(groups[2]) + "日";
    }

    // 2008年 and 98年 are years; 1000年 and 30年 are spans.
    const std::string& first = groups[0];
    const bool year = next.starts_with("年") && groups.size() == 1 &&
                      ((first.size() == 4 && !first.ends_with("000")) ||
                       (first.size() == 2 && first >= "60" && first.back() != '0'));
    const bool measured = !next.empty() && !next.starts_with("月") && !next.starts_with("年") &&
                          !next.starts_with("日") && !next.starts_with("号") && !next.starts_with("號") &&
                          !next.starts_with("十");
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i > 0 && joints[i - 1] == '.')
            text += "点" + digitByDigit(groups[i]);
        else if (i > 0)
            text += (joints[i - 1] == '-' ? "到" : "") + cardinal(groups[i]);
        else if (year)
            text += digitByDigit(groups[0]);
        else if (groups[0] == "2" && groups.size() == 1 && measured && before.empty())
            text += "两";
        else
            text += cardinal(groups[0]);
    }
    if (before == "$")
        text += "美元";
    else if (before == "€")
        text += "欧元";
    else if (before == "£")
        text += "英镑";
    else if (before == "¥")
        text += "元";
    return text;
}

} // namespace cantilena::language
