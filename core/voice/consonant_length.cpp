#include <voice/consonant_length.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include <voice/phone_set.h>

namespace cantilena::voice {

namespace {

struct LogLength {
    std::string_view phone;
    double value;
};

// models/voice/lengths.tsv; a test compares the two.
constexpr LogLength kPhones[] = {
    {"w", -1.7178},    {"y", -1.6174},    {"l", -1.6511},    {"r", -1.8167},   {"m", -1.7773},
    {"n", -1.9233},    {"ng", -1.4100},   {"v", -1.9217},    {"dh", -2.1894},  {"z", -1.4390},
    {"zh", -1.3524},   {"f", -1.3762},    {"th", -1.3616},   {"s", -1.1346},   {"sh", -1.1500},
    {"hh", -2.0758},   {"b", -1.9722},    {"d", -2.3011},    {"g", -1.8169},   {"p", -1.5592},
    {"t", -2.0455},    {"k", -1.5264},    {"ch", -1.2177},   {"jh", -1.4129},  {"c_b", -2.5280},
    {"c_d", -2.2856},  {"c_g", -1.8961},  {"c_p", -1.8371},  {"c_t", -1.5170}, {"c_k", -1.5216},
    {"c_j", -1.5305},  {"c_zh", -1.5721}, {"c_z", -1.4479},  {"c_q", -1.0135}, {"c_ch", -1.1622},
    {"c_c", -1.1301},  {"c_x", -0.8844},  {"c_sh", -0.9087}, {"c_h", -1.2958}, {"c_r", -1.1907},
    {"c_yu", -1.4905},
};
constexpr std::array<double, 5> kPlaces{-0.3082, -0.7267, -0.3768, -0.3920, -0.2488};
constexpr std::array<double, 4> kAfter{-0.6069, -0.5012, -0.6957, -0.2488};
constexpr double kSlope = 0.4520;

constexpr double kUsualRoom = 0.4;
// Beyond half a second a note grows in its vowel alone.
constexpr double kLeastRoom = 0.12, kMostRoom = 0.5;
constexpr double kLeast = 0.7, kMost = 1.5; // of the typical length

} // namespace

double consonantLogLength(std::string_view phone)
{
    const auto* found = std::find_if(std::begin(kPhones), std::end(kPhones),
                                     [&](const LogLength& entry) { return entry.phone == phone; });
    return found == std::end(kPhones) ? 0 : found->value;
}

double consonantSeconds(std::string_view phone, ConsonantPlace place, AfterConsonant after, double room)
{
    const double typical = typicalSeconds(phone);
    const double own = consonantLogLength(phone);
    if (own == 0)
        return typical;
    const double length =
        std::exp(own + kPlaces[static_cast<std::size_t>(place)] + kAfter[static_cast<std::size_t>(after)] +
                 kSlope * std::log(std::clamp(room, kLeastRoom, kMostRoom) / kUsualRoom));
    return std::clamp(length, kLeast * typical, kMost * typical);
}

} // namespace cantilena::voice
