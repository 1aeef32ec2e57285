#include <session/wordsmith.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "job_runner.h"
#include "questions.h"
#include "wordsmith_jobs.h"

namespace cantilena::session {

namespace {

/// Rhymes that are looked at before those with the right number of syllables go first.
constexpr std::size_t kRhymesSeen = 200;

SungLine sungLine(const language::Reader& reader, const std::string& text, language::Language primary)
{
    return {text, reader.read(text, primary)};
}

/// The number of a line among the song's, or nothing.
std::optional<std::size_t> lineNumber(const song::Song& song, song::LineId id)
{
    std::size_t number = 0;
    for (const song::SectionPtr& section : song.sections)
        for (const song::Line& line : section->lines) {
            if (line.id == id)
                return number;
            ++number;
        }
    return std::nullopt;
}

Result<LineSuggestions> otherLines(Workshop& workshop, const song::Song& song, song::LineId line,
                                   compose::LineWish wish, std::uint64_t seed, const JobContext& job)
{
    const std::optional<std::size_t> number = lineNumber(song, line);
    if (!number)
        return Error{"The line is no longer in the lyrics; choose it again."};
    TRY(const std::vector<std::string> texts,
        workshop.rewriteLine(song, *number, wish, Wordsmith::kMostLines, seed, job));
    TRY(const language::Reader* reader, workshop.reader());
    LineSuggestions suggestions;
    TRY(suggestions.maker, workshop.lyricsOrigin(song.head.brief.language, seed));
    for (const std::string& text : texts)
        suggestions.lines.push_back(sungLine(*reader, text, song.head.language));
    return suggestions;
}

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

std::string lowered(std::string text)
{
    for (char& c : text)
        c = isCapital(c) ? static_cast<char>(c + 32) : c;
    return text;
}

Result<std::vector<RhymingWord>> rhymesOf(Workshop& workshop, const song::Song& song, const std::string& word)
{
    TRY(const std::vector<std::string> texts, workshop.rhymingWords(song, word, kRhymesSeen));
    TRY(const language::Reader* reader, workshop.reader());
    const auto syllablesOf = [&](const std::string& text) {
        return static_cast<std::size_t>(reader->countSyllables(text, song.head.language));
    };
    const std::size_t wanted = syllablesOf(word);
    std::vector<RhymingWord> rhymes;
    for (std::string text : texts) {
        if (lowered(text) == lowered(word))
            continue;
        if (isCapital(word[0]) && text[0] >= 'a' && text[0] <= 'z')
            text[0] = static_cast<char>(text[0] - 32);
        const std::size_t syllables = syllablesOf(text);
        rhymes.push_back({std::move(text), syllables});
    }
    std::stable_partition(rhymes.begin(), rhymes.end(),
                          [&](const RhymingWord& rhyme) { return rhyme.syllables == wanted; });
    rhymes.resize(std::min(rhymes.size(), Wordsmith::kMostRhymes));
    return rhymes;
}

class WorkshopWordsmith : public Wordsmith {
public:
    WorkshopWordsmith(std::shared_ptr<Workshop> workshop, PostToInterface post)
        : m_questions(std::move(workshop), std::move(post))
    {
    }

    void otherLines(song::SongPtr song, song::LineId line, compose::LineWish wish, std::uint64_t seed,
                    Answer<LineSuggestions> answer) override
    {
        ask<LineSuggestions>(
            Question::OtherLines, m_models,
            [song = std::move(song), line, wish, seed](Workshop& workshop, const JobContext& job) {
                return session::otherLines(workshop, *song, line, wish, seed, job);
            },
            std::move(answer));
    }

    void rhymes(song::SongPtr song, const std::string& word, Answer<std::vector<RhymingWord>> answer) override
    {
        ask<std::vector<RhymingWord>>(
            Question::Rhymes, m_models,
            [song = std::move(song), word](Workshop& workshop, const JobContext&) {
                return rhymesOf(workshop, *song, word);
            },
            std::move(answer));
    }

    void read(const std::string& line, language::Language primary, Answer<SungLine> answer) override
    {
        ask<SungLine>(
            Question::Reading, m_quick,
            [line, primary](Workshop& workshop, const JobContext&) -> Result<SungLine> {
                TRY(const language::Reader* reader, workshop.reader());
                return sungLine(*reader, line, primary);
            },
            std::move(answer));
    }

    void understand(const compose::ComposeRequest& request, Answer<song::Brief> answer) override
    {
        ask<song::Brief>(
            Question::Brief, m_quick,
            [request](Workshop& workshop, const JobContext&) { return workshop.readBrief(request); },
            std::move(answer));
    }

    void cancel(Question question) override { m_questions.cancel(static_cast<std::size_t>(question)); }

private:
    template<typename T, typename Work>
    void ask(Question question, JobRunner& runner, Work work, Answer<T> answer)
    {
        m_questions.ask<T>(static_cast<std::size_t>(question), runner, std::move(work), std::move(answer));
    }

    Questions<4> m_questions;
    /// Last: their threads end before anything above goes. What needs dictionaries alone does not wait for
    /// models.
    JobRunner m_models, m_quick;
};

} // namespace

std::unique_ptr<Wordsmith> makeWordsmith(std::shared_ptr<Workshop> workshop, PostToInterface post)
{
    return std::make_unique<WorkshopWordsmith>(std::move(workshop), std::move(post));
}

} // namespace cantilena::session
