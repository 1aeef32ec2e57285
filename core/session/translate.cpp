#include "translate.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <compose/form.h>
#include <session/words.h>
#include <song/edit.h>

namespace cantilena::session {

namespace {

constexpr std::size_t kMostThemes = 6;
constexpr double kSameSubject = 0.5; // likeness from which a word of the other language says the same

} // namespace

song::Brief briefInOtherLanguage(const song::Song& song, const compose::WordSpace& words)
{
    const language::Language from = song.head.language;
    const language::Language to =
        from == language::Language::English ? language::Language::Mandarin : language::Language::English;
    song::Brief brief = song.head.brief;
    std::vector<std::string> subjects = brief.themes;
    if (subjects.empty())
        subjects = words.split(song.head.title);
    brief.language = to;
    brief.lyrics.clear();
    brief.themes.clear();
    brief.singer.clear();
    for (const std::string& subject : subjects) {
        if (brief.themes.size() >= kMostThemes)
            break;
        const int row = words.find(from, subject);
        if (row < 0)
            continue;
        for (const int near : words.neighbours(row, to, 1, kSameSubject)) {
            std::string text(words.word(near));
            if (std::find(brief.themes.begin(), brief.themes.end(), text) == brief.themes.end())
                brief.themes.push_back(std::move(text));
        }
    }
    brief.chosenThemes = static_cast<int>(brief.themes.size());
    return brief;
}

Result<song::SongPtr> withOtherWords(const song::Song& song, const song::Brief& brief,
                                     const compose::Lyrics& lyrics, const language::Reader& reader,
                                     const inference::ModelInfo& maker, std::uint64_t seed)
{
    song::Transaction transaction(std::make_shared<const song::Song>(song), "Translate");
    song::SongHead head = song.head;
    head.language = brief.language;
    head.brief = brief;
    head.title = lyrics.title;
    head.vocal.singer = brief.singer;
    transaction.setHead(std::move(head));
    const song::Origin origin{{}, song::Maker::Model, maker.id, maker.version, maker.sha256, seed};
    std::map<song::SectionKind, int> totals, seen;
    for (const song::SectionPtr& section : song.sections)
        ++totals[section->kind];
    for (std::size_t s = 0; s < song.sections.size(); ++s) {
        song::Section section = *song.sections[s];
        section.name = compose::sectionName(section.kind, ++seen[section.kind], totals[section.kind],
                                            brief.language == language::Language::Mandarin);
        TRY_VOID(transaction.replaceSection(section));
        for (std::size_t i = 0; i < section.lines.size() && i < lyrics.sections[s].lines.size(); ++i)
            TRY_VOID(replaceLine(transaction, reader, section.lines[i].id, lyrics.sections[s].lines[i].text,
                                 origin));
    }
    return transaction.snapshot();
}

} // namespace cantilena::session
