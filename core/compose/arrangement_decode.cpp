#include "arrangement_decode.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cantilena::compose {

namespace {

constexpr int kMasks = 1 << kDrums;
constexpr std::size_t kPatternFields = 18;
constexpr std::size_t kEventFields = 20;
constexpr int kNone = kEvents; // "there is no event" in the fields that look back
constexpr int kVelocityBins = 8;
constexpr double kTopP = 0.92;
constexpr double kDrumTopP = 0.85; ///< rarer sets of hits are slips more often than ideas
constexpr double kDrumTemperature = 0.75;
constexpr double kFillTemperature = 0.95;

/// The mask `by` steps before step `at` of a row's history, 0 before its start.
int ago(const std::vector<int>& history, std::size_t at, std::size_t by)
{
    return by <= at && at - by < history.size() ? history[at - by] : 0;
}

Error wrongShape(const inference::Model& model)
{
    return Error{"The model " + model.info().id +
                 " gives an output of an unexpected size; install Cantilena again."};
}

} // namespace

Drawn draw(std::span<const float> logits, std::span<const char> allowed, double temperature, double topP,
           double u)
{
    const auto may = [&](std::size_t i) { return allowed.empty() || allowed[i]; };
    double highest = -INFINITY;
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (may(i))
            highest = std::max(highest, static_cast<double>(logits[i]));
    if (!std::isfinite(highest))
        return {};
    std::vector<std::pair<double, std::size_t>> weights;
    double total = 0;
    double plain = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        if (!may(i))
            continue;
        const double d = static_cast<double>(logits[i]) - highest;
        plain += std::exp(d);
        if (const double w = std::exp(d / temperature); w > 1e-5) {
            weights.emplace_back(w, i);
            total += w;
        }
    }
    std::sort(weights.begin(), weights.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    double kept = 0;
    std::size_t count = 0;
    while (count < weights.size() && kept < topP * total)
        kept += weights[count++].first;
    double target = u * kept;
    std::size_t chosen = weights.front().second;
    for (std::size_t i = 0; i < count; ++i) {
        chosen = weights[i].second;
        target -= weights[i].first;
        if (target < 0)
            break;
    }
    return {chosen, static_cast<double>(logits[chosen]) - highest - std::log(plain)};
}

int tempoBucket(double bpm)
{
    constexpr std::array<double, 6> kEdges = {75, 90, 105, 120, 145, 175};
    return static_cast<int>(std::upper_bound(kEdges.begin(), kEdges.end(), bpm) - kEdges.begin());
}

Result<std::vector<DrumBars>> drawDrums(const ArrangementModels& models, const Grid& grid, double bpm,
                                        const std::vector<DrumRow>& rows, const JobContext& job)
{
    std::vector<DrumBars> result(rows.size());
    if (rows.empty())
        return result;
    const auto firstCell = [&](const DrumRow& row) {
        return grid.firstCells[static_cast<std::size_t>(row.section)];
    };
    const auto cellCount = [&](const DrumRow& row) {
        return grid.firstCells[static_cast<std::size_t>(row.section) + 1] - firstCell(row);
    };
    std::size_t longest = 0;
    for (const DrumRow& row : rows)
        longest = std::max(longest, cellCount(row));
    const auto batch = static_cast<std::int64_t>(rows.size());
    TRY(inference::Stepper stepper, models.pattern->start(batch));
    std::vector<std::vector<int>> history(rows.size());
    const Cell& shape = grid.cells.front();
    const auto barSteps = static_cast<std::size_t>(shape.count());
    const auto beatSteps = static_cast<std::size_t>(shape.steps);

    for (std::size_t cell = 0; cell < longest; ++cell) {
        if (job.cancelled())
            return job.cancelledError();
        for (std::size_t step = 0; step < barSteps; ++step) {
            std::vector<std::int64_t> ids(rows.size() * kPatternFields, 0);
            const std::size_t at = cell * barSteps + step;
            for (std::size_t r = 0; r < rows.size(); ++r) {
                const DrumRow& row = rows[r];
                if (cell >= cellCount(row))
                    continue;
                const bool fillNext = cell + 1 < row.fill.size() && row.fill[cell + 1];
                const std::vector<int>& past = history[r];
                const std::array<std::int64_t, kPatternFields> fields = {
                    row.style,
                    tempoBucket(bpm),
                    shape.steps - 3,
                    shape.beats - 3,
                    row.density,
                    row.loudness,
                    static_cast<std::int64_t>(step / beatSteps),
                    static_cast<std::int64_t>(step % beatSteps),
                    static_cast<std::int64_t>(cell % 8),
                    cell < row.fill.size() && row.fill[cell],
                    fillNext,
                    static_cast<std::int64_t>(std::min<std::size_t>(cell, 2)),
                    ago(past, at, 1),
                    ago(past, at, 2),
                    ago(past, at, beatSteps),
                    ago(past, at, barSteps),
                    ago(past, at, barSteps - 1),
                    ago(past, at, 2 * barSteps)};
                std::copy(fields.begin(), fields.end(),
                          ids.begin() + static_cast<std::ptrdiff_t>(r * kPatternFields));
            }
            const inference::Tensor input = inference::Tensor::integers(
                {batch, static_cast<std::int64_t>(kPatternFields)}, std::move(ids));
            TRY(const std::vector<inference::Tensor> outputs, stepper.step({&input, 1}));
            if (outputs.empty() || outputs[0].asFloats().size() != rows.size() * kMasks)
                return wrongShape(*models.pattern);
            const std::span<const float> logits = outputs[0].asFloats();
            for (std::size_t r = 0; r < rows.size(); ++r) {
                const DrumRow& row = rows[r];
                if (cell >= cellCount(row))
                    continue;
                if (cell < row.forced.size() && !row.forced[cell].empty()) {
                    history[r].push_back(row.forced[cell][step]);
                    continue;
                }
                const Random& source = cell < row.again.size() ? row.again[cell] : row.random;
                const double u = source.at({cell, step}).uniform();
                const bool fill = cell < row.fill.size() && row.fill[cell];
                const Drawn drawn =
                    draw(logits.subspan(r * kMasks, kMasks), {}, fill ? kFillTemperature : kDrumTemperature,
                         fill ? kTopP : kDrumTopP, u);
                history[r].push_back(static_cast<int>(drawn.index));
                result[r].score += drawn.logProbability / static_cast<double>(cellCount(row) * barSteps);
            }
        }
        job.progress("arrangement", 0.3 * static_cast<double>(cell + 1) / static_cast<double>(longest));
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t cell = 0; cell < cellCount(rows[r]); ++cell) {
            const auto from = history[r].begin() + static_cast<std::ptrdiff_t>(cell * barSteps);
            result[r].masks.emplace_back(from, from + static_cast<std::ptrdiff_t>(barSteps));
        }
    }
    return result;
}

