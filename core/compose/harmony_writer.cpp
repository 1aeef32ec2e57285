#include "harmony_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <base/random.h>

namespace cantilena::compose {

namespace {

using song::ChordReason;
using song::SectionKind;

constexpr int kCandidates = 20;
constexpr int kFeatures = 12;
constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr double kWorseFit = 0.15; ///< from which on other chords are written for the same material

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

std::uint32_t bit(ChordReason reason)
{
    return static_cast<std::uint32_t>(reason);
}

} // namespace

std::vector<std::int64_t> HarmonyWriter::features(const HarmonyRow& row, const HarmonyPlace& place) const
{
    const SectionPlan& section = plan(place.section);
    const bool last = place.section + 1 == m_request.form.sections.size();
    const int kind = modelKind(section.kind);
    return {row.tokens.empty() ? kNoneToken : row.tokens.back(),
            row.current(),
            row.before(),
            row.lag(8),
            row.lag(16),
            kind,
            m_mode == music::Mode::Minor ? 1 : 0,
            place.half,
            std::min(place.bar, 15),
            std::min(section.bars - place.bar, 16),
            last ? kEndOfSong : modelKind(plan(place.section + 1).kind),
            m_seenKinds.contains(kind) ? 1 : 0};
}

Result<std::vector<float>> HarmonyWriter::step(const std::vector<HarmonyRow>& rows, const HarmonyPlace& place)
{
    std::vector<std::int64_t> input;
    input.reserve(rows.size() * kFeatures);
    for (const HarmonyRow& row : rows) {
        const std::vector<std::int64_t> one = features(row, place);
        input.insert(input.end(), one.begin(), one.end());
    }
    const inference::Tensor tensor =
        inference::Tensor::integers({static_cast<std::int64_t>(rows.size()), kFeatures}, std::move(input));
    TRY(std::vector<inference::Tensor> out, m_stepper->step({&tensor, 1}));
    if (out.empty() || out[0].asFloats().size() != rows.size() * kHarmonyTokens)
        return Error{"The harmony model gave an answer of the wrong shape: restore models/harmony."};
    return out[0].asFloats();
}

std::vector<bool> HarmonyWriter::openHalves(std::size_t section, std::size_t begin) const
{
    std::vector<bool> open;
    for (std::size_t i = 0; i < static_cast<std::size_t>(plan(section).bars) * 2; ++i)
        open.push_back(!m_script.fixed[begin + i].has_value());
    return open;
}

Result<void> HarmonyWriter::compose(std::size_t section)
{
    const SectionPlan& at = plan(section);
    Random random = Random(m_script.seed, "harmony").at({static_cast<std::uint64_t>(at.material)});
    if (m_material.contains(at.material))
        random = random.at({section});
    const HarmonyColour colour = colourOf(section);
    const std::size_t begin = m_line.sounding.size();
    const std::vector<bool> open = openHalves(section, begin);
    const bool anythingOpen = std::find(open.begin(), open.end(), true) != open.end();
    std::vector<HarmonyRow> rows(anythingOpen ? kCandidates : 1, m_line);
    for (HarmonyRow& row : rows)
        row.score = 0;
    const std::vector<std::int64_t> spread(rows.size(), 0);
    m_stepper->select(spread);
    for (int bar = 0; bar < at.bars; ++bar) {
        if (m_job.cancelled())
            return m_job.cancelledError();
        for (int half = 0; half < 2; ++half) {
            const HarmonyPlace place{section, begin, bar, half};
            TRY(const std::vector<float> logits, step(rows, place));
            for (std::size_t r = 0; r < rows.size(); ++r) {
                const float* own = logits.data() + r * kHarmonyTokens;
                const std::vector<double> chances = weights(own, rows[r], place, colour);
                const std::size_t token =
                    random.at({r, static_cast<std::uint64_t>(bar * 2 + half)}).weighted(chances);
                double total = 0;
                const float top = *std::max_element(own, own + kHarmonyTokens);
                for (int i = 0; i < kHarmonyTokens; ++i)
                    total += std::exp(static_cast<double>(own[i] - top));
                rows[r].score += own[token] - top - std::log(total);
                rows[r].add(static_cast<int>(token), required(rows[r], place).has_value());
            }
        }
    }
    std::size_t best = 0;
    double bestScore = kNever;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (const double score = judge(rows[r], begin, section, colour); score > bestScore) {
            best = r;
            bestScore = score;
        }
    }
    const std::int64_t chosen = static_cast<std::int64_t>(best);
    m_stepper->select({&chosen, 1});
    m_line = rows[best];
    finish(section, begin, false);
    return {};
}

