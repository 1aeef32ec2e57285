#include <compose/performance.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "arrangement_decode.h"
#include "arrangement_grid.h"

namespace cantilena::compose {

namespace {

/// A foot on a pad is recorded softer beside the hands than a mix has the kick.
constexpr double kKickLift = 1.25;

constexpr std::size_t kTouchFields = 15;
constexpr std::size_t kTouchFloats = 36;
constexpr int kVelocityBins = 16;
constexpr int kOffsetBins = 33;
constexpr std::size_t kTouchOutputs = kDrums * (kVelocityBins + kOffsetBins);

/// The drum that a percussion key sounds like, or nothing for others (a tambourine keeps time by itself).
std::optional<Drum> drumOfKey(int key, const StyleDrums& drums)
{
    for (int d = 0; d < kDrums; ++d)
        if (drums.keys[static_cast<std::size_t>(d)] == key)
            return static_cast<Drum>(d);
    switch (key) {
    case 35:
    case 36:
        return Drum::Kick;
    case 38:
    case 39:
    case 40:
        return Drum::Snare;
    case 37:
    case 75:
    case 76:
    case 77:
        return Drum::SideStick;
    case 42:
    case 44:
    case 54:
    case 69:
    case 70:
    case 82:
        return Drum::ClosedHat;
    case 46:
        return Drum::OpenHat;
    case 41:
    case 43:
        return Drum::LowTom;
    case 45:
    case 47:
    case 48:
    case 50:
        return Drum::HighTom;
    case 49:
    case 52:
    case 55:
    case 57:
        return Drum::Crash;
    case 51:
    case 53:
    case 59:
        return Drum::Ride;
    default:
        return std::nullopt;
    }
}

struct Context {
    const Form& form;
    const Style& style;
    const Grid& grid;
    const std::vector<double>& energy;
    double ticksPerSecond;
    Random random;

