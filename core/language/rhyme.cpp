#include <language/rhyme.h>

#include <algorithm>
#include <array>
#include <utility>

namespace cantilena::language {

namespace {

constexpr std::string_view kVowels[] = {"aa", "ae", "ah", "ao", "aw", "ax", "ay", "eh",
                                        "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw"};

constexpr std::pair<std::string_view, RhymeGroup> kFinals[] = {
    {"a", RhymeGroup::FaHua},       {"ia", RhymeGroup::FaHua},       {"ua", RhymeGroup::FaHua},
    {"o", RhymeGroup::SuoBo},       {"e", RhymeGroup::SuoBo},        {"uo", RhymeGroup::SuoBo},
    {"ie", RhymeGroup::MieXie},     {"ve", RhymeGroup::MieXie},      {"i", RhymeGroup::YiQi},
    {"v", RhymeGroup::YiQi},        {"er", RhymeGroup::YiQi},        {"ir", RhymeGroup::YiQi},
    {"iz", RhymeGroup::YiQi},       {"u", RhymeGroup::GuSu},         {"ai", RhymeGroup::HuaiLai},
    {"uai", RhymeGroup::HuaiLai},   {"ei", RhymeGroup::HuiDui},      {"ui", RhymeGroup::HuiDui},
    {"ao", RhymeGroup::YaoTiao},    {"iao", RhymeGroup::YaoTiao},    {"ou", RhymeGroup::YouQiu},
    {"iu", RhymeGroup::YouQiu},     {"an", RhymeGroup::YanQian},     {"ian", RhymeGroup::YanQian},
    {"uan", RhymeGroup::YanQian},   {"van", RhymeGroup::YanQian},    {"en", RhymeGroup::RenChen},
    {"in", RhymeGroup::RenChen},    {"un", RhymeGroup::RenChen},     {"vn", RhymeGroup::RenChen},
    {"ang", RhymeGroup::JiangYang}, {"iang", RhymeGroup::JiangYang}, {"uang", RhymeGroup::JiangYang},
    {"eng", RhymeGroup::ZhongDong}, {"ing", RhymeGroup::ZhongDong},  {"ueng", RhymeGroup::ZhongDong},
    {"ong", RhymeGroup::ZhongDong}, {"iong", RhymeGroup::ZhongDong}};

/// The phones of a syllable's final: without the initial and the erhua mark.
std::string_view finalOf(const Syllable& syllable)
{
    for (const std::string& phoneme : syllable.phonemes) {
        if (rhymeGroup(phoneme) != RhymeGroup::None)
            return phoneme;
    }
    return {};
}

struct Tail {
    std::vector<std::string_view> onset; ///< consonants before the rhyme
    std::vector<std::string_view> rhyme;
};

Tail englishTail(const Word& word)
{
    std::size_t from = word.syllables.size();
    for (std::size_t s = word.syllables.size(); s-- > 0;) {
        const Syllable& syllable = word.syllables[s];
        if (syllable.language != Language::English)
            break;
        if (from == word.syllables.size())
            from = s; // the last vowel, unless a stressed one is found further on
        if (syllable.stress > 0) {
            from = s;
            break;
        }
    }
    Tail tail;
    for (std::size_t s = from; s < word.syllables.size(); ++s) {
        for (const std::string& phone : word.syllables[s].phonemes) {
            if (tail.rhyme.empty() && !isEnglishVowel(phone))
                tail.onset.push_back(phone);
            else
                tail.rhyme.push_back(phone == "ax" ? std::string_view("ah") : std::string_view(phone));
        }
    }
    return tail;
}

std::string joined(const std::vector<std::string_view>& parts)
{
    std::string text;
    for (const std::string_view part : parts) {
        if (!text.empty())
            text += ' ';
        text += part;
    }
    return text;
}

/// Neighbouring sounds that a listener takes for a half rhyme.
std::string_view looseClass(std::string_view phone)
{
    static constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
        {"aa", "A"}, {"ao", "A"}, {"ah", "U"}, {"uh", "U"}, {"eh", "E"}, {"ih", "I"}, {"iy", "I"},
        {"m", "N"},  {"n", "N"},  {"ng", "N"}, {"p", "T"},  {"t", "T"},  {"k", "T"},  {"b", "D"},
        {"d", "D"},  {"g", "D"},  {"f", "S"},  {"s", "S"},  {"th", "S"}, {"sh", "S"}, {"v", "Z"},
        {"z", "Z"},  {"dh", "Z"}, {"zh", "Z"}, {"ch", "C"}, {"jh", "C"}};
    for (const auto& [name, kind] : kClasses) {
        if (name == phone)
            return kind;
    }
    return phone;
}

bool endsInMandarin(const Word& word)
{
    return !word.syllables.empty() && word.syllables.back().language == Language::Mandarin;
}

} // namespace

