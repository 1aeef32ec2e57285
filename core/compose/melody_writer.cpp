#include "melody_writer.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "melody_judge.h"

namespace cantilena::compose {

namespace {

using song::Reason;
using song::SectionKind;

constexpr std::uint64_t kCandidates = 2; ///< of each section of new material
constexpr double kLift = 2.5;            ///< semitones of a chorus above the verse, at least
constexpr int kWidestRange = 19;         ///< semitones, a twelfth
/// Of the kinds of songs that the models know, the song books': their intervals lie nearest to those of
/// held-out songs of all kinds, lead sheets included.
constexpr int kSource = 1;

/// A factor of 1 at an even temper, about 0.7 when safe and 1.4 when brave.
double daring(double bravery)
{
    return std::exp2(std::clamp(bravery, 0.0, 1.0) - 0.5);
}

} // namespace

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

LineRelation relationOf(int index, int count, SectionKind kind, const Random& random)
{
    const bool chorus = kind == SectionKind::Chorus || kind == SectionKind::Hook;
    const int at = index % 4;
    if (index >= 4 && at == 0)
        return {index - 4, MotifUse::Vary, 2};
    const int first = index - at;
    if (at == 0)
        return {};
    if (kind == SectionKind::PreChorus)
        return at == 1 ? LineRelation{first, MotifUse::Step, 2}
                       : LineRelation{first + at - 2, MotifUse::Step, 1.5};
    // a a' b a' and a b a b' are the plans that popular songs use most; the section's kind draws one of them.
    const double draw = random.at({static_cast<std::uint64_t>(kind), 77}).uniform();
    const bool pairs = draw < (chorus ? 0.45 : 0.35);
    if (pairs) {
        if (at == 1)
            return {first, MotifUse::Contrast, count > 2 ? -0.5 : 1.0};
        return at == 2 ? LineRelation{first, MotifUse::Vary, 2}
                       : LineRelation{first + 1, MotifUse::Vary, 1.6};
    }
    if (at == 1)
        return {first, MotifUse::Vary, 2};
    if (at == 2)
        return index + 1 == count && count == 3 ? LineRelation{first, MotifUse::Vary, 1.6}
                                                : LineRelation{first, MotifUse::Contrast, -0.9};
    return {first, MotifUse::Vary, 1.8};
}

void follow(const SetLine& line, std::int64_t offset, RhythmMotif& rhythm, PitchMotif& pitch)
{
    for (std::size_t i = 0; i < line.notes.size(); ++i) {
        const Sung& note = line.notes[i];
        const std::int64_t at = note.unit() - line.phrase.start - offset;
        if (i > 0 && line.notes[i - 1].slot == note.slot)
            rhythm.melismas.insert(at);
        else
            rhythm.onsets.push_back(at);
        pitch.notes.emplace_back(at, note.pitch);
    }
}

MelodyWriter::MelodyWriter(const MelodyRequest& request, const MelodyModels& models, const JobContext& job)
    : m_request(request), m_models(models), m_job(job), m_metre(request.form.meter),
      m_profile(melodyAt(request.style, request.form.tempo.value)),
      m_chords(request.chords, request.form.key), m_unitSeconds(15.0 / request.form.tempo.value)
{
    m_profile.pace *= 1 - 0.12 * request.arousal;
    m_profile.offTarget = std::clamp(m_profile.offTarget + 0.2 * (request.bravery - 0.5), 0.0, 1.0);
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

/// Where the tune of a section lies in the singer's range.
double MelodyWriter::centreOf(SectionKind kind) const
{
    double place = 0.35;
    if (kind == SectionKind::Chorus || kind == SectionKind::Hook)
        place = 0.66;
    else if (kind == SectionKind::PreChorus)
        place = 0.50;
    else if (kind == SectionKind::Bridge || kind == SectionKind::Solo)
        place = 0.56;
    return m_low + place * (m_high - m_low);
}

PitchFrame MelodyWriter::frame(const SectionPlan& plan, const std::vector<Phrase>& lines) const
{
    const double range = m_high - m_low;
    int low = m_low, high = m_high;
    const bool wide = range >= 12;
    bool chorus = false;
    switch (plan.kind) {
    case SectionKind::Chorus:
    case SectionKind::Hook:
        chorus = true;
        low += wide ? 3 : 1;
        break;
    case SectionKind::PreChorus:
        high -= wide ? 1 : 0;
        break;
    case SectionKind::Bridge:
    case SectionKind::Solo:
        low += wide ? 2 : 0;
        break;
    default:
        high -= wide ? 4 : 1;
        break;
    }
    double centre = centreOf(plan.kind);
    const int level = centre < m_middle - 1 ? 1 : centre > m_middle + 1 ? 3 : 2;
    // The chorus lies above the verse that was sung, not above the one that was planned.
    if (chorus && m_verseMean > 0)
        centre = std::min(std::max(centre, m_verseMean + 3.8), m_high - 4.0);
    double units = 0, syllables = 0;
    for (const Phrase& line : lines) {
        units += static_cast<double>(line.length);
        syllables += static_cast<double>(line.slots.size());
    }
    const double mean =
        std::min(m_profile.pace / m_unitSeconds, syllables > 0 ? 0.85 * units / syllables : 3.0);
    bool mandarin = false;
    for (const Phrase& line : lines)
        for (const Slot& slot : line.slots)
            mandarin = mandarin || slot.tone != 0;
    return {m_metre,
            m_profile,
            m_chords,
            m_request.form.key,
            m_base,
            low,
            high,
            centre,
            m_unitSeconds,
            densityClass(mean),
            level,
            mandarin,
            chorus,
            0.8 * daring(m_request.bravery),
            1.6 * (m_request.bravery - 0.5)};
}

/// The section's own choice of the style's cells, the same wherever its material comes again.
RhythmFrame MelodyWriter::rhythmFrame(const SectionPlan& plan, const PitchFrame& frame,
                                      const std::vector<Phrase>& lines) const
{
    double units = 0, syllables = 0;
    for (const Phrase& line : lines) {
        units += static_cast<double>(line.length);
        syllables += static_cast<double>(line.slots.size());
    }
    // The breath at a line's end takes an eighth of it.
    const double perBar = units > 0 ? syllables * m_metre.bar / (0.88 * units) : 6;
    const Random random =
        Random(m_request.seed, "melody-cells").at({static_cast<std::uint64_t>(plan.material)});
    return {m_metre,
            m_profile,
            m_unitSeconds,
            frame.chorus,
            m_request.style.triplets && m_metre.id == 0,
            0.85 * daring(m_request.bravery),
            chooseCells(m_profile, m_metre, perBar, random)};
}

LineEnd MelodyWriter::endOf(std::size_t section, std::size_t line, std::size_t count) const
{
    const SectionKind kind = m_request.form.sections[section].kind;
    if (line + 1 != count)
        return LineEnd::Open;
    if (section == m_lastSung)
        return LineEnd::Final;
    const bool closes = kind == SectionKind::Chorus || (kind == SectionKind::Verse && line % 2 == 1);
    return closes ? LineEnd::Closed : LineEnd::Open;
}

/// Units between the end of the note before a line and the line's start that an upbeat may take.
std::int64_t MelodyWriter::pickupRoom(const Phrase& phrase, const std::vector<Sung>& before) const
{
    if (before.empty())
        return 0;
    const std::int64_t free = phrase.start - before.back().unit() - before.back().units() - 1;
    return free >= 4 ? 4 : free >= 2 ? 2 : 0;
}

bool MelodyWriter::copies(std::size_t section, const std::vector<Phrase>& lines,
                          const SetSection& earlier) const
{
    const SectionPlan& plan = m_request.form.sections[section];
    const bool sameWords = plan.sameLyricsAs >= 0 || m_request.instrumental;
    if (!sameWords || lines.size() != earlier.lines.size())
        return false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Phrase& was = earlier.lines[i].phrase;
        // How many notes an instrument's line has is for the tune to say.
        if ((!m_request.instrumental && lines[i].slots.size() != was.slots.size()) ||
            lines[i].start != was.start || lines[i].length != was.length)
            return false;
    }
    return true;
}

/// The models before they have heard anything.
Result<void> MelodyWriter::begin()
{
    const SongTraits traits{m_metre, m_request.form.key.mode == music::Mode::Minor ? 1 : 0, kSource};
    TRY(inference::Stepper rhythm, m_models.rhythm->start(1));
    TRY(inference::Stepper pitch, m_models.pitch->start(1));
    m_rhythm.emplace(RhythmMemory{RhythmPast(traits), std::move(rhythm)});
    m_pitch.emplace(PitchMemory{PitchPast(traits), std::move(pitch)});
    return {};
}

/// Adds a line that is set to what the models know, and its rows to the blocks that they have yet to hear.
/// `start`: of its section, in units.
void MelodyWriter::listen(const SetLine& line, std::int64_t start, FeatureBlock& rhythm, FeatureBlock& pitch)
{
    if (line.notes.empty())
        return;
    const Phrase& phrase = line.phrase;
    std::vector<std::int64_t> onsets;
    std::vector<std::size_t> slots;
    std::vector<PitchPlace> places;
    std::vector<int> tokens;
    for (const Sung& note : line.notes) {
        const bool starts = slots.empty() || slots.back() != note.slot;
        if (starts) { // the rhythm model counts syllables
            onsets.push_back(start + note.unit());
            slots.push_back(note.slot);
        }
        places.push_back(pitchPlace(m_metre, m_chords, note, phrase.first + note.slot, starts, start));
        tokens.push_back(pitchToken(note.pitch, m_base));
    }
    LineWords words = phrase.words;
    const double span = static_cast<double>(onsets.back() - onsets.front());
    words.density = densityClass(onsets.size() > 1 ? span / static_cast<double>(onsets.size() - 1) : 3);
    const std::int64_t until = start + phrase.start + phrase.length;
    for (std::size_t i = 0; i < onsets.size(); ++i)
        m_rhythm->past.row(words, std::span(onsets).first(i + 1), phrase.first + slots[i], until,
                           rhythm.rows);
    m_rhythm->past.add(words, onsets);
    const PitchPast::Line heard = m_pitch->past.begin(std::move(places));
    for (std::size_t i = 0; i < tokens.size(); ++i)
        m_pitch->past.row(words, heard, std::span(tokens).first(i), pitch.rows);
    m_pitch->past.add(heard, tokens);
}

/// Lets the models hear a section that is set.
Result<void> MelodyWriter::remember(const SetSection& section, std::int64_t start)
{
    FeatureBlock rhythm{{}, kRhythmColumns}, pitch{{}, kPitchColumns};
    for (const SetLine& line : section.lines)
        listen(line, start, rhythm, pitch);
    TRY_VOID(hear(rhythm, m_rhythm->stepper));
    return hear(pitch, m_pitch->stepper);
}

SetSection MelodyWriter::copy(const std::vector<Phrase>& lines, const SetSection& earlier) const
{
    SetSection result = earlier;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!m_request.instrumental)
            result.lines[i].phrase = lines[i];
        for (Sung& note : result.lines[i].notes)
            note.reasons |= static_cast<std::uint32_t>(Reason::MotifRepeat);
    }
    return result;
}

