#include <language/spelling.h>

#include <array>
#include <optional>
#include <string_view>

#include <language/rhyme.h>

namespace cantilena::language {

namespace {

/// The spelling of a final that no initial stands before.
std::string openSpelling(std::string_view final)
{
    struct Pair {
        std::string_view final, spelled;
    };
    static constexpr Pair kOpen[] = {{"i", "yi"},      {"in", "yin"}, {"ing", "ying"}, {"iu", "you"},
                                     {"u", "wu"},      {"ui", "wei"}, {"un", "wen"},   {"ueng", "weng"},
                                     {"iong", "yong"}, {"v", "yu"},   {"ve", "yue"},   {"van", "yuan"},
                                     {"vn", "yun"}};
    for (const Pair& pair : kOpen)
        if (pair.final == final)
            return std::string(pair.spelled);
    if (final.size() > 1 && final[0] == 'i')
        return "y" + std::string(final.substr(1));
    if (final.size() > 1 && final[0] == 'u')
        return "w" + std::string(final.substr(1));
    return std::string(final);
}

/// The spelling of a final after an initial; "v" stands for ü.
std::string closedSpelling(std::string_view initial, std::string_view final)
{
    if (final == "ir" || final == "iz")
        return "i";
    std::string spelled(final);
    if (spelled[0] == 'v' && (initial == "j" || initial == "q" || initial == "x"))
        spelled[0] = 'u';
    if (spelled == "uo" && (initial == "b" || initial == "p" || initial == "m" || initial == "f"))
        return "o";
    return spelled;
}

/// Where the tone mark goes: on a or e, on the o of ou, otherwise on the last vowel.
std::optional<std::size_t> markedVowel(std::string_view spelled)
{
    for (const std::string_view first :
         {std::string_view("a"), std::string_view("e"), std::string_view("ou")})
        if (const std::size_t at = spelled.find(first); at != std::string_view::npos)
            return at;
    const std::size_t last = spelled.find_last_of("iouv");
    return last == std::string_view::npos ? std::nullopt : std::optional(last);
}

std::string_view marked(char vowel, int tone)
{
    struct Marks {
        char vowel;
        std::array<std::string_view, 5> byTone; // without a mark first
    };
    static constexpr Marks kMarks[] = {{'a', {"a", "ā", "á", "ǎ", "à"}}, {'e', {"e", "ē", "é", "ě", "è"}},
                                       {'i', {"i", "ī", "í", "ǐ", "ì"}}, {'o', {"o", "ō", "ó", "ǒ", "ò"}},
                                       {'u', {"u", "ū", "ú", "ǔ", "ù"}}, {'v', {"ü", "ǖ", "ǘ", "ǚ", "ǜ"}}};
    for (const Marks& marks : kMarks)
        if (marks.vowel == vowel)
            return marks.byTone[static_cast<std::size_t>(tone >= 1 && tone <= 4 ? tone : 0)];
    return {};
}

} // namespace

std::string pinyin(const std::vector<std::string>& phonemes, int tone)
{
    const std::size_t at = phonemes.size() > 1 && !isMandarinFinal(phonemes[0]) ? 1 : 0;
    if (at >= phonemes.size() || !isMandarinFinal(phonemes[at]))
        return {};
    const std::string initial = at == 1 ? phonemes[0] : std::string();
    const std::string final =
        initial.empty() ? openSpelling(phonemes[at]) : closedSpelling(initial, phonemes[at]);
    const std::optional<std::size_t> mark = markedVowel(final);
    std::string text = initial;
    for (std::size_t i = 0; i < final.size(); ++i) {
        const std::string_view vowel = marked(final[i], mark && i == *mark ? tone : 0);
        if (vowel.empty())
            text += final[i];
        else
            text += vowel;
    }
    if (phonemes.size() > at + 1)
        text += phonemes[at + 1]; // the r of erhua
    return text;
}

} // namespace cantilena::language
