#include "lyrics_writer.h"

#include <algorithm>
#include <cmath>

#include <language/rhyme.h>

#include "lyrics_text.h"
#include "lyrics_written.h"

namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kWindows = 80;  // windows that are tried out for a group of lines, until
constexpr std::size_t kComplete = 8;  // so many of them can be made to fit
constexpr std::size_t kFinalists = 4; // of these the line model sees the best
constexpr double kDraftCriticWeight = 1.0;
constexpr double kGenerated = 12.0; // of a line without a human model

} // namespace

std::string genreOf(std::string_view style)
{
    if (style == "rnb")
        return "r&b";
    if (style == "bossa")
        return "jazz";
    if (style == "waltz")
        return "ballad";
    return std::string(style);
}

std::string_view tempoOf(const Form& form)
{
    return form.tempo.value < 84 ? "slow" : form.tempo.value < 116 ? "mid" : "fast";
}

bool isHook(song::SectionKind kind)
{
    return kind == song::SectionKind::Chorus || kind == song::SectionKind::Hook;
}

std::size_t groupSize(std::size_t left)
{
    return left <= 4 ? left : left == 5 ? 3 : 4;
}

WindowWish wishFor(const song::Brief& brief, const Form& form, const SectionPlan& section)
{
    WindowWish wish;
    wish.kind = section.kind;
    wish.genre = genreOf(brief.style);
    wish.pointOfView = pointOfViewName(brief.pointOfView);
    wish.tempo = tempoOf(form);
    wish.valence = brief.valence;
    wish.arousal = brief.arousal;
    wish.themeWeight = isHook(section.kind) ? 1.3 : 1.0;
    return wish;
}

Random windowRandom(const Random& random, const SectionPlan& section, std::size_t first)
{
    return random.at({1, static_cast<std::uint64_t>(section.kind), first});
}

std::shared_ptr<const Corpus> Writer::widen(const song::Brief& brief, const LyricModels& models,
                                            const std::string& name, const language::Reader& reader)
{
    std::vector<NewName> names = newNames(brief, models.corpus());
    for (const std::string& word : unknownWords(models.corpus(), name))
        if (std::none_of(names.begin(), names.end(),
                         [&](const NewName& known) { return known.text == word; }))
            names.push_back({word, NameKind::None});
    return names.empty() ? nullptr : models.corpus().withNames(names, reader);
}

const ModelSong& Writer::songOf(int song) const
{
    const ModelSong& own = m_corpus.songs[static_cast<std::size_t>(song)];
    if (m_kin.empty() && m_name.empty())
        return own;
    const auto [found, fresh] = m_retold.try_emplace(song);
    if (fresh) {
        found->second = retold(m_corpus, own, m_kin);
        if (!m_name.empty())
            if (auto told = calledBy(m_corpus, found->second ? *found->second : own, m_name))
                found->second = std::move(told);
    }
    return found->second ? *found->second : own;
}

int Writer::waitingName() const
{
    for (const Query& query : m_theme.queries) {
        if (query.own && query.lexeme >= 0 && m_corpus.lexemes[static_cast<std::size_t>(query.lexeme)].name &&
            !m_used.contains(query.lexeme))
            return query.lexeme;
    }
    return -1;
}

std::vector<Group> Writer::groups() const
{
    std::vector<Group> result;
    for (std::size_t s = 0; s < m_form.sections.size(); ++s) {
        const SectionPlan& section = m_form.sections[s];
        if (section.sameLyricsAs >= 0)
            continue;
        std::size_t first = 0;
        while (first < section.lines.size()) {
            const std::size_t left = section.lines.size() - first;
            std::size_t count = groupSize(left);
            // Without a story couplets are found on their own.
            const auto letter = [&](std::size_t i) { return section.lines[first + i].rhyme; };
            if (m_form.story < 0 && count == 4 && letter(0) != 0 && letter(0) == letter(1) &&
                letter(2) != 0 && letter(2) == letter(3) && letter(0) != letter(2))
                count = 2;
            result.push_back({s, first, count});
            first += count;
        }
    }
    return result;
}

void Writer::locateTitle(const Window& window, const Group& group)
{
    m_titleBegin = m_titleEnd = -1;
    m_titleSection = group.section;
    const ModelSong& song = songOf(window.song);
    const std::vector<std::string> title = titleWords(m_corpus, song.title);
    if (title.empty())
        return;
    for (std::size_t i = 0; i < group.count; ++i) {
        const ModelLine& line = lineOf(window, i);
        const auto span = findWords(m_corpus, line.tokens, title);
        if (span) {
            m_titleLine = i;
            m_titleBegin = span->first;
            m_titleEnd = span->second;
            return;
        }
    }
}