/// The last note of the song rests on the first, third or fifth degree inside the last chord, whatever was
/// copied.
void MelodyWriter::settleEnd(SetSection& section, std::int64_t start) const
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

/// Writes new material several times and keeps the one that is most like what people write.
Result<SetSection> MelodyWriter::choose(std::size_t index, const std::vector<Phrase>& lines,
                                        std::int64_t start, const SetSection* earlier)
{
    struct Heard {
        RhythmMemory rhythm;
        PitchMemory pitch;
        double verseMean;
    };
    const Heard before{*m_rhythm, *m_pitch, m_verseMean};
    const auto hearing = [&](const Heard& heard) {
        m_rhythm = heard.rhythm;
        m_pitch = heard.pitch;
        m_verseMean = heard.verseMean;
    };
    const SectionPlan& plan = m_request.form.sections[index];
    SetSection best;
    std::optional<Heard> bestHeard;
    double bestScore = 0;
    for (std::uint64_t candidate = 0; candidate < kCandidates; ++candidate) {
        SetSection section;
        // A chorus that did not lift is written again, higher.
        for (int attempt = 0; attempt < 3; ++attempt) {
            hearing(before);
            TRY(section, set(index, lines, start, earlier, attempt, candidate));
            if (plan.kind != SectionKind::Chorus || m_verseMean == 0 || earlier != nullptr ||
                meanPitch(section) >= m_verseMean + kLift)
                break;
        }
        const double score = judge(section, start);
        if (!bestHeard || score > bestScore) {
            best = std::move(section);
            bestHeard.emplace(Heard{*m_rhythm, *m_pitch, m_verseMean});
            bestScore = score;
        }
    }
    hearing(*bestHeard);
    return best;
}

