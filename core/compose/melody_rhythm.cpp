#include "melody_rhythm.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <set>

namespace cantilena::compose {

namespace {

constexpr double kLightLong = 1.5;    ///< of a light syllable, for each usual gap that it is longer
constexpr double kWrongStress = 0.85; ///< of a light syllable that is held or on the strongest beats

constexpr int kRows = 10;
constexpr int kOutputs = kNoGap + 1;
constexpr double kNever = -std::numeric_limits<double>::infinity();

/// The time plan of a line: how tight its syllables must be, where the last may begin.
struct Room {
    std::int64_t length = 32;
    std::int64_t least = 1;  ///< shortest gap
    std::int64_t hold = 4;   ///< of the last note, at least
    std::int64_t breath = 4; ///< free at the end
    double gap = 2.5;        ///< wanted mean
    bool fits = true;

    std::int64_t lastOnset() const { return length - hold - breath; }
};

Room plan(const RhythmFrame& with, const Phrase& phrase)
{
    Room room;
    room.length = phrase.length;
    const auto count = static_cast<std::int64_t>(phrase.slots.size());
    const double unit = with.unitSeconds;
    room.least = with.swung ? 2 : unit >= with.profile.shortest ? 1 : 2;
    room.breath = std::max<std::int64_t>(2, std::lround(0.32 / unit));
    room.hold = std::max<std::int64_t>(4, std::lround((with.sustained ? 0.75 : 0.5) / unit));
    room.breath = std::min(room.breath, std::max<std::int64_t>(1, phrase.length / 6));
    room.hold = std::min(room.hold, std::max<std::int64_t>(1, phrase.length / 4));
    const auto fits = [&] { return room.least * (count - 1) <= room.lastOnset(); };
    if (!phrase.closes) { // the line goes on after the piece
        room.breath = 0;
        room.hold = 1;
    }
    // Too many syllables: shorter notes, then a shorter last note, then a shorter breath.
    if (!fits() && !with.swung)
        room.least = 1;
    while (!fits() && room.hold > 1)
        --room.hold;
    while (!fits() && room.breath > 1)
        --room.breath;
    if (!fits())
        room.least = 1;
    room.fits = fits();
    const double wanted = with.profile.pace * (with.sustained ? 1.15 : 1.0) / unit;
    const double most =
        count > 1 ? static_cast<double>(room.lastOnset()) / static_cast<double>(count - 1) : wanted;
    room.gap = std::clamp(wanted, static_cast<double>(room.least),
                          std::max(most * 0.92, static_cast<double>(room.least)));
    // A line that would end before its last bar waits longer between syllables.
    const double early =
        (static_cast<double>(room.length) * 0.5) / std::max<double>(1.0, static_cast<double>(count - 1));
    room.gap = std::min(std::max(room.gap, std::min(early, wanted * 1.6)),
                        std::max(most * 0.92, static_cast<double>(room.least)));
    return room;
}

LineRhythm evenRhythm(const Phrase& phrase)
{
    LineRhythm line;
    line.even = true;
    const std::int64_t begin = phrase.start * kUnit, length = phrase.length * kUnit;
    const auto count = static_cast<std::int64_t>(phrase.slots.size());
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t from = length * i / count, to = length * (i + 1) / count;
        Sung note;
        note.onset = {begin + from};
        note.duration = {std::max<std::int64_t>(1, to - from)};
        note.slot = static_cast<std::size_t>(i);
        line.notes.push_back(note);
    }
    return line;
}

struct Row {
    std::vector<std::int64_t> onsets; ///< units from the phrase's start
    std::vector<std::int64_t> heard;  ///< of the line so far, units of the song
    double score = 0;                 ///< log probability under the model
    std::vector<double> melisma;      ///< of each slot but the last, the model's chance of a second note
    std::vector<bool> cells;          ///< by unit from the line's start: where the row's cells have onsets
};

class LineWriter {
public:
    LineWriter(const RhythmFrame& with, const Phrase& phrase, const RhythmMotif& motif,
               std::span<const std::int64_t> before, std::int64_t sectionStart, RhythmMemory& memory,
               const Random& random)
        : m_with(with), m_phrase(phrase), m_motif(motif), m_before(before), m_sectionStart(sectionStart),
          m_memory(memory), m_random(random), m_room(plan(with, phrase)), m_words(phrase.words),
          m_set(motif.onsets.begin(), motif.onsets.end())
    {
        m_words.density = densityClass(m_room.gap);
    }

