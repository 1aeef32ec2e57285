#include <compose/arrangement.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>

#include "arrangement_decode.h"
#include "arrangement_grid.h"
#include "arrangement_parts.h"

namespace cantilena::compose {

namespace {

constexpr int kMaxBars = 2000;
constexpr int kCandidates = 8; ///< patterns drawn for each group of sections, of which the best is kept
constexpr int kDrumCandidates = 3;
constexpr double kStrokePenalty = 0.12; ///< nats a step that one stroke more or less than asked costs

Result<std::vector<std::string>> readLines(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    if (lines.empty())
        return Error{"The model file " + file.string() + " is missing; install Cantilena again."};
    return lines;
}

Result<int> lineOf(const std::vector<std::string>& lines, const std::string& name, const std::string& what,
                   const Style& style)
{
    const auto found = std::find(lines.begin(), lines.end(), name);
    if (found == lines.end())
        return Error{"The style " + style.id + " asks for the " + what + " \"" + name +
                     "\", which the arrangement models do not know; correct its file in resources/styles."};
    return static_cast<int>(found - lines.begin());
}

/// Strokes that a bar of this density should have: from half notes to eighths, broken chords twice as many.
double strokesAsked(const EventRow& row)
{
    const double d = row.density / 3.0;
    const double aBeat = row.role == EventRole::Bass   ? 0.5 + 0.9 * d
                         : row.role == EventRole::Comp ? 0.5 + 1.2 * d
                                                       : 1.2 + 1.6 * d;
    return aBeat * row.cell->beats;
}

/// How good a section's drums are: likely, and with a back-beat in most bars where the style has one.
double drumWorth(const DrumBars& bars, bool backBeat)
{
    constexpr double kNoBackBeat = 0.5;
    const int snares = (1 << static_cast<int>(Drum::Snare)) | (1 << static_cast<int>(Drum::SideStick));
    double without = 0;
    for (const std::vector<int>& bar : bars.masks)
        without += std::none_of(bar.begin() + 1, bar.end(), [&](int mask) { return (mask & snares) != 0; });
    const double share = bars.masks.empty() ? 0 : without / static_cast<double>(bars.masks.size());
    return bars.score - (backBeat ? kNoBackBeat * share : 0);
}

/// Everything that planning decides before notes are drawn.
class Arranger {
public:
    Arranger(const ArrangementRequest& request, const ArrangementModels& models, const JobContext& job)
        : m_request(request), m_models(models), m_job(job),
          m_grid(makeGrid(request.form, request.style.triplets)),
          m_chords(request.chords, request.form, m_grid.end()), m_tune(request.melody, request.form),
          m_energy(sectionEnergies(request.form)),
          m_random(source(request.seed)), m_band{m_request, m_grid, m_chords, m_tune, m_energy, m_random}
    {
    }

    Result<std::vector<song::Track>> run();

private:
    /// The random numbers of a seed; styles differ in theirs, so that two with the same players do not play
    /// the same.
    Random source(std::uint64_t seed) const
    {
        return Random(seed, "arrangement").at({hash64(m_request.style.id)});
    }
    Presence presence(double enter) const;
    Random cellRandom(const Cell& cell) const;
    const BarSeed* againAt(const Cell& cell) const;
    std::uint64_t kindOf(int section) const
    {
        return hash64(song::code(m_request.form.sections[static_cast<std::size_t>(section)].kind));
    }

    Result<void> drawKit();
    std::vector<song::Note> drumNotes() const;
    Result<void> drawParts();
    EventRow rowFor(std::size_t part, std::size_t cell, const CellChords& chords) const;
    void constrain(const EventRow& row, const Cell& cell, bool reference, int step, std::span<char> allowed,
                   std::span<float> logits) const;
    int stepMask(const Cell& cell, int step) const;

    const ArrangementRequest& m_request;
    const ArrangementModels& m_models;
    const JobContext& m_job;
    Grid m_grid;
    ChordLine m_chords;
    Tune m_tune;
    std::vector<double> m_energy;
    Random m_random;
    Band m_band;

