#include "lyricist_request.h"

#include <cmath>

#include "lyrics_text.h"

namespace cantilena::compose::lyric {

namespace {

/// Sections that have words of their own.
std::vector<std::size_t> ownSections(const Form& form)
{
    std::vector<std::size_t> own;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        if (form.sections[s].sameLyricsAs < 0 && !form.sections[s].lines.empty())
            own.push_back(s);
    }
    return own;
}

std::string moodOf(const song::Brief& brief)
{
    std::string mood;
    for (const std::string& word : brief.moodWords)
        mood += (mood.empty() ? "" : ", ") + word;
    if (!mood.empty())
        return mood;
    const char* valence = brief.valence < -0.25 ? "sad" : brief.valence > 0.25 ? "happy" : "even-tempered";
    const char* arousal = brief.arousal < -0.25 ? "calm" : brief.arousal > 0.25 ? "lively" : "unhurried";
    return std::string(valence) + ", " + arousal;
}

std::string shape(const Form& form)
{
    std::string sections, counts;
    const std::vector<std::size_t> own = ownSections(form);
    for (const std::size_t s : own)
        counts += (counts.empty() ? "" : ", ") + std::to_string(form.sections[s].lines.size());
    return "Answer with JSON alone, nothing before or after it, in this shape:\n"
           "{\"title\": \"...\", \"sections\": [[\"line 1\", \"line 2\"], [\"line 1\", \"line 2\"]]}\n"
           "\"sections\" holds " +
           std::to_string(own.size()) + " lists with these numbers of lines: " + counts + ".\n";
}

std::string syllableCount(int count, language::Language language)
{
    const char* unit = language == language::Language::Mandarin ? "character" : "syllable";
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
}

} // namespace

std::string lyricsRequest(const song::Brief& brief, const Form& form)
{
    const bool mandarin = brief.language == language::Language::Mandarin;
    const std::string unit = mandarin ? "characters" : "syllables";
    std::string text =
        "You write the lyrics of a song that will be sung to a finished tune, so every line has "
        "to have exactly the given number of " +
        unit + ".\n";
    text += mandarin ? "Language: Mandarin Chinese, in simplified characters.\n" : "Language: English.\n";
    text +=
        "What the song is about, in the words of the person who wants it:\n<<<\n" + brief.prompt + "\n>>>\n";
    text += "Mood: " + moodOf(brief) + ". Style: " + brief.style +
            ". Point of view: " + pointOfViewName(brief.pointOfView) + ".\n\n";
    for (const std::size_t s : ownSections(form)) {
        const SectionPlan& section = form.sections[s];
        text += section.name.empty() ? std::string(song::code(section.kind)) : section.name;
        text += ":\n";
        for (std::size_t i = 0; i < section.lines.size(); ++i) {
            text += "  line " + std::to_string(i + 1) + ": " +
                    syllableCount(section.lines[i].syllables, brief.language);
            if (section.lines[i].rhyme != 0)
                text += std::string(", rhyme ") + section.lines[i].rhyme;
            text += "\n";
        }
    }
    text += "\nLines of one section with the same rhyme letter rhyme with each other and end in different "
            "words";
    text += mandarin ? " (the last characters share the final, as in 光 and 望); a letter means nothing to "
                       "other sections.\n"
                     : " (a perfect rhyme, as in light and night); a letter means nothing to other "
                       "sections.\n";
    text += "Count the " + unit +
            " of every line before you answer. Write plain words of today that fit together and tell of the "
            "subject with concrete images; the chorus names it. Sing of your own; quote no existing song or "
            "poem. No digits, no remarks, no names of sections, nothing offensive. The title is short.\n\n";
    return text + shape(form);
}

std::string shapeReminder(const Form& form)
{
    return "That was not the JSON that I asked for. " + shape(form);
}

std::string repairRequest(const std::vector<LineFault>& faults, const Form& form, language::Language language)
{
    std::string text =
        "These lines do not fit yet. Write three other wordings of each, all with the number of " +
        std::string(language == language::Language::Mandarin ? "characters" : "syllables") +
        " that is given.\n";
    std::size_t number = 0;
    for (const LineFault& fault : faults) {
        const SectionPlan& section = form.sections[fault.site.section];
        const LinePlan& plan = section.lines[fault.site.line];
        text += std::to_string(++number) + ". " + section.name + ", line " +
                std::to_string(fault.site.line + 1) +
                (fault.wording.empty() ? "" : ", “" + fault.wording + "”,") + " " + fault.what +
                ". It needs " + syllableCount(plan.syllables, language);
        if (!fault.rhymesWith.empty())
            text += " and a rhyme with “" + fault.rhymesWith + "”";
        else if (plan.rhyme != 0)
            text += std::string(" and a rhyme with the other lines of letter ") + plan.rhyme;
        text += ".\n";
    }
    return text +
           "Answer with JSON alone, in this shape, one list of three wordings for each number, in order:\n"
           "{\"lines\": [[\"first\", \"second\", \"third\"]]}\n";
}

} // namespace cantilena::compose::lyric
