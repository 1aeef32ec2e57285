#include <compose/telling.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <compose/form.h>

#include "lyrics_corpus.h"
#include "telling_lines.h"
#include "utf8.h"

namespace cantilena::compose {

namespace {

constexpr std::size_t kMostVerseLines = 5, kUsualVerseLines = 4;
constexpr std::size_t kMostChorusLines = 4;

/// Where verses of the first `count` lines begin, and `count`: at sentences rather than at statements rather
/// than anywhere, of about four lines each.
std::vector<std::size_t> versesOf(const Opening& opening, std::size_t count)
{
    constexpr double kNever = std::numeric_limits<double>::infinity();
    constexpr double kVerse = 0.8, kUneven = 0.5, kStatement = 1.0, kAnywhere = 4.0, kAlone = 5.0;
    std::vector<double> best(count + 1, kNever);
    std::vector<std::size_t> from(count + 1, 0);
    best[0] = 0;
    for (std::size_t end = 1; end <= count; ++end) {
        for (std::size_t lines = 1; lines <= std::min(end, kMostVerseLines); ++lines) {
            const std::size_t begin = end - lines;
            const bool opens = begin < opening.opens.size() && opening.opens[begin];
            const double place = begin == 0 || opens ? 0 : opening.begins[begin] ? kStatement : kAnywhere;
            const double length =
                lines == 1 && count > 1
                    ? kAlone
                    : kUneven * std::abs(static_cast<double>(lines) - static_cast<double>(kUsualVerseLines));
            const double cost = best[begin] + kVerse + place + length;
            if (cost < best[end]) {
                best[end] = cost;
                from[end] = begin;
            }
        }
    }
    std::vector<std::size_t> bounds{count};
    for (std::size_t at = count; at > 0; at = from[at])
        bounds.insert(bounds.begin(), from[at]);
    return bounds;
}

/// With which line the chorus begins, up to the last; the number of lines where it is the hook alone.
std::size_t chorusBegin(const Opening& opening, const std::vector<bool>& statements)
{
    const std::size_t count = opening.lines.size();
    const auto opens = [&](std::size_t line) { return line < opening.opens.size() && opening.opens[line]; };
    // At least two lines come before it.
    for (const std::size_t lines : {2U, 3U, 4U})
        if (count >= lines + 2 && opens(count - lines))
            return count - lines;
    for (const std::size_t lines : {2U, 3U})
        if (count >= lines + 2 && statements[count - lines])
            return count - lines;
    return count;
}

/// Whether a line is the other with or without the "and" that joins it.
bool sameLine(const std::string& line, const std::string& other)
{
    return line == other || lyric::withoutJoin(line) == other;
}

/// A section of `lines`, with the words of each.
struct Part {
    song::SectionKind kind = song::SectionKind::Verse;
    std::vector<std::string> lines;
    int sameAs = -1;
};

/// The song in order: the chorus comes `choruses` times, the last but one and those before behind the last
/// verse.
std::vector<Part> partsOf(const Telling& telling, int choruses)
{
    using song::SectionKind;
    std::vector<Part> parts;
    for (const std::vector<std::string>& verse : telling.verses)
        parts.push_back({SectionKind::Verse, verse});
    const int verse = static_cast<int>(parts.size()) - 1, chorus = verse + 1;
    parts.push_back({SectionKind::Chorus, telling.chorus});
    for (int again = 2; again < choruses; ++again) {
        parts.push_back({SectionKind::Interlude, {}});
        parts.push_back({SectionKind::Verse, telling.verses.back(), verse});
        parts.push_back({SectionKind::Chorus, telling.chorus, chorus});
    }
    if (choruses > 1) {
        parts.push_back({SectionKind::Solo, {}});
        parts.push_back({SectionKind::Chorus, telling.chorus, chorus});
    }
    return parts;
}

/// Shares the bars that are left (fewer than none: that are missing) among what the band plays; false where
/// there are too few.
bool fill(Form& form, int left)
{
    for (SectionPlan& section : form.sections) {
        if (left < 0 && section.lines.empty() && section.bars > 2) {
            const int taken = std::min(section.bars - 2, -left);
            section.bars -= taken;
            left += taken;
        }
    }
    // In twos, so that phrases stay even; the odd bar is the ending's.
    while (left > 1) {
        for (auto section = form.sections.rbegin(); section != form.sections.rend() && left > 1; ++section) {
            if (section->lines.empty()) {
                section->bars += 2;
                left -= 2;
            }
        }
    }
    form.sections.back().bars += std::max(0, left);
    return left >= 0;
}

} // namespace

bool isTold(const Form& form)
{
    bool any = false;
    for (const SectionPlan& section : form.sections) {
        for (const LinePlan& line : section.lines) {
            if (line.words.empty())
                return false;
            any = true;
        }
    }
    return any;
}

std::optional<Telling> planTelling(const Opening& opening, const std::vector<std::string>& hook,
                                   const std::vector<bool>& statements)
{
    const std::vector<std::string>& lines = opening.lines;
    const std::size_t begin = chorusBegin(opening, statements);
    const bool alone = begin == lines.size();
    if (lines.empty() || (alone && hook.empty()))
        return std::nullopt;
    Telling telling;

    // A hook that is no more than the last line is left to the chorus.
    const bool last = alone && lines.size() > 1 && hook.size() == 1 && sameLine(lines.back(), hook.front());
    const std::vector<std::size_t> bounds = versesOf(opening, last ? begin - 1 : begin);
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i)
        telling.verses.emplace_back(lines.begin() + static_cast<std::ptrdiff_t>(bounds[i]),
                                    lines.begin() + static_cast<std::ptrdiff_t>(bounds[i + 1]));
    telling.chorus =
        alone ? hook
              : std::vector<std::string>(lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.end());
    telling.chorus.front() = lyric::withoutJoin(telling.chorus.front());
    // It is called after its last line that is whole by itself.
    const auto holds = [&](const std::string& line) {
        return std::any_of(telling.chorus.begin(), telling.chorus.end(),
                           [&](const std::string& sung) { return sameLine(sung, line); });
    };
    constexpr std::size_t kShortTitle = 4; // characters
    const auto stands = [&](std::size_t line) {
        const bool opens = line < opening.opens.size() && opening.opens[line];
        const bool ends = line + 1 == lines.size() || opening.begins[line + 1];
        return (statements[line] || opens) && ends && charactersOf(lines[line]).size() >= kShortTitle;
    };
    telling.title = !hook.empty() && holds(hook.front()) ? hook.front() : telling.chorus.front();
    for (std::size_t line = begin; line < lines.size(); ++line)
        if (stands(line))
            telling.title = lyric::withoutJoin(lines[line]);
    if (telling.chorus.size() == 1)
        telling.chorus.push_back(telling.chorus.front());
    else if (telling.chorus.size() == 2)
        telling.chorus = {telling.chorus[0], telling.chorus[1], telling.chorus[0], telling.chorus[1]};
    else if (telling.chorus.size() < kMostChorusLines && opening.begins.back())
        telling.chorus.push_back(telling.chorus.back());
    return telling;
}