    Presence m_drumsPlay;
    std::vector<Presence> m_plays;        // by part
    std::vector<int> m_families;          // by part
    std::vector<std::vector<int>> m_hits; // by cell: a mask a step; empty where the drums rest
    std::vector<PartBars> m_bars;         // by part
};

Presence Arranger::presence(double enter) const
{
    Presence result;
    for (const double energy : m_energy)
        result.push_back(energy >= enter);
    if (std::find(result.begin(), result.end(), 1) == result.end()) // every part has its moment
        result[static_cast<std::size_t>(std::max_element(m_energy.begin(), m_energy.end()) -
                                        m_energy.begin())] = 1;
    return result;
}

const BarSeed* Arranger::againAt(const Cell& cell) const
{
    // A cell may cover two bars, or a bar two cells: either way the bar that it begins in decides.
    for (const BarSeed& bar : m_request.again) {
        const music::Tick start =
            m_grid.starts[static_cast<std::size_t>(cell.section)] + m_grid.barLength * bar.bar;
        if (bar.section == cell.section && start < cell.end && start + m_grid.barLength > cell.start)
            return &bar;
    }
    return nullptr;
}

/// Sections of a kind share their numbers, so that what repeats in the form repeats in the band.
Random Arranger::cellRandom(const Cell& cell) const
{
    if (const BarSeed* bar = againAt(cell))
        return source(bar->seed).at({kindOf(cell.section), static_cast<std::uint64_t>(cell.index)});
    return m_random.at({kindOf(cell.section), static_cast<std::uint64_t>(cell.index)});
}

Result<void> Arranger::drawKit()
{
    const StyleDrums& drums = m_request.style.drums;
    TRY(const int style, lineOf(m_models.drumStyles, drums.pattern, "drum style", m_request.style));
    m_drumsPlay = presence(drums.enter);
    m_hits.assign(m_grid.cells.size(), {});
    std::vector<DrumRow> rows;
    for (std::size_t s = 0; s < m_request.form.sections.size(); ++s) {
        const std::size_t first = m_grid.firstCells[s];
        const std::size_t cells = m_grid.firstCells[s + 1] - first;
        const bool nextPlays = s + 1 < m_drumsPlay.size() && m_drumsPlay[s + 1];
        if (cells == 0 || (!m_drumsPlay[s] && !nextPlays))
            continue;
        DrumRow row;
        row.section = static_cast<int>(s);
        row.style = style;
        row.density = std::clamp(static_cast<int>(drums.density.at(m_energy[s]) * 5), 0, 4);
        row.loudness = std::clamp(static_cast<int>(m_energy[s] * 5), 0, 4);
        row.random = m_random.at({hash64("drums"), kindOf(row.section)});
        row.fill.assign(cells, 0);
        // A fill leads into the next section; long sections breathe in their middle.
        if (nextPlays && cells > 1)
            row.fill.back() = 1;
        for (std::uint64_t candidate = 0; candidate < kDrumCandidates; ++candidate) {
            rows.push_back(row);
            rows.back().random = row.random.at({candidate});
        }
    }
    TRY(std::vector<DrumBars> candidates,
        drawDrums(m_models, m_grid, m_request.form.tempo.value, rows, m_job));
    const bool backBeat =
        drums.touch != "jazz" && !drums.pattern.ends_with("bossa") && m_grid.cells.front().beats == 4;
    std::vector<std::vector<std::vector<int>>> masks;
    std::vector<DrumRow> chosen;
    for (std::size_t first = 0; first < rows.size(); first += kDrumCandidates) {
        std::size_t best = first;
        for (std::size_t i = first; i < first + kDrumCandidates; ++i)
            if (drumWorth(candidates[i], backBeat) > drumWorth(candidates[best], backBeat))
                best = i;
        masks.push_back(std::move(candidates[best].masks));
        chosen.push_back(rows[best]);
    }
    rows = std::move(chosen);

    // Bars to be made again are drawn in a second pass over the bars that stay.
    std::vector<DrumRow> second;
    std::vector<std::size_t> sources;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const std::size_t first = m_grid.firstCells[static_cast<std::size_t>(rows[r].section)];
        for (std::size_t c = 0; c < masks[r].size(); ++c) {
            const BarSeed* bar = againAt(m_grid.cells[first + c]);
            if (!bar)
                continue;
            DrumRow row = rows[r];
            row.forced = masks[r];
            row.forced[c].clear();
            row.again.assign(masks[r].size(), row.random);
            row.again[c] = source(bar->seed).at({hash64("drums"), kindOf(row.section)});
            second.push_back(std::move(row));
            sources.push_back(r);
        }
    }
    TRY(const std::vector<DrumBars> again,
        drawDrums(m_models, m_grid, m_request.form.tempo.value, second, m_job));
    for (std::size_t i = 0; i < second.size(); ++i)
        for (std::size_t c = 0; c < second[i].forced.size(); ++c)
            if (second[i].forced[c].empty())
                masks[sources[i]][c] = again[i].masks[c];

    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto s = static_cast<std::size_t>(rows[r].section);
        for (std::size_t c = 0; c < masks[r].size(); ++c) {
            if (!m_drumsPlay[s]) { // only the pick-up into the next section
                if (c + 1 < masks[r].size())
                    continue;
                std::fill(masks[r][c].begin(),
                          masks[r][c].begin() + static_cast<std::ptrdiff_t>(masks[r][c].size() / 2), 0);
            }
            m_hits[m_grid.firstCells[s] + c] = masks[r][c];
        }
    }
    return {};
}

