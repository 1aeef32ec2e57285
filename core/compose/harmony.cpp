#include <compose/harmony.h>

#include <algorithm>
#include <map>

#include "harmony_writer.h"
#include <base/random.h>

namespace cantilena::compose {

namespace {

using song::ChordEvent;
using song::ChordReason;

bool hasReason(const ChordEvent& event, ChordReason reason)
{
    return (event.reasons & static_cast<std::uint32_t>(reason)) != 0;
}

/// The chords of a form between two ticks, from what is locked and what the model writes between.
class Harmonist {
public:
    Harmonist(const HarmonyRequest& request, const HarmonyModels& models, const JobContext& job)
        : m_request(request), m_models(models), m_job(job), m_profile(harmonyProfile(request.style.id))
    {
        // A chord may change in the middle of a bar only where the bar has a middle beat.
        const music::Meter& meter = request.form.meter;
        m_bar = meter.barLength().value;
        m_script.barsHaveMiddle =
            (meter.unit == 8 && meter.beats % 6 == 0) || (meter.unit != 8 && meter.beats % 4 == 0);
        m_cell = m_script.barsHaveMiddle ? m_bar / 2 : m_bar;
        m_end = m_bar * request.form.totalBars();
        m_script.seed = request.seed;
        if (!request.tune.empty())
            m_script.tune = tuneHalves(request.tune, request.form, m_script.barsHaveMiddle);
        std::int64_t clock = 0;
        for (const LockedChord& chord : request.locked) {
            const std::int64_t begin = std::max(clock, chord.begin.value),
                               end = std::min(m_end, chord.end.value);
            if (begin < end)
                m_locked.push_back({{begin}, {end}, chord.chord});
            clock = std::max(clock, end);
        }
    }

    Result<std::vector<ChordEvent>> write() { return write(0, m_end); }
    Result<std::vector<ChordEvent>> rewrite(const std::vector<ChordEvent>& chords, const HarmonyPiece& piece);

private:
    Result<std::vector<ChordEvent>> write(std::int64_t begin, std::int64_t end);
    std::vector<ChordEvent> events(const HarmonyTokens& line, std::int64_t begin, std::int64_t end) const;
    void smoothBass(std::vector<ChordEvent>& events) const;
    void preparedByTwo(std::vector<ChordEvent>& events) const;
    std::vector<std::optional<int>> fixedTokens() const;
    std::size_t halfAt(std::int64_t tick) const
    {
        return static_cast<std::size_t>(tick / m_cell) * (m_script.barsHaveMiddle ? 1 : 2);
    }