// Accompaniment
// -------------------------------------------------------------------------------------------------

int eventQuality(const music::Chord& chord)
{
    using enum music::ChordQuality;
    switch (chord.quality) {
    case Major:
    case Add9:
    case Major6:
    case Power:
        return 0;
    case Minor:
    case Minor6:
    case MinorAdd9:
    case MinorMajor7:
        return 1;
    case Dominant7:
    case Dominant9:
        return 2;
    case Major7:
    case Major9:
        return 3;
    case Minor7:
    case Minor9:
        return 4;
    case Diminished:
    case HalfDiminished7:
    case Diminished7:
        return 5;
    case Sus2:
    case Sus4:
    case Dominant7Sus4:
        return 6;
    case Augmented:
        return 7;
    }
    return 0;
}

int eventAnchor(EventRole role, int root)
{
    const int base = role == EventRole::Bass ? 28 : 48;
    return base + ((root - base) % 12 + 12) % 12;
}

namespace {

CellChords chordsFor(const Cell& cell, const ChordLine& line, bool moving)
{
    const auto n = static_cast<std::size_t>(cell.count());
    CellChords result;
    const std::size_t first = line.indexAt(cell.start);
    std::vector<std::size_t> index(n, first);
    for (std::size_t s = 0; moving && s < n; ++s)
        index[s] = line.indexAt(cell.at(static_cast<int>(s)));
    const auto& spans = line.spans();
    const std::size_t after = moving ? line.indexAt(cell.at(cell.count())) : first;
    for (std::size_t s = 0; s < n; ++s) {
        const std::size_t here = index[s];
        std::size_t end = s + 1;
        while (end < n && index[end] == here)
            ++end;
        std::size_t begin = s;
        while (begin > 0 && index[begin - 1] == here)
            --begin;
        const std::size_t follows = end < n ? index[end] : after;
        result.chord.push_back(spans[here].chord);
        const bool starts = s == begin && (s > 0 || !moving || spans[here].start == cell.start);
        result.change.push_back(starts);
        result.until.push_back(static_cast<int>(end - s));
        result.nextRoot.push_back(spans[follows].chord.root);
        result.changesInside.push_back(end < n);
        result.nextQuality.push_back(eventQuality(spans[follows].chord));
        result.since.push_back(static_cast<int>(s - begin));
    }
    return result;
}

} // namespace

CellChords cellChords(const Cell& cell, const ChordLine& line)
{
    return chordsFor(cell, line, true);
}

CellChords staticChords(const Cell& cell, const ChordLine& line)
{
    return chordsFor(cell, line, false);
}