std::vector<song::Note> Arranger::drumNotes() const
{
    std::vector<song::Note> notes;
    const std::array<int, kDrums>& keys = m_request.style.drums.keys;
    const auto add = [&](music::Tick at, Drum drum, int key, int velocity, std::uint32_t reasons = 0) {
        const bool rings = drum == Drum::Crash || drum == Drum::Ride || drum == Drum::OpenHat;
        const music::Tick length = std::min(rings ? music::kQuarter : music::kSixteenth, m_grid.end() - at);
        notes.push_back(makeNote(at, length, key, velocity, reasons));
    };
    constexpr std::array<int, kDrums> kVelocities = {100, 96, 84, 72, 80, 92, 92, 104, 76};
    for (std::size_t c = 0; c < m_grid.cells.size(); ++c) {
        const Cell& cell = m_grid.cells[c];
        if (m_hits[c].empty())
            continue;
        const auto s = static_cast<std::size_t>(cell.section);
        const bool arrives = cell.index == 0 && s > 0 && m_energy[s] >= 0.5 && m_energy[s] >= m_energy[s - 1];
        const bool fill = cell.last && !(s + 1 == m_energy.size());
        int run = 0; // toms in a row, which walk down
        for (int step = 0; step < cell.count(); ++step) {
            const music::Tick at = cell.at(step);
            if (at >= cell.end || at >= m_grid.lastBar())
                break;
            int mask = m_hits[c][static_cast<std::size_t>(step)];
            if (arrives && step == 0)
                mask |= (1 << static_cast<int>(Drum::Crash)) | (1 << static_cast<int>(Drum::Kick));
            const bool toms =
                mask & ((1 << static_cast<int>(Drum::LowTom)) | (1 << static_cast<int>(Drum::HighTom)));
            run = toms ? run + 1 : (mask ? 0 : run);
            for (int d = 0; d < kDrums; ++d) {
                if (!(mask & (1 << d)))
                    continue;
                const auto drum = static_cast<Drum>(d);
                int key = keys[static_cast<std::size_t>(d)];
                if (drum == Drum::HighTom && run > 2)
                    key = key == 48 ? 45 : key;
                add(at, drum, key, kVelocities[static_cast<std::size_t>(d)],
                    fill && toms ? static_cast<std::uint32_t>(song::Reason::Fill) : 0);
            }
        }
    }
    // The last stroke of the song.
    if (m_drumsPlay.back() || m_drumsPlay.size() == 1) {
        const auto cadence = static_cast<std::uint32_t>(song::Reason::Cadence);
        add(m_grid.lastBar(), Drum::Kick, keys[static_cast<std::size_t>(Drum::Kick)], 96, cadence);
        add(m_grid.lastBar(), Drum::Crash, keys[static_cast<std::size_t>(Drum::Crash)], 88, cadence);
    }
    return notes;
}