    Result<LineRhythm> write(const JobContext& job);

private:
    std::int64_t count() const { return static_cast<std::int64_t>(m_phrase.slots.size()); }
    std::int64_t inSection(std::int64_t onset) const { return m_phrase.start + onset; }
    std::vector<bool> drawCells(std::uint64_t row) const;
    std::int64_t firstOnset(std::uint64_t row, const std::vector<bool>& cells) const;
    void set(Row& row, std::int64_t onset) const;
    void features(const Row& row, std::vector<std::int64_t>& out) const;
    Result<void> remember(std::span<const std::int64_t> onsets, inference::Stepper stepper, bool all);
    std::vector<double> weights(const float* logits, const Row& row) const;
    double judge(const Row& row) const;
    void anticipate(std::vector<std::int64_t>& onsets) const;
    std::int64_t lastLength(std::int64_t onset) const;
    double cellStrength() const;
    bool inCells(const Row& row, std::int64_t onset) const
    {
        return onset >= 0 && onset < static_cast<std::int64_t>(row.cells.size()) &&
               row.cells[static_cast<std::size_t>(onset)];
    }
    std::optional<std::size_t> melismaSlot(const Row& row, const std::vector<std::int64_t>& onsets) const;

    const RhythmFrame& m_with;
    const Phrase& m_phrase;
    const RhythmMotif& m_motif;
    std::span<const std::int64_t> m_before;
    std::int64_t m_sectionStart;
    RhythmMemory& m_memory;
    const Random& m_random;
    Room m_room;
    LineWords m_words;
    std::set<std::int64_t> m_set;
};

/// How far the cells bend the model; a tune that follows an earlier line has its rhythm from there.
double LineWriter::cellStrength() const
{
    return m_motif.strength >= 1.5 ? 0.25 : m_motif.strength > 0 ? 0.6 : 1.0;
}

/// A cell for each bar of the line, whose onsets are about as many as the syllables. A bar often repeats the
/// one before.
std::vector<bool> LineWriter::drawCells(std::uint64_t row) const
{
    if (m_with.cells.empty())
        return {};
    const std::int64_t bar = m_with.metre.bar;
    const std::int64_t firstBar = m_phrase.start / bar;
    const std::int64_t bars = (m_phrase.start + m_phrase.length + bar - 1) / bar - firstBar;
    constexpr std::uint64_t kTries = 8;
    std::vector<bool> best;
    double bestCost = 0;
    for (std::uint64_t attempt = 0; attempt < kTries; ++attempt) {
        const Random random = m_random.at({row, 3000 + attempt});
        std::vector<bool> onsets(static_cast<std::size_t>(m_phrase.length), false);
        std::uint32_t cell = 0;
        std::int64_t found = 0;
        for (std::int64_t i = 0; i < bars; ++i) {
            const auto draw = static_cast<std::uint64_t>(2 * i);
            if (i == 0 || random.uniform(draw) > 0.45)
                cell = m_with.cells[random.index(m_with.cells.size(), draw + 1)];
            for (std::int64_t unit = 0; unit < bar; ++unit) {
                const std::int64_t at = (firstBar + i) * bar + unit - m_phrase.start;
                if (at < 0 || at > m_room.lastOnset() || ((cell >> unit) & 1U) == 0)
                    continue;
                onsets[static_cast<std::size_t>(at)] = true;
                ++found;
            }
        }
        const double spare = static_cast<double>(found - count());
        const double cost = (spare < 0 ? -1.5 : 0.6) * spare + 0.8 * random.uniform(99);
        if (best.empty() || cost < bestCost) {
            best = std::move(onsets);
            bestCost = cost;
        }
    }
    return best;
}

/// Where the line begins: on the downbeat, after it where the first syllable is light or the style is lazy,
/// or before it when light syllables lead to a stressed one and the breath of the line before leaves room.
std::int64_t LineWriter::firstOnset(std::uint64_t row, const std::vector<bool>& cells) const
{
    const std::int64_t latest = std::max<std::int64_t>(0, m_room.lastOnset() - m_room.least * (count() - 1));
    const Random random = m_random.at({row, 1000});
    if (!m_phrase.opens) // within a line the tune goes on at once
        return std::min<std::int64_t>(random.uniform(4) < 0.7 ? 0 : 2, latest);
    if (!m_motif.onsets.empty() && m_motif.strength > 0 && random.uniform(1) < 0.45 * m_motif.strength &&
        m_motif.onsets.front() >= -m_phrase.pickup)
        return std::min(m_motif.onsets.front(), latest);
    const int stress = m_phrase.slots.front().stress;
    const bool secondStrong = m_phrase.slots.size() > 1 && m_phrase.slots[1].stress == 2;
    const bool thirdStrong = m_phrase.slots.size() > 2 && m_phrase.slots[2].stress == 2;
    const int beat = m_with.metre.id == 2 ? 6 : 4;
    const double late = m_with.sustained ? 0.5 * m_with.profile.lateStart : m_with.profile.lateStart;
    // A light word waits: the downbeat belongs to the first stressed one.
    const bool light = stress == 0 && (secondStrong || m_phrase.slots.size() > 2);
    std::vector<std::pair<std::int64_t, double>> choices{
        {0, (1 - late) * (light ? 0.35 : 1.0)},
        {m_with.metre.id == 2 ? 4 : 2, late * (light ? 1.0 : 0.5)},
        {beat, late * (light ? 0.25 : 0.5)},
    };
    if (m_with.metre.id == 0)
        choices.push_back({6, late * (light ? 0.7 : 0.1)});
    for (auto& [onset, weight] : choices)
        if (onset < static_cast<std::int64_t>(cells.size()) && cells[static_cast<std::size_t>(onset)])
            weight *= 2.5;
    const double pickup = m_with.profile.pickup;
    if (light && secondStrong && m_phrase.pickup >= 2 && m_room.least <= 2)
        choices.push_back({-2, 1.6 * pickup});
    if (light && m_phrase.pickup >= 4)
        choices.push_back(
            {-4, (m_with.metre.id == 1 || (thirdStrong && !secondStrong) ? 1.6 : 0.4) * pickup});
    std::vector<double> chances;
    chances.reserve(choices.size());
    for (const auto& [onset, weight] : choices)
        chances.push_back(onset <= latest && static_cast<double>(onset) +
                                                     m_room.gap * 0.8 * static_cast<double>(count() - 1) <=
                                                 static_cast<double>(m_room.lastOnset())
                              ? weight
                              : 0.0);
    return choices[random.weighted(chances, 2)].first;
}

void LineWriter::set(Row& row, std::int64_t onset) const
{
    row.onsets.push_back(onset);
    row.heard.push_back(m_sectionStart + inSection(onset));
}

/// The row of the newest onset.
void LineWriter::features(const Row& row, std::vector<std::int64_t>& out) const
{
    // Where the next line would begin at the pace that is wanted: what is left of the bars is rest.
    const double end = static_cast<double>(row.onsets.front()) +
                       m_room.gap * static_cast<double>(count() - 1) +
                       std::max<double>(6, static_cast<double>(m_room.hold));
    const std::int64_t until = std::llround(std::min<double>(end, static_cast<double>(m_room.length)));
    m_memory.past.row(m_words, row.heard, m_phrase.first + row.onsets.size() - 1,
                      m_sectionStart + inSection(until), out);
}

/// Adds the line as it is set. The stepper has heard the rows up to the last onset; with `all` it has heard
/// none of the phrase.
Result<void> LineWriter::remember(std::span<const std::int64_t> onsets, inference::Stepper stepper, bool all)
{
    std::vector<std::int64_t> heard(m_before.begin(), m_before.end());
    FeatureBlock block{{}, kRhythmColumns};
    for (std::size_t i = 0; i < onsets.size(); ++i) {
        heard.push_back(m_sectionStart + inSection(onsets[i]));
        if (all || i + 1 == onsets.size())
            m_memory.past.row(m_words, heard, m_phrase.first + i, m_sectionStart + inSection(m_phrase.length),
                              block.rows);
    }
    TRY_VOID(hear(block, stepper));
    m_memory.stepper = std::move(stepper);
    m_memory.past.add(m_words, heard);
    return {};
}

std::vector<double> LineWriter::weights(const float* logits, const Row& row) const
{
    const std::size_t next = row.onsets.size(); // slot that the gap leads to
    const std::int64_t from = row.onsets.back();
    const std::int64_t after = count() - 1 - static_cast<std::int64_t>(next);
    const std::int64_t latest = m_room.lastOnset() - m_room.least * after;
    const Slot& slot = m_phrase.slots[next];
    std::vector<double> values(kNoGap, kNever);
    double top = kNever;
    for (int i = 0; i < kNoGap; ++i) {
        const std::int64_t gap = kGaps[static_cast<std::size_t>(i)];
        const std::int64_t onset = from + gap;
        if (gap < m_room.least || onset > latest ||
            static_cast<double>(gap) > std::max(8.0, 3.0 * m_room.gap))
            continue;
        double value = logits[i];
        const std::int64_t here = inSection(onset);
        const int level = m_with.metre.level(here);
        if (level == 3)
            value += m_with.profile.offEighth;
        if (level == 4)
            value += m_with.metre.id == 2 ? m_with.profile.offEighth - 1.5 : m_with.profile.offSixteenth;
        if (!row.cells.empty() && onset >= 0)
            value += cellStrength() * (inCells(row, onset) ? 1.2 : -0.9);
        const double strong = m_with.metre.weight(here) - 0.42;
        if (gap == 3 && m_with.metre.id == 0)
            value += m_with.profile.dotted;
        const bool last = after == 0;
        value += slot.stress == 2   ? 2.2 * strong
                 : slot.stress == 0 ? (last ? -0.4 : -3.0) * strong
                                    : 0.4 * strong;
        // The gap is the length of the syllable before: light words are short.
        if (m_phrase.slots[next - 1].stress == 0)
            value -= kLightLong * std::max(0.0, static_cast<double>(gap) / m_room.gap - 1.2);
        if (last)
            value += 2.0 * strong;
        value -= 0.35 * std::max(0.0, static_cast<double>(gap) - 2.0 * m_room.gap);
        // The model repeats rhythms by itself: the motif only leans on it.
        if (m_motif.strength > 0)
            value += m_set.contains(onset) ? m_motif.strength : -0.35 * m_motif.strength;
        else if (m_motif.strength < 0 && m_set.contains(onset))
            value += 0.8 * m_motif.strength;
        // Skipping an onset of the motif is a change too.
        if (m_motif.strength > 1)
            value -=
                0.5 * static_cast<double>(std::distance(m_set.upper_bound(from), m_set.lower_bound(onset)));
        values[static_cast<std::size_t>(i)] = value;
        top = std::max(top, value);
    }
    std::vector<double> result(kNoGap, 0.0);
    if (!std::isfinite(top)) {
        result[static_cast<std::size_t>(gapClass(std::max<std::int64_t>(1, m_room.least)))] = 1;
        return result;
    }
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = std::isfinite(values[i]) ? std::exp((values[i] - top) / m_with.temperature) : 0.0;
    return result;
}

std::int64_t LineWriter::lastLength(std::int64_t onset) const
{
    const std::int64_t free = std::max<std::int64_t>(1, m_room.length - m_room.breath - onset);
    if (!m_phrase.closes)
        return static_cast<double>(free) <= 2.5 * m_room.gap ? free : std::llround(1.5 * m_room.gap);
    const std::int64_t wanted = std::max<std::int64_t>(
        m_room.hold, std::llround((m_with.sustained ? 1.7 : 1.0) / m_with.unitSeconds));
    return std::min(free, wanted);
}

double LineWriter::judge(const Row& row) const
{
    const std::vector<std::int64_t>& onsets = row.onsets;
    const std::size_t n = onsets.size();
    const auto end = [&](std::size_t i) {
        return i + 1 < n ? onsets[i + 1] : onsets[i] + lastLength(onsets[i]);
    };
    double score = 0.5 * row.score / std::max<double>(1, static_cast<double>(n) - 1);
    double agree = 0, pairs = 0, off = 0, cells = 0;
    for (std::size_t i = 0; i < n; ++i) {
        cells += inCells(row, onsets[i]) ? 1 : 0;
        off += m_with.metre.level(inSection(onsets[i])) >= 3 ? 1 : 0;
        if (i == 0)
            continue;
        const int before = m_phrase.slots[i - 1].stress, here = m_phrase.slots[i].stress;
        if (before == here || before == 1 || here == 1)
            continue;
        const double a = heldWeight(m_with.metre, inSection(onsets[i - 1]), inSection(end(i - 1)));
        const double b = heldWeight(m_with.metre, inSection(onsets[i]), inSection(end(i)));
        ++pairs;
        agree += a == b ? -0.3 : (a < b) == (before < here) ? 1 : -1;
    }
    if (pairs > 0)
        score += 1.5 * agree / pairs;
    // What a listener hears as a wrong stress: a light syllable that is held, or on the strongest beats.
    double wrong = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        if (m_phrase.slots[i].stress != 0)
            continue;
        const auto length = static_cast<double>(end(i) - onsets[i]);
        wrong += std::clamp(length / m_room.gap - 1.3, 0.0, 1.0);
        wrong += heldWeight(m_with.metre, inSection(onsets[i]), inSection(end(i))) >= 0.8 ? 0.6 : 0;
    }
    score -= kWrongStress * wrong;
    score -= 1.6 * std::abs(off / static_cast<double>(n) - m_with.profile.offTarget);
    if (!row.cells.empty())
        score += cellStrength() * cells / static_cast<double>(n);
    score += 0.9 * m_with.metre.weight(inSection(onsets.back()));
    if (m_phrase.slots.front().stress == 0 && m_with.metre.level(inSection(onsets.front())) == 0)
        score -= 0.35;
    if (m_room.length - m_room.breath - onsets.back() < m_room.hold)
        score -= 0.4;
    // A phrase should reach into its last bar but leave room to breathe.
    const double reach = static_cast<double>(onsets.back()) / static_cast<double>(m_room.length);
    score -= 0.8 * std::max(0.0, 0.45 - reach);
    int run = 1;
    std::set<std::int64_t> different;
    for (std::size_t i = 1; i < n; ++i) {
        const std::int64_t gap = onsets[i] - onsets[i - 1];
        different.insert(gap);
        run = i > 1 && gap == onsets[i - 1] - onsets[i - 2] ? run + 1 : 1;
        if (run > 3)
            score -= 0.15;
        if (m_phrase.slots[i - 1].joined && static_cast<double>(gap) > 2.2 * m_room.gap)
            score -= 0.4;
    }
    if (n > 4 && different.size() < 2)
        score -= 0.5;
    if (different.size() > 5)
        score -= 0.2 * static_cast<double>(different.size() - 5);
    if (m_motif.strength != 0 && !m_set.empty()) {
        double shared = 0;
        for (const std::int64_t onset : onsets)
            shared += m_set.contains(onset) ? 1 : 0;
        score += (m_motif.strength > 0 ? 0.5 : 1.2) * m_motif.strength *
                 (2 * shared / static_cast<double>(n + m_set.size()));
    }
    return score;
}

