#include <music/key_estimate.h>

#include <cmath>
#include <cstddef>
#include <numeric>

namespace cantilena::music {

namespace {

constexpr std::array<double, 12> kMajor{6.35, 2.23, 3.48, 2.33, 4.38, 4.09,
                                        2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr std::array<double, 12> kMinor{6.33, 2.68, 3.52, 5.38, 2.60, 3.53,
                                        2.54, 4.75, 3.98, 2.69, 3.34, 3.17};
constexpr double kEndsOnTonic = 0.3; ///< in units of a correlation

double correlation(const std::array<double, 12>& heard, const std::array<double, 12>& profile, int tonic)
{
    const double meanHeard = std::accumulate(heard.begin(), heard.end(), 0.0) / 12;
    const double meanProfile = std::accumulate(profile.begin(), profile.end(), 0.0) / 12;
    double both = 0, ofHeard = 0, ofProfile = 0;
    for (int pc = 0; pc < 12; ++pc) {
        const double a = heard[static_cast<std::size_t>((pc + tonic) % 12)] - meanHeard;
        const double b = profile[static_cast<std::size_t>(pc)] - meanProfile;
        both += a * b;
        ofHeard += a * a;
        ofProfile += b * b;
    }
    return ofHeard > 0 ? both / std::sqrt(ofHeard * ofProfile) : 0;
}

} // namespace

Key estimateKey(const std::array<double, 12>& durations, int last)
{
    Key best;
    double bestScore = 0;
    for (int tonic = 0; tonic < 12; ++tonic) {
        for (const Mode mode : {Mode::Major, Mode::Minor}) {
            const double score = correlation(durations, mode == Mode::Major ? kMajor : kMinor, tonic) +
                                 (last == tonic ? kEndsOnTonic : 0);
            if (score > bestScore) {
                bestScore = score;
                best = {tonic, mode};
            }
        }
    }
    return best;
}

} // namespace cantilena::music
