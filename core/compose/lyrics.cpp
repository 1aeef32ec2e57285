#include <compose/lyrics.h>
#include <compose/opening.h>
#include <compose/telling.h>

#include "lyrics_corpus.h"
#include "lyrics_reflection.h"
#include "lyrics_text.h"
#include "lyrics_writer.h"

namespace cantilena::compose {

using namespace lyric;

Result<LyricModels> LyricModels::load(const std::filesystem::path& models, language::Language language,
                                      std::shared_ptr<const WordSpace> space, const language::Reader& reader)
{
    LyricModels loaded;
    loaded.m_language = language;
    TRY(loaded.m_line,
        inference::Model::load(models, "lyrics", "lyrics-" + std::string(language::code(language))));
    TRY(loaded.m_critic,
        inference::Model::load(models, "lyrics", "lyrics-critic-" + std::string(language::code(language))));
    TRY(loaded.m_corpus, Corpus::load(models, language, std::move(space), reader));
    return loaded;
}

namespace {

/// The person's lines, in order, into the sections that have lines.
Result<Lyrics> passOn(const song::Brief& brief, const Form& form, language::Language language,
                      const language::Reader& reader)
{
    TRY(const std::vector<OwnSection> own, readOwnLyrics(brief.lyrics, language, reader));
    std::vector<LyricLine> lines;
    std::string title;
    for (const OwnSection& section : own) {
        if (title.empty() && isHook(section.kind) && !section.lines.empty())
            title = section.lines.front().text;
        lines.insert(lines.end(), section.lines.begin(), section.lines.end());
    }
    Lyrics lyrics;
    lyrics.title = title.empty() ? lines.front().text : title;
    lyrics.sections.resize(form.sections.size());
    std::size_t next = 0;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        for (const LinePlan& plan : form.sections[s].lines) {
            if (next == lines.size())
                return Error{"The form has more lines than the lyrics that were typed."};
            lyrics.sections[s].lines.push_back(lines[next++]);
            lyrics.sections[s].lines.back().rhyme = plan.rhyme;
        }
    }
    if (next < lines.size())
        return Error{"The form has fewer lines than the lyrics that were typed."};
    return lyrics;
}

/// Makes a reflection's words those of an answer to what the brief opens with: it speaks of the one of whom
/// that tells, and is called what the person says in its chorus.
void answer(Lyrics& lyrics, const song::Brief& brief, const Form& form, const LyricModels& models,
            const language::Reader& reader)
{
    const Corpus& corpus = models.corpus();
    const Opening opening = openingOf(brief);
    const std::vector<std::string> hook = hookOf(opening, models.language(), reader, *corpus.space);
    Told telling = toldOf(opening.lines, hook, namedIn(brief, corpus), models.language(), *corpus.space);
    const std::optional<Reflection> reflection =
        form.story < 0 ? std::nullopt : corpus.songs[static_cast<std::size_t>(form.story)].reflection;
    if (reflection && reflection->of == Whom::Third) {
        if (reflection->calls.whom)
            telling.gender = telling.named;
        lyrics.title = spokenOf(lyrics.title, telling, models.language());
        for (LyricSection& section : lyrics.sections) {
            for (LyricLine& line : section.lines) {
                line.text = spokenOf(line.text, telling, models.language());
                line.words = reader.read(line.text, models.language());
            }
        }
    }
    // The hook, or the line of a chorus that is short enough.
    std::vector<std::string> names = hook;
    if (isTold(form))
        if (const auto telling =
                planTelling(opening, hook, statementsOf(opening, models.language(), *corpus.space)))
            names.insert(names.begin(), telling->title);
    for (const SectionPlan& section : form.sections)
        if (isHook(section.kind) && !section.lines.empty() && !section.lines.front().words.empty())
            for (const LinePlan& line : section.lines)
                names.push_back(line.words);
    for (const std::string& name : names) {
        std::string title = titleOf(name, models.language());
        if (title.empty())
            continue;
        lyrics.title = std::move(title);
        break;
    }
}

} // namespace

Result<Form> suitForm(const std::vector<Form>& forms, const song::Brief& brief, const LyricModels& models,
                      const language::Reader& reader, std::uint64_t seed, const JobContext& job)
{
    if (!brief.lyrics.empty() || brief.instrumental)
        return forms.front();
    Writer writer(brief, forms.front(), models, reader, seed, job);
    TRY(Form form, writer.suit(forms));
    if (!form.reflects || isTold(form))
        return form;
    const Opening opening = openingOf(brief);
    const std::vector<std::string> hook = hookOf(opening, brief.language, reader, *models.corpus().space);
    form = hookedWith(std::move(form), hook, !brief.length, brief.language, reader);
    return recalledWith(std::move(form), opening, hook, !brief.length, brief.language, reader);
}

Result<Lyrics> writeLyrics(const song::Brief& brief, const Form& form, const LyricModels& models,
                           const language::Reader& reader, std::uint64_t seed, const JobContext& job)
{
    job.progress("lyrics", 0);
    if (!brief.lyrics.empty())
        return passOn(brief, form, models.language(), reader);
    const Form open = withoutGiven(form);
    Writer writer(brief, open, models, reader, seed, job);
    TRY(Lyrics lyrics, writer.write());
    if (form.reflects)
        answer(lyrics, brief, form, models, reader);
    addGiven(lyrics, form, models.language(), reader);
    return lyrics;
}

} // namespace cantilena::compose
