#include <compose/melody.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <base/random.h>

#include "melody_pitch.h"
#include "melody_rhythm.h"
#include "melody_units.h"

namespace cantilena::compose {

namespace {

using song::Reason;
using song::SectionKind;

constexpr int kWidestRange = 19; ///< semitones, a twelfth

/// A line as it was set, to be repeated or varied.
struct SetLine {
    Phrase phrase;
    std::vector<Sung> notes;
};

struct SetSection {
    std::vector<SetLine> lines;
};

/// 0 when there is no note.
double meanPitch(const SetSection& section)
{
    double sum = 0, count = 0;
    for (const SetLine& line : section.lines) {
        for (const Sung& note : line.notes) {
            sum += note.pitch;
            ++count;
        }
    }
    return count > 0 ? sum / count : 0;
}

/// How line `index` of `count` relates to an earlier line of its section.
struct Relation {
    int of = -1; ///< index of the earlier line, or -1
    MotifUse use = MotifUse::New;
    double rhythm = 0;
};

Relation relation(int index, int count, SectionKind kind, const Random& random)
{
    const bool chorus = kind == SectionKind::Chorus || kind == SectionKind::Hook;
    const int at = index % 4;
    if (index >= 4 && at == 0)
        return {index - 4, MotifUse::Vary, 2};
    const int first = index - at;
    if (at == 0)
        return {};
    if (kind == SectionKind::PreChorus)
        return at == 1 ? Relation{first, MotifUse::Step, 2} : Relation{first + at - 2, MotifUse::Step, 1.5};
    // a a' b a' and a b a b' are the plans that popular songs use most; the section's kind draws one of them.
    const double draw = random.at({static_cast<std::uint64_t>(kind), 77}).uniform();
    const bool pairs = draw < (chorus ? 0.45 : 0.35);
    if (pairs) {
        if (at == 1)
            return {first, MotifUse::Contrast, count > 2 ? -0.5 : 1.0};
        return at == 2 ? Relation{first, MotifUse::Vary, 2} : Relation{first + 1, MotifUse::Vary, 1.6};
    }
    if (at == 1)
        return {first, MotifUse::Vary, 2};
    if (at == 2)
        return index + 1 == count && count == 3 ? Relation{first, MotifUse::Vary, 1.6}
                                                : Relation{first, MotifUse::Contrast, -0.9};
    return {first, MotifUse::Vary, 1.8};
}

class Writer {
public:
    Writer(const MelodyRequest& request, const MelodyModels& models, const JobContext& job)
        : m_request(request), m_models(models), m_job(job), m_metre(request.form.meter),
          m_profile(melodyProfile(request.style, request.form.tempo.value)),
          m_chords(request.chords, request.form.key), m_unitSeconds(15.0 / request.form.tempo.value)
    {
        m_profile.pace *= 1 - 0.12 * request.arousal;
        m_low = request.range.low.midi;
        m_high = std::max(request.range.high.midi, m_low + 7);
        if (m_high - m_low > kWidestRange) {
            const int spare = m_high - m_low - kWidestRange;
            m_low += spare / 2;
            m_high = m_low + kWidestRange;
        }
        const int tonic = request.form.key.tonic;
        const int middle = (m_low + m_high) / 2 - 2;
        m_base = middle - (((middle - tonic) % 12) + 12) % 12;
        // The model hears so far below and above its tonic.
        m_low = std::max(m_low, m_base + kLowestToken);
        m_high = std::min(m_high, m_base + kLowestToken + kPitchTokens - 1);
    }

