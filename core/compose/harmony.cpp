#include <compose/harmony.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "harmony_rules.h"
#include <base/random.h>

namespace cantilena::compose {

namespace {

using song::SectionKind;

constexpr int kCandidates = 16;
constexpr int kFeatures = 12;

/// Kinds that the model was trained with.
int modelKind(SectionKind kind)
{
    switch (kind) {
    case SectionKind::Intro:
        return 0;
    case SectionKind::Verse:
        return 1;
    case SectionKind::PreChorus:
        return 2;
    case SectionKind::Chorus:
    case SectionKind::Hook:
        return 3;
    case SectionKind::Bridge:
        return 4;
    case SectionKind::Solo:
    case SectionKind::Interlude:
        return 5;
    case SectionKind::Outro:
        return 6;
    }
    return 1;
}

constexpr int kEndOfSong = 7;

/// A line of chords while it is written: one token a half bar.
struct Row {
    std::vector<int> tokens;   ///< with holds
    std::vector<int> sounding; ///< holds resolved
    double score = 0;          ///< log probability under the model alone, of the section at hand

    int current() const { return sounding.empty() ? kNoneToken : sounding.back(); }
    int before() const
    {
        for (std::size_t i = sounding.size(); i-- > 0;)
            if (sounding[i] != current())
                return sounding[i];
        return kNoneToken;
    }
    int lag(int halves) const
    {
        const int at = static_cast<int>(sounding.size()) - halves;
        return at >= 0 ? sounding[static_cast<std::size_t>(at)] : kNoneToken;
    }
    int heldHalves() const
    {
        int held = 0;
        for (std::size_t i = sounding.size(); i-- > 0 && sounding[i] == current();)
            ++held;
        return held;
    }
    void add(int token)
    {
        const int sound = token == kHoldToken ? current() : token;
        tokens.push_back(token == current() ? kHoldToken : token);
        sounding.push_back(sound);
    }
};

class Writer {
public:
    Writer(const HarmonyRequest& request, const HarmonyModels& models, const JobContext& job)
        : m_request(request), m_models(models), m_job(job), m_profile(harmonyProfile(request.style.id)),
          m_bias(harmonyBias(request.form.key.mode, m_profile, request.valence)),
          m_mode(request.form.key.mode)
    {
        // A chord may change in the middle of a bar only where the bar has a middle beat.
        const music::Meter& meter = request.form.meter;
        m_halves = (meter.unit == 8 && meter.beats % 6 == 0) || (meter.unit != 8 && meter.beats % 4 == 0);
        m_slow = music::toBeats(meter.barLength()) * 60 / request.form.tempo.value > 2.6;
        for (std::size_t i = 0; i < request.form.sections.size(); ++i)
            if (!request.form.sections[i].lines.empty())
                m_lastSung = i;
    }

    Result<std::vector<song::ChordEvent>> write();

private:
    std::vector<std::int64_t> features(const Row& row, std::size_t section, int bar, int half) const;
    Result<std::vector<float>> step(const std::vector<Row>& rows, std::size_t section, int bar, int half);
    Result<void> compose(std::size_t section);
    Result<void> copy(std::size_t section, const std::vector<int>& earlier);
    std::vector<double> weights(const float* logits, const Row& row, std::size_t section, int bar,
                                int half) const;
    double judge(const Row& row, std::size_t begin, std::size_t section) const;
    std::optional<int> required(const Row& row, std::size_t section, int bar, int half) const;

