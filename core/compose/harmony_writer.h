#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "harmony_rules.h"
#include "harmony_tune.h"
#include <base/job.h>
#include <base/result.h>
#include <compose/harmony.h>

/// The harmony model's loop: tokens for every half bar of a form.
namespace cantilena::compose {

/// What is decided before the model writes. Vectors have two entries a bar; where the metre has no middle the
/// second says what the first does.
struct HarmonyScript {
    std::vector<std::optional<int>> fixed; ///< tokens that stay (never a hold)
    std::vector<int> old;                  ///< when a piece is written again: its tokens so far; else empty
    std::vector<TuneHalf> tune;            ///< empty: no tune yet
    bool barsHaveMiddle = true;            ///< a chord may change in the middle of a bar
    bool cadences = true;                  ///< the form's cadences hold
    std::uint64_t seed = 1;
};

struct HarmonyTokens {
    std::vector<int> tokens;            ///< chords that sound, no holds
    std::vector<std::uint32_t> reasons; ///< song::ChordReason; 0 where the token was fixed
};

/// A line of chords while it is written: one token a half bar.
struct HarmonyRow {
    std::vector<int> tokens;   ///< with holds
    std::vector<int> sounding; ///< holds resolved
    std::vector<bool> cadence; ///< the form asked for it
    double score = 0;          ///< log probability under the model alone, of the section at hand

    int current() const { return sounding.empty() ? kNoneToken : sounding.back(); }
    int before() const
    {
        for (std::size_t i = sounding.size(); i-- > 0;)
            if (sounding[i] != current())
                return sounding[i];
        return kNoneToken;
    }
    int lag(std::size_t halves) const
    {
        return sounding.size() >= halves ? sounding[sounding.size() - halves] : kNoneToken;
    }
    int heldHalves() const
    {
        int held = 0;
        for (std::size_t i = sounding.size(); i-- > 0 && sounding[i] == current();)
            ++held;
        return held;
    }
    void add(int token, bool cadential)
    {
        const int sound = token == kHoldToken ? current() : token;
        tokens.push_back(token == current() ? kHoldToken : token);
        sounding.push_back(sound);
        cadence.push_back(cadential);
    }
};

/// What a section looks for beside the plain chords of its key.
struct HarmonyColour {
    bool secondary = false;
    bool borrowed = false;
    bool suspended = false;
};

/// A section as it was written, for those that share its material and those that differ from it.
struct WrittenSection {
    std::vector<int> sounding;
    std::vector<bool> open; ///< not fixed
    song::SectionKind kind = song::SectionKind::Verse;
    double fit = 0;
};

/// One half bar to be written.
struct HarmonyPlace {
    std::size_t section = 0;
    std::size_t begin = 0; ///< half where the section begins
    int bar = 0;           ///< in the section
    int half = 0;

    std::size_t index() const { return begin + static_cast<std::size_t>(bar * 2 + half); }
};

/// Writes section by section: each with the model in several candidates, of which the best by the rules
/// stays. What may be chosen, and how it is judged, is in harmony_choice.cpp.
class HarmonyWriter {
public:
    HarmonyWriter(const HarmonyRequest& request, const HarmonyScript& script, const HarmonyProfile& profile,
                  const HarmonyModels& models, const JobContext& job)
        : m_request(request), m_script(script), m_models(models), m_job(job), m_profile(profile),
          m_mode(request.form.key.mode), m_bias(harmonyBias(m_mode, m_profile, request.valence)),
          m_halves(script.barsHaveMiddle)
    {
        const Form& form = request.form;
        m_slow = music::toBeats(form.meter.barLength()) * 60 / form.tempo.value > 2.6;
        for (std::size_t i = 0; i < form.sections.size(); ++i)
            if (!form.sections[i].lines.empty())
                m_lastSung = i;
    }

    Result<HarmonyTokens> write();

private:
    const SectionPlan& plan(std::size_t section) const { return m_request.form.sections[section]; }
    int tonic() const
    {
        const bool major = m_mode == music::Mode::Major, seventh = m_profile.sevenths >= 2;
        return chordToken(0, major ? (seventh ? kMaj7 : kMaj) : (seventh ? kMin7 : kMin));
    }
    int dominant() const { return chordToken(7, m_profile.sevenths >= 1.2 ? kDom7 : kMaj); }

    std::vector<std::int64_t> features(const HarmonyRow& row, const HarmonyPlace& place) const;
    Result<std::vector<float>> step(const std::vector<HarmonyRow>& rows, const HarmonyPlace& place);
    Result<void> compose(std::size_t section);
    Result<void> copy(std::size_t section, const std::vector<int>& earlier);
    void finish(std::size_t section, std::size_t begin, bool repeated);

    std::optional<int> cadence(const HarmonyRow& row, const HarmonyPlace& place) const;
    std::optional<int> required(const HarmonyRow& row, const HarmonyPlace& place) const;
    std::optional<int> underTune(int token, const HarmonyPlace& place) const;
    std::vector<double> weights(const float* logits, const HarmonyRow& row, const HarmonyPlace& place,
                                const HarmonyColour& colour) const;
    void shape(std::vector<double>& values, const HarmonyRow& row, const HarmonyPlace& place,
               const HarmonyColour& colour) const;
    void colourIn(std::vector<double>& values, const HarmonyRow& row, const HarmonyPlace& place,
                  const HarmonyColour& colour) const;
    double judge(const HarmonyRow& row, std::size_t begin, std::size_t section,
                 const HarmonyColour& colour) const;
    double likeOthers(const HarmonyRow& row, std::size_t begin, std::size_t section) const;
    HarmonyColour colourOf(std::size_t section) const;
    TuneHalf heard(const HarmonyPlace& place) const;
    double meanFit(const std::vector<int>& sounding, std::size_t begin) const;
    std::vector<bool> openHalves(std::size_t section, std::size_t begin) const;
    const WrittenSection* otherThan(const SectionPlan& section, song::SectionKind kind) const;

    const HarmonyRequest& m_request;
    const HarmonyScript& m_script;
    const HarmonyModels& m_models;
    const JobContext& m_job;
    HarmonyProfile m_profile;
    music::Mode m_mode;
    std::array<double, kHarmonyTokens> m_bias;
    bool m_halves = true;
    bool m_slow = false;
    std::size_t m_lastSung = std::numeric_limits<std::size_t>::max(); ///< last section with words
    HarmonyRow m_line;
    std::vector<std::uint32_t> m_reasons;
    std::optional<inference::Stepper> m_stepper;
    std::set<int> m_seenKinds;
    std::map<int, WrittenSection> m_material;
};

/// Errors: a model's failure, a cancelled job.
Result<HarmonyTokens> writeTokens(const HarmonyRequest& request, const HarmonyScript& script,
                                  const HarmonyProfile& profile, const HarmonyModels& models,
                                  const JobContext& job);

} // namespace cantilena::compose