    const HarmonyRequest& m_request;
    const HarmonyModels& m_models;
    const JobContext& m_job;
    HarmonyProfile m_profile;
    HarmonyScript m_script;
    std::vector<LockedChord> m_locked;
    std::int64_t m_bar = 0;  ///< ticks
    std::int64_t m_cell = 0; ///< ticks of what one chord lasts at least
    std::int64_t m_end = 0;
};

/// Tokens of the cells that locked chords fill.
std::vector<std::optional<int>> Harmonist::fixedTokens() const
{
    std::vector<std::optional<int>> fixed(static_cast<std::size_t>(m_request.form.totalBars()) * 2);
    for (std::int64_t cell = 0; cell < m_end; cell += m_cell) {
        std::int64_t filled = 0;
        std::optional<int> token;
        for (const LockedChord& chord : m_locked) {
            const std::int64_t from = std::max(cell, chord.begin.value);
            const std::int64_t to = std::min(cell + m_cell, chord.end.value);
            if (from >= to)
                continue;
            filled += to - from;
            if (!token)
                token = tokenOfChord(chord.chord, m_request.form.key);
        }
        if (filled < m_cell)
            continue;
        fixed[halfAt(cell)] = token;
        if (!m_script.barsHaveMiddle)
            fixed[halfAt(cell) + 1] = token;
    }
    return fixed;
}

std::vector<ChordEvent> Harmonist::events(const HarmonyTokens& line, std::int64_t begin,
                                          std::int64_t end) const
{
    // Where an event may begin, and the material of the sections.
    std::map<std::int64_t, std::size_t> sections;
    std::vector<std::int64_t> borders{begin, end};
    std::int64_t start = 0;
    for (std::size_t i = 0; i < m_request.form.sections.size(); ++i) {
        sections[start] = i;
        start += m_request.form.sections[i].bars * m_bar;
    }
    for (std::int64_t cell = 0; cell < m_end; cell += m_cell)
        borders.push_back(cell);
    for (const LockedChord& chord : m_locked) {
        borders.push_back(chord.begin.value);
        borders.push_back(chord.end.value);
    }
    std::sort(borders.begin(), borders.end());
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    std::vector<ChordEvent> result;
    const Random random(m_request.seed, "harmony dress");
    for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
        const std::int64_t from = borders[i], to = borders[i + 1];
        if (from < begin || to > end)
            continue;
        ChordEvent event;
        event.onset = {from};
        event.duration = {to - from};
        const auto locked = std::find_if(m_locked.begin(), m_locked.end(), [&](const LockedChord& chord) {
            return chord.begin.value <= from && from < chord.end.value;
        });
        if (locked != m_locked.end()) {
            event.chord = locked->chord;
            event.reasons = static_cast<std::uint32_t>(ChordReason::Person);
        } else {
            const std::size_t half = halfAt(from);
            const int material =
                m_request.form.sections[std::prev(sections.upper_bound(from))->second].material;
            const double chance =
                random
                    .at({static_cast<std::uint64_t>(material), static_cast<std::uint64_t>(line.tokens[half])})
                    .uniform();
            event.chord = dressed(line.tokens[half], m_request.form.key, m_profile, chance);
            event.reasons = line.reasons[half];
        }
        const bool goesOn =
            !result.empty() && !sections.contains(from) && result.back().chord == event.chord &&
            hasReason(result.back(), ChordReason::Person) == hasReason(event, ChordReason::Person);
        // One event lasts two bars at most, so that a person finds a handle where they look for it.
        if (goesOn && result.back().duration.value < 2 * m_bar) {
            result.back().duration += event.duration;
            result.back().reasons |= event.reasons;
        } else {
            result.push_back(event);
        }
    }
    return result;
}

/// Where jazz goes from iv to V in minor, iiø7 as often as not: the model's popular songs do not know it.
void Harmonist::preparedByTwo(std::vector<ChordEvent>& events) const
{
    const music::Key& key = m_request.form.key;
    if (key.mode == music::Mode::Major || m_profile.sevenths < 2 || m_profile.fifths < 0.5 ||
        !m_request.tune.empty())
        return;
    const Random random(m_request.seed, "harmony two");
    for (std::size_t i = 0; i + 1 < events.size(); ++i) {
        const bool subdominant = isSubdominant(tokenOfChord(events[i].chord, key));
        const bool dominant = tokenOfChord(events[i + 1].chord, key) == chordToken(7, kDom7);
        const auto before =
            static_cast<std::uint64_t>(i == 0 ? 0 : events[i - 1].chord.root - key.tonic + 12);
        if (subdominant && dominant && !hasReason(events[i], ChordReason::Person) &&
            random.at({before}).uniform() < 0.6)
            events[i].chord = {(key.tonic + 2) % 12, music::ChordQuality::HalfDiminished7};
    }
}

/// Puts thirds into the bass where that makes it a line: C G/B Am, F C/E Dm.
void Harmonist::smoothBass(std::vector<ChordEvent>& events) const
{
    const Random random(m_request.seed, "harmony bass");
    const auto distance = [](int a, int b) {
        const int up = (b - a + 12) % 12;
        return up > 6 ? up - 12 : up;
    };
    for (std::size_t i = 1; i + 1 < events.size(); ++i) {
        music::Chord& chord = events[i].chord;
        using music::ChordQuality;
        if (hasReason(events[i], ChordReason::Person) || hasReason(events[i], ChordReason::Cadence) ||
            (chord.quality != ChordQuality::Major && chord.quality != ChordQuality::Dominant7))
            continue;
        const int before = events[i - 1].chord.bass, after = events[i + 1].chord.bass;
        const int third = (chord.root + 4) % 12;
        const int in = distance(before, third), out = distance(third, after);
        const bool line =
            in != 0 && out != 0 && (in > 0) == (out > 0) && std::abs(in) <= 2 && std::abs(out) <= 2;
        if (!line ||
            (std::abs(distance(before, chord.root)) <= 2 && std::abs(distance(chord.root, after)) <= 2))
            continue;
        const auto place = [&](int pitchClass) {
            return static_cast<std::uint64_t>((pitchClass - m_request.form.key.tonic + 12) % 12);
        };
        if (random.at({place(before), place(chord.root), place(after)}).uniform() < m_profile.slash)
            chord.bass = third;
    }
}

Result<std::vector<ChordEvent>> Harmonist::write(std::int64_t begin, std::int64_t end)
{
    if (m_end <= 0)
        return Error{"A song needs at least one bar before it can have chords."};
    if (m_script.fixed.empty())
        m_script.fixed = fixedTokens();
    TRY(const HarmonyTokens line, writeTokens(m_request, m_script, m_profile, m_models, m_job));
    std::vector<ChordEvent> result = events(line, begin, end);
    preparedByTwo(result);
    smoothBass(result);
    return result;
}

Result<std::vector<ChordEvent>> Harmonist::rewrite(const std::vector<ChordEvent>& chords,
                                                   const HarmonyPiece& piece)
{
    const std::int64_t begin = std::max<std::int64_t>(0, piece.begin.value),
                       end = std::min(m_end, piece.end.value);
    if (begin >= end)
        return Error{
            "The part whose chords shall change has no length; choose at least one beat of the song."};
    // Outside, everything is as it was; cells that the piece shares with it are written, and cut later.
    m_script.fixed = fixedTokens();
    m_script.old.assign(m_script.fixed.size(), kNoneToken);
    int sounding = chordToken(0, m_request.form.key.mode == music::Mode::Major ? kMaj : kMin);
    for (std::int64_t cell = 0; cell < m_end; cell += m_cell) {
        for (const ChordEvent& event : chords)
            if (event.onset.value <= cell && cell < event.onset.value + event.duration.value)
                sounding = tokenOfChord(event.chord, m_request.form.key);
        for (const std::size_t half : {halfAt(cell), halfAt(cell) + (m_script.barsHaveMiddle ? 0 : 1)}) {
            m_script.old[half] = sounding;
            if (cell + m_cell <= begin || cell >= end)
                m_script.fixed[half] = sounding;
        }
    }
    m_script.cadences = end - begin >= 2 * m_bar;
    m_script.seed = Random(m_request.seed, "harmony piece")
                        .at({piece.take, static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(end)})
                        .bits();
    TRY(const std::vector<ChordEvent> written, write(begin, end));

    std::vector<ChordEvent> result, behind;
    for (const ChordEvent& event : chords) {
        const std::int64_t eventEnd = event.onset.value + event.duration.value;
        if (event.onset.value >= end || eventEnd <= begin) {
            (event.onset.value >= end ? behind : result).push_back(event);
            continue;
        }
        const bool reachesIn = event.onset.value < begin;
        if (reachesIn) {
            result.push_back(event);
            result.back().duration = {begin - event.onset.value};
        }
        if (eventEnd > end) {
            ChordEvent rest = event;
            rest.onset = {end};
            rest.duration = {eventEnd - end};
            if (reachesIn)
                rest.id = {};
            behind.insert(behind.begin(), rest);
        }
    }
    result.insert(result.end(), written.begin(), written.end());
    result.insert(result.end(), behind.begin(), behind.end());
    return result;
}

} // namespace

Result<HarmonyModels> HarmonyModels::load(const std::filesystem::path& models)
{
    TRY(auto harmony, inference::Model::load(models, "harmony", "harmony"));
    return HarmonyModels{std::move(harmony)};
}

Result<std::vector<ChordEvent>> writeHarmony(const HarmonyRequest& request, const HarmonyModels& models,
                                             const JobContext& job)
{
    return Harmonist(request, models, job).write();
}

Result<std::vector<ChordEvent>> rewriteHarmony(const HarmonyRequest& request,
                                               const std::vector<ChordEvent>& chords,
                                               const HarmonyPiece& piece, const HarmonyModels& models,
                                               const JobContext& job)
{
    return Harmonist(request, models, job).rewrite(chords, piece);
}

} // namespace cantilena::compose
