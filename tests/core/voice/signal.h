#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <voice/singing.h>

/// Measurements on mono sound at voice::kVoiceRate.
namespace cantilena::test {

/// Fundamental frequency in Hz around sample `centre`, looked for within a third of an octave of `near`, by
/// the peak of the normalised cross-correlation of 50 ms.
inline double pitchAt(const std::vector<float>& x, std::size_t centre, double near)
{
    const std::size_t size = 2205;
    const auto low = static_cast<std::size_t>(voice::kVoiceRate / (near * 1.26));
    const auto high = static_cast<std::size_t>(voice::kVoiceRate / (near / 1.26)) + 2;
    if (centre + size + high >= x.size())
        return 0;
    std::vector<double> r(high + 2, -1);
    double energy = 0;
    for (std::size_t i = 0; i < size; ++i)
        energy += static_cast<double>(x[centre + i]) * static_cast<double>(x[centre + i]);
    for (std::size_t lag = low; lag <= high; ++lag) {
        double sum = 0;
        double other = 0;
        for (std::size_t i = 0; i < size; ++i) {
            sum += static_cast<double>(x[centre + i]) * static_cast<double>(x[centre + i + lag]);
            other += static_cast<double>(x[centre + i + lag]) * static_cast<double>(x[centre + i + lag]);
        }
        r[lag] = sum / std::sqrt(energy * other + 1e-20);
    }
    const auto best =
        static_cast<std::size_t>(std::max_element(r.begin() + static_cast<std::ptrdiff_t>(low) + 1,
                                                  r.begin() + static_cast<std::ptrdiff_t>(high)) -
                                 r.begin());
    const double bend = r[best - 1] - 2 * r[best] + r[best + 1];
    const double shift = std::abs(bend) > 1e-12 ? 0.5 * (r[best - 1] - r[best + 1]) / bend : 0;
    return voice::kVoiceRate / (static_cast<double>(best) + shift);
}

/// Root mean square of samples first to last; the middle half when they are left out.
inline double level(const std::vector<float>& x, std::size_t first, std::size_t last)
{
    double sum = 0;
    for (std::size_t i = first; i < last; ++i)
        sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return last > first ? std::sqrt(sum / static_cast<double>(last - first)) : 0;
}
inline double level(const std::vector<float>& x)
{
    return level(x, x.size() / 4, x.size() * 3 / 4);
}

} // namespace cantilena::test
