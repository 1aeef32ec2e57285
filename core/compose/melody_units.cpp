#include "melody_units.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "harmony_rules.h"

namespace cantilena::compose {

int gapClass(std::int64_t units)
{
    int best = 0;
    for (int i = 1; i < kNoGap; ++i) {
        if (std::llabs(kGaps[static_cast<std::size_t>(i)] - units) <
            std::llabs(kGaps[static_cast<std::size_t>(best)] - units))
            best = i;
    }
    return best;
}

Metre::Metre(const music::Meter& meter) : bar(std::max(1, static_cast<int>(meter.barLength().value / kUnit)))
{
    if (meter.unit == 8 && meter.beats % 3 == 0)
        id = 2;
    else if (meter.beats % 3 == 0)
        id = 1;
    cell = id == 0 ? 16 : 12;
}

int Metre::position(std::int64_t unit) const
{
    const std::int64_t inBar = ((unit % bar) + bar) % bar;
    if (bar == cell)
        return static_cast<int>(inBar);
    if (cell % bar == 0) // two bars of 2/4 are one of 4/4 for the models
        return static_cast<int>(((unit % cell) + cell) % cell);
    return static_cast<int>(inBar % cell);
}

int Metre::level(std::int64_t unit) const
{
    const std::int64_t at = ((unit % bar) + bar) % bar;
    if (at == 0)
        return 0;
    if (id == 2)
        return at % 6 == 0 ? 1 : at % 2 == 0 ? 2 : 4;
    if (id == 0 && bar == 16 && at == 8)
        return 1;
    return at % 4 == 0 ? 2 : at % 2 == 0 ? 3 : 4;
}

double Metre::weight(std::int64_t unit) const
{
    static constexpr std::array<double, 5> kWeights{1.0, 0.8, 0.6, 0.3, 0.0};
    return kWeights[static_cast<std::size_t>(level(unit))];
}

StyleMelody melodyAt(const Style& style, double tempo)
{
    StyleMelody p = style.melody;
    if (style.triplets) // an odd sixteenth has no place between the thirds of a beat
        p.offSixteenth = -8;
    if (tempo > 112)
        p.offSixteenth -= 0.8;
    if (tempo < 80)
        p.offSixteenth += 0.5;
    return p;
}

ChordTimes::ChordTimes(const std::vector<song::ChordEvent>& chords, const music::Key& key)
    : m_tonic(key.tonic,
              key.mode == music::Mode::Major ? music::ChordQuality::Major : music::ChordQuality::Minor),
      m_tonicToken(tokenOfChord(m_tonic, key))
{
    for (const song::ChordEvent& event : chords) {
        const int token = tokenOfChord(event.chord, key);
        if (m_spans.empty() || !(m_spans.back().chord == event.chord))
            m_spans.push_back({event.onset.value / kUnit, event.chord, token});
    }
}

ChordTimes::Here ChordTimes::at(std::int64_t unit) const
{
    Here here{m_tonic, m_tonicToken, kNoneToken - 1, 16, 0};
    const auto after = std::upper_bound(m_spans.begin(), m_spans.end(), unit,
                                        [](std::int64_t at, const Span& span) { return at < span.onset; });
    // The models do not hear a change of the bass alone.
    auto next = after;
    if (after != m_spans.begin()) {
        auto now = std::prev(after);
        here.chord = now->chord;
        here.token = now->token;
        while (now != m_spans.begin() && std::prev(now)->token == here.token)
            --now;
        here.age = static_cast<int>(std::min<std::int64_t>(16, unit - now->onset));
        while (next != m_spans.end() && next->token == here.token)
            ++next;
    }
    if (next != m_spans.end()) {
        here.next = next->token;
        here.change = static_cast<int>(std::min<std::int64_t>(16, next->onset - unit));
    }
    return here;
}

double toneHeight(int tone, int before)
{
    switch (tone) {
    case 1:
        return 5.0;
    case 2:
        return 3.9;
    case 3:
        return 1.7;
    case 4:
        return 3.4;
    case 5:
        return before == 3 ? 3.6 : 2.0;
    default:
        return 0;
    }
}

int toneDirection(int before, int tone, int beforeThat)
{
    if (before == 0 || tone == 0)
        return 0;
    const double step = toneHeight(tone, before) - toneHeight(before, beforeThat);
    return std::abs(step) < 0.8 ? 0 : step > 0 ? 1 : -1;
}

} // namespace cantilena::compose
