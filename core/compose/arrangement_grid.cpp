#include "arrangement_grid.h"

#include <algorithm>
#include <cstdlib>

namespace cantilena::compose {

namespace {

constexpr double kStretch = 0.25; // share of a section's rank in the song, the rest is its own energy

} // namespace

Grid makeGrid(const Form& form, bool triplets)
{
    const music::Tick pulse = form.meter.pulse();
    const bool compound = form.meter.unit == 8 && form.meter.beats % 3 == 0 && form.meter.beats > 3;
    // Odd metres in eighths (5/8, 7/8) are counted in quarters, their last beat cut short.
    const music::Tick beat = compound ? pulse : music::Tick{std::max(pulse.value, music::kTicksPerQuarter)};
    Grid grid;
    grid.barLength = form.meter.barLength();
    const auto pulses = (grid.barLength.value + beat.value - 1) / beat.value;
    const int beats = pulses % 3 == 0 ? 3 : 4;
    // Bars of two beats make one of four together.
    const int group = pulses == 2 ? 2 : 1;
    music::Tick start;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        grid.starts.push_back(start);
        grid.firstCells.push_back(grid.cells.size());
        const int bars = std::max(0, form.sections[s].bars);
        const music::Tick sectionEnd = start + grid.barLength * bars;
        int index = 0;
        for (int bar = 0; bar < bars; bar += group) {
            const music::Tick barStart = start + grid.barLength * bar;
            const music::Tick barEnd = std::min(sectionEnd, barStart + grid.barLength * group);
            for (music::Tick at = barStart; at < barEnd; at += beat * beats) {
                Cell cell;
                cell.section = static_cast<int>(s);
                cell.index = index++;
                cell.bar = bar;
                cell.start = at;
                cell.end = std::min(barEnd, at + beat * beats);
                cell.beat = beat;
                cell.beats = beats;
                cell.steps = compound || triplets ? 3 : 4;
                grid.cells.push_back(cell);
            }
        }
        if (bars > 0)
            grid.cells.back().last = true;
        start = sectionEnd;
    }
    grid.starts.push_back(start);
    grid.firstCells.push_back(grid.cells.size());
    return grid;
}

ChordLine::ChordLine(std::span<const song::ChordEvent> chords, const Form& form, music::Tick end)
{
    for (const song::ChordEvent& event : chords) {
        if (event.onset >= end || event.duration.value <= 0)
            continue;
        const music::Tick onset = m_spans.empty() ? music::Tick{} : event.onset; // the first covers the start
        if (!m_spans.empty()) {
            if (onset <= m_spans.back().start)
                continue;
            if (m_spans.back().chord == event.chord)
                continue;
            m_spans.back().end = onset;
        }
        m_spans.push_back({onset, end, event.chord});
    }
    if (m_spans.empty()) {
        const bool minor = form.key.mode == music::Mode::Minor;
        m_spans.push_back(
            {music::Tick{}, end,
             music::Chord(form.key.tonic, minor ? music::ChordQuality::Minor : music::ChordQuality::Major)});
    }
}

std::size_t ChordLine::indexAt(music::Tick tick) const
{
    const auto after = std::upper_bound(m_spans.begin(), m_spans.end(), tick,
                                        [](music::Tick t, const Span& span) { return t < span.start; });
    return after == m_spans.begin() ? 0 : static_cast<std::size_t>(after - m_spans.begin()) - 1;
}

const ChordLine::Span& ChordLine::at(music::Tick tick) const
{
    return m_spans[indexAt(tick)];
}

Tune::Tune(const song::Track& melody, const Form& form)
    : m_notes(melody.notes), m_bar(form.meter.barLength()), m_pulse(form.meter.pulse())
{
    std::stable_sort(m_notes.begin(), m_notes.end(),
                     [](const song::Note& a, const song::Note& b) { return a.onset < b.onset; });
}

int Tune::pitchAt(music::Tick tick) const
{
    auto after = std::upper_bound(m_notes.begin(), m_notes.end(), tick,
                                  [](music::Tick t, const song::Note& n) { return t < n.onset; });
    if (after == m_notes.begin())
        return -1;
    --after;
    return after->end() > tick ? after->pitch.midi : -1;
}

bool Tune::sounds(music::Tick from, music::Tick to) const
{
    if (pitchAt(from) >= 0)
        return true;
    const auto next = std::lower_bound(m_notes.begin(), m_notes.end(), from,
                                       [](const song::Note& n, music::Tick t) { return n.onset < t; });
    return next != m_notes.end() && next->onset < to;
}

std::vector<int> Tune::strongPitches(music::Tick from, music::Tick to) const
{
    std::vector<int> result;
    const auto add = [&](music::Tick tick) {
        const int pitch = pitchAt(tick);
        if (pitch >= 0 && std::find(result.begin(), result.end(), pitch) == result.end())
            result.push_back(pitch);
    };
    add(from);
    for (music::Tick t{(from.value + m_pulse.value - 1) / m_pulse.value * m_pulse.value}; t < to;
         t += m_pulse)
        add(t);
    return result;
}

int Tune::lowest(music::Tick from, music::Tick to) const
{
    int result = pitchAt(from);
    for (auto next = std::lower_bound(m_notes.begin(), m_notes.end(), from,
                                      [](const song::Note&n, music::Tick t) { return n.onset < t; });
         next != m_notes.end() && next->onset < to; ++next)
        result = result < 0 ? next->pitch.midi : std::min(result, next->pitch.midi);
    return result;
}

bool clashes(int a, int b)
{
    const int interval = std::abs(a - b) % 12;
    return interval == 1 || interval == 11;
}

int foldInto(int pitch, int low, int high)
{
    while (pitch < low)
        pitch += 12;
    while (pitch > high)
        pitch -= 12;
    return std::max(pitch, low);
}

std::vector<double> sectionEnergies(const Form& form)
{
    std::vector<double> result;
    for (const SectionPlan& section : form.sections)
        result.push_back(std::clamp(section.energy, 0.0, 1.0));
    if (result.empty())
        return result;
    const auto [low, high] = std::minmax_element(result.begin(), result.end());
    const double floor = *low;
    const double span = *high - floor;
    if (span < 0.1)
        return result;
    for (double& energy : result)
        energy = (1 - kStretch) * energy + kStretch * (energy - floor) / span;
    return result;
}

} // namespace cantilena::compose
