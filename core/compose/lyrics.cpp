#include <compose/lyrics.h>
#include <compose/opening.h>
#include <compose/telling.h>

#include "lyrics_corpus.h"
#include "lyrics_text.h"
#include "lyrics_writer.h"
#include "telling_lines.h"

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

/// What a song is called that sings what the brief opens with and nothing else.
std::string titleOfTelling(const song::Brief& brief, const LyricModels& models,
                           const language::Reader& reader)
{
    const WordSpace& space = *models.corpus().space;
    const Opening opening = openingOf(brief);
    std::vector<std::string> names = hookOf(opening, models.language(), reader, space);
    if (const auto telling = planTelling(opening, names, statementsOf(opening, models.language(), space)))
        names.insert(names.begin(), telling->title);
    // A line that is short enough.
    for (const std::string& name : names)
        if (std::string title = titleOf(name, models.language()); !title.empty())
            return title;
    return {};
}

} // namespace

Result<Form> suitForm(const std::vector<Form>& forms, const song::Brief& brief, const LyricModels& models,
                      const language::Reader& reader, std::uint64_t seed, const JobContext& job)
{
    if (!brief.lyrics.empty() || brief.instrumental)
        return forms.front();
    Writer writer(brief, forms.front(), models, reader, seed, job);
    return writer.suit(forms);
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
    if (isTold(form))
        if (std::string title = titleOfTelling(brief, models, reader); !title.empty())
            lyrics.title = std::move(title);
    addGiven(lyrics, form, models.language(), reader);
    return lyrics;
}

} // namespace cantilena::compose