    Result<std::vector<song::Note>> write();

private:
    std::vector<Phrase> phrases(std::size_t section) const;
    std::vector<Phrase> instrumentalPhrases(std::size_t section) const;
    PitchFrame frame(const SectionPlan& plan, const std::vector<Phrase>& lines) const;
    bool copies(std::size_t section, const std::vector<Phrase>& lines, const SetSection& earlier) const;
    Result<SetSection> set(std::size_t section, const std::vector<Phrase>& lines, std::int64_t start,
                           const SetSection* earlier, int attempt);
    SetSection copy(const std::vector<Phrase>& lines, std::int64_t start, const SetSection& earlier);
    void settleEnd(SetSection& section, std::int64_t start) const;
    void remember(const std::vector<Sung>& notes, std::int64_t start);
    void emit(const SetSection& section, const SectionPlan& plan, music::Tick start,
              std::vector<song::Note>& out) const;

    const MelodyRequest& m_request;
    const MelodyModels& m_models;
    const JobContext& m_job;
    Metre m_metre;
    MelodyProfile m_profile;
    ChordTimes m_chords;
    double m_unitSeconds;
    int m_low = 55, m_high = 74, m_base = 60;
    std::size_t m_lastSung = 0; ///< index of the last section with a tune
    double m_verseMean = 0;     ///< mean pitch of the first verse; 0 before it
    PitchHistory m_pitches;
    GapHistory m_gaps;
};

std::vector<Phrase> Writer::phrases(std::size_t index) const
{
    std::vector<Phrase> result;
    const song::Section& section = *m_request.sections[index];
    const std::int64_t sectionUnits = std::max<std::int64_t>(
        1, static_cast<std::int64_t>(m_request.form.sections[index].bars) * m_metre.bar);
    for (const song::Line& line : section.lines) {
        Phrase phrase;
        phrase.index = static_cast<int>(result.size());
        phrase.start = std::clamp<std::int64_t>(line.start.value / kUnit, 0,
                                                std::max<std::int64_t>(0, sectionUnits - 1));
        phrase.length = std::clamp<std::int64_t>(line.length.value / kUnit, 1, sectionUnits - phrase.start);
        for (const song::Word& word : line.words) {
            for (std::size_t s = 0; s < word.syllables.size(); ++s) {
                const song::Syllable& syllable = word.syllables[s];
                Slot slot;
                slot.id = syllable.id;
                slot.tone = syllable.language == language::Language::Mandarin ? syllable.tone : 0;
                slot.joined = s + 1 < word.syllables.size();
                if (slot.tone != 0) // a word leans on its first syllable; neutral tones are light
                    slot.stress = slot.tone == 5 ? 0 : s == 0 ? 2 : 1;
                else
                    slot.stress = syllable.stress == 1 ? 2 : syllable.stress == 2 ? 1 : 0;
                phrase.slots.push_back(slot);
            }
        }
        if (!phrase.slots.empty())
            result.push_back(std::move(phrase));
    }
    return result;
}

/// Lines for an instrument: of two bars or so, with notes at the pace of the style.
std::vector<Phrase> Writer::instrumentalPhrases(std::size_t index) const
{
    const SectionPlan& plan = m_request.form.sections[index];
    if (plan.kind == SectionKind::Intro || plan.kind == SectionKind::Outro ||
        plan.kind == SectionKind::Interlude)
        return {};
    const double barSeconds = m_metre.bar * m_unitSeconds;
    int bars = 2;
    while (bars * barSeconds < 2.9 && bars < 8)
        bars *= 2;
    std::vector<Phrase> result;
    for (int bar = 0; bar < plan.bars; bar += bars) {
        Phrase phrase;
        phrase.index = static_cast<int>(result.size());
        phrase.start = static_cast<std::int64_t>(bar) * m_metre.bar;
        phrase.length = static_cast<std::int64_t>(std::min(bars, plan.bars - bar)) * m_metre.bar;
        const Random random = Random(m_request.seed, "melody-count")
                                  .at({static_cast<std::uint64_t>(plan.material),
                                       static_cast<std::uint64_t>(phrase.index % 2)});
        const double wanted = static_cast<double>(phrase.length) * m_unitSeconds * 0.8 / m_profile.pace;
        const int count =
            std::clamp(static_cast<int>(std::lround(wanted + random.uniform(-1.2, 1.2))), 2, 14);
        for (int i = 0; i < count; ++i)
            phrase.slots.push_back({{}, 1, 0, false});
        result.push_back(std::move(phrase));
    }
    return result;
}

PitchFrame Writer::frame(const SectionPlan& plan, const std::vector<Phrase>& lines) const
{
    const double range = m_high - m_low;
    double place = 0.40; // of the range, where the section's tune lies
    int low = m_low, high = m_high;
    const bool wide = range >= 12;
    bool chorus = false;
    switch (plan.kind) {
    case SectionKind::Chorus:
    case SectionKind::Hook:
        place = 0.66;
        chorus = true;
        low += wide ? 3 : 1;
        break;
    case SectionKind::PreChorus:
        place = 0.50;
        high -= wide ? 1 : 0;
        break;
    case SectionKind::Bridge:
    case SectionKind::Solo:
        place = 0.56;
        low += wide ? 2 : 0;
        break;
    default:
        place = 0.35;
        high -= wide ? 4 : 1;
        break;
    }
    double centre = m_low + place * range;
    // The chorus lies above the verse that was sung, not above the one that was planned.
    if (chorus && m_verseMean > 0)
        centre = std::min(std::max(centre, m_verseMean + 3.2), m_high - 4.0);
    double units = 0, syllables = 0;
    for (const Phrase& line : lines) {
        units += static_cast<double>(line.length);
        syllables += static_cast<double>(line.slots.size());
    }
    const double mean =
        std::min(m_profile.pace / m_unitSeconds, syllables > 0 ? 0.85 * units / syllables : 3.0);
    int density = 0;
    for (const double limit : {1.8, 2.4, 3.1, 3.9, 4.8})
        density += mean > limit;
    bool mandarin = false;
    for (const Phrase& line : lines)
        for (const Slot& slot : line.slots)
            mandarin = mandarin || slot.tone != 0;
    return {*m_models.pitch, m_metre, m_profile, m_chords, m_request.form.key, m_base, low, high, centre,
            m_unitSeconds,   density, mandarin,  chorus};
}

bool Writer::copies(std::size_t section, const std::vector<Phrase>& lines, const SetSection& earlier) const
{
    const SectionPlan& plan = m_request.form.sections[section];
    const bool sameWords = plan.sameLyricsAs >= 0 || m_request.instrumental;
    if (!sameWords || lines.size() != earlier.lines.size())
        return false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Phrase& was = earlier.lines[i].phrase;
        if (lines[i].slots.size() != was.slots.size() || lines[i].start != was.start ||
            lines[i].length != was.length)
            return false;
    }
    return true;
}

void Writer::remember(const std::vector<Sung>& notes, std::int64_t start)
{
    for (std::size_t i = 0; i < notes.size(); ++i) {
        m_pitches.at[start + notes[i].unit()] = notes[i].pitch;
        if (i + 1 < notes.size())
            m_gaps[start + notes[i].unit()] = gapClass(notes[i + 1].unit() - notes[i].unit());
    }
}

SetSection Writer::copy(const std::vector<Phrase>& lines, std::int64_t start, const SetSection& earlier)
{
    SetSection result = earlier;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        result.lines[i].phrase = lines[i];
        for (Sung& note : result.lines[i].notes)
            note.reasons |= static_cast<std::uint32_t>(Reason::MotifRepeat);
        remember(result.lines[i].notes, start);
    }
    return result;
}

