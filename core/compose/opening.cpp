#include <compose/opening.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include <language/text.h>

#include "opening_words.h"

namespace cantilena::compose {

namespace {

constexpr int kLeastToTell = 6; ///< syllables
constexpr std::size_t kMostEndingLines = 2;

} // namespace

namespace opening {

Parting partLines(const std::vector<int>& syllables, const std::vector<double>& cost, int usual)
{
    // best[i]: the cost of lines that end before unit i.
    constexpr double kNever = std::numeric_limits<double>::infinity();
    constexpr double kUneven = 0.06;
    constexpr double kLine = 0.5; // of one more line
    const std::size_t n = syllables.size();
    std::vector<double> best(n + 1, kNever);
    std::vector<std::size_t> from(n + 1, 0);
    best[0] = 0;
    for (std::size_t begin = 0; begin < n; ++begin) {
        if (best[begin] == kNever || cost[begin] < 0)
            continue;
        int sum = 0;
        for (std::size_t end = begin + 1; end <= n && sum <= kLongestOpeningLine; ++end) {
            sum += syllables[end - 1];
            if (sum < kShortestOpeningLine || sum > kLongestOpeningLine)
                continue;
            const double uneven = sum - usual;
            const double total = best[begin] + cost[begin] + kLine + kUneven * uneven * uneven;
            if (total < best[end]) {
                best[end] = total;
                from[end] = begin;
            }
        }
    }
    Parting parting;
    parting.found = n > 0 && best[n] != kNever;
    for (std::size_t at = parting.found ? from[n] : 0; at > 0; at = from[at])
        parting.begins.insert(parting.begins.begin(), at);
    return parting;
}

} // namespace opening

std::vector<std::string> readOpening(const std::string& request, language::Language language,
                                     const language::Reader& reader, const language::Dictionary& dictionary)
{
    // Line breaks end clauses; normalise would make spaces of them.
    std::string text;
    std::istringstream stream(request);
    for (std::string line; std::getline(stream, line);)
        text += (text.empty() ? "" : "\n") + language::normalise(line);
    if (language::detect(text) != language)
        return {};
    std::vector<std::vector<std::string>> clauses = language == language::Language::English
                                                        ? opening::englishLines(text, reader, dictionary)
                                                        : opening::mandarinLines(text, reader);
    // Whole clauses, as many as there is room for.
    std::vector<std::string> lines;
    int syllables = 0;
    for (std::vector<std::string>& clause : clauses) {
        if (lines.size() + clause.size() > kMostOpeningLines)
            break;
        for (std::string& line : clause) {
            syllables += reader.countSyllables(line, language);
            lines.push_back(std::move(line));
        }
    }
    return syllables < kLeastToTell ? std::vector<std::string>{} : lines;
}

namespace {

/// Puts as many lines, from the first, into a section as its bars take; it gets longer for them where it may.
void sing(SectionPlan& section, const std::vector<std::string>& lines, const Form& form, int usualBars,
          bool mayGrow, language::Language language, const language::Reader& reader)
{
    constexpr double kPace = 3.8; // syllables a second, with room for a breath
    constexpr double kSung = 0.85;
    const double bar = music::toBeats(form.meter.barLength()) * 60.0 / form.tempo.value;
    section.lines.clear();
    int bars = 0;
    for (const std::string& line : lines) {
        const int syllables = reader.countSyllables(line, language);
        if (syllables < 1 || syllables > kLongestOpeningLine + 2 || section.lines.size() == kMostOpeningLines)
            break;
        int needed = usualBars;
        while (syllables / kPace > needed * bar * kSung)
            needed += usualBars;
        if (!mayGrow && bars + needed > section.bars)
            break;
        section.lines.push_back({syllables, 0, needed, {}, line});
        bars += needed;
    }
    // Phrases come in even numbers of bars.
    if (bars % 2 == 1 && bars > 1 && mayGrow)
        ++bars;
    section.bars = std::max(section.bars, bars);
}

} // namespace

Form openedWith(Form form, const std::vector<std::string>& lines, bool mayGrow, language::Language language,
                const language::Reader& reader)
{
    const auto sung = std::find_if(form.sections.begin(), form.sections.end(),
                                   [](const SectionPlan& section) { return !section.lines.empty(); });
    if (sung == form.sections.end() || lines.empty())
        return form;
    const int usual = sung->lines.front().bars;
    SectionPlan opening;
    if (form.sections.front().kind == song::SectionKind::Intro && form.sections.front().lines.empty()) {
        opening = form.sections.front();
        sing(opening, lines, form, usual, mayGrow, language, reader);
    }
    // A clip has no time for an intro: the half verse before its chorus is as long as an opening.
    SectionPlan verse = *sung;
    const auto index = static_cast<int>(sung - form.sections.begin());
    const bool comesAgain =
        std::any_of(form.sections.begin(), form.sections.end(),
                    [&](const SectionPlan& section) { return section.sameLyricsAs == index; });
    if (!mayGrow && opening.lines.size() < lines.size() && verse.kind == song::SectionKind::Verse &&
        verse.lines.size() <= 2 && !comesAgain) {
        sing(verse, lines, form, usual, false, language, reader);
        if (verse.lines.size() > opening.lines.size()) {
            *sung = std::move(verse);
            return form;
        }
    }
    if (opening.lines.empty())
        return form;
    // The end comes back to it: all of it to the same tune, or what it comes to.
    SectionPlan& last = form.sections.back();
    if (last.kind == song::SectionKind::Outro && last.lines.empty()) {
        const std::size_t count = std::min(opening.lines.size(), kMostEndingLines);
        std::vector<std::string> ending;
        for (std::size_t i = opening.lines.size() - count; i < opening.lines.size(); ++i)
            ending.push_back(opening.lines[i].words);
        SectionPlan closing = last;
        sing(closing, ending, form, usual, mayGrow, language, reader);
        if (closing.lines.size() == count) {
            last = std::move(closing);
            if (count == opening.lines.size())
                last.material = opening.material;
        }
    }
    form.sections.front() = std::move(opening);
    return form;
}

Form withoutGiven(Form form)
{
    for (SectionPlan& section : form.sections)
        std::erase_if(section.lines, [](const LinePlan& line) { return !line.words.empty(); });
    return form;
}

void addGiven(Lyrics& lyrics, const Form& form, language::Language language, const language::Reader& reader)
{
    for (std::size_t s = 0; s < std::min(lyrics.sections.size(), form.sections.size()); ++s) {
        for (const LinePlan& plan : form.sections[s].lines) {
            if (plan.words.empty())
                continue;
            LyricLine line;
            line.text = plan.words;
            line.words = reader.read(line.text, language);
            line.origin = LineOrigin::Person;
            lyrics.sections[s].lines.push_back(std::move(line));
        }
    }
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        line = language::normalise(line);
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin != std::string::npos)
            lines.push_back(line.substr(begin, line.find_last_not_of(' ') - begin + 1));
    }
    return lines;
}

} // namespace cantilena::compose
