#include <voice/phone_timing.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include <voice/consonant_length.h>

namespace cantilena::voice {

namespace {

constexpr double kShortestNucleus = 0.04;
constexpr double kJoin = 0.06;         ///< a silence this short between syllables is sung through
constexpr double kReleaseAfter = 0.12; ///< the last consonants may reach this far beyond the last note

struct Consonants {
    const std::vector<std::string>* phones = nullptr;
    std::vector<double> lengths;
    double total = 0;

    void scale(double factor)
    {
        for (double& length : lengths)
            length *= factor;
        total *= factor;
    }
};

AfterConsonant kindOf(const std::string& phone)
{
    return isSungVowel(phone)       ? AfterConsonant::Vowel
           : isSonorantPhone(phone) ? AfterConsonant::Sonorant
                                    : AfterConsonant::Noise;
}

/// `before` is the start of the vowel before, or nothing after a pause.
Consonants onsetOf(const SungSyllable& syllable, std::optional<double> before)
{
    const std::vector<std::string>& phones = syllable.phones.onset;
    Consonants result{&phones, {}, 0};
    const SungNote& note = syllable.notes.front();
    const double room = note.end.value - before.value_or(note.start.value - 0.1);
    for (std::size_t i = 0; i < phones.size(); ++i) {
        const AfterConsonant after =
            i + 1 < phones.size() ? kindOf(phones[i + 1]) : kindOf(syllable.phones.nucleus);
        const auto place = phones.size() > 1 ? ConsonantPlace::OnsetCluster : ConsonantPlace::Onset;
        result.lengths.push_back(consonantSeconds(phones[i], place, after, room));
        result.total += result.lengths.back();
    }
    return result;
}

/// Consonants after the nucleus; nasals and liquids grow with the note, as singers close a long note on them.
Consonants codaOf(const SungSyllable& syllable, bool last)
{
    const double held = syllable.notes.back().end.value - syllable.notes.front().start.value;
    Consonants result{&syllable.phones.coda, {}, 0};
    const std::vector<std::string>& phones = syllable.phones.coda;
    for (std::size_t i = 0; i < phones.size(); ++i) {
        const bool ends = last && i + 1 == phones.size();
        const AfterConsonant after = i + 1 < phones.size() ? kindOf(phones[i + 1])
                                     : last                ? AfterConsonant::Pause
                                                           : AfterConsonant::Noise;
        const auto place = ends                ? ConsonantPlace::Final
                           : phones.size() > 1 ? ConsonantPlace::CodaCluster
                                               : ConsonantPlace::Coda;
        const double length = isSonorantPhone(phones[i]) ? std::clamp(0.14 * held, 0.05, 0.2)
                                                         : consonantSeconds(phones[i], place, after, held);
        result.lengths.push_back(length);
        result.total += length;
    }
    return result;
}

void place(std::vector<TimedPhone>& phones, const Consonants& consonants, double start)
{
    for (std::size_t i = 0; i < consonants.lengths.size(); ++i) {
        const double end = start + consonants.lengths[i];
        phones.push_back({(*consonants.phones)[i], {start}, {end}});
        start = end;
    }
}

/// The nucleus over the syllable's notes up to `end`; it is sung again after a rest inside a melisma.
void placeNucleus(std::vector<TimedPhone>& phones, const SungSyllable& syllable, double end)
{
    double start = syllable.notes.front().start.value;
    for (std::size_t i = 0; i + 1 < syllable.notes.size(); ++i) {
        const double stop = syllable.notes[i].end.value;
        const double next = syllable.notes[i + 1].start.value;
        if (next - stop <= kJoin || next >= end)
            continue;
        phones.push_back({syllable.phones.nucleus, {start}, {stop}});
        start = next;
    }
    phones.push_back({syllable.phones.nucleus, {start}, {end}});
}

} // namespace

std::vector<TimedPhone> timePhones(const Phrase& phrase)
{
    std::vector<TimedPhone> phones;
    if (phrase.syllables.empty())
        return phones;
    const double firstNote = phrase.syllables.front().notes.front().start.value;

    Consonants onset = onsetOf(phrase.syllables.front(), std::nullopt);
    if (onset.total > firstNote)
        onset.scale(firstNote / onset.total);
    if (phrase.breath.value > 0) {
        const double end = std::max(0.0, firstNote - onset.total - 0.02);
        const double start = std::max(0.0, end - phrase.breath.value);
        if (end > start)
            phones.push_back({"br", {start}, {end}});
    }
    place(phones, onset, std::max(0.0, firstNote - onset.total));

    for (std::size_t s = 0; s < phrase.syllables.size(); ++s) {
        const SungSyllable& syllable = phrase.syllables[s];
        const bool last = s + 1 == phrase.syllables.size();
        const double start = syllable.notes.back().start.value; // consonants cut into the last note only
        const double end = syllable.notes.back().end.value;
        Consonants coda = codaOf(syllable, last);
        Consonants next;
        if (!last)
            next = onsetOf(phrase.syllables[s + 1], start);

        // The time from the last note to the next vowel, or to the end of the release.
        const double limit = last ? std::max(end, std::min(phrase.duration.value, end + kReleaseAfter))
                                  : phrase.syllables[s + 1].notes.front().start.value;
        const double window = limit - start;
        const double wanted = std::clamp(0.5 * (end - start), kShortestNucleus, 0.12);
        const double least = std::min(wanted, 0.6 * window);
        const double consonants = coda.total + next.total;
        if (consonants > 0 && consonants > window - least) {
            const double factor = (window - least) / consonants;
            coda.scale(factor);
            next.scale(factor);
        }
        const double onsetStart = limit - next.total;
        double nucleusEnd = std::min(end - coda.total, onsetStart - coda.total);
        nucleusEnd = std::max(nucleusEnd, std::min(start + least, onsetStart - coda.total));
        if (!last) {
            const double silence = onsetStart - (nucleusEnd + coda.total);
            if (silence < kJoin)
                nucleusEnd += silence;
        }
        placeNucleus(phones, syllable, nucleusEnd);
        place(phones, coda, nucleusEnd);
        if (!last)
            place(phones, next, onsetStart);
    }
    // Sums of lengths leave differences of rounding; neighbours meet exactly.
    for (std::size_t i = 0; i + 1 < phones.size(); ++i) {
        if (std::abs(phones[i + 1].start.value - phones[i].end.value) < 1e-6 ||
            phones[i].end > phones[i + 1].start)
            phones[i].end = phones[i + 1].start;
    }
    return phones;
}

} // namespace cantilena::voice