/// The last note of the song rests on the first, third or fifth degree inside the last chord, whatever was
/// copied.
void Writer::settleEnd(SetSection& section, std::int64_t start) const
{
    if (section.lines.empty() || section.lines.back().notes.empty())
        return;
    Sung& last = section.lines.back().notes.back();
    const std::int64_t end = start + last.unit() + last.units() - 1;
    const music::Chord chord = m_chords.at(std::max(end, start + last.unit())).chord;
    const auto settled = [&](int pitch) {
        const int pc = ((pitch % 12) + 12) % 12;
        return isStable(m_request.form.key, pc) && chord.contains(pc);
    };
    if (settled(last.pitch))
        return;
    for (int away = 1; away <= 6; ++away) {
        for (const int pitch : {last.pitch - away, last.pitch + away}) {
            if (pitch >= m_low && pitch <= m_high && settled(pitch)) {
                last.pitch = pitch;
                last.reasons |= static_cast<std::uint32_t>(Reason::Cadence);
                return;
            }
        }
    }
}

Result<SetSection> Writer::set(std::size_t index, const std::vector<Phrase>& lines, std::int64_t start,
                               const SetSection* earlier, int attempt)
{
    const SectionPlan& plan = m_request.form.sections[index];
    PitchFrame pitchFrame = frame(plan, lines);
    pitchFrame.centre = std::min(pitchFrame.centre + 2.0 * attempt, m_high - 2.0);
    if (attempt > 0)
        pitchFrame.low = std::min(pitchFrame.low + attempt, m_high - 7);
    const RhythmModel rhythmModel{*m_models.rhythm,  m_metre,
                                  m_profile,         m_unitSeconds,
                                  pitchFrame.chorus, m_request.style.triplets && m_metre.id == 0};
    const Random random = Random(m_request.seed, "melody").at({static_cast<std::uint64_t>(plan.material)});
    SetSection result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Phrase& phrase = lines[i];
        const int count = static_cast<int>(lines.size());
        // The line this one follows: the same line of earlier material, or one of its own section.
        const SetLine* model = nullptr;
        MotifUse use = MotifUse::New;
        RhythmMotif rhythm;
        if (earlier != nullptr && !earlier->lines.empty()) {
            model = &earlier->lines[i % earlier->lines.size()];
            use = MotifUse::Same;
            rhythm.strength = 2;
        } else if (const Relation own = relation(static_cast<int>(i), count, plan.kind, random);
                   own.of >= 0) {
            model = &result.lines[static_cast<std::size_t>(own.of)];
            use = own.use;
            rhythm.strength = own.rhythm;
        }
        PitchMotif pitch;
        pitch.use = use;
        if (model != nullptr) {
            for (const Sung& note : model->notes) {
                rhythm.onsets.push_back(note.unit() - model->phrase.start);
                pitch.notes.emplace_back(note.unit() - model->phrase.start, note.pitch);
            }
        }
        const Random place =
            random.at({i, earlier != nullptr ? index + 1 : 0, static_cast<std::uint64_t>(attempt)});
        TRY(LineRhythm line, writeRhythm(rhythmModel, phrase, rhythm, start, m_gaps, place.at({1}), m_job));
        const bool closes = i + 1 == lines.size();
        const bool ends = closes && index == m_lastSung;
        const LineEnd end = ends                                                      ? LineEnd::Final
                            : closes && plan.kind == SectionKind::Chorus              ? LineEnd::Closed
                            : closes && plan.kind == SectionKind::Verse && i % 2 == 1 ? LineEnd::Closed
                                                                                      : LineEnd::Open;
        PitchFrame lineFrame = pitchFrame;
        if (use == MotifUse::Contrast) // the answer leaves the place of the call
            lineFrame.centre += (i % 4 == 2) == (place.uniform(9) < 0.8) ? 2.5 : -1.5;
        TRY_VOID(
            writePitches(lineFrame, phrase, pitch, end, start, line.notes, m_pitches, place.at({2}), m_job));
        remember(line.notes, start);
        result.lines.push_back({phrase, std::move(line.notes)});
    }
    if (plan.kind == SectionKind::Verse && m_verseMean == 0)
        m_verseMean = meanPitch(result);
    // The highest note of the section, once reached, is its climax.
    Sung* top = nullptr;
    for (SetLine& line : result.lines)
        for (Sung& note : line.notes)
            if (top == nullptr || note.pitch > top->pitch)
                top = &note;
    if (top != nullptr && pitchFrame.chorus)
        top->reasons |= static_cast<std::uint32_t>(Reason::Climax);
    return result;
}