void Writer::chooseTitle()
{
    const std::vector<Candidate>& lines = m_written.at(m_titleSection);
    if (m_titleBegin >= 0 && m_titleLine < lines.size() && !lines[m_titleLine].generated) {
        const Candidate& line = lines[m_titleLine];
        std::vector<Token> part;
        int kept = 0;
        for (std::size_t i = 0; i < line.tokens.size(); ++i) {
            const int source = sourceOf(line.from[i]);
            const bool inside = source >= m_titleBegin && source < m_titleEnd;
            kept += inside ? 1 : 0;
            const bool insertedInside = source < 0 && !part.empty() && i + 1 < line.tokens.size() &&
                                        sourceOf(line.from[i + 1]) > m_titleBegin &&
                                        sourceOf(line.from[i + 1]) < m_titleEnd;
            if (inside || insertedInside)
                part.push_back(line.tokens[i]);
        }
        const std::string title = titleOf(m_corpus, part);
        if (kept == m_titleEnd - m_titleBegin && !title.empty()) {
            m_title = title;
            return;
        }
    }
    // A story is called what it is called, unless a word of its title has become another.
    const bool own = m_titleSong >= 0 && m_titleSong == m_story.song;
    if (own) {
        const ModelSong& song = songOf(m_story.song);
        const std::vector<Token>& tokens = song.titleTokens;
        const bool stays = std::all_of(tokens.begin(), tokens.end(), [&](const Token& token) {
            const auto mapped = m_mapping.find(token.lexeme);
            return mapped == m_mapping.end() || mapped->second == token.lexeme;
        });
        if (stays) {
            m_title = song.title;
            return;
        }
    }
    m_title = bestPhrase(m_corpus, m_theme, lines);
}

std::vector<int> Writer::guardTokens(const std::vector<std::vector<Token>>& lines) const
{
    std::vector<int> ids;
    for (const std::vector<Token>& line : lines) {
        for (const int id : m_editor.tokensOf(line)) {
            if (id != m_corpus.pause)
                ids.push_back(id);
        }
    }
    return ids;
}

std::vector<Candidate> Writer::wordsOf(std::size_t section) const
{
    const int same = m_form.sections[section].sameLyricsAs;
    const auto found = m_written.find(same >= 0 ? static_cast<std::size_t>(same) : section);
    return found == m_written.end() ? std::vector<Candidate>{} : found->second;
}

WindowWish Writer::wishFor(const Group& group) const
{
    const SectionPlan& section = m_form.sections[group.section];
    WindowWish wish = lyric::wishFor(m_brief, m_form, section);
    wish.purpose = purposeOf(m_form, group.section);
    for (std::size_t s = 0; s < group.section; ++s) {
        const SectionPlan& before = m_form.sections[s];
        wish.verse +=
            before.kind == song::SectionKind::Verse && !before.lines.empty() && before.sameLyricsAs < 0 ? 1
                                                                                                        : 0;
    }
    wish.story = m_story;
    wish.lines = std::span(section.lines).subspan(group.first, group.count);
    wish.taken = m_taken;
    wish.name = waitingName();
    return wish;
}

