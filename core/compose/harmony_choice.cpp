#include "harmony_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <base/random.h>

namespace cantilena::compose {

namespace {

using song::SectionKind;

constexpr double kNever = -std::numeric_limits<double>::infinity();
/// Logits between a chord that holds all of the tune's notes and one that holds none.
constexpr double kTuneWeight = 4.5;
constexpr double kTuneRule = 0.6;  ///< share of all other wishes that a tune takes away
constexpr double kFitScore = 8.0;  ///< of a candidate whose chords hold all of the tune
constexpr std::size_t kPhrase = 8; ///< halves, four bars

} // namespace

/// What the tune dwells on from here on: this half bar, and the rest of its bar, over which a chord goes on
/// more often than not.
TuneHalf HarmonyWriter::heard(const HarmonyPlace& place) const
{
    if (m_script.tune.empty())
        return {};
    TuneHalf tune = m_script.tune[place.index()];
    if (place.half == 0)
        tune += m_script.tune[place.index() + 1] * 0.5;
    return tune;
}

/// A chord of a cadence if the tune bears it, otherwise another that closes nearly as well, or nothing.
std::optional<int> HarmonyWriter::underTune(int token, const HarmonyPlace& place) const
{
    const TuneHalf tune = heard(place);
    if (tune.evidence() < 0.3 || fit(tune, token) >= 0.3)
        return token;
    if (!isDominant(token))
        return m_halves && place.half == 0 && fit(tune, dominant()) >= 0.3 ? std::optional(dominant())
                                                                           : std::nullopt;
    const HarmonyQuality minor = m_profile.sevenths >= 1.2 ? kMin7 : kMin;
    const bool major = m_mode == music::Mode::Major;
    for (const int other : {chordToken(7, kSus4), chordToken(5, major ? kMaj : minor),
                            chordToken(2, major ? minor : kDim), chordToken(10, kMaj)})
        if (fit(tune, other) >= 0.3)
            return other;
    return std::nullopt;
}

/// Cadences that the form asks for; nothing where the model is free.
std::optional<int> HarmonyWriter::cadence(const HarmonyRow& row, const HarmonyPlace& place) const
{
    const SectionPlan& section = plan(place.section);
    const bool lastSection = place.section + 1 == m_request.form.sections.size();
    const int bar = place.bar, half = place.half;
    const bool prepared =
        (isSubdominant(row.current()) || isDominant(row.current())) && !isSuspended(row.current());
    // Where the tune keeps the tonic off the first half, it comes in the second.
    const auto closing = [&] {
        return half == 0 || (m_halves && !isTonic(row.current(), m_mode)) ? tonic() : kHoldToken;
    };
    if (lastSection) {
        // The song's end: tonic in the last bar, dominant or subdominant before it.
        if (bar == section.bars - 1)
            return closing();
        if (bar == section.bars - 2 && half == (m_halves && section.bars < 3 ? 1 : 0)) {
            if (prepared)
                return kHoldToken;
            return m_request.valence < -0.4 ? chordToken(5, m_profile.sevenths >= 1.2 ? kMin7 : kMin)
                                            : dominant();
        }
        if (bar == section.bars - 2 && half == 1 && prepared)
            return kHoldToken;
    }
    // A chorus, and the last words whatever they are, close: IV or V, then I.
    if ((section.kind == SectionKind::Chorus || place.section == m_lastSung) && section.bars > 1) {
        if (bar == section.bars - 1)
            return closing();
        if (bar == section.bars - 2 && half == (m_halves ? 1 : 0)) {
            if (prepared && (m_halves || isDominant(row.current())))
                return kHoldToken;
            return dominant();
        }
    }
    if (section.kind == SectionKind::PreChorus && bar == section.bars - 1) {
        if (half == 0)
            return prepared && isDominant(row.current()) ? kHoldToken : dominant();
        if (row.current() == chordToken(7, kSus4))
            return dominant();
    }
    return std::nullopt;
}

std::optional<int> HarmonyWriter::required(const HarmonyRow& row, const HarmonyPlace& place) const
{
    if (!m_script.cadences)
        return std::nullopt;
    const std::optional<int> must = cadence(row, place);
    if (!must || m_script.tune.empty() || *must >= kChordTokens)
        return must;
    return underTune(*must, place);
}

/// The chord of the style's colour that a section looks for, by chance; the same for sections of a material.
HarmonyColour HarmonyWriter::colourOf(std::size_t section) const
{
    const SectionPlan& at = plan(section);
    const Random random =
        Random(m_script.seed, "harmony colour").at({static_cast<std::uint64_t>(at.material)});
    const bool plain = at.kind == SectionKind::Intro || at.kind == SectionKind::Outro ||
                       at.kind == SectionKind::Interlude || at.bars < 4;
    const double more = plain ? 0.4 : at.kind == SectionKind::Bridge ? 1.4 : 1.0;
    // A sad song in major borrows from minor, a bright song in minor from major.
    const double mood = m_mode == music::Mode::Major ? -m_request.valence : 0.6 * m_request.valence;
    return {random.uniform(1) < m_profile.secondary * more,
            random.uniform(2) <
                m_profile.borrowed * more * (1 + 0.8 * mood) * (m_mode == music::Mode::Major ? 1.0 : 0.5),
            random.uniform(3) < m_profile.suspension * (plain ? 0.6 : 1.0)};
}

const WrittenSection* HarmonyWriter::otherThan(const SectionPlan& section, SectionKind kind) const
{
    for (const auto& [material, written] : m_material)
        if (material != section.material && written.kind == kind)
            return &written;
    return nullptr;
}

/// Adds what a section's colour asks for, and leads what has been coloured back into the key.
void HarmonyWriter::colourIn(std::vector<double>& values, const HarmonyRow& row, const HarmonyPlace& place,
                             const HarmonyColour& colour) const
{
    const SectionPlan& section = plan(place.section);
    const int current = row.current();
    int secondaries = 0, borrowed = 0;
    for (std::size_t i = place.begin; i < row.sounding.size(); ++i) {
        if (i > 0 && row.sounding[i] == row.sounding[i - 1])
            continue;
        secondaries += isSecondaryDominant(row.sounding[i], m_mode);
        borrowed += isBorrowed(row.sounding[i], m_mode);
    }
    const int loop = row.lag(kPhrase);
    // Not where a section begins, nor in its last bar, where the way back would be missing.
    const bool room = (place.bar > 0 || place.half > 0) && place.bar < section.bars - 1;
    const double urge = place.bar * 2 >= section.bars ? 2.6 : 1.8;
    const bool phraseEnd = place.bar % 4 == 3 || place.bar == section.bars - 1;
    const double plainDominant = std::max(values[static_cast<std::size_t>(chordToken(7, kMaj))],
                                          values[static_cast<std::size_t>(chordToken(7, kDom7))]);
    for (int token = 0; token < kChordTokens; ++token) {
        double& value = values[static_cast<std::size_t>(token)];
        if (value == kNever || token == current)
            continue;
        if (isSecondaryDominant(token, m_mode) && token != loop)
            value += colour.secondary && room && secondaries == 0 ? urge : secondaries > 1 ? -2.0 : 0;
        if (isBorrowed(token, m_mode) && token != loop)
            value += colour.borrowed && room && borrowed == 0 ? urge : borrowed > 1 ? -2.0 : 0;
        if (isSuspended(token)) {
            const bool here = colour.suspended && m_halves && place.half == 0 && token % 12 == 7 &&
                              (phraseEnd || place.bar == section.bars - 2);
            value = here ? std::max(value, plainDominant) + 2.5 : value - 0.8;
        }
        if (current < kChordTokens) {
            const bool leads = resolves(current, token, m_mode);
            const bool wants =
                isSuspended(current) || isSecondaryDominant(current, m_mode) || isBorrowed(current, m_mode);
            value += wants ? (leads ? 1.6 : -2.4) : 0;
            // The same root again says nothing new, but for I7 on its way to IV and what a suspension leaves.
            if (token % 12 == current % 12 && !wants && token / 12 != kDom7)
                value -= 1.5;
            if (token % 12 == (current + 5) % 12)
                value += 0.7 * m_profile.fifths;
            if (isDominant(current) && isSubdominant(token))
                value -= 1.2 * m_profile.fifths;
        }
    }
    // Tension does not stay.
    if (current < kChordTokens && row.heldHalves() >= (isSuspended(current) ? 1 : 2) &&
        (isSuspended(current) || isSecondaryDominant(current, m_mode) || isBorrowed(current, m_mode)))
        values[kHoldToken] -= 2.0;
}

/// Where sections and phrases begin and end, how long chords stay, what comes round again.
void HarmonyWriter::shape(std::vector<double>& values, const HarmonyRow& row, const HarmonyPlace& place,
                          const HarmonyColour& colour) const
{
    const SectionPlan& section = plan(place.section);
    const int bar = place.bar, half = place.half;
    const bool vocal =
        !section.lines.empty() || section.kind == SectionKind::Verse || section.kind == SectionKind::Chorus;
    const auto at = [&](int token) -> double& { return values[static_cast<std::size_t>(token)]; };
    const int current = row.current();
    if (half == 1) {
        for (int token = 0; token < kChordTokens; ++token)
            at(token) += m_halves ? m_profile.quick + (m_slow ? 0.5 : -0.3) : kNever;
    } else {
        // Two bars of one chord are enough in a sung section.
        const int held = row.heldHalves();
        if (held >= 4)
            at(kHoldToken) = kNever;
        else if (held >= 2 && vocal)
            at(kHoldToken) -= m_slow ? 1.8 : 1.0;
        // To and fro between two chords tires after the second time.
        if (row.lag(1) == row.lag(5) && row.lag(3) == row.lag(7) && row.lag(3) != current &&
            row.lag(3) < kChordTokens)
            at(row.lag(3)) -= 1.4;
    }
    if (const int loop = row.lag(kPhrase);
        loop < kChordTokens && bar >= 4 && bar < section.bars - 1 && half == 0) {
        if (loop == current)
            at(kHoldToken) += m_profile.loop;
        else
            at(loop) += m_profile.loop;
    }
    const bool contrasts = section.kind == SectionKind::Chorus || section.kind == SectionKind::PreChorus ||
                           section.kind == SectionKind::Bridge;
    if (const WrittenSection* verse = otherThan(section, SectionKind::Verse);
        verse && contrasts && half == 0) {
        // What the verse had at this place; loops of dance music may go on under both.
        if (const std::size_t i = 2 * static_cast<std::size_t>(bar); i < verse->sounding.size()) {
            const int same = verse->sounding[i];
            const double away = std::clamp(1.7 - m_profile.loop, 0.2, 1.0) * (bar == 0 ? 1.6 : 0.9);
            if (same < kChordTokens)
                at(same == current ? kHoldToken : same) -= away;
        }
    }
    if (bar == 0 && half == 0) {
        for (int token = 0; token < kChordTokens; ++token) {
            if (section.kind == SectionKind::Verse && isTonic(token, m_mode))
                at(token) += 1.2;
            if (section.kind == SectionKind::Verse && isDominant(token))
                at(token) -= 1.0;
            if (section.kind == SectionKind::Bridge && isTonic(token, m_mode))
                at(token) -= 2.0;
            if (!restsWell(token, m_mode))
                at(token) -= 2.0;
        }
        if (section.kind == SectionKind::Bridge && isTonic(current, m_mode))
            at(kHoldToken) -= 2.0;
    }
    // Where phrases end (every fourth bar) the tune must be able to rest.
    if (bar % 4 == 3 || bar == section.bars - 1) {
        const bool end = bar == section.bars - 1;
        for (int token = 0; token < kChordTokens; ++token) {
            if (!restsWell(token, m_mode))
                at(token) -= end ? 2.5 : 1.5;
            if (end && section.kind == SectionKind::Chorus && isTonic(token, m_mode))
                at(token) += 1.5;
            if (end && (section.kind == SectionKind::Verse || section.kind == SectionKind::Bridge) &&
                isDominant(token))
                at(token) += 1.2;
            if (!end && isTonic(token, m_mode) && half == 0)
                at(token) -= 0.6;
        }
        if (current < kChordTokens && !restsWell(current, m_mode) && half == 0)
            at(kHoldToken) -= 2.5;
    } else if (bar % 2 == 1) { // lines of words end here
        for (int token = 0; token < kChordTokens; ++token)
            if (!restsWell(token, m_mode) && !isSecondaryDominant(token, m_mode))
                at(token) -= 1.0;
    } else if (bar == section.bars - 2 && section.kind == SectionKind::Chorus) {
        for (int token = 0; token < kChordTokens; ++token)
            if (isDominant(token) || isSubdominant(token))
                at(token) += 1.0;
    }
    colourIn(values, row, place, colour);
}

std::vector<double> HarmonyWriter::weights(const float* logits, const HarmonyRow& row,
                                           const HarmonyPlace& place, const HarmonyColour& colour) const
{
    std::vector<double> result(kHarmonyTokens, 0.0);
    const int current = row.current();
    const std::optional<int> fixed = m_script.fixed[place.index()];
    if (const std::optional<int> must = fixed ? fixed : required(row, place);
        must && !(*must == kHoldToken && current >= kChordTokens)) {
        // A dominant that has its bar to itself may come suspended first.
        const bool suspend = !fixed && colour.suspended && m_halves && place.half == 0 &&
                             *must == dominant() && *must != current &&
                             underTune(chordToken(7, kSus4), place) == chordToken(7, kSus4);
        const int token = suspend ? chordToken(7, kSus4) : *must;
        result[static_cast<std::size_t>(token == current ? kHoldToken : token)] = 1;
        return result;
    }
    std::vector<double> values(kHarmonyTokens);
    for (int token = 0; token < kHarmonyTokens; ++token)
        values[static_cast<std::size_t>(token)] = logits[token] + m_bias[static_cast<std::size_t>(token)];
    const auto at = [&](int token) -> double& { return values[static_cast<std::size_t>(token)]; };
    if (current < kChordTokens) {
        at(kHoldToken) = std::max(at(kHoldToken), at(current));
        at(current) = kNever; // said as a hold
    } else {
        at(kHoldToken) = kNever;
    }
    shape(values, row, place, colour);
    if (const TuneHalf tune = heard(place); tune.total() > 0) {
        // What the model and the rules want counts less, the more the tune says.
        const double evidence = tune.evidence();
        for (int token = 0; token <= kHoldToken; ++token) {
            at(token) *= 1 - kTuneRule * evidence;
            at(token) += kTuneWeight * evidence * fit(tune, token == kHoldToken ? current : token);
        }
    }
    const double top = *std::max_element(values.begin(), values.end());
    if (!std::isfinite(top)) { // nothing left: stay, or begin with the tonic
        result[static_cast<std::size_t>(current < kChordTokens ? kHoldToken : tonic())] = 1;
        return result;
    }
    for (int token = 0; token < kHarmonyTokens; ++token) {
        const double value = std::exp((at(token) - top) / 0.9);
        result[static_cast<std::size_t>(token)] = value < 0.02 ? 0 : value;
    }
    return result;
}

/// Mean fit of chords to the tune, by how much tune there is.
double HarmonyWriter::meanFit(const std::vector<int>& sounding, std::size_t begin) const
{
    if (m_script.tune.empty())
        return 0;
    double sum = 0, total = 0;
    for (std::size_t i = 0; i < sounding.size(); ++i) {
        const TuneHalf& tune = m_script.tune[begin + i];
        const double weight = tune.evidence();
        sum += weight * fit(tune, sounding[i]);
        total += weight;
    }
    return total > 0 ? sum / total : 0;
}

/// What is lost where a section is too much like another, or has nothing in common with the verse.
double HarmonyWriter::likeOthers(const HarmonyRow& row, std::size_t begin, std::size_t section) const
{
    const SectionPlan& at = plan(section);
    const bool chorus = at.kind == SectionKind::Chorus;
    if (!chorus && at.kind != SectionKind::Bridge && at.kind != SectionKind::PreChorus)
        return 0;
    const double allowed = m_profile.loop >= 1.4 ? 0.5 : 0.3;
    double lost = 0;
    const std::size_t halves = row.sounding.size() - begin;
    for (const auto& [material, earlier] : m_material) {
        if (material == at.material)
            continue;
        std::size_t same = 0;
        const std::size_t common = std::min({halves, earlier.sounding.size(), kPhrase});
        for (std::size_t i = 0; i < common; ++i)
            same += row.sounding[begin + i] == earlier.sounding[i];
        if (common >= 4)
            lost += (chorus ? 1.2 : 0.8) *
                    std::max(0.0, static_cast<double>(same) / static_cast<double>(common) - allowed);
    }
    if (const WrittenSection* verse = otherThan(at, SectionKind::Verse); verse && chorus) {
        const std::set<int> known(verse->sounding.begin(), verse->sounding.end());
        std::set<int> shared;
        for (std::size_t i = begin; i < row.sounding.size(); ++i)
            if (known.contains(row.sounding[i]))
                shared.insert(row.sounding[i]);
        lost += shared.size() < 2 ? 0.3 : 0;
    }
    return lost;
}

/// How good a section's chords are beside the model's own opinion: neither static nor restless, coloured as
/// planned and led back, not the verse again where the chorus should lift, and fitting the tune.
double HarmonyWriter::judge(const HarmonyRow& row, std::size_t begin, std::size_t section,
                            const HarmonyColour& colour) const
{
    const std::size_t halves = row.sounding.size() - begin;
    if (halves == 0)
        return 0;
    std::set<int> different;
    std::vector<int> changes;
    int outside = 0, secondaries = 0, borrowed = 0, unresolved = 0;
    for (std::size_t i = begin; i < row.sounding.size(); ++i) {
        const int token = row.sounding[i];
        different.insert(token);
        const bool guest = !isInKey(token, m_mode) || isSuspended(token);
        outside += guest && !isSuspended(token);
        if (i > begin && token == row.sounding[i - 1])
            continue;
        changes.push_back(token);
        secondaries += isSecondaryDominant(token, m_mode);
        borrowed += isBorrowed(token, m_mode);
    }
    int toAndFro = 0;
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
        unresolved += !resolves(changes[i], changes[i + 1], m_mode);
        toAndFro += i >= 2 && changes[i] == changes[i - 2] && changes[i + 1] == changes[i - 1];
    }
    double score = row.score / static_cast<double>(halves);
    const int bars = std::max(1, static_cast<int>(halves) / 2);
    const double rate = (static_cast<double>(changes.size()) - 1) / static_cast<double>(bars);
    const double wanted = m_slow ? 1.0 : 0.85;
    score -= 0.35 * std::abs(rate - wanted);
    const int enough = bars >= 8 ? 4 : bars >= 4 ? 3 : 2;
    score -= 0.3 * std::max(0, enough - static_cast<int>(different.size()));
    score -= 0.15 * std::max(0, static_cast<int>(different.size()) - 7);
    score -= 0.5 * std::max(0.0, outside / static_cast<double>(halves) - 0.25);
    score -= 0.12 * toAndFro + 0.25 * unresolved;
    score += colour.secondary && secondaries > 0 ? 0.25 : 0;
    score += colour.borrowed && borrowed > 0 ? 0.25 : 0;
    score -= likeOthers(row, begin, section);
    const std::vector<int> own(row.sounding.begin() + static_cast<std::ptrdiff_t>(begin), row.sounding.end());
    score += kFitScore * meanFit(own, begin);
    if (!m_script.old.empty()) {
        // Whoever asks for other chords wants to hear a difference.
        std::size_t same = 0, open = 0;
        for (std::size_t i = 0; i < halves; ++i) {
            open += !m_script.fixed[begin + i].has_value();
            same += !m_script.fixed[begin + i] && own[i] == m_script.old[begin + i];
        }
        if (open > 0)
            score -= (same == open ? 3.0 : 0.6) * static_cast<double>(same) / static_cast<double>(open);
    }
    return score;
}

} // namespace cantilena::compose