    int sectionAt(music::Tick tick) const
    {
        const auto after = std::upper_bound(grid.starts.begin(), grid.starts.end() - 1, tick);
        return std::max(0, static_cast<int>(after - grid.starts.begin()) - 1);
    }
    double energyAt(music::Tick tick) const { return energy[static_cast<std::size_t>(sectionAt(tick))]; }
    std::int64_t inSection(music::Tick tick) const
    {
        return (tick - grid.starts[static_cast<std::size_t>(sectionAt(tick))]).value;
    }
    /// How far the style's swing delays an onset that lies on the second of a pair of sixteenths.
    std::int64_t swing(music::Tick tick) const
    {
        if (style.triplets || form.meter.unit == 8 || style.swing <= 0.5 ||
            tick.value % music::kEighth.value == 0 || tick.value % music::kSixteenth.value != 0)
            return 0;
        return std::llround((style.swing - 0.5) * static_cast<double>(music::kEighth.value));
    }
};

/// A note's place among the steps of a section.
struct Place {
    std::size_t note;
    Drum drum;
};

void setShift(song::Note& note, std::int64_t shift)
{
    note.shift = {std::max(shift, -note.onset.value)};
}

Result<void> performDrums(song::Track& track, const Context& context, const ArrangementModels& models,
                          const JobContext& job)
{
    const StyleDrums& drums = context.style.drums;
    const auto line = std::find(models.drumStyles.begin(), models.drumStyles.end(), drums.touch);
    if (line == models.drumStyles.end() || line->starts_with("programmed-"))
        return Error{"The style " + context.style.id + " asks for the drummer \"" + drums.touch +
                     "\", which the arrangement models do not know; correct its file in resources/styles."};
    const auto style = line - models.drumStyles.begin();
    const Grid& grid = context.grid;
    const auto barSteps = static_cast<std::size_t>(grid.cells.front().count());
    const auto beatSteps = static_cast<std::size_t>(grid.cells.front().steps);

    // Which notes fall on which step of which section.
    const std::size_t sections = context.form.sections.size();
    std::vector<std::vector<std::vector<Place>>> places(sections);
    std::vector<std::vector<int>> masks(sections);
    for (std::size_t s = 0; s < sections; ++s) {
        const std::size_t steps = (grid.firstCells[s + 1] - grid.firstCells[s]) * barSteps;
        places[s].resize(steps);
        masks[s].assign(steps, 0);
    }
    for (std::size_t n = 0; n < track.notes.size(); ++n) {
        song::Note& note = track.notes[n];
        const std::optional<Drum> drum = drumOfKey(note.pitch.midi, drums);
        const auto after = std::upper_bound(grid.cells.begin(), grid.cells.end(), note.onset,
                                            [](music::Tick t, const Cell& cell) { return t < cell.start; });
        if (!drum || after == grid.cells.begin())
            continue;
        const auto c = static_cast<std::size_t>(after - grid.cells.begin()) - 1;
        const Cell& cell = grid.cells[c];
        const std::int64_t inCell = (note.onset - cell.start).value;
        const auto step =
            std::min<std::int64_t>(cell.count() - 1, (inCell + cell.step().value / 2) / cell.step().value);
        const auto s = static_cast<std::size_t>(cell.section);
        const std::size_t at = (c - grid.firstCells[s]) * barSteps + static_cast<std::size_t>(step);
        places[s][at].push_back({n, *drum});
        masks[s][at] |= 1 << static_cast<int>(*drum);
    }

    std::size_t longest = 0;
    for (const auto& mask : masks)
        longest = std::max(longest, mask.size());
    const auto batch = static_cast<std::int64_t>(sections);
    TRY(inference::Stepper stepper, models.touch->start(batch));
    struct Hands {
        std::array<float, 2 * kDrums> last{};
        std::vector<std::array<float, 2 * kDrums>> steps;
    };
    std::vector<Hands> hands(sections);
    for (std::size_t at = 0; at < longest; ++at) {
        if (at % barSteps == 0 && job.cancelled())
            return job.cancelledError();
        std::vector<std::int64_t> ids(sections * kTouchFields, 0);
        std::vector<float> floats(sections * kTouchFloats, 0.0F);
        for (std::size_t s = 0; s < sections; ++s) {
            const std::vector<int>& mask = masks[s];
            if (at >= mask.size())
                continue;
            const auto relative = [&](std::int64_t by) -> std::int64_t {
                const std::int64_t i = static_cast<std::int64_t>(at) - by;
                return i >= 0 && i < static_cast<std::int64_t>(mask.size())
                           ? mask[static_cast<std::size_t>(i)]
                           : 0;
            };
            const double energy = context.energy[s];
            const Cell& cell = grid.cells[grid.firstCells[s] + at / barSteps];
            const std::array<std::int64_t, kTouchFields> fields = {
                style,
                tempoBucket(context.form.tempo.value),
                cell.steps - 3,
                cell.beats - 3,
                std::clamp(static_cast<int>(drums.density.at(energy) * 5), 0, 4),
                std::clamp(static_cast<int>(energy * 5), 0, 4),
                static_cast<std::int64_t>(at % barSteps / beatSteps),
                static_cast<std::int64_t>(at % beatSteps),
                cell.last && s + 1 < sections,
                relative(0),
                relative(1),
                relative(2),
                relative(-1),
                relative(-2),
                relative(static_cast<std::int64_t>(barSteps))};
            std::copy(fields.begin(), fields.end(),
                      ids.begin() + static_cast<std::ptrdiff_t>(s * kTouchFields));
            const auto into = floats.begin() + static_cast<std::ptrdiff_t>(s * kTouchFloats);
            std::copy(hands[s].last.begin(), hands[s].last.end(), into);
            if (at >= barSteps)
                std::copy(hands[s].steps[at - barSteps].begin(), hands[s].steps[at - barSteps].end(),
                          into + 2 * kDrums);
        }
        const std::array<inference::Tensor, 2> inputs = {
            inference::Tensor::integers({batch, static_cast<std::int64_t>(kTouchFields)}, std::move(ids)),
            inference::Tensor::floats({batch, static_cast<std::int64_t>(kTouchFloats)}, std::move(floats))};
        TRY(const std::vector<inference::Tensor> outputs, stepper.step(inputs));
        if (outputs.empty() || outputs[0].asFloats().size() != sections * kTouchOutputs)
            return Error{"The model " + models.touch->info().id +
                         " gives an output of an unexpected size; install Cantilena again."};
        for (std::size_t s = 0; s < sections; ++s) {
            if (at >= masks[s].size())
                continue;
            const std::span<const float> logits(outputs[0].asFloats().data() + s * kTouchOutputs,
                                                kTouchOutputs);
            std::array<float, 2 * kDrums> here{};
            const std::size_t firstCell = grid.firstCells[s];
            const Cell& cell = grid.cells[firstCell + at / barSteps];
            for (std::size_t d = 0; d < kDrums; ++d) {
                if (!(masks[s][at] & (1 << d)))
                    continue;
                const Random source =
                    context.random.at({hash64("touch"), s, at / barSteps, at % barSteps, d});
                const Drawn velocity =
                    draw(logits.subspan(d * kVelocityBins, kVelocityBins), {}, 1.0, 0.97, source.uniform(0));
                const Drawn offset =
                    draw(logits.subspan(kDrums * kVelocityBins + d * kOffsetBins, kOffsetBins), {}, 1.0, 0.97,
                         source.uniform(1));
                const double v = static_cast<double>(velocity.index) * 8 + source.uniform(0, 8, 2);
                const int late = static_cast<int>(offset.index) - kOffsetBins / 2;
                const double beats = (late + source.uniform(-0.5, 0.5, 3)) / 96.0;
                here[d] = static_cast<float>(v / 127);
                here[kDrums + d] = static_cast<float>(beats * 6);
                hands[s].last[d] = here[d];
                hands[s].last[kDrums + d] = here[kDrums + d];
                const double scale = drums.loudness / 0.8 * (0.86 + 0.2 * context.energy[s]) *
                                     (static_cast<Drum>(d) == Drum::Kick ? kKickLift : 1.0);
                for (const Place& place : places[s][at]) {
                    if (static_cast<std::size_t>(place.drum) != d)
                        continue;
                    song::Note& note = track.notes[place.note];
                    note.velocity = std::clamp(static_cast<int>(std::lround(v * scale)), 8, 127);
                    setShift(note, std::llround(beats * static_cast<double>(cell.beat.value)) +
                                       context.swing(note.onset));
                }
            }
            hands[s].steps.push_back(here);
        }
    }
    return {};
}

/// Shaping of pitched parts by role.
struct Manner {
    double jitter; ///< standard deviation of timing in seconds
    double lag;    ///< seconds behind the beat
};

Manner mannerOf(song::Role role)
{
    switch (role) {
    case song::Role::Bass:
        return {0.004, 0.004};
    case song::Role::Pad:
        return {0.003, -0.015}; // bowed attacks are slow: begin a little early
    case song::Role::Counter:
        return {0.007, -0.005};
    case song::Role::Colour:
        return {0.007, 0.002};
    default:
        return {0.005, 0.0};
    }
}

void performPitched(song::Track& track, const StylePart* part, const Context& context)
{
    const Manner manner = mannerOf(track.head.role);
    const double loudness = part ? part->loudness : 0.65;
    const double strum = part ? part->strum : 0.0;
    const Random random = context.random.at({hash64(part ? part->id : track.head.name)});
    const std::int64_t bar = context.form.meter.barLength().value;
    for (std::size_t first = 0; first < track.notes.size();) {
        std::size_t end = first + 1;
        while (end < track.notes.size() && track.notes[end].onset == track.notes[first].onset)
            ++end;
        const music::Tick onset = track.notes[first].onset;
        const std::int64_t place = context.inSection(onset);
        const double energy = context.energyAt(onset);
        const Random here =
            random.at({static_cast<std::uint64_t>(context.sectionAt(onset)),
                       static_cast<std::uint64_t>(place / bar), static_cast<std::uint64_t>(place % bar)});
        // Four bars breathe: they swell to the third and fall back.
        const double phrase = static_cast<double>(place % (4 * bar)) / static_cast<double>(4 * bar);
        const double swell = 5.0 * std::sin(std::numbers::pi * std::min(1.0, phrase / 0.75) * 0.5) -
                             6.0 * std::max(0.0, phrase - 0.75) / 0.25;
        const double accent = 10.0 * (context.form.meter.weight({place % bar}) - 0.5);
        const double base = 127.0 * loudness * (0.60 + 0.40 * energy);
        const double jitter = std::clamp(here.normal(0), -2.5, 2.5);
        const std::int64_t common =
            std::llround((manner.lag + manner.jitter * jitter) * context.ticksPerSecond) +
            context.swing(onset);
        // Down-strokes on the beats, up-strokes between them.
        const bool up = onset.value % context.form.meter.pulse().value != 0;
        const std::size_t voices = end - first;
        for (std::size_t i = first; i < end; ++i) {
            song::Note& note = track.notes[i];
            const double pattern = 0.8 + 0.2 * note.velocity / 88.0;
            double velocity = base * pattern + accent + swell + 3.0 * here.normal(10 + (i - first));
            std::int64_t shift = common;
            if (voices > 1) {
                const auto order =
                    static_cast<double>(up ? end - 1 - i : i - first) / static_cast<double>(voices - 1);
                shift += std::llround((order - 0.5) * strum * context.ticksPerSecond);
                if (i + 1 == end)
                    velocity += 3; // the top voice leads
            }
            note.velocity = std::clamp(static_cast<int>(std::lround(velocity)), 12, 120);
            setShift(note, shift);
        }
        first = end;
    }
}

} // namespace

Result<void> perform(std::vector<song::Track>& tracks, const Form& form, const Style& style,
                     const ArrangementModels& models, std::uint64_t seed, const JobContext& job)
{
    if (job.cancelled())
        return job.cancelledError();
    const Grid grid = makeGrid(form, style.triplets);
    if (grid.cells.empty())
        return {};
    const std::vector<double> energy = sectionEnergies(form);
    const Context context{form,
                          style,
                          grid,
                          energy,
                          form.tempo.value * music::kTicksPerQuarter / 60.0,
                          Random(seed, "performance")};
    std::vector<char> taken(style.parts.size(), 0);
    for (song::Track& track : tracks) {
        if (track.head.role == song::Role::Melody)
            continue;
        if (track.head.role == song::Role::Drums) {
            TRY_VOID(performDrums(track, context, models, job));
            continue;
        }
        const StylePart* part = nullptr;
        for (std::size_t p = 0; p < style.parts.size() && !part; ++p) {
            if (taken[p] || style.parts[p].role != track.head.role ||
                style.parts[p].program != track.head.program)
                continue;
            taken[p] = 1;
            part = &style.parts[p];
        }
        performPitched(track, part, context);
        job.progress("performance", 1.0);
    }
    return {};
}

} // namespace cantilena::compose