/// Some strong notes come an eighth (or, slowly, a sixteenth) early and are held over the beat.
void LineWriter::anticipate(std::vector<std::int64_t>& onsets) const
{
    if (m_with.metre.id == 2 || m_with.profile.anticipation <= 0)
        return;
    for (std::size_t i = 1; i < onsets.size(); ++i) {
        const std::int64_t here = inSection(onsets[i]);
        if (m_with.metre.level(here) > 1)
            continue;
        const std::int64_t push =
            m_with.unitSeconds > 0.18 && !m_with.swung && m_with.profile.offSixteenth > -1 ? 1 : 2;
        const std::int64_t before = onsets[i] - onsets[i - 1];
        const std::int64_t after = i + 1 < onsets.size() ? onsets[i + 1] - onsets[i] : lastLength(onsets[i]);
        if (before < push + std::max<std::int64_t>(m_room.least, 2) || after < 2)
            continue;
        if (m_random.at({2000, i}).uniform() < m_with.profile.anticipation)
            onsets[i] -= push;
    }
}

/// The syllable that is sung on two notes, if any: a long open one, as often as the style and the model sing
/// such; where the motif has one.
std::optional<std::size_t> LineWriter::melismaSlot(const Row& row,
                                                   const std::vector<std::int64_t>& onsets) const
{
    std::optional<std::size_t> best;
    double bestChance = 0;
    for (std::size_t i = 0; i < onsets.size(); ++i) {
        const bool last = i + 1 == onsets.size();
        const std::int64_t length = (last ? onsets[i] + lastLength(onsets[i]) : onsets[i + 1]) - onsets[i];
        if (length < 4 || static_cast<double>(length) * m_with.unitSeconds < 0.42)
            continue;
        double chance = m_with.profile.melisma * (m_phrase.slots[i].open ? 1.0 : 0.25) *
                        (m_phrase.slots[i].stress == 0 && !last ? 0.4 : 1.0);
        if (!last && i < row.melisma.size())
            chance *= 0.5 + 2 * row.melisma[i];
        if (m_motif.strength >= 1.5)
            chance = m_motif.melismas.contains(onsets[i] + length / 4 * 2) ? 1.0 : 0.0;
        if (chance > bestChance) {
            best = i;
            bestChance = chance;
        }
    }
    if (best && m_random.at({4000}).uniform() < bestChance)
        return best;
    return std::nullopt;
}

