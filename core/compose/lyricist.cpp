#include <compose/lyricist.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <compose/lyrics_craft.h>
#include <compose/opening.h>

#include "lyricist_answer.h"
#include "lyricist_draft.h"
#include "lyricist_request.h"
#include "lyrics_writer.h"

namespace cantilena::compose {

using namespace lyric;

namespace {

constexpr std::size_t kOwnWordings = 16;        // of our own that are tried for a line
constexpr std::size_t kLongestTurn = 16 * 1024; // bytes of an answer that are said again

/// The model's lines at their sites: section by section where it kept to the sections, else in order.
Wordings placed(const ModelAnswer& answer, const LyricDraft& draft)
{
    std::vector<std::vector<LineSite>> planned;
    for (const LineSite site : draft.sites()) {
        if (planned.empty() || planned.back().front().section != site.section)
            planned.emplace_back();
        planned.back().push_back(site);
    }
    Wordings wordings;
    const auto put = [&](LineSite site, const std::string& line) {
        if (!line.empty())
            wordings[site].push_back(line);
    };
    std::vector<std::string> all;
    for (const std::vector<std::string>& section : answer.sections)
        all.insert(all.end(), section.begin(), section.end());
    if (answer.sections.size() != planned.size() && all.size() == draft.sites().size()) {
        for (std::size_t i = 0; i < all.size(); ++i)
            put(draft.sites()[i], all[i]);
        return wordings;
    }
    for (std::size_t s = 0; s < std::min(planned.size(), answer.sections.size()); ++s) {
        for (std::size_t i = 0; i < std::min(planned[s].size(), answer.sections[s].size()); ++i)
            put(planned[s][i], answer.sections[s][i]);
    }
    return wordings;
}

struct Lyricist {
    const AskModel& ask;
    const song::Brief& brief;
    const Form& form;
    const LyricModels& models;
    const language::Reader& reader;
    std::uint64_t seed;
    const JobContext& job;
    LyricDraft draft;
    std::string title;
    Wordings answered;             ///< what the model said, usable or not
    std::set<LineSite> own;        ///< lines that our models wrote
    std::optional<Lyrics> reserve; ///< whole lyrics of ours, once a section needs them