Result<void> Writer::writeGroup(const Group& group, bool firstOfSection)
{
    const SectionPlan& section = m_form.sections[group.section];
    WindowWish wish = wishFor(group);
    const Window* previous = nullptr;
    if (group.first > 0 && m_lastWindow)
        previous = &*m_lastWindow;
    wish.previous = previous;
    if (const auto before = m_songOfKind.find(section.kind); before != m_songOfKind.end())
        wish.sameSong = before->second;
    std::vector<Window> windows = rankWindows(m_corpus, m_theme, wish, m_borrowed,
                                              windowRandom(m_random, section, group.first), kWindows);
    // What the story says here goes before all others.
    const auto tellsStory = [&](const Window& window) {
        return window.song == m_story.song &&
               purposeFit(wish.purpose, purposeOf(m_corpus.songs[static_cast<std::size_t>(window.song)],
                                                  static_cast<std::size_t>(window.section))) >= 0;
    };
    std::erase_if(windows,
                  [&](const Window& window) { return window.song == m_story.song && !tellsStory(window); });
    std::stable_partition(windows.begin(), windows.end(), tellsStory);
    if (windows.empty())
        return Error{"No line of the corpus is near " + std::to_string(section.lines[group.first].syllables) +
                     " syllables; choose another length or tempo."};
    EditState state;
    state.used = m_used;
    state.mapping = m_mapping;
    const auto tokensOf = [&](const std::vector<Candidate>& lines) {
        std::vector<std::vector<Token>> tokens;
        tokens.reserve(lines.size());
        for (const Candidate& line : lines)
            tokens.push_back(line.tokens);
        return guardTokens(tokens);
    };
    // What is sung right before and right after, for the guard; the band may play in between, and a section
    // that is sung again has other neighbours there.
    const auto sings = [&](std::size_t s) { return !m_form.sections[s].lines.empty(); };
    const auto wordsFrom = [&](std::size_t s) {
        const int same = m_form.sections[s].sameLyricsAs;
        return same >= 0 ? static_cast<std::size_t>(same) : s;
    };
    if (group.first == 0) {
        const auto before = [&](std::size_t section) {
            std::vector<int> tokens;
            for (std::size_t s = section; tokens.empty() && s-- > 0;)
                tokens = tokensOf(wordsOf(s));
            return tokens;
        };
        state.tail = before(group.section);
        for (std::size_t s = group.section + 1; s < m_form.sections.size(); ++s)
            if (sings(s) && wordsFrom(s) == group.section)
                state.otherTails.push_back(before(s));
    }
    for (std::size_t s = 0; group.first + group.count == section.lines.size() && s < m_form.sections.size();
         ++s) {
        if (!sings(s) || wordsFrom(s) != group.section)
            continue;
        std::size_t next = s + 1;
        while (next < m_form.sections.size() && !sings(next))
            ++next;
        if (next == m_form.sections.size())
            continue;
        if (wordsFrom(next) == group.section)
            state.followsItself = true;
        else if (std::vector<int> head = tokensOf(wordsOf(next)); !head.empty())
            state.heads.push_back(std::move(head));
    }
    const std::vector<int> own = tokensOf(m_written[group.section]);
    state.tail.insert(state.tail.end(), own.begin(), own.end());
    const bool titleGroup = m_title.empty() && firstOfSection;
    // One line from elsewhere is better than four.
    const auto holds = [&](const Draft& draft) {
        return draft.missing <= (tellsStory(draft.window) && group.count > 2 ? 1 : 0);
    };
    std::vector<Draft> drafts;
    std::size_t complete = 0;
    for (const Window& window : windows) {
        if (titleGroup)
            locateTitle(window, group);
        TRY(Draft draft, realise(group, window, state, nullptr));
        if (titleGroup && isHook(section.kind) && m_titleBegin >= 0)
            draft.score += 0.6;
        if (complete > 0 && !tellsStory(window) && tellsStory(drafts.front().window))
            break;
        complete += holds(draft) ? 1 : 0;
        drafts.push_back(std::move(draft));
        if (complete >= kComplete)
            break;
    }
    std::stable_sort(drafts.begin(), drafts.end(), [&holds](const Draft& a, const Draft& b) {
        return holds(a) != holds(b) ? holds(a) : a.score > b.score;
    });
    // Where the best needs no more than the words written for its lines, those that need more have lost.
    const auto asWritten = [](const Draft& draft) {
        return draft.missing == 0 &&
               std::all_of(draft.lines.begin(), draft.lines.end(),
                           [](const Candidate& line) { return line.freedom == Freedom::Written; });
    };
    if (asWritten(drafts.front()))
        std::erase_if(drafts, [&](const Draft& draft) { return !asWritten(draft); });
    // The line model rewrites the best of them and has the last word.
    std::optional<Draft> best;
    LineWriter after = *m_writer;
    double bestScore = 0;
    for (std::size_t d = 0; d < std::min(kFinalists, drafts.size()); ++d) {
        if (titleGroup)
            locateTitle(drafts[d].window, group);
        LineWriter writer = *m_writer;
        TRY(Draft draft, realise(group, drafts[d].window, state, &writer));
        double score = draft.score + 0.06 * draft.likelihood + kDraftCriticWeight * draft.belief;
        for (const Candidate& line : draft.lines)
            score -= line.generated ? kGenerated : 0.0;
        if (titleGroup && isHook(section.kind) && m_titleBegin >= 0)
            score += 0.6;
        if (!best || score > bestScore) {
            bestScore = score;
            best = std::move(draft);
            after = std::move(writer);
        }
    }
    Draft draft = std::move(*best);
    if (titleGroup)
        m_titleSong = draft.window.song;
    if (titleGroup)
        locateTitle(draft.window, group);
    m_writer = std::move(after);
    if (!previous || previous->song != draft.window.song)
        ++m_borrowed[draft.window.song];
    m_lastWindow = draft.window;
    m_lastWindow->lines = static_cast<int>(group.count);
    m_taken.push_back(*m_lastWindow);
    m_songOfKind.try_emplace(section.kind, draft.window.song);
    for (std::size_t i = 0; i < draft.lines.size(); ++i)
        learn(draft.lines[i], lineOf(draft.window, i), state);
    m_used = state.used;
    if (draft.window.song == m_story.song)
        m_mapping = state.mapping;
    for (Candidate& line : draft.lines)
        m_written[group.section].push_back(std::move(line));
    return {};
}