Result<LineRhythm> LineWriter::write(const JobContext& job)
{
    if (!m_room.fits) {
        LineRhythm even = evenRhythm(m_phrase);
        std::vector<std::int64_t> onsets;
        for (const Sung& note : even.notes)
            onsets.push_back(note.unit() - m_phrase.start);
        TRY_VOID(remember(onsets, m_memory.stepper, true));
        return even;
    }
    std::vector<Row> rows(kRows);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        rows[r].cells = drawCells(r);
        rows[r].heard.assign(m_before.begin(), m_before.end());
        set(rows[r], firstOnset(r, rows[r].cells));
    }
    inference::Stepper stepper = m_memory.stepper;
    stepper.select(std::vector<std::int64_t>(kRows, 0));
    for (std::int64_t step = 1; step < count(); ++step) {
        if (job.cancelled())
            return job.cancelledError();
        std::vector<std::int64_t> input;
        input.reserve(kRows * kRhythmColumns);
        for (const Row& row : rows)
            features(row, input);
        const inference::Tensor tensor =
            inference::Tensor::integers({kRows, kRhythmColumns}, std::move(input));
        TRY(std::vector<inference::Tensor> out, stepper.step({&tensor, 1}));
        if (out.empty() || out[0].asFloats().size() != kRows * kOutputs)
            return Error{"The rhythm model gave an answer of the wrong shape: restore models/melody."};
        const std::vector<float>& logits = out[0].asFloats();
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const float* own = logits.data() + r * kOutputs;
            const std::vector<double> chances = weights(own, rows[r]);
            const std::size_t choice = m_random.at({r, static_cast<std::uint64_t>(step)}).weighted(chances);
            const float top = *std::max_element(own, own + kNoGap);
            double total = 0;
            for (int i = 0; i < kNoGap; ++i)
                total += std::exp(static_cast<double>(own[i] - top));
            rows[r].score += own[choice] - top - std::log(total);
            set(rows[r], rows[r].onsets.back() + kGaps[choice]);
            rows[r].melisma.push_back(1 / (1 + std::exp(-static_cast<double>(own[kNoGap]))));
        }
    }
    std::size_t best = 0;
    double bestScore = kNever;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (const double score = judge(rows[r]); score > bestScore) {
            best = r;
            bestScore = score;
        }
    }
    std::vector<std::int64_t> onsets = rows[best].onsets;
    const std::vector<std::int64_t> plain = onsets;
    if (m_motif.strength <= 1)
        anticipate(onsets);
    const std::optional<std::size_t> melisma = melismaSlot(rows[best], onsets);
    stepper.select(std::vector<std::int64_t>{static_cast<std::int64_t>(best)});
    TRY_VOID(remember(onsets, std::move(stepper), false));
    LineRhythm line;
    for (std::size_t i = 0; i < onsets.size(); ++i) {
        std::int64_t end = i + 1 < onsets.size() ? onsets[i + 1] : onsets[i] + lastLength(onsets[i]);
        // A long wait between words is a rest, not a held note.
        if (i + 1 < onsets.size() && !m_phrase.slots[i].joined &&
            static_cast<double>(end - onsets[i]) > std::max(6.0, 2.5 * m_room.gap))
            end -= 2;
        Sung note;
        note.onset = ticksOfUnit(inSection(onsets[i]), m_with.swung);
        note.duration = ticksOfUnit(inSection(end), m_with.swung) - note.onset;
        note.slot = i;
        if (onsets[i] != plain[i])
            note.reasons |= static_cast<std::uint32_t>(song::Reason::Anticipation);
        if (m_phrase.slots[i].stress == 2 &&
            heldWeight(m_with.metre, inSection(onsets[i]), inSection(end)) >= 0.5)
            note.reasons |= static_cast<std::uint32_t>(song::Reason::Stress);
        if (melisma == i && end - onsets[i] >= 4) {
            Sung second = note;
            second.onset = ticksOfUnit(inSection(onsets[i] + (end - onsets[i]) / 4 * 2), m_with.swung);
            second.duration = note.onset + note.duration - second.onset;
            second.reasons = 0;
            note.duration = second.onset - note.onset;
            line.notes.push_back(note);
            line.notes.push_back(second);
            continue;
        }
        line.notes.push_back(note);
    }
    return line;
}

} // namespace