RhymeGroup rhymeGroup(std::string_view final)
{
    for (const auto& [name, group] : kFinals) {
        if (name == final)
            return group;
    }
    return RhymeGroup::None;
}

std::string_view nameOf(RhymeGroup group)
{
    static constexpr std::array<std::string_view, kRhymeGroupCount + 1> kNames = {
        "发花", "梭坡", "乜斜", "一七", "姑苏", "怀来", "灰堆",
        "遥条", "油求", "言前", "人辰", "江阳", "中东", ""};
    return kNames[static_cast<std::size_t>(group)];
}

bool isEnglishVowel(std::string_view phone)
{
    return std::find(std::begin(kVowels), std::end(kVowels), phone) != std::end(kVowels);
}

bool isMandarinFinal(std::string_view phone)
{
    return rhymeGroup(phone) != RhymeGroup::None;
}

std::string rhymeKey(const Word& word)
{
    if (word.syllables.empty())
        return {};
    if (endsInMandarin(word))
        return std::string(nameOf(rhymeGroup(finalOf(word.syllables.back()))));
    return joined(englishTail(word).rhyme);
}

std::string looseRhymeKey(const Word& word)
{
    if (word.syllables.empty())
        return {};
    if (endsInMandarin(word)) {
        RhymeGroup group = rhymeGroup(finalOf(word.syllables.back()));
        if (group == RhymeGroup::ZhongDong && finalOf(word.syllables.back()) != "ong" &&
            finalOf(word.syllables.back()) != "iong")
            group = RhymeGroup::RenChen; // eng, ing beside en, in: one rhyme in many songs
        if (group == RhymeGroup::MieXie)
            group = RhymeGroup::SuoBo;
        return std::string(nameOf(group));
    }
    std::vector<std::string_view> tail = englishTail(word).rhyme;
    for (std::string_view& phone : tail)
        phone = looseClass(phone);
    return joined(tail);
}

Rhyme rhyme(const Word& a, const Word& b)
{
    if (a.syllables.empty() || b.syllables.empty() || endsInMandarin(a) != endsInMandarin(b))
        return Rhyme::None;
    if (rhymeKey(a) == rhymeKey(b)) {
        if (endsInMandarin(a))
            return a.syllables.back().phonemes == b.syllables.back().phonemes ? Rhyme::Identical
                                                                              : Rhyme::True;
        return englishTail(a).onset == englishTail(b).onset ? Rhyme::Identical : Rhyme::True;
    }
    return looseRhymeKey(a) == looseRhymeKey(b) ? Rhyme::Near : Rhyme::None;
}

bool rhymes(const Word& a, const Word& b)
{
    return rhyme(a, b) == Rhyme::True;
}

std::string stressPattern(const Word& word)
{
    std::string pattern;
    for (const Syllable& syllable : word.syllables) {
        const int value = syllable.language == Language::Mandarin ? syllable.tone : syllable.stress;
        pattern += static_cast<char>('0' + value);
    }
    return pattern;
}

} // namespace cantilena::language
