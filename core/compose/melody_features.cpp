#include "melody_features.h"

#include <algorithm>
#include <array>
#include <optional>

#include "harmony_rules.h"

namespace cantilena::compose {

namespace {

constexpr std::size_t kHeard = 128; ///< notes that warm a model up: the models look back on 256
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
constexpr std::int64_t kNoInterval = 25;
constexpr int kNoLevel = 5;
constexpr std::int64_t kNoStress = 3; ///< no syllable there, or one that goes on
/// Of equally similar earlier lines the parallel one is the first of these distances.
constexpr std::array<int, 8> kParallel{4, 2, 1, 8, 3, 6, 5, 7};

/// Bar that the models count, in units: two bars of 2/4 are one of 4/4.
std::int64_t period(const Metre& metre)
{
    return metre.cell % metre.bar == 0 ? metre.cell : metre.bar;
}

std::int64_t originOf(std::int64_t first, std::int64_t bar)
{
    const std::int64_t at = first + bar / 2;
    return (at >= 0 ? at / bar : -((-at + bar - 1) / bar)) * bar;
}

std::int64_t barOf(std::int64_t unit, std::int64_t bar)
{
    const std::int64_t number = unit >= 0 ? unit / bar : -((-unit + bar - 1) / bar);
    return ((number % 8) + 8) % 8;
}

std::int64_t lineBar(std::int64_t unit, std::int64_t origin, std::int64_t bar)
{
    return std::clamp<std::int64_t>(unit >= origin ? (unit - origin) / bar : 0, 0, 7);
}

std::int64_t wordIndex(const LineWords& words, std::size_t slot)
{
    std::int64_t index = 0;
    while (slot > 0 && index < 3 && words.syllables[slot - 1].joined) {
        ++index;
        --slot;
    }
    return index;
}

std::int64_t wordLeft(const LineWords& words, std::size_t slot)
{
    std::int64_t left = 0;
    while (left < 3 && slot + 1 < words.syllables.size() && words.syllables[slot].joined) {
        ++left;
        ++slot;
    }
    return left;
}

/// Whether the newest of three comparisons (newest first) agreed: 0 nothing to compare, 1 no, 2 yes, 3 all
/// did.
std::int64_t matchOf(const std::array<int, 3>& newest)
{
    if (newest[0] != 2)
        return newest[0];
    return newest[1] == 2 && newest[2] == 2 ? 3 : 2;
}

std::int64_t sameChord(int now, std::optional<int> then)
{
    if (!then)
        return 0;
    if (now == *then)
        return 3;
    return now < kChordTokens && *then < kChordTokens && now % 12 == *then % 12 ? 2 : 1;
}

} // namespace

int densityClass(double meanGap)
{
    int result = 0;
    for (const double limit : {1.8, 2.4, 3.1, 3.9, 4.8})
        result += meanGap > limit;
    return result;
}

void RhythmPast::row(const LineWords& words, std::span<const std::int64_t> onsets, std::size_t slot,
                     std::int64_t until, std::vector<std::int64_t>& out) const
{
    const std::int64_t bar = period(m_traits.metre);
    const std::size_t before = m_onsets.size(), total = before + onsets.size();
    const std::size_t count = words.syllables.size();
    const std::int64_t here = onsets.back();
    const auto at = [&](std::size_t i) { return i < before ? m_onsets[i] : onsets[i - before]; };
    // Gap after the syllable that begins at a unit; only of those whose next one is known.
    const auto gapAfter = [&](std::size_t i) -> int {
        return i + 1 < total ? gapClass(at(i + 1) - at(i)) : kNoGap;
    };
    const auto gapAt = [&](std::int64_t unit) -> int {
        const bool own = unit >= onsets.front();
        const auto first = own ? onsets.begin() : std::span<const std::int64_t>(m_onsets).begin();
        const auto last = own ? onsets.end() : std::span<const std::int64_t>(m_onsets).end();
        const auto found = std::lower_bound(first, last, unit);
        if (found == last || *found != unit)
            return kNoGap;
        return gapAfter(static_cast<std::size_t>(found - first) + (own ? before : 0));
    };
    const auto back = [&](std::size_t k) -> std::int64_t {
        return total > k ? gapClass(at(total - k) - at(total - k - 1)) : kNoGap;
    };
    const auto stressAt = [&](std::size_t s) -> std::int64_t {
        return s < count ? words.syllables[s].stress : kNoStress;
    };
    const auto lag = [&](std::int64_t bars) -> std::int64_t { return gapAt(here - bars * bar); };
    const auto match = [&](std::int64_t bars) {
        std::array<int, 3> newest{};
        for (std::size_t k = 1; k <= newest.size() && total > k; ++k) {
            const int then = gapAt(at(total - k - 1) - bars * bar);
            if (then != kNoGap)
                newest[k - 1] = then == gapAfter(total - k - 1) ? 2 : 1;
        }
        return matchOf(newest);
    };
    const LineWords::Syllable& syllable = words.syllables[slot];
    out.insert(out.end(), {m_traits.metre.id,
                           words.density,
                           m_traits.metre.position(here),
                           syllable.stress,
                           stressAt(slot + 1),
                           stressAt(slot + 2),
                           syllable.joined ? 1 : 0,
                           std::min<std::int64_t>(16, static_cast<std::int64_t>(count - 1 - slot)),
                           std::clamp<std::int64_t>(until - here, 1, 64),
                           back(1),
                           back(2),
                           std::min<std::int64_t>(8, static_cast<std::int64_t>(onsets.size()) - 1),
                           words.number % 4,
                           lag(2),
                           lag(4),
                           lag(8),
                           m_traits.source,
                           slot > 0 ? words.syllables[slot - 1].stress : kNoStress,
                           stressAt(slot + 3),
                           wordIndex(words, slot),
                           wordLeft(words, slot),
                           syllable.vowel,
                           slot + 1 < count ? words.syllables[slot + 1].vowel : 0,
                           words.rhyme,
                           static_cast<std::int64_t>(std::min<std::size_t>(16, count)),
                           m_traits.metre.position(onsets.front()),
                           lineBar(here, originOf(onsets.front(), bar), bar),
                           barOf(here, bar),
                           std::min(4, words.left),
                           m_traits.mode,
                           back(3),
                           back(4),
                           lag(1),
                           lag(16),
                           match(1),
                           match(2),
                           match(4),
                           match(8)});
    std::array<std::int64_t, 3> like{};
    std::size_t index = 0;
    for (const std::size_t lines : {1U, 2U, 4U}) {
        std::int64_t same = kNoGap;
        if (lines <= m_lines.size()) {
            const Line& other = m_lines[m_lines.size() - lines];
            if (slot < other.set)
                same = gapAfter(other.begin + slot);
            like[index] = other.syllables == count ? 3 : 1;
            for (std::size_t s = 0; s < slot && like[index] == 3; ++s)
                if (s + 1 >= onsets.size() || s >= other.set ||
                    gapAfter(before + s) != gapAfter(other.begin + s))
                    like[index] = 2;
        }
        out.push_back(same);
        ++index;
    }
    out.insert(out.end(), like.begin(), like.end());
}

void RhythmPast::add(const LineWords& words, std::span<const std::int64_t> onsets)
{
    m_lines.push_back({m_onsets.size(), words.syllables.size(), onsets.size()});
    m_onsets.insert(m_onsets.end(), onsets.begin(), onsets.end());
}

PitchPast::Line PitchPast::begin(std::vector<PitchPlace> places) const
{
    const std::int64_t bar = period(m_traits.metre);
    Line line{std::move(places), 0, -1, 0, 0};
    if (line.places.empty())
        return line;
    line.origin = originOf(line.places.front().unit, bar);
    double best = 0;
    for (const int far : kParallel) {
        if (static_cast<std::size_t>(far) > m_lines.size())
            continue;
        const Set& other = m_lines[m_lines.size() - static_cast<std::size_t>(far)];
        // Both are ascending.
        std::size_t common = 0, i = 0, k = other.begin;
        while (i < line.places.size() && k < other.end) {
            const std::int64_t here = line.places[i].unit - line.origin;
            const std::int64_t there = m_notes[k].unit - other.origin;
            common += here == there;
            i += here <= there;
            k += there <= here;
        }
        const auto all = static_cast<double>(line.places.size() + other.end - other.begin - common);
        const double value = static_cast<double>(common) / all;
        if (value >= 0.5 && value > best) {
            best = value;
            line.parallel = static_cast<int>(m_lines.size()) - far;
            line.far = far;
            line.likeness = value == 1 ? 3 : value >= 0.75 ? 2 : 1;
        }
    }
    return line;
}

/// The notes before and those of the present line that have a pitch, as one row.
class PitchPast::View {
public:
    View(const std::vector<Note>& past, const Line& line, std::span<const int> tokens)
        : m_past(past), m_line(line), m_tokens(tokens)
    {
    }

