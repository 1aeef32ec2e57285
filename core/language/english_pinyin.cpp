#include "english.h"

#include <algorithm>
#include <iterator>

#include "pinyin.h"

namespace cantilena::language {

namespace {

struct Sound {
    std::string_view pinyin;
    std::string_view phones;
};

constexpr Sound kInitials[] = {{"zh", "jh"}, {"ch", "ch"}, {"sh", "sh"}, {"b", "b"},  {"p", "p"},  {"m", "m"},
                               {"f", "f"},   {"d", "d"},   {"t", "t"},   {"n", "n"},  {"l", "l"},  {"g", "g"},
                               {"k", "k"},   {"h", "hh"},  {"j", "jh"},  {"q", "ch"}, {"x", "sh"}, {"r", "r"},
                               {"z", "z"},   {"c", "t s"}, {"s", "s"}};

constexpr Sound kFinals[] = {
    {"a", "aa"},       {"o", "ow"},         {"e", "ah"},         {"i", "iy"},         {"u", "uw"},
    {"v", "uw"},       {"ir", "er"},        {"iz", "ih"},        {"er", "er"},        {"ai", "ay"},
    {"ei", "ey"},      {"ao", "aw"},        {"ou", "ow"},        {"an", "aa n"},      {"ang", "aa ng"},
    {"en", "ah n"},    {"eng", "ah ng"},    {"ong", "uh ng"},    {"ia", "y aa"},      {"ie", "y eh"},
    {"iao", "y aw"},   {"iu", "y ow"},      {"ian", "y eh n"},   {"iang", "y aa ng"}, {"in", "ih n"},
    {"ing", "ih ng"},  {"iong", "y uh ng"}, {"ua", "w aa"},      {"uo", "w ao"},      {"uai", "w ay"},
    {"ui", "w ey"},    {"uan", "w aa n"},   {"uang", "w aa ng"}, {"un", "w ah n"},    {"ve", "w eh"},
    {"van", "w eh n"}, {"vn", "uw n"}};

std::string_view find(const auto& table, std::string_view pinyin)
{
    const auto* it = std::find_if(std::begin(table), std::end(table),
                                  [&](const Sound& sound) { return sound.pinyin == pinyin; });
    return it == std::end(table) ? std::string_view() : it->phones;
}

/// Phones of one syllable, "" when the letters are not one.
std::string soundOf(std::string_view letters)
{
    const Pinyin pinyin = parsePinyin(letters);
    const std::string_view final = find(kFinals, pinyin.final);
    if (final.empty())
        return {};
    std::string result;
    if (!pinyin.initial.empty())
        result = std::string(find(kInitials, pinyin.initial)) + " ";
    return result + std::string(final);
}

bool parse(std::string_view letters, std::vector<std::string>& syllables)
{
    if (letters.empty())
        return true;
    for (std::size_t length = std::min<std::size_t>(6, letters.size()); length > 0; --length) {
        const std::string sound = soundOf(letters.substr(0, length));
        if (sound.empty())
            continue;
        syllables.push_back(sound);
        if (parse(letters.substr(length), syllables))
            return true;
        syllables.pop_back();
    }
    return false;
}

} // namespace

std::string pinyinNamePhones(std::string_view lower)
{
    // Only letters that English spells otherwise make a name pinyin.
    bool foreign =
        lower.starts_with("x") || lower.find("zh") != std::string_view::npos || lower.ends_with("jing");
    for (std::size_t q = lower.find('q'); q != std::string_view::npos && !foreign; q = lower.find('q', q + 1))
        foreign = q + 1 < lower.size() && lower[q + 1] == 'i';
    if (!foreign || lower.size() < 4 || lower.size() > 18)
        return {};
    std::vector<std::string> syllables;
    if (!parse(lower, syllables) || syllables.size() < 2)
        return {};
    std::string result;
    for (std::size_t i = 0; i < syllables.size(); ++i) {
        // Stress on the first syllable of two, as English speakers say such names.
        for (std::size_t at = 0; at < syllables[i].size();) {
            const std::size_t end = std::min(syllables[i].find(' ', at), syllables[i].size());
            const std::string phone = syllables[i].substr(at, end - at);
            result += (result.empty() ? "" : " ") + phone;
            static constexpr std::string_view kVowels = "aeiou";
            if (kVowels.find(phone.front()) != std::string_view::npos)
                result += i == 0 ? "1" : "2";
            at = end + 1;
        }
    }
    return result;
}

} // namespace cantilena::language