double heldWeight(const Metre& metre, std::int64_t onset, std::int64_t end)
{
    double weight = metre.weight(onset);
    if (metre.level(onset) < 3)
        return weight;
    for (std::int64_t at = onset + 1; at <= onset + 2 && at < end; ++at)
        if (metre.level(at) <= 1)
            weight = std::max(weight, 0.9 * metre.weight(at));
    return weight;
}

std::vector<std::uint32_t> chooseCells(const StyleMelody& profile, const Metre& metre, double perBar,
                                       const Random& random)
{
    constexpr std::size_t kPalette = 4;
    std::vector<std::uint32_t> known;
    std::vector<double> chances;
    for (const RhythmCell& cell : profile.cells) {
        const Metre own(cell.meter);
        if (own.bar != metre.bar || own.id != metre.id)
            continue;
        const double off = std::popcount(cell.onsets) - perBar;
        known.push_back(cell.onsets);
        chances.push_back(std::exp(-0.16 * off * off) + 0.02);
    }
    std::vector<std::uint32_t> chosen;
    for (std::uint64_t draw = 0; draw < kPalette && chosen.size() < known.size(); ++draw) {
        const std::size_t index = random.weighted(chances, draw);
        chosen.push_back(known[index]);
        chances[index] = 0;
    }
    return chosen;
}

music::Tick ticksOfUnit(std::int64_t unit, bool swung)
{
    if (!swung)
        return {unit * kUnit};
    static constexpr std::array<std::int64_t, 4> kThirds{0, 320, 640, 800};
    const std::int64_t beat = unit >= 0 ? unit / 4 : (unit - 3) / 4;
    return {beat * music::kTicksPerQuarter + kThirds[static_cast<std::size_t>(unit - beat * 4)]};
}

Result<LineRhythm> writeRhythm(const RhythmFrame& with, const Phrase& phrase, const RhythmMotif& motif,
                               std::span<const std::int64_t> before, std::int64_t sectionStart,
                               RhythmMemory& memory, const Random& random, const JobContext& job)
{
    if (phrase.slots.empty())
        return LineRhythm{};
    return LineWriter(with, phrase, motif, before, sectionStart, memory, random).write(job);
}

} // namespace cantilena::compose