int Arranger::stepMask(const Cell& cell, int step) const
{
    const std::size_t c = static_cast<std::size_t>(&cell - m_grid.cells.data());
    return m_hits[c].empty() ? 0 : m_hits[c][static_cast<std::size_t>(step)];
}

void Arranger::constrain(const EventRow& row, const Cell& cell, bool reference, int step,
                         std::span<char> allowed, std::span<float> logits) const
{
    const auto s = static_cast<std::size_t>(step);
    const CellChords& chords = *row.chords;
    const music::Chord& chord = chords.chord[s];
    const int root = chord.root;
    if (row.role == EventRole::Bass) {
        allowed[kEventChord] = 0;
        const bool lands = chords.change[s] || (step == 0 && reference);
        const bool onBeat = step % cell.steps == 0;
        const bool approaches = chords.until[s] <= cell.steps && chords.nextRoot[s] != root;
        for (int e = kEventNote; e < kEvents; ++e) {
            const int pitchClass = ((root + e - kEventNote + kLowestInterval) % 12 + 12) % 12;
            const int toNext = (pitchClass - chords.nextRoot[s] + 12) % 12;
            const bool inChord = chord.contains(pitchClass);
            const bool walks =
                m_request.form.key.contains(pitchClass) && (!onBeat || (step / cell.steps) % 2 == 1);
            const bool leads =
                approaches && (toNext == 1 || toNext == 11 || toNext == 2 || toNext == 10 || toNext == 7);
            if (lands ? pitchClass != root : !(inChord || walks || leads))
                allowed[static_cast<std::size_t>(e)] = 0;
        }
        if (lands)
            allowed[kEventNone] = 0;
        // The bass speaks with the bass drum.
        if (reference && stepMask(cell, step) != 0)
            logits[kEventNone] -= stepMask(cell, step) & 1 ? 0.8F : -0.2F;
        return;
    }
    for (int e = kEventNote; e < kEvents; ++e)
        if (!chord.contains(((root + e - kEventNote + kLowestInterval) % 12 + 12) % 12))
            allowed[static_cast<std::size_t>(e)] = 0;
    if (row.role == EventRole::Arpeggio)
        allowed[kEventChord] = 0;
}

EventRow Arranger::rowFor(std::size_t p, std::size_t c, const CellChords& chords) const
{
    const StylePart& part = m_request.style.parts[p];
    const Cell& cell = m_grid.cells[c];
    const double energy = m_energy[static_cast<std::size_t>(cell.section)];
    EventRow row;
    row.cell = &cell;
    row.chords = &chords;
    row.role = part.figure == Figure::Bass   ? EventRole::Bass
               : part.figure == Figure::Comp ? EventRole::Comp
                                             : EventRole::Arpeggio;
    row.family = m_families[p];
    row.density = std::clamp(static_cast<int>(part.density.at(energy) * 4), 0, 3);
    return row;
}