/// Log odds that a person wrote the section's tune.
double MelodyWriter::judge(const SetSection& section, std::int64_t start) const
{
    std::vector<JudgedNote> notes;
    for (const SetLine& line : section.lines) {
        for (const Sung& note : line.notes) {
            const music::Chord chord =
                pitchPlace(m_metre, m_chords, note, note.slot, true, start).chord.chord;
            notes.push_back({note.unit(), note.pitch, line.phrase.index, m_metre.level(note.unit()),
                             chord.contains(((note.pitch % 12) + 12) % 12)});
        }
    }
    return notes.empty() ? 0 : m_models.judge->score(notes, m_metre.cell);
}

Result<SetSection> MelodyWriter::set(std::size_t index, const std::vector<Phrase>& lines, std::int64_t start,
                                     const SetSection* earlier, int attempt, std::uint64_t candidate)
{
    const SectionPlan& plan = m_request.form.sections[index];
    PitchFrame pitchFrame = frame(plan, lines);
    pitchFrame.centre = std::min(pitchFrame.centre + 2.0 * attempt, m_high - 2.0);
    if (attempt > 0)
        pitchFrame.low = std::min(pitchFrame.low + attempt, m_high - 7);
    const RhythmFrame rhythms = rhythmFrame(plan, pitchFrame, lines);
    const Random random = Random(m_request.seed, "melody").at({static_cast<std::uint64_t>(plan.material)});
    SetSection result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Phrase phrase = lines[i];
        if (i > 0)
            phrase.pickup = pickupRoom(phrase, result.lines.back().notes);
        const int count = static_cast<int>(lines.size());
        // The line this one follows: the same line of earlier material, or one of its own section.
        const SetLine* model = nullptr;
        MotifUse use = MotifUse::New;
        RhythmMotif rhythm;
        if (earlier != nullptr && !earlier->lines.empty()) {
            model = &earlier->lines[i % earlier->lines.size()];
            use = MotifUse::Same;
            rhythm.strength = 2;
        } else if (const LineRelation own = relationOf(static_cast<int>(i), count, plan.kind, random);
                   own.of >= 0) {
            model = &result.lines[static_cast<std::size_t>(own.of)];
            use = own.use;
            rhythm.strength = own.rhythm;
        } else if (m_previous != nullptr && !m_previous->lines.empty()) {
            // New material begins otherwise than the section before it.
            model = &m_previous->lines.front();
            use = MotifUse::Contrast;
            rhythm.strength = -0.6;
        }
        PitchTask task;
        task.motif.use = use;
        task.end = endOf(index, i, lines.size());
        for (const SetLine& before : result.lines)
            if (!before.notes.empty())
                task.ends.push_back(before.notes.back().pitch);
        if (model != nullptr)
            follow(*model, 0, rhythm, task.motif);
        const Random place = random.at(
            {i, earlier != nullptr ? index + 1 : 0, static_cast<std::uint64_t>(attempt), candidate});
        TRY(LineRhythm line,
            writeRhythm(rhythms, phrase, rhythm, {}, start, *m_rhythm, place.at({1}), m_job));
        PitchFrame lineFrame = pitchFrame;
        if (use == MotifUse::Contrast && i > 0) // the answer leaves the place of the call
            lineFrame.centre += (i % 4 == 2) == (place.uniform(9) < 0.8) ? 2.5 : -1.5;
        TRY_VOID(writePitches(lineFrame, phrase, task, start, line.notes, *m_pitch, place.at({2}), m_job));
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

song::Note MelodyWriter::noteOf(const Sung& sung, const Phrase& phrase, const SectionPlan& plan,
                                music::Tick sectionStart) const
{
    song::Note note;
    note.onset = sectionStart + sung.onset;
    note.duration = sung.duration;
    note.pitch = {sung.pitch};
    note.syllable = phrase.slots[sung.slot].id;
    note.reasons = sung.reasons;
    const double weight = heldWeight(m_metre, sung.unit(), sung.unit() + sung.units());
    note.velocity = std::clamp(static_cast<int>(std::lround(68 + 26 * plan.energy + 10 * weight)), 1, 120);
    return note;
}

Result<std::vector<song::Note>> MelodyWriter::write(const std::vector<song::Note>& tune, std::size_t from)
{
    const std::vector<SectionPlan>& plans = m_request.form.sections;
    TRY(const std::vector<std::vector<Phrase>> lines, allLines());
    TRY_VOID(begin());
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
            if (i < from) {
                for (const Phrase& line : lines[i])
                    sections[i].lines.push_back(asSet(line, start, tune));
                if (plans[i].kind == SectionKind::Verse && m_verseMean == 0)
                    m_verseMean = meanPitch(sections[i]);
                TRY_VOID(remember(sections[i], start));
            } else if (earlier != nullptr && copies(i, lines[i], *earlier)) {
                sections[i] = copy(lines[i], *earlier);
                TRY_VOID(remember(sections[i], start));
            } else {
                TRY(sections[i], choose(i, lines[i], start, earlier));
            }
            if (i == m_lastSung && i >= from)
                settleEnd(sections[i], start);
            first.try_emplace(plans[i].material, i);
            m_previous = &sections[i];
            for (const SetLine& line : sections[i].lines)
                for (const Sung& sung : line.notes)
                    if (i >= from)
                        notes.push_back(noteOf(sung, line.phrase, plans[i], {start * kUnit}));
        }
        start += static_cast<std::int64_t>(plans[i].bars) * m_metre.bar;
        m_job.progress("melody", static_cast<double>(i + 1) / static_cast<double>(plans.size()));
    }
    std::stable_sort(notes.begin(), notes.end(), song::noteBefore);
    return notes;
}

} // namespace cantilena::compose
