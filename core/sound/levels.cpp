#include "levels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cantilena::sound {

namespace {

/// What brings one melodic phrase at velocity 80 to the loudness of the grand piano's, in decibels (FluidR3
/// GM; printed by tests/benchmarks/program_levels.cpp).
// clang-format off
constexpr std::array<double, 128> kPrograms = {
    0.0, 0.4, -3.5, 1.1, -6.2, -1.3, -3.1, -1.9, -1.5, -2.7, -1.1, 1.8, -2.0, 5.9, -3.4, 4.8,
    -1.1, -6.8, -5.6, -6.0, -4.6, -1.7, -2.3, -2.2, -2.1, -0.7, -3.7, -2.0, 3.7, -12.0, -12.0, -9.0,
    -2.4, -4.5, -3.9, -5.8, 0.2, -1.0, -1.6, -8.6, -6.3, -5.1, -4.3, -3.6, -4.9, -2.1, -0.7, 8.5,
    -4.1, -6.9, -5.2, -5.7, -3.8, -5.0, -3.6, -1.2, -3.8, -9.0, -5.9, -4.8, -6.9, -5.1, -3.3, -3.1,
    -6.4, -7.5, -5.2, -4.4, -7.0, -3.1, -5.5, -9.0, -6.0, -6.0, -5.5, -6.3, -7.5, -7.5, -9.0, -7.6,
    -6.7, -3.8, -1.0, -0.5, -4.6, -6.2, 1.6, -2.6, -0.3, -1.1, -3.6, -4.4, -5.4, -8.3, -3.6, -5.1,
    -3.1, -0.5, 0.5, -5.6, -2.8, -2.1, -1.3, -4.1, -0.1, -0.6, 5.0, 1.2, 1.4, -6.9, -6.3, -4.6,
    0.0, 3.4, -1.0, 6.5, -1.0, -0.7, -5.1, 2.5, -2.9, -3.1, -2.5, -7.0, -7.6, 9.0, -6.4, -5.0,
};
// clang-format on

/// The same for a drum beat, by kit; kits that are not listed are the standard kit.
struct Kit {
    int program;
    double level;
};
constexpr std::array<Kit, 12> kKits = {{
    {0, -1.1},
    {1, -2.2},
    {2, -1.5},
    {8, -2.0},
    {9, -3.1},
    {16, -5.1},
    {24, -4.4},
    {25, -9.0},
    {32, -2.3},
    {40, -1.0},
    {41, 1.2},
    {48, -2.4},
}};

/// The grand piano's phrase is at -32.5 LUFS out of the synthesizer; this lifts the band to the level of the
/// voice.
constexpr double kBandLevel = 10;
/// A beat stands against chords of several notes, the phrase it was measured with is one note at a time.
constexpr double kDrumLevel = kBandLevel + 4;

} // namespace

double programLevel(int program, bool drums)
{
    if (!drums)
        return kBandLevel + kPrograms[static_cast<std::size_t>(std::clamp(program, 0, 127))];
    const auto kit =
        std::find_if(kKits.begin(), kKits.end(), [&](const Kit& k) { return k.program == program; });
    return kDrumLevel + (kit == kKits.end() ? kKits.front().level : kit->level);
}

float vocalLevel(std::span<const VocalPiece> pieces)
{
    // Blocks of 50 ms, every 16th sample: exact enough for a level, and quick enough for every edit.
    constexpr std::size_t kBlock = 2208;
    constexpr std::size_t kStride = 16;
    double loudest = 0;
    std::vector<double> blocks;
    for (const VocalPiece& piece : pieces)
        for (std::size_t start = piece.part == VocalPart::Lead ? 0 : piece.samples->size();
             start + kBlock <= piece.samples->size(); start += kBlock) {
            double sum = 0;
            for (std::size_t i = start; i < start + kBlock; i += kStride)
                sum += static_cast<double>((*piece.samples)[i]) * (*piece.samples)[i];
            blocks.push_back(sum * kStride / kBlock);
            loudest = std::max(loudest, blocks.back());
        }
    double sum = 0;
    std::size_t count = 0;
    for (const double block : blocks)
        if (block > loudest * 0.01) {
            sum += block;
            ++count;
        }
    if (count == 0 || !(sum > 1e-9))
        return 1;
    return std::clamp(static_cast<float>(kVocalRms / std::sqrt(sum / static_cast<double>(count))), 0.05F,
                      20.0F);
}

} // namespace cantilena::sound