Result<std::vector<EventBar>> drawEvents(const ArrangementModels& models, const std::vector<EventRow>& rows,
                                         const JobContext& job)
{
    std::vector<EventBar> result(rows.size());
    if (rows.empty())
        return result;
    constexpr std::size_t kOutputs = kEvents + kEventLengths.size() + kVelocityBins;
    const auto batch = static_cast<std::int64_t>(rows.size());
    TRY(inference::Stepper stepper, models.accompaniment->start(batch));
    int longest = 0;
    for (const EventRow& row : rows)
        longest = std::max(longest, row.cell->count());
    std::vector<int> lastPitch(rows.size(), -1); // -1: a chord
    std::vector<int> lastAt(rows.size(), -1);

    for (int step = 0; step < longest; ++step) {
        if (job.cancelled())
            return job.cancelledError();
        const auto s = static_cast<std::size_t>(step);
        std::vector<std::int64_t> ids(rows.size() * kEventFields, 0);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const EventRow& row = rows[r];
            if (step >= row.cell->count())
                continue;
            const CellChords& chords = *row.chords;
            const int root = chords.chord[s].root;
            const bool inside = chords.changesInside[s];
            const EventBar* reference = row.reference;
            const bool stroke = reference && reference->events[s] > 0;
            int lastNote = kNone;
            if (lastAt[r] >= 0 && lastPitch[r] < 0)
                lastNote = kEventChord;
            else if (lastAt[r] >= 0)
                lastNote =
                    kEventNote - kLowestInterval +
                    std::clamp(lastPitch[r] - eventAnchor(row.role, root), kLowestInterval, kHighestInterval);
            const std::array<std::int64_t, kEventFields> fields = {
                static_cast<int>(row.role),
                row.family,
                static_cast<int>(row.section),
                row.cell->steps - 3,
                row.cell->beats - 3,
                row.density,
                eventQuality(chords.chord[s]),
                inside ? chords.nextQuality[s] : 8,
                chords.nextRoot[s] == root && !inside ? 12 : (chords.nextRoot[s] - root + 12) % 12,
                std::min(chords.until[s], 8),
                std::min(chords.since[s], 3),
                step / row.cell->steps,
                step % row.cell->steps,
                reference ? reference->events[s] : kNone,
                reference && step + 1 < row.cell->count() ? reference->events[s + 1] : kNone,
                step == 0 ? kNone : result[r].events[s - 1],
                lastNote,
                stroke ? reference->lengths[s] : 10,
                stroke ? reference->velocities[s] / 16 : 8,
                lastAt[r] < 0 ? 8 : std::min(step - lastAt[r], 7)};
            std::copy(fields.begin(), fields.end(),
                      ids.begin() + static_cast<std::ptrdiff_t>(r * kEventFields));
        }
        const inference::Tensor input =
            inference::Tensor::integers({batch, static_cast<std::int64_t>(kEventFields)}, std::move(ids));
        TRY(const std::vector<inference::Tensor> outputs, stepper.step({&input, 1}));
        if (outputs.empty() || outputs[0].asFloats().size() != rows.size() * kOutputs)
            return wrongShape(*models.accompaniment);
        const std::vector<float>& values = outputs[0].asFloats();
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const EventRow& row = rows[r];
            if (step >= row.cell->count())
                continue;
            EventBar& bar = result[r];
            const auto from = values.begin() + static_cast<std::ptrdiff_t>(r * kOutputs);
            std::vector<float> logits(from, from + kEvents);
            std::vector<char> allowed(kEvents, 1);
            if (row.constrain)
                row.constrain(step, allowed, logits);
            const Random source = row.random.at({s});
            const Drawn event = draw(logits, allowed, row.temperature, kTopP, source.uniform(0));
            const std::span<const float> rest(&*from + kEvents, kOutputs - kEvents);
            const Drawn length = draw(rest.first(kEventLengths.size()), {}, 0.6, 0.8, source.uniform(1));
            const Drawn velocity = draw(rest.subspan(kEventLengths.size()), {}, 0.6, 0.8, source.uniform(2));
            bar.events.push_back(static_cast<int>(event.index));
            bar.lengths.push_back(static_cast<int>(length.index));
            bar.velocities.push_back(static_cast<int>(velocity.index) * 16 + 8);
            bar.score += event.logProbability / row.cell->count();
            if (event.index == kEventNone)
                continue;
            ++bar.strokes;
            lastAt[r] = step;
            lastPitch[r] = event.index == kEventChord
                               ? -1
                               : eventAnchor(row.role, row.chords->chord[s].root) +
                                     static_cast<int>(event.index) - kEventNote + kLowestInterval;
        }
    }
    return result;
}

} // namespace cantilena::compose
