#include "melody_pitch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <set>

#include "melody_rhythm.h"

namespace cantilena::compose {

namespace {

using song::Reason;

constexpr int kRows = 10;
constexpr double kNever = -std::numeric_limits<double>::infinity();

std::uint32_t bit(Reason reason)
{
    return static_cast<std::uint32_t>(reason);
}

/// Pitch classes of the key that sound well over a chord: the scale, with the chord's own alterations in
/// place of the degrees they alter.
std::array<bool, 12> allowedClasses(const music::Key& key, const music::Chord& chord)
{
    std::array<bool, 12> allowed{};
    for (const int pc : key.scale())
        allowed[static_cast<std::size_t>(pc)] = true;
    for (const int pc : chord.pitchClasses()) {
        if (key.contains(pc))
            continue;
        for (const int near : {(pc + 1) % 12, (pc + 11) % 12})
            if (!chord.contains(near))
                allowed[static_cast<std::size_t>(near)] = false;
        allowed[static_cast<std::size_t>(pc)] = true;
    }
    return allowed;
}

/// What is fixed about one note before its pitch is chosen.
struct Place {
    std::int64_t unit = 0; ///< in the song
    ChordTimes::Here chord;
    std::array<bool, 12> allowed{};
    int level = 2;
    double weight = 0.5; ///< metrical, counting a held-over beat
    bool isLong = false;
    bool last = false;        ///< of its line
    bool melisma = false;     ///< goes on with the syllable before
    std::optional<int> avoid; ///< pitch of the tune that must not come again
    std::optional<int> motif; ///< pitch that the motif has here
    double motifWeight = 0;
    int direction = 0; ///< that the Mandarin tones ask for from the note before
    bool toned = false;
    bool inWord = false; ///< the word began with the syllable before
    bool light = false;  ///< an unstressed syllable, a neutral tone
};

struct Row {
    std::vector<int> pitches;
    std::vector<int> tokens; ///< of the line's notes so far
    double score = 0;        ///< log probability under the model
    double broken = 0;       ///< constraints that had to give way
};

class LineWriter {
public:
    LineWriter(const PitchFrame& frame, const Phrase& phrase, const PitchTask& task,
               std::int64_t sectionStart, std::vector<Sung>& notes, PitchMemory& memory, const Random& random)
        : m_frame(frame), m_phrase(phrase), m_task(task), m_motif(task.motif), m_end(task.end),
          m_sectionStart(sectionStart), m_notes(notes), m_memory(memory), m_random(random),
          m_words(phrase.words)
    {
        prepare();
    }

    Result<void> write(const JobContext& job);

private:
    void prepare();
    int shifted(int pitch, int steps) const;
    int previous(const Row& row, std::size_t back) const;
    std::vector<double> weights(const float* logits, Row& row) const;
    double judge(const Row& row) const;
    void explain(const Row& row);