    std::size_t size() const { return m_past.size() + m_tokens.size(); }
    std::int64_t unit(std::size_t i) const
    {
        return i < m_past.size() ? m_past[i].unit : m_line.places[i - m_past.size()].unit;
    }
    int token(std::size_t i) const
    {
        return i < m_past.size() ? m_past[i].token : m_tokens[i - m_past.size()];
    }
    int chord(std::size_t i) const
    {
        return i < m_past.size() ? m_past[i].chord : m_line.places[i - m_past.size()].chord.token;
    }
    /// First note later than a unit; size() when there is none.
    std::size_t after(std::int64_t unit) const
    {
        std::size_t low = 0, high = size();
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (this->unit(middle) > unit)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
    std::size_t at(std::int64_t unit) const
    {
        const std::size_t next = after(unit);
        return next > 0 && this->unit(next - 1) == unit ? next - 1 : kNowhere;
    }
    int tokenAt(std::int64_t unit) const
    {
        const std::size_t found = at(unit);
        return found == kNowhere ? kNoPitch : token(found);
    }

private:
    const std::vector<Note>& m_past;
    const Line& m_line;
    std::span<const int> m_tokens;
};

void PitchPast::row(const LineWords& words, const Line& line, std::span<const int> tokens,
                    std::vector<std::int64_t>& out) const
{
    const std::int64_t bar = period(m_traits.metre);
    const View view(m_notes, line, tokens);
    const std::size_t index = tokens.size(), total = view.size(), count = words.syllables.size();
    const PitchPlace& place = line.places[index];
    const PitchPlace* next = index + 1 < line.places.size() ? &line.places[index + 1] : nullptr;
    const LineWords::Syllable& syllable = words.syllables[place.slot];
    const std::int64_t here = place.unit;
    const int chord = place.chord.token;
    const auto back = [&](std::size_t k) -> std::int64_t {
        return total >= k ? view.token(total - k) : kNoPitch;
    };
    const auto interval = [&](std::size_t k) -> std::int64_t {
        if (total < k + 1)
            return kNoInterval;
        return std::clamp(view.token(total - k) - view.token(total - k - 1), -12, 12) + 12;
    };
    const auto lag = [&](std::int64_t bars) -> std::int64_t { return view.tokenAt(here - bars * bar); };
    const auto match = [&](std::int64_t bars) {
        std::array<int, 3> newest{};
        for (std::size_t k = 1; k <= newest.size() && k <= total; ++k) {
            const int then = view.tokenAt(view.unit(total - k) - bars * bar);
            if (then != kNoPitch)
                newest[k - 1] = then == view.token(total - k) ? 2 : 1;
        }
        return matchOf(newest);
    };
    const auto chordLag = [&](std::int64_t bars) {
        const std::size_t found = view.at(here - bars * bar);
        return sameChord(chord, found == kNowhere ? std::nullopt : std::optional(view.chord(found)));
    };
    const auto later = [&](std::int64_t bars) -> std::int64_t {
        const std::int64_t then = here - bars * bar;
        if (total == 0 || then < view.unit(0))
            return kNoPitch;
        const std::size_t found = view.after(then);
        return found < total ? view.token(found) : kNoPitch;
    };
    int low = m_low, high = m_high, peak = kNoPitch;
    for (const int token : tokens) {
        low = low == kNoPitch ? token : std::min(low, token);
        high = high == kNoPitch ? token : std::max(high, token);
        peak = peak == kNoPitch ? token : std::max(peak, token);
    }
    const auto lineBack = [&](std::size_t k) {
        return k <= m_lines.size() ? &m_lines[m_lines.size() - k] : nullptr;
    };
    const auto endOf = [&](const Set* set) {
        return set != nullptr && set->end > set->begin ? m_notes[set->end - 1].token : kNoPitch;
    };
    std::int64_t sinceBefore = kNoGap;
    bool rest = false;
    if (total > 0) {
        const std::int64_t units = index > 0 ? line.places[index - 1].units : m_notes.back().units;
        sinceBefore = gapClass(here - view.unit(total - 1));
        rest = view.unit(total - 1) + units < here;
    }
    out.insert(out.end(), {m_traits.metre.id,
                           words.density,
                           m_traits.metre.position(here),
                           m_traits.metre.level(here),
                           gapClass(place.units),
                           sinceBefore,
                           rest ? 1 : 0,
                           chord,
                           place.chord.next,
                           place.chord.change,
                           place.starts ? syllable.stress : kNoStress,
                           syllable.joined ? 1 : 0,
                           std::min<std::int64_t>(16, static_cast<std::int64_t>(count - 1 - place.slot)),
                           std::min<std::int64_t>(8, static_cast<std::int64_t>(index)),
                           words.number % 4,
                           words.last ? 1 : 0,
                           m_traits.mode,
                           back(1),
                           back(2),
                           back(3),
                           lag(2),
                           lag(4),
                           lag(8),
                           m_traits.source,
                           words.high,
                           next != nullptr ? gapClass(next->unit - here) : kNoGap,
                           next != nullptr ? gapClass(next->units) : kNoGap,
                           next != nullptr ? m_traits.metre.level(next->unit) : kNoLevel,
                           next != nullptr && next->starts ? words.syllables[next->slot].stress : kNoStress,
                           wordIndex(words, place.slot),
                           wordLeft(words, place.slot),
                           syllable.vowel,
                           words.rhyme,
                           static_cast<std::int64_t>(std::min<std::size_t>(16, count)),
                           m_traits.metre.position(line.places.front().unit),
                           lineBar(here, line.origin, bar),
                           barOf(here, bar),
                           std::min(4, words.left),
                           std::min<std::int64_t>(64, line.places.back().unit - here),
                           place.chord.age,
                           total > 0 ? view.chord(total - 1) : kNoneToken - 1,
                           back(4),
                           interval(1),
                           interval(2),
                           low,
                           high,
                           peak,
                           lineBack(1) != nullptr ? lineBack(1)->peak : kNoPitch,
                           endOf(lineBack(1)),
                           endOf(lineBack(2)),
                           lag(1),
                           lag(16),
                           match(1),
                           match(2),
                           match(4),
                           match(8),
                           match(16),
                           chordLag(2),
                           chordLag(4),
                           chordLag(8),
                           later(4),
                           later(8)});
    // The parallel line: its note at this place, the one that sounds there, the one after.
    std::int64_t exact = kNoPitch, held = kNoPitch, follow = kNoPitch;
    std::optional<int> there;
    std::array<int, 3> newest{};
    if (line.parallel >= 0) {
        const Set& other = m_lines[static_cast<std::size_t>(line.parallel)];
        const auto findAt = [&](std::int64_t unit) { // note that sounds at a place of it
            const auto begin = m_notes.begin() + static_cast<std::ptrdiff_t>(other.begin);
            const auto end = m_notes.begin() + static_cast<std::ptrdiff_t>(other.end);
            const std::int64_t wanted = unit - line.origin + other.origin;
            const auto found = std::upper_bound(
                begin, end, wanted, [](std::int64_t at, const Note& note) { return at < note.unit; });
            struct Place {
                std::size_t next;
                bool any, exact;
            };
            return Place{static_cast<std::size_t>(found - m_notes.begin()), found != begin,
                         found != begin && std::prev(found)->unit == wanted};
        };
        const auto now = findAt(here);
        if (now.any) {
            held = m_notes[now.next - 1].token;
            exact = now.exact ? held : kNoPitch;
            there = m_notes[now.next - 1].chord;
        }
        if (now.next < other.end)
            follow = m_notes[now.next].token;
        for (std::size_t k = 1; k <= newest.size() && k <= index; ++k) {
            const auto then = findAt(line.places[index - k].unit);
            if (then.exact)
                newest[k - 1] = m_notes[then.next - 1].token == tokens[index - k] ? 2 : 1;
        }
    }
    out.insert(out.end(),
               {exact, held, follow, matchOf(newest), sameChord(chord, there), line.far, line.likeness});
}

void PitchPast::add(const Line& line, std::span<const int> tokens)
{
    Set set{line.origin, m_notes.size(), m_notes.size() + tokens.size(), kNoPitch};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const PitchPlace& place = line.places[i];
        m_notes.push_back({place.unit, place.units, tokens[i], place.chord.token});
        set.peak = set.peak == kNoPitch ? tokens[i] : std::max(set.peak, tokens[i]);
        m_low = m_low == kNoPitch ? tokens[i] : std::min(m_low, tokens[i]);
        m_high = m_high == kNoPitch ? tokens[i] : std::max(m_high, tokens[i]);
    }
    m_lines.push_back(set);
}

Result<void> hear(const FeatureBlock& block, inference::Stepper& stepper)
{
    const std::size_t count = std::min(kHeard, block.count());
    if (count == 0)
        return {};
    const auto first = block.rows.end() - static_cast<std::ptrdiff_t>(count * block.columns);
    const inference::Tensor rows = inference::Tensor::integers(
        {1, static_cast<std::int64_t>(count), static_cast<std::int64_t>(block.columns)},
        {first, block.rows.end()});
    TRY_VOID(stepper.step({&rows, 1}));
    return {};
}

} // namespace cantilena::compose
