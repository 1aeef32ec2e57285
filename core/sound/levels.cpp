#include "levels.h"

#include <algorithm>
#include <cmath>

namespace cantilena::sound {

double programLevel(int program, bool drums)
{
    (void)program;
    return drums ? 0 : 0;
}

float vocalLevel(std::span<const VocalPiece> pieces)
{
    // Blocks of 50 ms, every 16th sample: exact enough for a level, and quick enough for every edit.
    constexpr std::size_t kBlock = 2208;
    constexpr std::size_t kStride = 16;
    double loudest = 0;
    std::vector<double> blocks;
    for (const VocalPiece& piece : pieces)
        for (std::size_t start = 0; start + kBlock <= piece.samples->size(); start += kBlock) {
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