/// The chords of earlier material once more; a longer section goes round again, and what is fixed and the
/// form's cadences hold.
Result<void> HarmonyWriter::copy(std::size_t section, const std::vector<int>& earlier)
{
    const std::size_t begin = m_line.sounding.size();
    for (int bar = 0; bar < plan(section).bars; ++bar) {
        if (m_job.cancelled())
            return m_job.cancelledError();
        for (int half = 0; half < 2; ++half) {
            const HarmonyPlace place{section, begin, bar, half};
            TRY(const std::vector<float> logits, step({m_line}, place));
            int token = earlier[static_cast<std::size_t>(bar * 2 + half) % earlier.size()];
            const std::optional<int> must = required(m_line, place);
            if (const std::optional<int> fixed = m_script.fixed[place.index()])
                token = *fixed;
            else if (must)
                token = *must;
            m_line.add(token, must.has_value());
        }
    }
    finish(section, begin, true);
    return {};
}

/// Records the reasons of a section that is written, and keeps it for later ones.
void HarmonyWriter::finish(std::size_t section, std::size_t begin, bool repeated)
{
    const std::vector<int>& sounding = m_line.sounding;
    for (std::size_t i = begin; i < sounding.size(); ++i) {
        if (m_script.fixed[i]) {
            m_reasons.push_back(0);
            continue;
        }
        const int token = sounding[i];
        std::uint32_t reasons = m_line.cadence[i] ? bit(ChordReason::Cadence)
                                : repeated        ? bit(ChordReason::Repeat)
                                                  : bit(ChordReason::Model);
        std::size_t next = i;
        while (next < sounding.size() && sounding[next] == token)
            ++next;
        if (isSecondaryDominant(token, m_mode) && next < sounding.size() &&
            resolves(token, sounding[next], m_mode))
            reasons |= bit(ChordReason::SecondaryDominant);
        if (isBorrowed(token, m_mode))
            reasons |= bit(ChordReason::Borrowed);
        if (isSuspended(token))
            reasons |= bit(ChordReason::Suspension);
        if (!m_script.tune.empty() && m_script.tune[i].evidence() > 0.2 &&
            fit(m_script.tune[i], token) >= 0.5)
            reasons |= bit(ChordReason::FitsTune);
        m_reasons.push_back(reasons);
    }
    WrittenSection written;
    written.sounding.assign(sounding.begin() + static_cast<std::ptrdiff_t>(begin), sounding.end());
    written.open = openHalves(section, begin);
    written.kind = plan(section).kind;
    written.fit = meanFit(written.sounding, begin);
    m_material.try_emplace(plan(section).material, std::move(written));
}

Result<HarmonyTokens> HarmonyWriter::write()
{
    TRY(m_stepper, m_models.harmony->start(1));
    const std::vector<SectionPlan>& sections = m_request.form.sections;
    for (std::size_t section = 0; section < sections.size(); ++section) {
        const std::size_t begin = m_line.sounding.size();
        const auto found = m_material.find(sections[section].material);
        bool repeats = found != m_material.end() && !found->second.sounding.empty();
        // A piece that is written again follows an earlier section only where that was written again, too.
        if (repeats && !m_script.old.empty())
            repeats = found->second.open == openHalves(section, begin);
        if (repeats && !m_script.tune.empty()) {
            std::vector<int> again;
            for (std::size_t i = 0; i < static_cast<std::size_t>(sections[section].bars) * 2; ++i)
                again.push_back(found->second.sounding[i % found->second.sounding.size()]);
            repeats = meanFit(again, begin) >= found->second.fit - kWorseFit;
        }
        if (repeats) {
            const std::vector<int> earlier = found->second.sounding;
            TRY_VOID(copy(section, earlier));
        } else {
            TRY_VOID(compose(section));
        }
        m_seenKinds.insert(modelKind(sections[section].kind));
        m_job.progress("harmony", static_cast<double>(section + 1) / static_cast<double>(sections.size()));
    }
    return HarmonyTokens{std::move(m_line.sounding), std::move(m_reasons)};
}

Result<HarmonyTokens> writeTokens(const HarmonyRequest& request, const HarmonyScript& script,
                                  const HarmonyProfile& profile, const HarmonyModels& models,
                                  const JobContext& job)
{
    return HarmonyWriter(request, script, profile, models, job).write();
}

} // namespace cantilena::compose