std::optional<Form> formForTelling(const song::Brief& brief, const Style& style, const VocalRange& range,
                                   std::uint64_t seed, const LyricModels& models,
                                   const language::Reader& reader)
{
    const Opening opening = openingOf(brief);
    const WordSpace& space = *models.corpus().space;
    const std::optional<Telling> telling =
        planTelling(opening, lyric::hookOf(opening, brief.language, reader, space),
                    lyric::statementsOf(opening, brief.language, space));
    if (!telling || brief.instrumental)
        return std::nullopt;
    const auto formOf = [&](int choruses) -> std::optional<Form> {
        const std::vector<Part> parts = partsOf(*telling, choruses);
        std::vector<GivenSection> given;
        for (const Part& part : parts) {
            GivenSection section{part.kind, {}, part.sameAs};
            for (const std::string& line : part.lines)
                section.syllables.push_back(reader.countSyllables(line, brief.language));
            // A line that cannot be sung would be left out, and words and lines no longer agree.
            if (std::find(section.syllables.begin(), section.syllables.end(), 0) != section.syllables.end())
                return std::nullopt;
            given.push_back(std::move(section));
        }
        Result<Form> form = formForLyrics(brief, style, given, range, seed);
        if (!form)
            return std::nullopt;
        std::size_t part = 0;
        for (SectionPlan& section : form->sections) {
            // Those that it has more are the band's, at its ends.
            if (section.kind == song::SectionKind::Intro || part == parts.size())
                continue;
            for (std::size_t i = 0; i < section.lines.size(); ++i)
                section.lines[i].words = parts[part].lines[i];
            ++part;
        }
        return *form;
    };
    constexpr int kUsualChoruses = 2, kMostChoruses = 10;
    if (!brief.length)
        return formOf(kUsualChoruses);
    std::optional<Form> form = formOf(1);
    if (!form)
        return std::nullopt;
    const double bar = music::toBeats(form->meter.barLength()) * 60.0 / form->tempo.value;
    const int bars = std::max(1, static_cast<int>(std::lround(brief.length->value / bar)));
    for (int choruses = 2; choruses <= kMostChoruses; ++choruses) {
        std::optional<Form> longer = formOf(choruses);
        if (!longer || longer->totalBars() > bars)
            break;
        form = std::move(longer);
    }
    if (!fill(*form, bars - form->totalBars()))
        return std::nullopt;
    if (!brief.tempo)
        form->tempo = {std::clamp(bars * music::toBeats(form->meter.barLength()) * 60.0 / brief.length->value,
                                  form->tempo.value * 0.96, form->tempo.value * 1.04)};
    return form;
}

} // namespace cantilena::compose