    const PitchFrame& m_frame;
    const Phrase& m_phrase;
    const PitchTask& m_task;
    const PitchMotif& m_motif;
    LineEnd m_end;
    std::int64_t m_sectionStart;
    std::vector<Sung>& m_notes;
    PitchMemory& m_memory;
    const Random& m_random;
    LineWords m_words;
    PitchPast::Line m_line; ///< as the model reads it
    std::vector<Place> m_places;
};

int LineWriter::shifted(int pitch, int steps) const
{
    int result = pitch;
    while (steps > 0) {
        ++result;
        if (m_frame.key.contains(((result % 12) + 12) % 12))
            --steps;
    }
    return result;
}

void LineWriter::prepare()
{
    const std::size_t count = m_notes.size();
    std::vector<PitchPlace> heard;
    const auto hearing = [&](const std::vector<Sung>& notes, std::size_t first) {
        for (std::size_t i = 0; i < notes.size(); ++i)
            heard.push_back(pitchPlace(m_frame.metre, m_frame.chords, notes[i], first + notes[i].slot,
                                       i == 0 || notes[i - 1].slot != notes[i].slot, m_sectionStart));
    };
    hearing(m_task.before, 0);
    hearing(m_notes, m_phrase.first);
    hearing(m_task.after, 0);
    m_line = m_memory.past.begin(std::move(heard));
    m_words.density = m_frame.density;
    m_words.high = m_frame.level;
    m_words.last = m_end == LineEnd::Closed || m_end == LineEnd::Final;
    for (std::size_t i = 0; i < count; ++i) {
        const Sung& note = m_notes[i];
        Place place;
        place.unit = m_sectionStart + note.unit();
        const std::int64_t inSection = note.unit(), end = inSection + note.units();
        place.level = m_frame.metre.level(inSection);
        place.weight = heldWeight(m_frame.metre, inSection, end);
        place.chord = m_line.places[m_task.before.size() + i].chord;
        place.allowed = allowedClasses(m_frame.key, place.chord.chord);
        place.isLong = static_cast<double>(note.units()) * m_frame.unitSeconds >= 0.55;
        place.last = i + 1 == count && m_end != LineEnd::Inner;
        place.melisma = i > 0 && m_notes[i - 1].slot == note.slot;
        for (const auto& [unit, pitch] : m_task.avoid)
            if (unit == inSection - m_phrase.start)
                place.avoid = pitch;
        const Slot& slot = m_phrase.slots[note.slot];
        if (i > 0 && !place.melisma) {
            const Slot& before = m_phrase.slots[m_notes[i - 1].slot];
            const int third = i > 1 ? m_phrase.slots[m_notes[i - 2].slot].tone : 0;
            place.direction = toneDirection(before.tone, slot.tone, third);
            place.toned = before.tone != 0 && slot.tone != 0;
            place.inWord = before.joined;
        }
        place.light = slot.stress == 0 && slot.id && !place.last;
        if (!m_motif.notes.empty() && m_motif.use != MotifUse::New) {
            const std::int64_t at = inSection - m_phrase.start;
            const double far = static_cast<double>(i) / std::max<double>(1, static_cast<double>(count) - 1);
            auto found =
                std::upper_bound(m_motif.notes.begin(), m_motif.notes.end(), at,
                                 [](std::int64_t unit, const auto& other) { return unit < other.first; });
            if (found != m_motif.notes.begin()) {
                --found;
                const bool exact = found->first == at;
                place.motif = found->second;
                // The model hears the earlier line too.
                const double strong = m_frame.mandarin ? 1.2 : 1.7;
                switch (m_motif.use) {
                case MotifUse::Same:
                    place.motifWeight = exact ? 1.8 * strong + 1.2 : 1.4;
                    break;
                case MotifUse::Vary:
                    place.motifWeight = far < 0.62 ? (exact ? strong : 0.7) : 0;
                    break;
                case MotifUse::Step:
                    place.motif = shifted(found->second, 1);
                    place.motifWeight = far < 0.62 ? (exact ? strong : 0.6) : 0;
                    break;
                case MotifUse::Contrast:
                    place.motifWeight = far < 0.8 ? -2.2 : 0;
                    break;
                case MotifUse::New:
                    break;
                }
            }
        }
        m_places.push_back(place);
    }
}

/// Pitch `back` notes before the next one, over the line's beginning into the lines before; -1 when there is
/// none.
int LineWriter::previous(const Row& row, std::size_t back) const
{
    if (back <= row.pitches.size())
        return row.pitches[row.pitches.size() - back];
    back -= row.pitches.size();
    if (back <= m_task.before.size())
        return m_task.before[m_task.before.size() - back].pitch;
    const int token = m_memory.past.last(back - m_task.before.size());
    return token == kNoPitch ? -1 : m_frame.base + token + kLowestToken;
}

std::vector<double> LineWriter::weights(const float* logits, Row& row) const
{
    const std::size_t i = row.pitches.size();
    const Place& place = m_places[i];
    const int before = previous(row, 1), beforeThat = previous(row, 2);
    std::vector<double> values(kPitchTokens, kNever);
    int repeats = 0;
    for (std::size_t k = 1; k <= 8 && before >= 0 && previous(row, k) == before; ++k)
        ++repeats;
    const bool stableChord = [&] {
        for (const int pc : place.chord.chord.pitchClasses())
            if (isStable(m_frame.key, pc))
                return true;
        return false;
    }();
    double top = kNever;
    for (int t = 0; t < kPitchTokens; ++t) {
        const int pitch = m_frame.base + t + kLowestToken;
        if (pitch < m_frame.low || pitch > m_frame.high)
            continue;
        const int pc = ((pitch % 12) + 12) % 12;
        const bool chordTone = place.chord.chord.contains(pc);
        if (!place.allowed[static_cast<std::size_t>(pc)])
            continue;
        double value = logits[t];
        // Chord tones where the ear rests.
        if (place.weight >= 0.8)
            value += chordTone ? 0.1 : 0.0;
        if (place.isLong)
            value += chordTone ? 0.25 : -0.6;
        if (!chordTone && (place.isLong || place.weight >= 0.6)) {
            // A half step above a chord tone grates when it is held (the fourth over a major chord).
            if (place.chord.chord.contains((pc + 11) % 12))
                value -= place.isLong ? 4.0 : 0.8;
        }
        if (place.last) {
            const auto again = std::count(m_task.ends.begin(), m_task.ends.end(), pitch);
            if (m_motif.use != MotifUse::Same && again > 0)
                value -= !m_task.ends.empty() && m_task.ends.back() == pitch
                             ? 1.0
                             : 0.4 * static_cast<double>(again);
            if (!chordTone)
                value -= 6;
            if (stableChord && !isStable(m_frame.key, pc))
                value -= 7;
            const int degree = (pc - m_frame.key.tonic + 12) % 12;
            if (m_end == LineEnd::Closed && degree == 0)
                value += 2.0;
            if (m_end == LineEnd::Final) {
                value += degree == 0 ? 3.0 : 0.0;
                if (!isStable(m_frame.key, pc))
                    value -= 6;
            }
            if (m_end == LineEnd::Open && degree == 0)
                value -= 0.8;
        }
        if (before >= 0) {
            const int step = pitch - before, size = std::abs(step);
            const bool crossing = i == 0; // a new line may begin anywhere near
            if (size > 12 || (size > 9 && !crossing && size != 12))
                value -= 6;
            else if (size == 6 || size >= 10)
                value -= 2.0;
            else if (size >= 5)
                value += 0.2 + m_frame.profile.leaps + m_frame.leaps - (size >= 8 ? 1.0 : 0.0);
            else if (size == 1 || size == 2)
                value += m_frame.profile.steps;
            if (size == 0)
                value += repeats >= 3 ? -1.6 * (repeats - 2) : 0.3 + m_frame.profile.repeated;
            if (beforeThat >= 0 && !crossing) {
                const int leap = before - beforeThat;
                // After a leap the tune turns back, by step if it can.
                if (std::abs(leap) >= 5 && step != 0) {
                    if ((leap > 0) == (step > 0))
                        value -= size <= 2 ? 0.6 : 2.4;
                    else if (size <= 2)
                        value += 0.7;
                }
                if (std::abs(leap) >= 5 && size >= 5)
                    value -= 1.0;
            }
            // A phrase does not fall into its last note, and a light syllable is no place to leap up to.
            if (place.last && size >= 5 && !crossing)
                value -= size >= 7 ? 3.2 : 1.2;
            if (place.light && place.inWord && step >= 2) // "plat-FORM"
                value -= 0.9;
            if (place.light && step >= 3)
                value -= step >= 5 ? 1.6 : 0.5;
            if (place.melisma) // one syllable moves by step
                value += size == 0 ? -8.0 : size <= 2 ? 1.2 : size <= 4 ? -0.5 : -3.0;
            if (place.toned && !crossing) {
                const int sign = (step > 0) - (step < 0);
                const double heard =
                    place.inWord || place.last ? 1.5 : 1.0; // the more where words are told apart
                if (place.direction != 0)
                    value += heard * (sign == place.direction ? 1.15
                                      : sign == 0             ? -0.2
                                                              : -1.35) -
                             (sign == -place.direction && size >= 5 ? 1.5 : 0.0);
                else
                    value += size <= 2 ? 0.3 : -0.2 * (size - 2);
            }
        }
        if (place.avoid == pitch)
            value -= 1.0;
        const double off = pitch - m_frame.centre;
        value -= 0.02 * off * off;
        if (m_frame.mandarin) { // the pentatonic degrees carry most Chinese tunes
            const int degree = (pc - m_frame.key.tonic + 12) % 12;
            const bool five = m_frame.key.mode == music::Mode::Major
                                  ? degree == 0 || degree == 2 || degree == 4 || degree == 7 || degree == 9
                                  : degree == 0 || degree == 3 || degree == 5 || degree == 7 || degree == 10;
            value += five ? 0.35 : -0.35;
        }
        if (place.motif && place.motifWeight > 0) {
            const int far = std::abs(pitch - *place.motif);
            value += far == 0 ? place.motifWeight : far <= 2 ? 0.3 * place.motifWeight : 0;
        } else if (place.motif && pitch == *place.motif) {
            value += place.motifWeight;
        }
        values[static_cast<std::size_t>(t)] = value;
        top = std::max(top, value);
    }
    std::vector<double> result(kPitchTokens, 0.0);
    if (!std::isfinite(top)) { // a range without a note of the scale: stay inside it
        const int pitch =
            std::clamp(before >= 0 ? before : static_cast<int>(m_frame.centre), m_frame.low, m_frame.high);
        result[static_cast<std::size_t>(
            std::clamp(pitch - m_frame.base - kLowestToken, 0, kPitchTokens - 1))] = 1;
        row.broken += 1;
        return result;
    }
    for (std::size_t t = 0; t < result.size(); ++t) {
        const double value =
            std::isfinite(values[t]) ? std::exp((values[t] - top) / m_frame.temperature) : 0.0;
        result[t] = value < 0.015 ? 0 : value;
    }
    return result;
}

double LineWriter::judge(const Row& row) const
{
    const std::vector<int>& p = row.pitches;
    const std::size_t n = p.size();
    double score = 0.7 * row.score / static_cast<double>(n) - 2 * row.broken;
    std::set<int> different(p.begin(), p.end());
    const auto [lowest, highest] = std::minmax_element(p.begin(), p.end());
    const int span = *highest - *lowest;
    if (n >= 5) {
        score -= 0.35 * std::max(0, 3 - static_cast<int>(different.size()));
        score -= 0.2 * std::max(0, (n > 5 ? 6 : 5) - span) + 0.15 * std::max(0, span - 12);
        // A line that hangs on one note needs a reason that we do not have.
        std::ptrdiff_t most = 0;
        for (const int pitch : different)
            most = std::max(most, std::count(p.begin(), p.end(), pitch));
        score -= 2.0 * std::max(0.0, static_cast<double>(most) / static_cast<double>(n) - 0.42);
    }
    double contrast = 0; // notes that a contrasting line has in common with its motif
    double strong = 0, chordStrong = 0, leaps = 0, turns = 0, toned = 0, agree = 0, motif = 0, motifHit = 0,
           alternations = 0, same = 0;
    int lastSign = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const Place& place = m_places[i];
        const bool chordTone = place.chord.chord.contains(((p[i] % 12) + 12) % 12);
        if (place.weight >= 0.6) {
            ++strong;
            chordStrong += chordTone;
        }
        if (place.motifWeight > 0) {
            motif += 1;
            motifHit += p[i] == *place.motif;
        }
        contrast += place.motifWeight < 0 && p[i] == *place.motif;
        same += place.avoid == p[i];
        if (i == 0)
            continue;
        const int step = p[i] - p[i - 1], sign = (step > 0) - (step < 0);
        leaps += std::abs(step) >= 5;
        if (sign != 0 && lastSign != 0 && sign != lastSign)
            ++turns;
        if (sign != 0)
            lastSign = sign;
        if (i >= 3 && p[i] == p[i - 2] && p[i - 1] == p[i - 3] && p[i] != p[i - 1])
            ++alternations; // a trill between two notes is not a tune
        if (place.direction != 0 && place.toned) {
            ++toned;
            agree += sign == place.direction ? 1 : sign == 0 ? 0.3 : 0;
        }
    }
    const double size = static_cast<double>(n);
    if (strong > 0) // most strong notes are chord tones, a few lean on them
        score -= 0.9 * std::max(0.0, 0.7 - chordStrong / strong) +
                 0.6 * std::max(0.0, chordStrong / strong - 0.86);
    score -= 0.8 * std::max(0.0, leaps / size - 0.22);
    score -= 0.5 * std::max(0.0, turns / size - 0.55);
    score -= 0.25 * alternations;
    score -= 2.5 * std::max(0.0, same / size - 0.3);
    score -= 2.5 * std::max(0.0, contrast / size - 0.2);
    if (m_task.next) {
        const int step = std::abs(*m_task.next - p.back());
        score -= 0.25 * std::max(0, step - (m_end == LineEnd::Inner ? 4 : 7));
    }
    if (toned > 0)
        score += 1.4 * agree / toned;
    if (motif > 0)
        score += (m_motif.use == MotifUse::Same ? 2.0 : 0.6) * motifHit / motif;
    if (m_end != LineEnd::Inner) {
        const bool lastChord = m_places.back().chord.chord.contains(((p.back() % 12) + 12) % 12);
        score += lastChord ? 0 : -1.5;
        score += isStable(m_frame.key, ((p.back() % 12) + 12) % 12) ? 0 : -3.0;
    }
    double mean = 0;
    for (const int pitch : p)
        mean += pitch;
    mean /= size;
    score -= 0.18 * std::max(0.0, std::abs(mean - m_frame.centre) - 1.5);
    if (m_end != LineEnd::Inner && m_motif.use != MotifUse::Same)
        score -= 0.35 * static_cast<double>(std::min<std::ptrdiff_t>(
                            2, std::count(m_task.ends.begin(), m_task.ends.end(), p.back())));
    if (m_end == LineEnd::Closed && ((p.back() - m_frame.key.tonic) % 12 + 12) % 12 != 0)
        score -= m_places.back().chord.chord.contains(m_frame.key.tonic) ? 1.0 : 0.0;
    // A line that is told apart by its peak wants a word there.
    bool meant = n < 4;
    for (std::size_t i = 0; i < n; ++i)
        meant = meant || (p[i] == *highest && !m_places[i].light);
    score -= meant ? 0.0 : 1.1;
    // The top note comes once, and not first: a line has one peak.
    if (n >= 5) {
        const auto peaks = std::count(p.begin(), p.end(), *highest);
        score -= 0.06 * static_cast<double>(std::max<std::ptrdiff_t>(0, peaks - 2));
    }
    return score;
}

void LineWriter::explain(const Row& row)
{
    for (std::size_t i = 0; i < row.pitches.size(); ++i) {
        Sung& note = m_notes[i];
        const Place& place = m_places[i];
        note.pitch = row.pitches[i];
        const int pc = ((note.pitch % 12) + 12) % 12;
        const int in = i > 0 ? note.pitch - row.pitches[i - 1] : 0;
        const int out = i + 1 < row.pitches.size() ? row.pitches[i + 1] - note.pitch : 0;
        if (place.chord.chord.contains(pc))
            note.reasons |= bit(Reason::ChordTone);
        else if (in != 0 && out != 0 && std::abs(in) <= 2 && std::abs(out) <= 2)
            note.reasons |= bit((in > 0) == (out > 0) ? Reason::PassingNote : Reason::NeighbourNote);
        if (place.direction != 0 && in != 0 && (in > 0) == (place.direction > 0))
            note.reasons |= bit(Reason::Tone);
        if (place.motif && place.motifWeight > 0 && note.pitch == *place.motif)
            note.reasons |= bit(m_motif.use == MotifUse::Same ? Reason::MotifRepeat : Reason::MotifVariant);
        if (place.last)
            note.reasons |= bit(Reason::Cadence);
        if (i > 1) {
            const int leap = row.pitches[i - 1] - row.pitches[i - 2];
            if (std::abs(leap) >= 5 && in != 0 && (leap > 0) != (in > 0))
                note.reasons |= bit(Reason::LeapRecovery);
        }
        if (note.pitch == m_frame.high || note.pitch == m_frame.low)
            note.reasons |= bit(Reason::Range);
    }
}

Result<void> LineWriter::write(const JobContext& job)
{
    if (m_notes.empty())
        return {};
    Row empty;
    for (const Sung& note : m_task.before)
        empty.tokens.push_back(pitchToken(note.pitch, m_frame.base));
    std::vector<Row> rows(kRows, empty);
    inference::Stepper stepper = m_memory.stepper;
    stepper.select(std::vector<std::int64_t>(kRows, 0));
    for (std::size_t i = 0; i < m_notes.size(); ++i) {
        if (job.cancelled())
            return job.cancelledError();
        std::vector<std::int64_t> input;
        input.reserve(kRows * kPitchColumns);
        for (const Row& row : rows)
            m_memory.past.row(m_words, m_line, row.tokens, input);
        const inference::Tensor tensor =
            inference::Tensor::integers({kRows, kPitchColumns}, std::move(input));
        TRY(std::vector<inference::Tensor> out, stepper.step({&tensor, 1}));
        if (out.empty() || out[0].asFloats().size() != kRows * kPitchTokens)
            return Error{"The pitch model gave an answer of the wrong shape: restore models/melody."};
        const std::vector<float>& logits = out[0].asFloats();
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const float* own = logits.data() + r * kPitchTokens;
            const std::vector<double> chances = weights(own, rows[r]);
            const std::size_t choice = m_random.at({r, i}).weighted(chances);
            const float top = *std::max_element(own, own + kPitchTokens);
            double total = 0;
            for (int t = 0; t < kPitchTokens; ++t)
                total += std::exp(static_cast<double>(own[t] - top));
            rows[r].score += own[choice] - top - std::log(total);
            rows[r].pitches.push_back(m_frame.base + static_cast<int>(choice) + kLowestToken);
            rows[r].tokens.push_back(static_cast<int>(choice));
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
    explain(rows[best]);
    stepper.select(std::vector<std::int64_t>{static_cast<std::int64_t>(best)});
    m_memory.stepper = std::move(stepper);
    m_memory.past.add(m_line, rows[best].tokens);
    return {};
}

} // namespace

bool isStable(const music::Key& key, int pitchClass)
{
    const int degree = ((pitchClass - key.tonic) % 12 + 12) % 12;
    return degree == 0 || degree == 7 || degree == (key.mode == music::Mode::Major ? 4 : 3);
}

int pitchToken(int pitch, int base)
{
    return std::clamp(pitch - base - kLowestToken, 0, kPitchTokens - 1);
}

PitchPlace pitchPlace(const Metre& metre, const ChordTimes& chords, const Sung& note, std::size_t slot,
                      bool starts, std::int64_t sectionStart)
{
    const std::int64_t unit = sectionStart + note.unit();
    PitchPlace place{unit, note.units(), slot, starts, chords.at(unit)};
    // A note that comes early belongs to the chord it is held into.
    if (metre.level(note.unit()) >= 3 && place.chord.change <= 2 &&
        heldWeight(metre, note.unit(), note.unit() + note.units()) >= 0.6)
        place.chord = chords.at(unit + place.chord.change);
    return place;
}

Result<void> writePitches(const PitchFrame& frame, const Phrase& phrase, const PitchTask& task,
                          std::int64_t sectionStart, std::vector<Sung>& notes, PitchMemory& memory,
                          const Random& random, const JobContext& job)
{
    return LineWriter(frame, phrase, task, sectionStart, notes, memory, random).write(job);
}

} // namespace cantilena::compose