    Result<void> askForAll();
    Result<void> askForRepairs(const std::vector<std::string>& said);
    Result<void> writeMissing();
    Result<bool> writeLine(LineSite site);
    Result<bool> writeSection(std::size_t section);
    std::vector<LineFault> faults() const;
    Lyrics finish() const;
};

std::vector<LineFault> Lyricist::faults() const
{
    std::vector<LineFault> list;
    for (const LineSite site : draft.sites()) {
        if (draft.filled(site))
            continue;
        const auto said = answered.find(site);
        const std::string wording = said == answered.end() ? std::string() : said->second.front();
        list.push_back({site, wording, draft.fault(site, wording), draft.rhymesWith(site)});
    }
    return list;
}

Result<void> Lyricist::askForAll()
{
    std::vector<std::string> said{lyricsRequest(brief, form)};
    TRY(const std::string answer, ask(said, job));
    const ModelAnswer lyrics = readAnswer(answer, models.language());
    title = lyrics.title;
    answered = placed(lyrics, draft);
    draft.take(answered);
    job.progress("lyrics", 0.5);
    if (std::all_of(draft.sites().begin(), draft.sites().end(),
                    [&](LineSite site) { return draft.filled(site); }))
        return {};
    said.push_back(answer.substr(0, kLongestTurn));
    return askForRepairs(said);
}

Result<void> Lyricist::askForRepairs(const std::vector<std::string>& said)
{
    std::vector<std::string> turns = said;
    const std::vector<LineFault> wrong = faults();
    const bool nothing = answered.empty();
    turns.push_back(nothing ? shapeReminder(form) : repairRequest(wrong, form, models.language()));
    const Result<std::string> answer = ask(turns, job);
    // What stands already is worth finishing without more help.
    if (!answer)
        return nothing || isCancelled(answer.error()) ? Result<void>(answer.error()) : Result<void>();
    if (nothing) {
        const ModelAnswer lyrics = readAnswer(*answer, models.language());
        title = lyrics.title;
        answered = placed(lyrics, draft);
        draft.take(answered);
    } else {
        const auto wordings = readWordings(*answer, wrong.size(), models.language());
        Wordings offered;
        for (std::size_t i = 0; i < wrong.size(); ++i) {
            if (!wordings[i].empty())
                offered[wrong[i].site] = wordings[i];
        }
        // Some write the whole song again.
        if (offered.empty())
            offered = placed(readAnswer(*answer, models.language()), draft);
        draft.take(offered);
    }
    job.progress("lyrics", 0.8);
    return {};
}

Result<bool> Lyricist::writeLine(LineSite site)
{
    LineQuestion question;
    question.brief = brief;
    question.title = title;
    question.kind = form.sections[site.section].kind;
    question.before = draft.before(site);
    if (const auto said = answered.find(site); said != answered.end())
        question.line = said->second.front();
    question.syllables = draft.plan(site).syllables;
    question.rhymesWith = draft.rhymesWith(site);
    question.anyEnd = true;
    question.seed = seed;
    question.count = kOwnWordings;
    const Result<std::vector<std::string>> lines = rewriteLine(question, models, reader, job);
    if (job.cancelled())
        return job.cancelledError();
    if (lines)
        draft.take({{site, *lines}});
    if (!draft.filled(site))
        return false;
    own.insert(site);
    return true;
}

Result<bool> Lyricist::writeSection(std::size_t section)
{
    if (!reserve) {
        TRY(reserve, writeLyrics(brief, form, models, reader, seed, job));
    }
    std::vector<std::string> lines;
    for (const LyricLine& line : reserve->sections[section].lines)
        lines.push_back(line.text);
    if (!draft.replaceSection(section, lines))
        return false;
    for (std::size_t i = 0; i < lines.size(); ++i)
        own.insert({section, i});
    return true;
}

Result<void> Lyricist::writeMissing()
{
    const auto tooFew = [] {
        return Error{
            "Too few lines of the language model could be sung; try again, or choose another model."};
    };
    const std::size_t all = draft.sites().size();
    const auto filled = [&] {
        return static_cast<std::size_t>(std::count_if(draft.sites().begin(), draft.sites().end(),
                                                      [&](LineSite site) { return draft.filled(site); }));
    };
    // A song of single lines by another hand would not hold together.
    if (2 * filled() < all)
        return tooFew();
    for (const LineSite site : draft.sites()) {
        if (draft.filled(site))
            continue;
        TRY(bool done, writeLine(site));
        if (!done) {
            TRY(done, writeSection(site.section));
        }
        if (!done)
            return tooFew();
    }
    return 2 * own.size() > all ? Result<void>(tooFew()) : Result<void>();
}

Lyrics Lyricist::finish() const
{
    Lyrics lyrics;
    lyrics.sections.resize(form.sections.size());
    for (const LineSite site : draft.sites()) {
        LyricLine line;
        line.text = draft.text(site);
        line.words = draft.words(site);
        line.rhyme = draft.plan(site).rhyme;
        line.origin = own.contains(site) ? LineOrigin::Edited : LineOrigin::LanguageModel;
        lyrics.sections[site.section].lines.push_back(std::move(line));
    }
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        if (const int same = form.sections[s].sameLyricsAs; same >= 0)
            lyrics.sections[s] = lyrics.sections[static_cast<std::size_t>(same)];
    }
    lyrics.title = title;
    if (title.empty() || !draft.titleFault(title).empty()) {
        LineSite first = draft.sites().front();
        for (const LineSite site : draft.sites()) {
            if (isHook(form.sections[site.section].kind)) {
                first = site;
                break;
            }
        }
        lyrics.title = draft.text(first);
    }
    return lyrics;
}

} // namespace

Result<Lyrics> writeLyricsWith(const AskModel& ask, const song::Brief& brief, const Form& form,
                               const LyricModels& models, const language::Reader& reader, std::uint64_t seed,
                               const JobContext& job)
{
    const Form open = withoutGiven(form);
    Lyricist lyricist{ask,    brief, open, models,
                      reader, seed,  job,  LyricDraft(brief, open, models.corpus(), reader),
                      {},     {},    {},   {}};
    // The person's own words, or none at all.
    if (!brief.lyrics.empty() || lyricist.draft.sites().empty())
        return writeLyrics(brief, form, models, reader, seed, job);
    job.progress("lyrics", 0);
    TRY_VOID(lyricist.askForAll());
    if (job.cancelled())
        return job.cancelledError();
    TRY_VOID(lyricist.writeMissing());
    job.progress("lyrics", 1);
    Lyrics lyrics = lyricist.finish();
    addGiven(lyrics, form, models.language(), reader);
    return lyrics;
}

} // namespace cantilena::compose