void Writer::emit(const SetSection& section, const SectionPlan& plan, music::Tick start,
                  std::vector<song::Note>& out) const
{
    for (const SetLine& line : section.lines) {
        for (const Sung& sung : line.notes) {
            song::Note note;
            note.onset = start + sung.onset;
            note.duration = sung.duration;
            note.pitch = {sung.pitch};
            note.syllable = line.phrase.slots[sung.slot].id;
            note.reasons = sung.reasons;
            const double weight = heldWeight(m_metre, sung.unit(), sung.unit() + sung.units());
            note.velocity =
                std::clamp(static_cast<int>(std::lround(68 + 26 * plan.energy + 10 * weight)), 1, 120);
            out.push_back(note);
        }
    }
}

Result<std::vector<song::Note>> Writer::write()
{
    const std::vector<SectionPlan>& plans = m_request.form.sections;
    if (!m_request.instrumental && m_request.sections.size() != plans.size())
        return Error{"The words have " + std::to_string(m_request.sections.size()) +
                     " sections and the form " + std::to_string(plans.size()) +
                     ": write the lyrics for this form again."};
    std::vector<std::vector<Phrase>> lines;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        lines.push_back(m_request.instrumental ? instrumentalPhrases(i) : phrases(i));
        if (!lines.back().empty())
            m_lastSung = i;
    }
    std::map<int, std::size_t> first; // of each material, the first section set
    std::vector<SetSection> sections(plans.size());
    std::vector<song::Note> notes;
    std::int64_t start = 0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (!lines[i].empty()) {
            const auto known = first.find(plans[i].material);
            const SetSection* earlier = known != first.end() ? &sections[known->second] : nullptr;
            if (plans[i].sameLyricsAs >= 0 && static_cast<std::size_t>(plans[i].sameLyricsAs) < i &&
                plans[static_cast<std::size_t>(plans[i].sameLyricsAs)].material == plans[i].material)
                earlier = &sections[static_cast<std::size_t>(plans[i].sameLyricsAs)];
            if (earlier != nullptr && copies(i, lines[i], *earlier)) {
                sections[i] = copy(lines[i], start, *earlier);
            } else {
                const PitchHistory pitchesBefore = m_pitches;
                const GapHistory gapsBefore = m_gaps;
                // A chorus that did not lift is written again, higher.
                for (int attempt = 0; attempt < 3; ++attempt) {
                    m_pitches = pitchesBefore;
                    m_gaps = gapsBefore;
                    TRY(sections[i], set(i, lines[i], start, earlier, attempt));
                    if (plans[i].kind != SectionKind::Chorus || m_verseMean == 0 || earlier != nullptr ||
                        meanPitch(sections[i]) >= m_verseMean + 1.5)
                        break;
                }
            }
            if (i == m_lastSung)
                settleEnd(sections[i], start);
            first.try_emplace(plans[i].material, i);
            emit(sections[i], plans[i], {start * kUnit}, notes);
        }
        start += static_cast<std::int64_t>(plans[i].bars) * m_metre.bar;
        m_job.progress("melody", static_cast<double>(i + 1) / static_cast<double>(plans.size()));
    }
    std::stable_sort(notes.begin(), notes.end(), song::noteBefore);
    return notes;
}

} // namespace

Result<MelodyModels> MelodyModels::load(const std::filesystem::path& models)
{
    TRY(auto rhythm, inference::Model::load(models, "melody", "melody-rhythm"));
    TRY(auto pitch, inference::Model::load(models, "melody", "melody-pitch"));
    return MelodyModels{std::move(rhythm), std::move(pitch)};
}

Result<std::vector<song::Note>> writeMelody(const MelodyRequest& request, const MelodyModels& models,
                                            const JobContext& job)
{
    return Writer(request, models, job).write();
}

} // namespace cantilena::compose
