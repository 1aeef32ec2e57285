#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <language/rhyme.h>

#include "melody_writer.h"

/// What a tune has to sing: the lines of words as rows of syllables, or an instrument's lines.
namespace cantilena::compose {

namespace {

using song::SectionKind;

/// Whether a syllable ends in a vowel. CMU vowels carry no consonant letter at their start; a Mandarin final
/// is open unless it ends in n or ng.
bool isOpen(const song::Syllable& syllable)
{
    if (syllable.phonemes.empty())
        return false;
    const std::string& last = syllable.phonemes.back();
    if (syllable.language == language::Language::Mandarin)
        return !last.ends_with("n") && !last.ends_with("ng");
    return std::string_view("aeiou").find(last.front()) != std::string_view::npos;
}

/// Length class of a syllable's vowel; 0 in Mandarin, which the models have not read.
int vowelClass(const song::Syllable& syllable)
{
    static const std::map<std::string, int, std::less<>> kClasses{
        {"ih", 1}, {"eh", 1}, {"ah", 1}, {"ax", 1}, {"uh", 1}, {"ae", 1}, {"iy", 2}, {"uw", 2},
        {"aa", 2}, {"ao", 2}, {"er", 2}, {"ay", 3}, {"aw", 3}, {"oy", 3}, {"ey", 3}, {"ow", 3}};
    if (syllable.language == language::Language::Mandarin)
        return 0;
    for (const std::string& phone : syllable.phonemes)
        if (const auto found = kClasses.find(phone); found != kClasses.end())
            return found->second;
    return 0;
}

/// What the last word of a line must share to rhyme.
std::string rhymeOf(const song::Line& line)
{
    if (line.words.empty())
        return {};
    language::Word word{line.words.back().text, 0, {}};
    for (const song::Syllable& s : line.words.back().syllables)
        word.syllables.push_back({s.text, s.phonemes, s.stress, s.tone, s.tone, s.language, s.guessed});
    return language::rhymeKey(word);
}

} // namespace

std::vector<Phrase> MelodyWriter::phrases(std::size_t index) const
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
                slot.open = isOpen(syllable);
                slot.vowel = vowelClass(syllable);
                if (slot.tone != 0) // a word leans on its first syllable; neutral tones are light
                    slot.stress = slot.tone == 5 ? 0 : s == 0 ? 2 : 1;
                else
                    slot.stress = syllable.stress == 1 ? 2 : syllable.stress == 2 ? 1 : 0;
                phrase.slots.push_back(slot);
            }
        }
        if (phrase.slots.empty())
            continue;
        for (const Slot& slot : phrase.slots)
            phrase.words.syllables.push_back({slot.stress, slot.joined, slot.vowel});
        phrase.words.number = phrase.index;
        phrase.rhyme = rhymeOf(line);
        result.push_back(std::move(phrase));
    }
    return result;
}

/// Lines for an instrument: of two bars or so, with notes at the pace of the style.
std::vector<Phrase> MelodyWriter::instrumentalPhrases(std::size_t index) const
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
            phrase.slots.push_back(Slot{{}, 1});
        phrase.words.syllables.assign(phrase.slots.size(), {1, false, 0});
        phrase.words.number = phrase.index;
        result.push_back(std::move(phrase));
    }
    return result;
}

/// The lines of every section; notes which is the last with any.
Result<std::vector<std::vector<Phrase>>> MelodyWriter::allLines()
{
    const std::size_t count = m_request.form.sections.size();
    if (!m_request.instrumental && m_request.sections.size() != count)
        return Error{"The words have " + std::to_string(m_request.sections.size()) +
                     " sections and the form " + std::to_string(count) +
                     ": write the lyrics for this form again."};
    std::vector<std::vector<Phrase>> lines;
    for (std::size_t i = 0; i < count; ++i) {
        lines.push_back(m_request.instrumental ? instrumentalPhrases(i) : phrases(i));
        if (!lines.back().empty())
            m_lastSung = i;
    }
    std::vector<std::string> rhymes;
    double total = 0;
    for (std::size_t i = 0; i < count; ++i) {
        total += static_cast<double>(lines[i].size());
        m_middle += centreOf(m_request.form.sections[i].kind) * static_cast<double>(lines[i].size());
    }
    m_middle /= std::max(1.0, total);
    int left = static_cast<int>(total);
    for (std::vector<Phrase>& section : lines) {
        for (std::size_t l = 0; l < section.size(); ++l) {
            LineWords& words = section[l].words;
            words.left = --left;
            for (std::size_t back = 1; back <= 3 && back <= rhymes.size() && words.rhyme == 0; ++back)
                if (!section[l].rhyme.empty() && rhymes[rhymes.size() - back] == section[l].rhyme)
                    words.rhyme = static_cast<int>(back);
            rhymes.push_back(section[l].rhyme);
        }
    }
    return lines;
}

} // namespace cantilena::compose
