// Where a person's own lines are sung in a form.

#include <compose/opening.h>

#include <algorithm>

#include <compose/form.h>
#include <compose/telling.h>

namespace cantilena::compose {

namespace {

constexpr std::size_t kMostEndingLines = 2;

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
        if (syllables < 1 || syllables > kLongestOpeningLine + 2 || section.lines.size() == kMostSectionLines)
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

/// A form with one more section; sections of its kind are numbered anew.
Form inserted(Form form, std::size_t index, SectionPlan section, language::Language language)
{
    const song::SectionKind kind = section.kind;
    for (SectionPlan& other : form.sections)
        other.sameLyricsAs += other.sameLyricsAs >= static_cast<int>(index) ? 1 : 0;
    form.sections.insert(form.sections.begin() + static_cast<std::ptrdiff_t>(index), std::move(section));
    const auto same = [&](const SectionPlan& other) { return other.kind == kind; };
    const auto count = static_cast<int>(std::count_if(form.sections.begin(), form.sections.end(), same));
    int number = 0;
    for (SectionPlan& other : form.sections)
        if (same(other))
            other.name = sectionName(kind, ++number, count, language == language::Language::Mandarin);
    return form;
}

/// How many of the first `sung` lines, from the last, come again at the end: whole statements.
std::size_t endingLines(const Opening& opening, std::size_t sung)
{
    if (sung <= kMostEndingLines)
        return sung;
    for (std::size_t count = kMostEndingLines; count > 0; --count)
        if (opening.begins[sung - count])
            return count;
    return 0;
}

/// What the intro has no room for, after the first chorus; what there is no room for there either stays
/// unsung.
Form goneOnWith(Form form, const std::vector<std::string>& lines, int usualBars, bool mayGrow,
                language::Language language, const language::Reader& reader)
{
    const auto isChorus = [](const SectionPlan& section) {
        return section.kind == song::SectionKind::Chorus;
    };
    const auto chorus = std::find_if(form.sections.begin(), form.sections.end(), isChorus);
    if (lines.empty() || chorus == form.sections.end())
        return form;
    auto place = std::find_if(chorus, form.sections.end(), [](const SectionPlan& section) {
        return section.kind == song::SectionKind::Interlude && section.lines.empty();
    });
    if (place == form.sections.end()) {
        const std::size_t index = static_cast<std::size_t>(chorus - form.sections.begin()) + 1;
        if (!mayGrow || index == form.sections.size())
            return form;
        SectionPlan interlude;
        interlude.kind = song::SectionKind::Interlude;
        interlude.bars = usualBars;
        interlude.energy = form.sections.front().energy;
        interlude.material = static_cast<int>(interlude.kind) + 1;
        form = inserted(std::move(form), index, std::move(interlude), language);
        place = form.sections.begin() + static_cast<std::ptrdiff_t>(index);
    }
    sing(*place, lines, form, usualBars, mayGrow, language, reader);
    return form;
}

} // namespace

Form openedWith(Form form, const Opening& opening, bool mayGrow, language::Language language,
                const language::Reader& reader)
{
    const auto sungLast = opening.lines.begin() + static_cast<std::ptrdiff_t>(sectionLines(opening));
    const std::vector<std::string> lines(opening.lines.begin(), sungLast),
        rest(sungLast, opening.lines.end());
    const auto sung = std::find_if(form.sections.begin(), form.sections.end(),
                                   [](const SectionPlan& section) { return !section.lines.empty(); });
    if (sung == form.sections.end() || lines.empty() || isTold(form))
        return form;
    // "There's a truck that won't start" only announces what the song says better.
    if (opening.lines.size() == 1 && lines.front().starts_with("There's a"))
        return form;
    const int usual = sung->lines.front().bars;
    SectionPlan intro;
    if (form.sections.front().kind == song::SectionKind::Intro && form.sections.front().lines.empty()) {
        intro = form.sections.front();
        sing(intro, lines, form, usual, mayGrow, language, reader);
    }
    // A clip has no time for an intro: the half verse before its chorus is as long as an opening.
    SectionPlan verse = *sung;
    const auto index = static_cast<int>(sung - form.sections.begin());
    const bool comesAgain =
        std::any_of(form.sections.begin(), form.sections.end(),
                    [&](const SectionPlan& section) { return section.sameLyricsAs == index; });
    if (!mayGrow && intro.lines.size() < lines.size() && verse.kind == song::SectionKind::Verse &&
        verse.lines.size() <= 2 && !comesAgain) {
        sing(verse, lines, form, usual, false, language, reader);
        if (verse.lines.size() > intro.lines.size()) {
            *sung = std::move(verse);
            return form;
        }
    }
    if (intro.lines.empty())
        return form;
    // The end comes back to it: all of it to the same tune, or what it comes to.
    SectionPlan& last = form.sections.back();
    if (last.kind == song::SectionKind::Outro && last.lines.empty()) {
        const std::size_t count = endingLines(opening, intro.lines.size());
        std::vector<std::string> ending;
        for (std::size_t i = intro.lines.size() - count; i < intro.lines.size(); ++i)
            ending.push_back(intro.lines[i].words);
        SectionPlan closing = last;
        sing(closing, ending, form, usual, mayGrow, language, reader);
        if (count > 0 && closing.lines.size() == count) {
            last = std::move(closing);
            if (count == intro.lines.size())
                last.material = intro.material;
        }
    }
    form.sections.front() = std::move(intro);
    return goneOnWith(std::move(form), rest, usual, mayGrow, language, reader);
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
        std::vector<LyricLine>& lines = lyrics.sections[s].lines;
        for (std::size_t i = 0; i < form.sections[s].lines.size(); ++i) {
            const LinePlan& plan = form.sections[s].lines[i];
            if (plan.words.empty())
                continue;
            LyricLine line;
            line.text = plan.words;
            line.words = reader.read(line.text, language);
            line.origin = LineOrigin::Person;
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(std::min(i, lines.size())),
                         std::move(line));
        }
    }
}

} // namespace cantilena::compose
