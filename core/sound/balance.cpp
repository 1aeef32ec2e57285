#include "balance.h"

#include <algorithm>
#include <cmath>

#include "filters.h"
#include "mixer.h"

namespace cantilena::sound {

namespace {

constexpr std::size_t kWindow = 2205; // 50 ms
constexpr double kMostRideDb = 12;
constexpr std::size_t kFewestWindows = 20; // 1 s
constexpr double kQuietest = 0.02;         // of the loudest section's power

/// Energies of one section's windows with singing, 1 to 4 kHz.
struct Energies {
    double band = 0;
    double vocal = 0;
    std::size_t windows = 0; ///< with singing

    double level() const { return windows > 0 ? vocal / static_cast<double>(windows) : 0; }
};

/// Fourth order on both sides: what a listener's ear takes as the region of words.
struct WordBand {
    Biquad high1 = Biquad::highPass(1000);
    Biquad high2 = Biquad::highPass(1000);
    Biquad low1 = Biquad::lowPass(4000);
    Biquad low2 = Biquad::lowPass(4000);
    float operator()(float x) { return low2(low1(high2(high1(x)))); }
};

std::vector<Energies> energies(const Program& program, const Tracks& tracks)
{
    WordBand left, right, voice;
    const std::size_t windows = tracks.vocal.size() / kWindow;
    std::vector<Energies> byWindow(windows);
    Biquad backLeft = MixBus::stepBackBand();
    Biquad backRight = MixBus::stepBackBand();
    for (std::size_t w = 0; w < windows; ++w)
        for (std::size_t i = w * kWindow; i < (w + 1) * kWindow; ++i) {
            const float back = MixBus::kStepBack * tracks.activity[i];
            const float l = left(tracks.dry.left[i] - back * backLeft(tracks.dry.left[i]));
            const float r = right(tracks.dry.right[i] - back * backRight(tracks.dry.right[i]));
            const float v = voice(tracks.vocal[i]);
            byWindow[w].band += static_cast<double>(l) * l + static_cast<double>(r) * r;
            byWindow[w].vocal += 2.0 * v * v;
        }
    std::vector<Energies> result(program.sections.size());
    for (std::size_t s = 0; s < program.sections.size(); ++s) {
        const FrameRange& range = program.sections[s].range;
        const auto inside = [&](std::size_t w) {
            const std::int64_t middle =
                tracks.range.start.value + static_cast<std::int64_t>(w * kWindow + kWindow / 2);
            return middle >= range.start.value && middle < range.end.value;
        };
        double loudest = 0;
        for (std::size_t w = 0; w < windows; ++w)
            if (inside(w))
                loudest = std::max(loudest, byWindow[w].vocal);
        // Windows more than 25 dB under the loudest are pauses and breaths.
        const double gate = loudest * 0.003;
        if (!(loudest > 1e-7))
            continue;
        for (std::size_t w = 0; w < windows; ++w)
            if (inside(w) && byWindow[w].vocal > gate) {
                result[s].band += byWindow[w].band;
                result[s].vocal += byWindow[w].vocal;
                ++result[s].windows;
            }
    }
    // A breath or an upbeat before the first verse is no singing to be balanced.
    double loudest = 0;
    for (const Energies& e : result)
        loudest = std::max(loudest, e.level());
    for (Energies& e : result)
        if (e.windows < kFewestWindows || e.level() < loudest * kQuietest)
            e = {};
    return result;
}

} // namespace

std::vector<MixBalance::SectionGain> balanceVocal(const Program& program, const Tracks& tracks,
                                                  double targetDb)
{
    std::vector<MixBalance::SectionGain> gains;
    const std::vector<Energies> bySection = energies(program, tracks);
    for (std::size_t s = 0; s < bySection.size(); ++s) {
        const Energies& e = bySection[s];
        if (!(e.vocal > 0))
            continue;
        double gain = program.balance.vocal.value;
        if (e.band > 1e-9)
            gain = std::clamp(targetDb - 10 * std::log10(e.vocal / e.band), -kMostRideDb, kMostRideDb);
        gains.push_back({program.sections[s].id, {gain}});
    }
    return gains;
}

std::vector<SectionRatio> vocalRatios(const Program& program, const Tracks& tracks, const MixBalance& balance)
{
    std::vector<SectionRatio> ratios;
    const std::vector<Energies> bySection = energies(program, tracks);
    const ProgramTrack* track = vocalTrack(program);
    if (!track || !track->audible)
        return ratios;
    for (std::size_t s = 0; s < bySection.size(); ++s) {
        if (!(bySection[s].vocal > 0) || !(bySection[s].band > 1e-9))
            continue;
        double gain = balance.vocal.value;
        for (const MixBalance::SectionGain& section : balance.sections)
            if (section.section == program.sections[s].id)
                gain = section.vocal.value;
        gain += 20 * std::log10(std::max(track->gain, 1e-6F));
        ratios.push_back({program.sections[s].id, program.sections[s].name,
                          gain + 10 * std::log10(bySection[s].vocal / bySection[s].band)});
    }
    return ratios;
}

} // namespace cantilena::sound
