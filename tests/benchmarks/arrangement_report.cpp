// Prints what docs call the arrangement's measures, style by style: clashes with the tune on strong beats,
// bass on the roots, rank correlation of density and loudness with the planned energy, how unlike each other
// the styles are, time.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>
#include <vector>

#include <compose/arrangement.h>
#include <compose/performance.h>

#include "../core/compose/band_song.h"

using namespace cantilena;
using namespace cantilena::compose;

namespace {

std::vector<double> ranks(const std::vector<double>& values)
{
    std::vector<double> result;
    for (const double v : values) {
        double rank = 0;
        for (const double other : values)
            rank += other < v ? 1.0 : other == v ? 0.5 : 0.0;
        result.push_back(rank);
    }
    return result;
}

double rankCorrelation(const std::vector<double>& a, const std::vector<double>& b)
{
    const std::vector<double> x = ranks(a);
    const std::vector<double> y = ranks(b);
    const double n = static_cast<double>(x.size());
    const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n;
    const double my = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mx) * (y[i] - my);
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

/// What a listener could tell a style by without its instruments and tempo: where in the bar each role plays,
/// how densely, and how the drums are used.
std::vector<double> signature(const std::vector<song::Track>& tracks, const ArrangementRequest& request)
{
    std::vector<double> result;
    const std::int64_t bar = request.form.meter.barLength().value;
    for (const song::Role role : {song::Role::Drums, song::Role::Bass, song::Role::Harmony}) {
        std::array<double, 12> places{};
        std::map<int, double> keys;
        double count = 0;
        double length = 0;
        for (const song::Track& track : tracks) {
            if (track.head.role != role)
                continue;
            for (const song::Note& note : track.notes) {
                const std::int64_t at = (note.onset.value + note.shift.value + bar) % bar;
                places[static_cast<std::size_t>(at * 12 / bar)] += 1;
                keys[note.pitch.midi] += 1;
                length += static_cast<double>(note.duration.value);
                count += 1;
            }
        }
        for (const double place : places)
            result.push_back(place / std::max(1.0, count));
        result.push_back(count / 2000);
        result.push_back(length / std::max(1.0, count) / 4000);
        if (role == song::Role::Drums)
            for (const int key : {36, 38, 37, 42, 46, 51})
                result.push_back(keys[key] / std::max(1.0, count));
    }
    return result;
}

} // namespace

int main()
{
    const std::filesystem::path source = CANTILENA_SOURCE_DIR;
    const auto styles = loadStyles(source / "resources" / "styles");
    const auto models = ArrangementModels::load(source / "models");
    if (!styles || !models) {
        std::fprintf(stderr, "%s\n", (!styles ? styles.error() : models.error()).message.c_str());
        return 1;
    }
    constexpr std::uint64_t kSeeds = 3;
    std::vector<std::vector<std::vector<double>>> signatures;
    std::printf("%-18s %6s %7s %7s %7s %8s %8s %7s\n", "style", "notes", "clash%", "any8ve%", "roots%",
                "density", "loudness", "ms");
    double worstClash = 0;
    for (const Style& style : *styles) {
        double notes = 0;
        double strong = 0;
        double near = 0;
        double any = 0;
        double roots = 0;
        double changes = 0;
        double density = 0;
        double loudness = 0;
        double seconds = 0;
        signatures.emplace_back();
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            const ArrangementRequest request = testing::plainRequest(style, style.meters.front(), seed);
            const auto begin = std::chrono::steady_clock::now();
            auto tracks = arrange(request, *models, JobContext());
            if (!tracks || !perform(*tracks, request.form, style, *models, seed, JobContext())) {
                std::fprintf(stderr, "%s: %s\n", style.id.c_str(),
                             tracks ? "perform" : tracks.error().message.c_str());
                return 1;
            }
            seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            signatures.back().push_back(signature(*tracks, request));
            const std::int64_t bar = request.form.meter.barLength().value;
            for (const song::Note& sung : request.melody.notes) {
                if (request.form.meter.weight({sung.onset.value % bar}) < 0.6)
                    continue;
                strong += 1;
                bool isNear = false;
                bool isAny = false;
                for (const song::Track& track : *tracks) {
                    if (track.head.role == song::Role::Drums)
                        continue;
                    for (const song::Note& note : track.notes) {
                        if (note.onset > sung.onset || note.end() <= sung.onset)
                            continue;
                        const int interval = std::abs(note.pitch.midi - sung.pitch.midi);
                        isNear = isNear || interval == 1 || interval == 13;
                        isAny = isAny || interval % 12 == 1 || interval % 12 == 11;
                    }
                }
                near += isNear;
                any += isAny;
            }
            for (const song::Track& track : *tracks) {
                notes += static_cast<double>(track.notes.size());
                if (track.head.role != song::Role::Bass)
                    continue;
                for (const song::Note& note : track.notes)
                    for (const song::ChordEvent& chord : request.chords)
                        if (chord.onset == note.onset) {
                            changes += 1;
                            roots += note.pitch.pitchClass() == chord.chord.bass;
                        }
            }
            std::vector<double> energy;
            std::vector<double> dense;
            std::vector<double> loud;
            std::int64_t start = 0;
            for (const SectionPlan& section : request.form.sections) {
                const std::int64_t end = start + bar * section.bars;
                double count = 0;
                double power = 0;
                for (const song::Track& track : *tracks)
                    for (const song::Note& note : track.notes)
                        if (note.onset.value >= start && note.onset.value < end) {
                            count += 1;
                            power += note.velocity * note.velocity;
                        }
                energy.push_back(section.energy);
                dense.push_back(count / section.bars);
                loud.push_back(power / section.bars);
                start = end;
            }
            density += rankCorrelation(energy, dense);
            loudness += rankCorrelation(energy, loud);
        }
        worstClash = std::max(worstClash, near / strong);
        std::printf("%-18s %6.0f %7.2f %7.2f %7.1f %8.2f %8.2f %7.0f\n", style.id.c_str(), notes / kSeeds,
                    100 * near / strong, 100 * any / strong, 100 * roots / std::max(1.0, changes),
                    density / kSeeds, loudness / kSeeds, 1000 * seconds / kSeeds);
    }
    // Leave one seed out: does the nearest other song have the same style?
    int right = 0;
    int total = 0;
    for (std::size_t a = 0; a < signatures.size(); ++a) {
        for (std::size_t i = 0; i < signatures[a].size(); ++i) {
            double nearest = 1e9;
            std::size_t guess = a;
            for (std::size_t b = 0; b < signatures.size(); ++b) {
                for (std::size_t j = 0; j < signatures[b].size(); ++j) {
                    if (a == b && i == j)
                        continue;
                    double distance = 0;
                    for (std::size_t k = 0; k < signatures[a][i].size(); ++k)
                        distance += std::abs(signatures[a][i][k] - signatures[b][j][k]);
                    if (distance < nearest) {
                        nearest = distance;
                        guess = b;
                    }
                }
            }
            right += guess == a;
            ++total;
        }
    }
    std::printf("worst clash %.2f %% (level: under 2 %%)\n", 100 * worstClash);
    std::printf("style named by rhythm alone, without instruments or tempo: %.0f %% of %d (chance %.0f %%)\n",
                100.0 * right / total, total, 100.0 / static_cast<double>(signatures.size()));
    return 0;
}