    const HarmonyRequest& m_request;
    const HarmonyModels& m_models;
    const JobContext& m_job;
    HarmonyProfile m_profile;
    std::array<double, kHarmonyTokens> m_bias;
    music::Mode m_mode;
    bool m_halves = true;
    bool m_slow = false;
    std::size_t m_lastSung = std::numeric_limits<std::size_t>::max(); ///< last section with words
    Row m_line;
    std::optional<inference::Stepper> m_stepper;
    std::set<int> m_seenKinds;
    std::map<int, std::vector<int>> m_material; ///< sounding chords of each material
};

std::vector<std::int64_t> Writer::features(const Row& row, std::size_t section, int bar, int half) const
{
    const SectionPlan& plan = m_request.form.sections[section];
    const bool last = section + 1 == m_request.form.sections.size();
    const int kind = modelKind(plan.kind);
    return {row.tokens.empty() ? kNoneToken : row.tokens.back(),
            row.current(),
            row.before(),
            row.lag(8),
            row.lag(16),
            kind,
            m_mode == music::Mode::Minor ? 1 : 0,
            half,
            std::min(bar, 15),
            std::min(plan.bars - bar, 16),
            last ? kEndOfSong : modelKind(m_request.form.sections[section + 1].kind),
            m_seenKinds.contains(kind) ? 1 : 0};
}

Result<std::vector<float>> Writer::step(const std::vector<Row>& rows, std::size_t section, int bar, int half)
{
    std::vector<std::int64_t> input;
    input.reserve(rows.size() * kFeatures);
    for (const Row& row : rows) {
        const std::vector<std::int64_t> one = features(row, section, bar, half);
        input.insert(input.end(), one.begin(), one.end());
    }
    const inference::Tensor tensor =
        inference::Tensor::integers({static_cast<std::int64_t>(rows.size()), kFeatures}, std::move(input));
    TRY(std::vector<inference::Tensor> out, m_stepper->step({&tensor, 1}));
    if (out.empty() || out[0].asFloats().size() != rows.size() * kHarmonyTokens)
        return Error{"The harmony model gave an answer of the wrong shape: restore models/harmony."};
    return out[0].asFloats();
}

/// Cadences that the form asks for; nothing where the model is free.
std::optional<int> Writer::required(const Row& row, std::size_t section, int bar, int half) const
{
    const SectionPlan& plan = m_request.form.sections[section];
    const bool lastSection = section + 1 == m_request.form.sections.size();
    const int tonic = chordToken(0, m_mode == music::Mode::Major ? kMaj : kMin);
    const int dominant = chordToken(7, kMaj);
    if (lastSection) {
        // The song's end: tonic in the last bar, dominant or subdominant before it.
        if (bar == plan.bars - 1)
            return half == 0 ? tonic : kHoldToken;
        if (bar == plan.bars - 2 && half == (m_halves && plan.bars < 3 ? 1 : 0)) {
            if (isSubdominant(row.current()) || isDominant(row.current()))
                return kHoldToken;
            return m_request.valence < -0.4 ? chordToken(5, m_mode == music::Mode::Major ? kMaj : kMin)
                                            : dominant;
        }
        if (bar == plan.bars - 2 && half == 1 && (isDominant(row.current()) || isSubdominant(row.current())))
            return kHoldToken;
        if (plan.bars == 1 && half == 0)
            return tonic;
    }
    // A chorus, and the last words whatever they are, close: IV or V, then I.
    if ((plan.kind == SectionKind::Chorus || section == m_lastSung) && plan.bars > 1) {
        if (bar == plan.bars - 1)
            return half == 0 ? tonic : kHoldToken;
        if (bar == plan.bars - 2 && half == (m_halves ? 1 : 0)) {
            if (isSubdominant(row.current()) || isDominant(row.current()))
                return m_halves ? std::optional<int>(kHoldToken) : std::nullopt;
            return dominant;
        }
    }
    if (plan.kind == SectionKind::PreChorus && bar == plan.bars - 1 && half == 0)
        return isDominant(row.current()) ? kHoldToken : dominant;
    return std::nullopt;
}

std::vector<double> Writer::weights(const float* logits, const Row& row, std::size_t section, int bar,
                                    int half) const
{
    constexpr double kNever = -std::numeric_limits<double>::infinity();
    const SectionPlan& plan = m_request.form.sections[section];
    const bool vocal =
        !plan.lines.empty() || plan.kind == SectionKind::Verse || plan.kind == SectionKind::Chorus;
    std::vector<double> values(kHarmonyTokens);
    for (int token = 0; token < kHarmonyTokens; ++token)
        values[static_cast<std::size_t>(token)] = logits[token] + m_bias[static_cast<std::size_t>(token)];
    if (const std::optional<int> must = required(row, section, bar, half)) {
        std::fill(values.begin(), values.end(), kNever);
        values[static_cast<std::size_t>(*must)] = 0;
    }
    const auto at = [&](int token) -> double& { return values[static_cast<std::size_t>(token)]; };
    const int current = row.current();
    if (current < kChordTokens && at(current) > kNever) {
        at(kHoldToken) = std::max(at(kHoldToken), at(current));
        at(current) = kNever; // said as a hold
    }
    if (current >= kChordTokens)
        at(kHoldToken) = kNever;
    const bool forced =
        std::count_if(values.begin(), values.end(), [&](double v) { return v > kNever; }) == 1;
    if (!forced) {
        if (half == 1) {
            for (int token = 0; token < kChordTokens; ++token)
                at(token) += m_halves ? m_profile.quick + (m_slow ? 0.5 : -0.3) : kNever;
        } else {
            // Two bars of one chord are enough in a sung section; a section begins anew.
            const int held = row.heldHalves();
            if (held >= 4)
                at(kHoldToken) = kNever;
            else if (held >= 2 && vocal)
                at(kHoldToken) -= m_slow ? 1.6 : 0.8;
        }
        if (const int loop = row.lag(8);
            loop < kChordTokens && bar >= 4 && bar < plan.bars - 1 && half == 0) {
            if (loop == current)
                at(kHoldToken) += m_profile.loop;
            else
                at(loop) += m_profile.loop;
        }
        if (bar == 0 && half == 0) {
            for (int token = 0; token < kChordTokens; ++token) {
                if (plan.kind == SectionKind::Verse && isTonic(token, m_mode))
                    at(token) += 1.2;
                if (plan.kind == SectionKind::Bridge && isTonic(token, m_mode))
                    at(token) -= 2.0;
                if (!restsWell(token, m_mode))
                    at(token) -= 2.0;
            }
            if (plan.kind == SectionKind::Bridge && isTonic(current, m_mode))
                at(kHoldToken) -= 2.0;
        }
        // Where phrases end (every fourth bar) the tune must be able to rest.
        if (bar % 4 == 3 || bar == plan.bars - 1) {
            const bool end = bar == plan.bars - 1;
            for (int token = 0; token < kChordTokens; ++token) {
                if (!restsWell(token, m_mode))
                    at(token) -= 2.5;
                if (end && plan.kind == SectionKind::Chorus && isTonic(token, m_mode))
                    at(token) += 1.5;
                if (end && (plan.kind == SectionKind::Verse || plan.kind == SectionKind::Bridge) &&
                    isDominant(token))
                    at(token) += 1.2;
                if (!end && isTonic(token, m_mode) && half == 0)
                    at(token) -= 0.6;
            }
            if (current < kChordTokens && !restsWell(current, m_mode) && half == 0)
                at(kHoldToken) -= 2.5;
        } else if (bar % 2 == 1) { // lines of words end here
            for (int token = 0; token < kChordTokens; ++token)
                if (!restsWell(token, m_mode))
                    at(token) -= 1.0;
        } else if (bar == plan.bars - 2 && plan.kind == SectionKind::Chorus) {
            for (int token = 0; token < kChordTokens; ++token)
                if (isDominant(token) || isSubdominant(token))
                    at(token) += 1.0;
        }
    }
    const double top = *std::max_element(values.begin(), values.end());
    std::vector<double> result(kHarmonyTokens, 0.0);
    if (!std::isfinite(top)) { // nothing left: stay, or begin with the tonic
        const int fallback =
            current < kChordTokens ? kHoldToken : chordToken(0, m_mode == music::Mode::Major ? kMaj : kMin);
        result[static_cast<std::size_t>(fallback)] = 1;
        return result;
    }
    for (int token = 0; token < kHarmonyTokens; ++token) {
        const double value = std::exp((at(token) - top) / 0.9);
        result[static_cast<std::size_t>(token)] = value < 0.02 ? 0 : value;
    }
    return result;
}

/// How good a section's chords are beside the model's own opinion: neither static nor restless, and not the
/// verse again where the chorus should lift.
double Writer::judge(const Row& row, std::size_t begin, std::size_t section) const
{
    const SectionPlan& plan = m_request.form.sections[section];
    const std::size_t halves = row.sounding.size() - begin;
    if (halves == 0)
        return 0;
    std::set<int> different;
    int changes = 0, outside = 0;
    for (std::size_t i = begin; i < row.sounding.size(); ++i) {
        different.insert(row.sounding[i]);
        if (i > begin && row.sounding[i] != row.sounding[i - 1])
            ++changes;
        if (m_bias[static_cast<std::size_t>(row.sounding[i])] < -0.4 + std::min(0.0, m_profile.sevenths))
            ++outside;
    }
    double score = row.score / static_cast<double>(halves);
    const int bars = std::max(1, static_cast<int>(halves) / 2);
    const double rate = changes / static_cast<double>(bars);
    const double wanted = m_slow ? 1.0 : 0.8;
    score -= 0.35 * std::abs(rate - wanted);
    const int enough = bars >= 8 ? 4 : bars >= 4 ? 3 : 2;
    score -= 0.3 * std::max(0, enough - static_cast<int>(different.size()));
    score -= 0.15 * std::max(0, static_cast<int>(different.size()) - 6);
    score -= 0.5 * std::max(0.0, outside / static_cast<double>(halves) - 0.2);
    if (plan.kind == SectionKind::Chorus || plan.kind == SectionKind::Bridge) {
        for (const auto& [material, earlier] : m_material) {
            if (material == plan.material)
                continue;
            std::size_t same = 0;
            const std::size_t common = std::min({halves, earlier.size(), std::size_t{8}});
            for (std::size_t i = 0; i < common; ++i)
                same += row.sounding[begin + i] == earlier[i];
            if (common >= 4)
                score -= 0.8 * std::max(0.0, static_cast<double>(same) / static_cast<double>(common) - 0.3);
        }
    }
    return score;
}

Result<void> Writer::compose(std::size_t section)
{
    const SectionPlan& plan = m_request.form.sections[section];
    const Random random = Random(m_request.seed, "harmony").at({static_cast<std::uint64_t>(plan.material)});
    std::vector<Row> rows(kCandidates, m_line);
    for (Row& row : rows)
        row.score = 0;
    const std::size_t begin = m_line.sounding.size();
    const std::vector<std::int64_t> spread(kCandidates, 0);
    m_stepper->select(spread);
    for (int bar = 0; bar < plan.bars; ++bar) {
        if (m_job.cancelled())
            return m_job.cancelledError();
        for (int half = 0; half < 2; ++half) {
            TRY(const std::vector<float> logits, step(rows, section, bar, half));
            for (std::size_t r = 0; r < rows.size(); ++r) {
                const float* own = logits.data() + r * kHarmonyTokens;
                const std::vector<double> chances = weights(own, rows[r], section, bar, half);
                const std::size_t token =
                    random.at({r, static_cast<std::uint64_t>(bar * 2 + half)}).weighted(chances);
                double total = 0;
                const float top = *std::max_element(own, own + kHarmonyTokens);
                for (int i = 0; i < kHarmonyTokens; ++i)
                    total += std::exp(static_cast<double>(own[i] - top));
                rows[r].score += own[token] - top - std::log(total);
                rows[r].add(static_cast<int>(token));
            }
        }
    }
    std::size_t best = 0;
    double bestScore = -std::numeric_limits<double>::infinity();
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (const double score = judge(rows[r], begin, section); score > bestScore) {
            best = r;
            bestScore = score;
        }
    }
    const std::int64_t chosen = static_cast<std::int64_t>(best);
    m_stepper->select({&chosen, 1});
    m_line = rows[best];
    m_material[plan.material] = {m_line.sounding.begin() + static_cast<std::ptrdiff_t>(begin),
                                 m_line.sounding.end()};
    return {};
}

/// The chords of earlier material once more; a longer section goes round again, and the form's cadences hold.
Result<void> Writer::copy(std::size_t section, const std::vector<int>& earlier)
{
    const SectionPlan& plan = m_request.form.sections[section];
    for (int bar = 0; bar < plan.bars; ++bar) {
        if (m_job.cancelled())
            return m_job.cancelledError();
        for (int half = 0; half < 2; ++half) {
            TRY(const std::vector<float> logits, step({m_line}, section, bar, half));
            int token = earlier[static_cast<std::size_t>(bar * 2 + half) % earlier.size()];
            if (const std::optional<int> must = required(m_line, section, bar, half))
                token = *must;
            m_line.add(token);
        }
    }
    return {};
}

Result<std::vector<song::ChordEvent>> Writer::write()
{
    if (m_request.form.totalBars() <= 0)
        return Error{"A song needs at least one bar before it can have chords."};
    TRY(m_stepper, m_models.harmony->start(1));
    const std::vector<SectionPlan>& sections = m_request.form.sections;
    for (std::size_t section = 0; section < sections.size(); ++section) {
        const auto earlier = m_material.find(sections[section].material);
        if (earlier != m_material.end() && !earlier->second.empty()) {
            TRY_VOID(copy(section, earlier->second));
        } else {
            TRY_VOID(compose(section));
        }
        m_seenKinds.insert(modelKind(sections[section].kind));
        m_job.progress("harmony", static_cast<double>(section + 1) / static_cast<double>(sections.size()));
    }
    std::vector<song::ChordEvent> events;
    const music::Tick bar = m_request.form.meter.barLength();
    const std::int64_t half = m_halves ? bar.value / 2 : bar.value;
    std::size_t index = 0;
    std::int64_t clock = 0;
    for (const SectionPlan& plan : sections) {
        for (int number = 0; number < plan.bars; ++number) {
            for (int part = 0; part < 2; ++part, ++index) {
                if (part == 1 && !m_halves)
                    continue;
                const music::Chord chord = chordOfToken(m_line.sounding[index], m_request.form.key);
                const bool begins = number == 0 && part == 0;
                // One event lasts two bars at most, so that a person finds a handle where they look for it.
                if (!begins && !events.empty() && events.back().chord == chord &&
                    events.back().duration.value < 2 * bar.value) {
                    events.back().duration += {half};
                } else {
                    song::ChordEvent event;
                    event.onset = {clock};
                    event.duration = {half};
                    event.chord = chord;
                    events.push_back(event);
                }
                clock += half;
            }
        }
    }
    return events;
}

} // namespace

Result<HarmonyModels> HarmonyModels::load(const std::filesystem::path& models)
{
    TRY(auto harmony, inference::Model::load(models, "harmony", "harmony"));
    return HarmonyModels{std::move(harmony)};
}

Result<std::vector<song::ChordEvent>> writeHarmony(const HarmonyRequest& request, const HarmonyModels& models,
                                                   const JobContext& job)
{
    return Writer(request, models, job).write();
}

} // namespace cantilena::compose
