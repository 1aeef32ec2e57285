#include <voice/phone_set.h>

#include <algorithm>
#include <iterator>

namespace cantilena::voice {

namespace {

enum class Kind { Vowel, Sonorant, Noise };

struct PhoneEntry {
    std::string_view name;
    Kind kind;
    double seconds;
};

// The part of models/voice/phone_table.tsv that timing needs; a test compares the two.
constexpr PhoneEntry kPhones[] = {
    {"aa", Kind::Vowel, 0.08},    {"ae", Kind::Vowel, 0.08},     {"ah", Kind::Vowel, 0.08},
    {"ao", Kind::Vowel, 0.08},    {"ax", Kind::Vowel, 0.08},     {"eh", Kind::Vowel, 0.08},
    {"er", Kind::Vowel, 0.08},    {"ih", Kind::Vowel, 0.08},     {"iy", Kind::Vowel, 0.08},
    {"uh", Kind::Vowel, 0.08},    {"uw", Kind::Vowel, 0.08},     {"aw", Kind::Vowel, 0.12},
    {"ay", Kind::Vowel, 0.12},    {"ey", Kind::Vowel, 0.12},     {"ow", Kind::Vowel, 0.12},
    {"oy", Kind::Vowel, 0.12},    {"w", Kind::Sonorant, 0.06},   {"y", Kind::Sonorant, 0.06},
    {"l", Kind::Sonorant, 0.065}, {"r", Kind::Sonorant, 0.065},  {"m", Kind::Sonorant, 0.07},
    {"n", Kind::Sonorant, 0.07},  {"ng", Kind::Sonorant, 0.07},  {"v", Kind::Noise, 0.07},
    {"dh", Kind::Noise, 0.07},    {"z", Kind::Noise, 0.07},      {"zh", Kind::Noise, 0.07},
    {"f", Kind::Noise, 0.1},      {"th", Kind::Noise, 0.1},      {"s", Kind::Noise, 0.1},
    {"sh", Kind::Noise, 0.1},     {"hh", Kind::Noise, 0.06},     {"b", Kind::Noise, 0.065},
    {"d", Kind::Noise, 0.065},    {"g", Kind::Noise, 0.065},     {"p", Kind::Noise, 0.09},
    {"t", Kind::Noise, 0.09},     {"k", Kind::Noise, 0.09},      {"ch", Kind::Noise, 0.115},
    {"jh", Kind::Noise, 0.09},    {"c_b", Kind::Noise, 0.06},    {"c_d", Kind::Noise, 0.06},
    {"c_g", Kind::Noise, 0.06},   {"c_p", Kind::Noise, 0.1},     {"c_t", Kind::Noise, 0.1},
    {"c_k", Kind::Noise, 0.1},    {"c_j", Kind::Noise, 0.09},    {"c_zh", Kind::Noise, 0.09},
    {"c_z", Kind::Noise, 0.09},   {"c_q", Kind::Noise, 0.13},    {"c_ch", Kind::Noise, 0.13},
    {"c_c", Kind::Noise, 0.13},   {"c_x", Kind::Noise, 0.11},    {"c_sh", Kind::Noise, 0.11},
    {"c_h", Kind::Noise, 0.08},   {"c_r", Kind::Sonorant, 0.07}, {"c_yu", Kind::Sonorant, 0.06},
    {"c_a", Kind::Vowel, 0.08},   {"c_o", Kind::Vowel, 0.08},    {"c_e", Kind::Vowel, 0.08},
    {"c_i", Kind::Vowel, 0.08},   {"c_u", Kind::Vowel, 0.08},    {"c_v", Kind::Vowel, 0.08},
    {"c_ii", Kind::Vowel, 0.08},  {"c_iii", Kind::Vowel, 0.08},  {"c_er", Kind::Vowel, 0.08},
    {"c_an", Kind::Vowel, 0.08},  {"c_ang", Kind::Vowel, 0.08},  {"c_en", Kind::Vowel, 0.08},
    {"c_eng", Kind::Vowel, 0.08}, {"c_ong", Kind::Vowel, 0.08},  {"c_ie", Kind::Vowel, 0.08},
    {"c_ai", Kind::Vowel, 0.12},  {"c_ei", Kind::Vowel, 0.12},   {"c_ao", Kind::Vowel, 0.12},
    {"c_ou", Kind::Vowel, 0.12}};

struct Part {
    std::string_view pinyin;
    std::string_view glide; ///< between the initial and the nucleus
    std::string_view nucleus;
    std::string_view coda;
};

// As in models/voice/mandarin.tsv; a test compares the two.
constexpr Part kFinals[] = {
    {"a", "", "c_a", ""},         {"o", "", "c_o", ""},         {"e", "", "c_e", ""},
    {"i", "", "c_i", ""},         {"u", "", "c_u", ""},         {"v", "", "c_v", ""},
    {"iz", "", "c_ii", ""},       {"ir", "", "c_iii", ""},      {"er", "", "c_er", ""},
    {"ai", "", "c_ai", ""},       {"ei", "", "c_ei", ""},       {"ao", "", "c_ao", ""},
    {"ou", "", "c_ou", ""},       {"an", "", "c_an", "n"},      {"ang", "", "c_ang", "ng"},
    {"en", "", "c_en", "n"},      {"eng", "", "c_eng", "ng"},   {"ong", "", "c_ong", "ng"},
    {"ia", "y", "c_a", ""},       {"ie", "y", "c_ie", ""},      {"iao", "y", "c_ao", ""},
    {"iu", "y", "c_ou", ""},      {"ian", "y", "c_ie", "n"},    {"iang", "y", "c_ang", "ng"},
    {"in", "", "c_i", "n"},       {"ing", "", "c_i", "ng"},     {"iong", "y", "c_ong", "ng"},
    {"ua", "w", "c_a", ""},       {"uo", "w", "c_o", ""},       {"uai", "w", "c_ai", ""},
    {"ui", "w", "c_ei", ""},      {"uan", "w", "c_an", "n"},    {"uang", "w", "c_ang", "ng"},
    {"un", "w", "c_en", "n"},     {"ueng", "w", "c_eng", "ng"}, {"ve", "c_yu", "c_ie", ""},
    {"van", "c_yu", "c_ie", "n"}, {"vn", "", "c_v", "n"}};

struct Initial {
    std::string_view pinyin;
    std::string_view phone;
};
constexpr Initial kInitials[] = {
    {"b", "c_b"},   {"p", "c_p"},   {"m", "m"},     {"f", "f"},   {"d", "c_d"}, {"t", "c_t"}, {"n", "n"},
    {"l", "l"},     {"g", "c_g"},   {"k", "c_k"},   {"h", "c_h"}, {"j", "c_j"}, {"q", "c_q"}, {"x", "c_x"},
    {"zh", "c_zh"}, {"ch", "c_ch"}, {"sh", "c_sh"}, {"r", "c_r"}, {"z", "c_z"}, {"c", "c_c"}, {"s", "s"}};

const PhoneEntry* find(std::string_view phone)
{
    const auto* it = std::find_if(std::begin(kPhones), std::end(kPhones),
                                  [&](const PhoneEntry& entry) { return entry.name == phone; });
    return it == std::end(kPhones) ? nullptr : it;
}

SyllablePhones mandarin(const std::vector<std::string>& phonemes)
{
    SyllablePhones result;
    for (std::size_t i = 0; i < phonemes.size(); ++i) {
        if (i > 0 && phonemes[i] == "r" && !result.nucleus.empty()) {
            // Erhua: the tongue curls where the ending was.
            result.coda = {"r"};
            continue;
        }
        const auto* final = std::find_if(std::begin(kFinals), std::end(kFinals),
                                         [&](const Part& part) { return part.pinyin == phonemes[i]; });
        if (final != std::end(kFinals) && result.nucleus.empty()) {
            if (!final->glide.empty())
                result.onset.emplace_back(final->glide);
            result.nucleus = final->nucleus;
            if (!final->coda.empty())
                result.coda.emplace_back(final->coda);
            continue;
        }
        const auto* initial = std::find_if(std::begin(kInitials), std::end(kInitials),
                                           [&](const Initial& entry) { return entry.pinyin == phonemes[i]; });
        if (initial != std::end(kInitials) && result.nucleus.empty())
            result.onset.emplace_back(initial->phone);
    }
    if (result.nucleus.empty())
        result.nucleus = "c_e";
    return result;
}

SyllablePhones english(const std::vector<std::string>& phonemes)
{
    std::vector<std::string> known;
    std::copy_if(phonemes.begin(), phonemes.end(), std::back_inserter(known),
                 [](const std::string& phone) { return find(phone) != nullptr; });
    if (known == std::vector<std::string>{"ax", "m"})
        return {{}, "m", {}}; // hummed
    const auto firstOf = [&](Kind kind) {
        return std::find_if(known.begin(), known.end(),
                            [&](const std::string& p) { return find(p)->kind == kind; });
    };
    auto nucleus = firstOf(Kind::Vowel);
    if (nucleus == known.end())
        nucleus = firstOf(Kind::Sonorant);
    SyllablePhones result;
    result.onset.assign(known.begin(), nucleus);
    if (nucleus == known.end()) {
        result.nucleus = "ax";
        return result;
    }
    result.nucleus = *nucleus;
    result.coda.assign(nucleus + 1, known.end());
    return result;
}

} // namespace

SyllablePhones singerPhones(const std::vector<std::string>& phonemes, language::Language language)
{
    return language == language::Language::Mandarin ? mandarin(phonemes) : english(phonemes);
}

double typicalSeconds(std::string_view phone)
{
    const PhoneEntry* entry = find(phone);
    return entry ? entry->seconds : 0.08;
}

bool isSungVowel(std::string_view phone)
{
    const PhoneEntry* entry = find(phone);
    return entry && entry->kind == Kind::Vowel;
}

bool isSonorantPhone(std::string_view phone)
{
    const PhoneEntry* entry = find(phone);
    return entry && entry->kind != Kind::Noise;
}

} // namespace cantilena::voice