Result<void> Arranger::drawParts()
{
    const std::vector<StylePart>& parts = m_request.style.parts;
    m_bars.assign(parts.size(), PartBars(m_grid.cells.size()));

    // Harmony of each cell, as it moves and as a pattern is shown.
    std::vector<CellChords> moving;
    std::vector<CellChords> still;
    for (const Cell& cell : m_grid.cells) {
        moving.push_back(cellChords(cell, m_chords));
        still.push_back(staticChords(cell, m_chords));
    }
    std::vector<char> rests(m_grid.cells.size(), 0);
    for (const Gap& gap : gapsOf(m_band))
        for (std::size_t c = 0; c < m_grid.cells.size(); ++c)
            if (m_grid.cells[c].start < gap.end && m_grid.cells[c].end > gap.start)
                rests[c] = 1;

    // First the patterns: a few candidates for each part, kind of section and density.
    struct Group {
        std::size_t part;
        std::uint64_t kind;
        int density;
        auto operator<=>(const Group&) const = default;
    };
    std::map<Group, std::size_t> groups; // to its first row
    std::vector<EventRow> patterns;
    struct Want {
        std::size_t part;
        std::size_t cell;
        std::size_t pattern;
    };
    std::vector<Want> wants;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        if (parts[p].figure == Figure::Pad || parts[p].figure == Figure::Counter)
            continue;
        for (std::size_t c = 0; c < m_grid.cells.size(); ++c) {
            const Cell& cell = m_grid.cells[c];
            if (!m_plays[p][static_cast<std::size_t>(cell.section)] || cell.start >= m_grid.lastBar() ||
                (parts[p].figure == Figure::Colour && !rests[c]))
                continue;
            EventRow row = rowFor(p, c, still[c]);
            const Group group{p, kindOf(cell.section), row.density};
            const auto [found, isNew] = groups.try_emplace(group, patterns.size());
            if (isNew) {
                row.temperature = 0.9;
                row.constrain = [this, row, c](int step, std::span<char> allowed, std::span<float> logits) {
                    constrain(row, m_grid.cells[c], true, step, allowed, logits);
                };
                const Random source = m_random.at({hash64("pattern"), hash64(parts[p].id), group.kind});
                for (std::uint64_t candidate = 0; candidate < kCandidates; ++candidate) {
                    row.random = source.at({candidate});
                    patterns.push_back(row);
                }
            }
            wants.push_back({p, c, found->second});
        }
    }
    TRY(std::vector<EventBar> drawn, drawEvents(m_models, patterns, m_job));
    m_job.progress("arrangement", 0.5);
    // The likely candidate that has about as many strokes as the energy asks for.
    std::vector<std::size_t> chosen(drawn.size(), 0);
    for (std::size_t first = 0; first < drawn.size(); first += kCandidates) {
        std::size_t best = first;
        double bestScore = -1e9;
        for (std::size_t i = first; i < first + kCandidates; ++i) {
            const double score =
                drawn[i].score - kStrokePenalty * std::abs(drawn[i].strokes - strokesAsked(patterns[i]));
            if (score > bestScore) {
                bestScore = score;
                best = i;
            }
        }
        chosen[first] = best;
    }

    // Then every bar in the manner of its pattern; bars that are the same in all they depend on are drawn
    // once.
    std::vector<EventRow> rows;
    std::vector<std::size_t> rowOf;
    std::map<std::vector<std::uint64_t>, std::size_t> known;
    for (const Want& want : wants) {
        const Cell& cell = m_grid.cells[want.cell];
        EventRow row = rowFor(want.part, want.cell, moving[want.cell]);
        row.reference = &drawn[chosen[want.pattern]];
        row.temperature = 0.6;
        row.random = cellRandom(cell).at({hash64(parts[want.part].id)});
        row.constrain = [this, row, want](int step, std::span<char> allowed, std::span<float> logits) {
            constrain(row, m_grid.cells[want.cell], false, step, allowed, logits);
        };
        std::vector<std::uint64_t> key = {want.part, want.pattern, row.random.bits()};
        const CellChords& chords = moving[want.cell];
        for (std::size_t s = 0; s < chords.chord.size(); ++s) {
            key.push_back(static_cast<std::uint64_t>(chords.chord[s].root) * 100 +
                          static_cast<std::uint64_t>(chords.chord[s].quality));
            key.push_back(static_cast<std::uint64_t>(chords.nextRoot[s] * 2 + chords.change[s]));
        }
        const auto [found, isNew] = known.try_emplace(std::move(key), rows.size());
        if (isNew)
            rows.push_back(std::move(row));
        rowOf.push_back(found->second);
    }
    TRY(const std::vector<EventBar> bars, drawEvents(m_models, rows, m_job));
    for (std::size_t w = 0; w < wants.size(); ++w)
        m_bars[wants[w].part][wants[w].cell] = bars[rowOf[w]];
    m_job.progress("arrangement", 0.8);
    return {};
}