std::vector<std::size_t> Writer::sectionOrder() const
{
    std::vector<std::size_t> order;
    for (std::size_t s = 0; s < m_form.sections.size(); ++s) {
        if (!m_form.sections[s].lines.empty() && m_form.sections[s].sameLyricsAs < 0)
            order.push_back(s);
    }
    const auto hook = std::find_if(order.begin(), order.end(),
                                   [&](std::size_t s) { return isHook(m_form.sections[s].kind); });
    if (hook != order.end())
        std::rotate(order.begin(), hook, hook + 1);
    return order;
}

Result<Lyrics> Writer::write()
{
    Lyrics lyrics;
    lyrics.sections.resize(m_form.sections.size());
    std::vector<Group> order = groups();
    if (order.empty()) {
        lyrics.title = fallbackTitle(m_corpus, m_theme);
        return lyrics;
    }
    // The section that holds the hook comes first, so that the others can be written with the title known.
    std::size_t hook = order.front().section;
    for (const Group& group : order) {
        if (isHook(m_form.sections[group.section].kind)) {
            hook = group.section;
            break;
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](const Group& a, const Group& b) {
        return (a.section == hook) > (b.section == hook);
    });
    if (m_form.story >= 0 && static_cast<std::size_t>(m_form.story) < m_corpus.songs.size()) {
        m_story = {m_form.story, 1.0, 0.0, {}};
    } else {
        TRY(const std::vector<Story> found, stories());
        TRY_VOID(chooseStory({m_form}, found, false));
    }
    const std::string genre = genreOf(m_brief.style);
    TRY(m_writer, LineWriter::start(m_models.line(), m_corpus, m_brief, genre, tempoOf(m_form), ""));
    m_titleSection = hook;
    std::size_t done = 0;
    for (const Group& group : order) {
        if (m_job.cancelled())
            return m_job.cancelledError();
        if (group.section != hook && m_title.empty()) {
            chooseTitle();
            TRY(m_writer,
                LineWriter::start(m_models.line(), m_corpus, m_brief, genre, tempoOf(m_form), m_title));
        }
        TRY_VOID(writeGroup(group, group.first == 0));
        m_job.progress("lyrics", static_cast<double>(++done) / static_cast<double>(order.size()));
    }
    if (m_title.empty())
        chooseTitle();
    lyrics.title = m_title;
    for (std::size_t s = 0; s < m_form.sections.size(); ++s) {
        const SectionPlan& plan = m_form.sections[s];
        if (plan.sameLyricsAs >= 0 && static_cast<std::size_t>(plan.sameLyricsAs) < s) {
            lyrics.sections[s] = lyrics.sections[static_cast<std::size_t>(plan.sameLyricsAs)];
            continue;
        }
        const auto written = m_written.find(s);
        if (written == m_written.end())
            continue;
        std::vector<std::string> texts;
        for (const Candidate& candidate : written->second) {
            texts.push_back(textOf(m_corpus, candidate.tokens));
            if (candidate.prototype != nullptr)
                texts.back() = writtenLike(texts.back(), candidate.prototype->text);
        }
        closeSpeech(texts);
        for (std::size_t i = 0; i < written->second.size(); ++i) {
            LyricLine line;
            line.text = texts[i];
            line.words = m_reader.read(line.text, m_corpus.language);
            line.rhyme = plan.lines[i].rhyme;
            line.origin = written->second[i].generated ? LineOrigin::Generated : LineOrigin::Edited;
            lyrics.sections[s].lines.push_back(std::move(line));
        }
    }
    return lyrics;
}

} // namespace cantilena::compose::lyric
