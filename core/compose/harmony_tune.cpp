#include "harmony_tune.h"

#include <algorithm>
#include <numeric>

#include "harmony_rules.h"

namespace cantilena::compose {

namespace {

/// Of a note so many semitones above the root of a chord.
double consonance(int interval, int quality)
{
    const bool minor = quality == kMin || quality == kMin7 || quality == kDim;
    switch (interval) {
    case 0:
        return 1;
    case 1:
        return -1.2;
    case 2:
        return quality == kSus4 ? 0.2 : quality == kDim || quality == kAug ? -0.7 : -0.35;
    case 3:
        return minor ? 1 : quality == kSus4 ? -0.6 : -0.7;
    case 4:
        return minor ? -1.2 : quality == kSus4 ? -0.6 : 1;
    case 5:
        return quality == kSus4 ? 1 : minor ? -0.4 : -0.9;
    case 6:
        return quality == kDim ? 0.9 : -0.9;
    case 7:
        return quality == kDim || quality == kAug ? -1 : 0.9;
    case 8:
        return quality == kAug ? 0.9 : -0.9;
    case 9:
        return quality == kDim ? 0.4 : minor ? -0.4 : -0.35;
    case 10:
        return quality == kDom7 || quality == kMin7 ? 0.8 : minor || quality == kSus4 ? -0.1 : -0.5;
    default:
        return quality == kMaj7 ? 0.8 : quality == kMaj ? -0.35 : -1;
    }
}

} // namespace

double TuneHalf::total() const
{
    return std::accumulate(weight.begin(), weight.end(), 0.0);
}

TuneHalf& TuneHalf::operator+=(const TuneHalf& other)
{
    for (std::size_t i = 0; i < weight.size(); ++i)
        weight[i] += other.weight[i];
    return *this;
}

TuneHalf TuneHalf::operator*(double factor) const
{
    TuneHalf result = *this;
    for (double& w : result.weight)
        w *= factor;
    return result;
}

std::vector<TuneHalf> tuneHalves(const std::vector<song::Note>& tune, const Form& form, bool barsHaveMiddle)
{
    const std::int64_t bar = form.meter.barLength().value;
    const std::int64_t half = barsHaveMiddle ? bar / 2 : bar;
    const std::size_t step = barsHaveMiddle ? 1 : 2;
    std::vector<TuneHalf> halves(static_cast<std::size_t>(form.totalBars()) * 2);
    for (const song::Note& note : tune) {
        const std::int64_t begin = note.onset.value, end = note.end().value;
        for (std::int64_t cell = std::max<std::int64_t>(0, begin / half); cell * half < end; ++cell) {
            const std::size_t index = static_cast<std::size_t>(cell) * step;
            if (index >= halves.size())
                break;
            const std::int64_t from = std::max(begin, cell * half), to = std::min(end, (cell + 1) * half);
            double strength = form.meter.weight({begin % bar});
            if (begin < cell * half)
                strength = cell * half - begin <= music::kEighth.value ? 1.0 : 0.5;
            const double beats =
                static_cast<double>(to - from) / static_cast<double>(form.meter.pulse().value);
            halves[index].weight[static_cast<std::size_t>((note.pitch.midi - form.key.tonic + 120) % 12)] +=
                beats * (0.1 + strength * strength);
        }
    }
    return halves;
}

double fit(const TuneHalf& tune, int token)
{
    const double total = tune.total();
    if (total <= 0 || token >= kChordTokens)
        return 0;
    double sum = 0;
    for (int note = 0; note < 12; ++note)
        sum += tune.weight[static_cast<std::size_t>(note)] *
               consonance((note - token % 12 + 12) % 12, token / 12);
    return sum / total;
}

} // namespace cantilena::compose