Result<std::vector<song::Track>> Arranger::run()
{
    const Style& style = m_request.style;
    TRY_VOID(drawKit());
    for (const StylePart& part : style.parts) {
        int family = 0;
        if (!part.family.empty()) {
            TRY(family, lineOf(m_models.families, part.family, "pattern family", style));
        }
        m_families.push_back(family);
        m_plays.push_back(presence(part.enter));
    }
    TRY_VOID(drawParts());

    std::vector<song::Track> tracks;
    const auto addTrack = [&](const std::string& name, song::Role role, int program, const song::Mix& mix,
                              std::vector<song::Note> notes) {
        song::Track track;
        track.head.name = name;
        track.head.role = role;
        track.head.program = program;
        track.head.mix = mix;
        std::sort(notes.begin(), notes.end(), song::noteBefore);
        track.notes = std::move(notes);
        tracks.push_back(std::move(track));
    };
    static const LocalName kDrumsName{"Drums", "鼓"};
    addTrack(kDrumsName.in(m_request.names), song::Role::Drums, style.drums.kit, style.drums.mix,
             drumNotes());
    const auto chords = std::find_if(style.parts.begin(), style.parts.end(), [](const StylePart& part) {
        return part.figure == Figure::Comp || part.figure == Figure::Arpeggio;
    });
    const StylePart* firstChords = chords == style.parts.end() ? nullptr : &*chords;
    for (std::size_t p = 0; p < style.parts.size(); ++p) {
        const StylePart& part = style.parts[p];
        std::vector<song::Note> notes;
        switch (part.figure) {
        case Figure::Bass:
            notes = bassNotes(m_band, part, m_bars[p]);
            break;
        case Figure::Comp:
            notes = compNotes(m_band, part, m_bars[p]);
            break;
        case Figure::Arpeggio:
            notes = arpeggioNotes(m_band, part, m_bars[p]);
            break;
        case Figure::Pad:
            notes = padNotes(m_band, part, m_plays[p]);
            break;
        case Figure::Counter:
            notes = counterNotes(m_band, part, m_plays[p]);
            break;
        case Figure::Colour:
            notes = colourNotes(m_band, part, m_plays[p], m_bars[p]);
            break;
        }
        // Bass and chords close every song; the others when they play in its last section or found no other
        // place.
        const bool ground = part.figure == Figure::Bass || part.figure == Figure::Pad || &part == firstChords;
        if (ground || m_plays[p].back() || notes.empty()) {
            const std::vector<song::Note> last = closing(m_band, part, notes);
            notes.insert(notes.end(), last.begin(), last.end());
        }
        addTrack(part.name.in(m_request.names), part.role, part.program, part.mix, std::move(notes));
    }
    m_job.progress("arrangement", 1.0);
    return tracks;
}

} // namespace

Result<ArrangementModels> ArrangementModels::load(const std::filesystem::path& models)
{
    ArrangementModels result;
    TRY(result.pattern, inference::Model::load(models, "arrangement", "drum-pattern-1"));
    TRY(result.touch, inference::Model::load(models, "arrangement", "drum-touch-1"));
    TRY(result.accompaniment, inference::Model::load(models, "arrangement", "accompaniment-1"));
    TRY(result.drumStyles, readLines(result.pattern->info().folder / "drum_styles.txt"));
    TRY(result.families, readLines(result.accompaniment->info().folder / "families.txt"));
    return result;
}

Result<std::vector<song::Track>> arrange(const ArrangementRequest& request, const ArrangementModels& models,
                                         const JobContext& job)
{
    if (job.cancelled())
        return job.cancelledError();
    int bars = 0;
    for (const SectionPlan& section : request.form.sections)
        bars = std::min(kMaxBars + 1, bars + std::clamp(section.bars, 0, kMaxBars));
    if (bars < 1)
        return Error{"The song has no bars to arrange; add a section of at least one bar."};
    if (bars > kMaxBars)
        return Error{
            "The song has more than 2,000 bars, which is more than the arranger plays; shorten a section."};
    if (request.form.meter.barLength().value < music::kTicksPerQuarter)
        return Error{
            "The time signature has bars shorter than a quarter note, which the arranger cannot play."};
    job.progress("arrangement", 0.0);
    return Arranger(request, models, job).run();
}

} // namespace cantilena::compose
