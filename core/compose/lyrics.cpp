#include <compose/lyrics.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <base/random.h>
#include <language/rhyme.h>

#include "lyrics_edit.h"
#include "lyrics_line_model.h"
#include "lyrics_text.h"
#include "lyrics_theme.h"
#include "lyrics_windows.h"

namespace cantilena::compose {

using namespace lyric;

int LyricLine::syllables() const
{
    int sum = 0;
    for (const language::Word& word : words)
        sum += static_cast<int>(word.syllables.size());
    return sum;
}

Result<LyricModels> LyricModels::load(const std::filesystem::path& models, language::Language language,
                                      std::shared_ptr<const WordSpace> space, const language::Reader& reader)
{
    LyricModels loaded;
    loaded.m_language = language;
    TRY(loaded.m_line,
        inference::Model::load(models, "lyrics", "lyrics-" + std::string(language::code(language))));
    TRY(loaded.m_corpus, Corpus::load(models, language, std::move(space), reader));
    return loaded;
}

namespace {

constexpr std::size_t kWindows = 48;     // windows that are tried out for a group of lines, until
constexpr std::size_t kShapes = 24;      // windows whose shape is tried
constexpr std::size_t kComplete = 4;     // so many of them can be made to fit
constexpr std::size_t kFinalists = 3;    // of these the line model sees the best
constexpr std::size_t kCandidates = 12;  // edits of a line that the line model compares
constexpr double kModelWeight = 0.7;     // of a nat of the line model
constexpr double kGeneratedPrior = -6.0; // a line without a human model has to be that much better

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

/// Lines that are written together, of so many that are left in the section.
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

/// The same place for suitForm and writeLyrics, so that the window which gave the shape is found again.
Random windowRandom(const Random& random, const SectionPlan& section, std::size_t first)
{
    return random.at({1, static_cast<std::uint64_t>(section.kind), first});
}

/// Lines of a section that are written together, from one window.
struct Group {
    std::size_t section = 0, first = 0, count = 0;
};

struct Draft {
    std::vector<Candidate> lines;
    Window window;
    double score = 0;
    double theme = 0;      ///< strength of the word nearest to the theme
    double likelihood = 0; ///< by the line model, of the best lines
    bool complete = true;  ///< no line is missing
};

class Writer {
public:
    Writer(const song::Brief& brief, const Form& form, const LyricModels& models,
           const language::Reader& reader, std::uint64_t seed, const JobContext& job)
        : m_brief(brief), m_form(form), m_models(models), m_corpus(models.corpus()), m_reader(reader),
          m_job(job), m_random(seed, "lyrics"), m_theme(Theme::of(brief, models.corpus(), reader)),
          m_editor(m_corpus, m_theme)
    {
    }

    Result<Lyrics> write();
    /// Gives the lines the shapes of windows that can be made to fit.
    Result<Form> suit();

private:
    std::vector<Group> groups() const;
    Result<void> writeGroup(const Group& group, bool firstOfSection);
    Result<void> suitGroup(const Group& group, char firstLetter);
    std::vector<std::size_t> sectionOrder() const;
    std::vector<Candidate> wordsOf(std::size_t section) const;
    bool hasSibling(const Window& window, std::size_t lines) const;
    Result<Draft> realise(const Group& group, const Window& window, const EditState& start,
                          LineWriter* writer) const;
    std::map<char, std::string> rhymeKeys(const Group& group, const Window& window,
                                          const EditState& state) const;
    bool suits(const Candidate& candidate, int syllables, const std::vector<int>& takenEnds) const;
    void learn(const Candidate& candidate, const ModelLine& line, EditState& state) const;
    void locateTitle(const Window& window, const Group& group);
    void chooseTitle();
    const ModelLine& lineOf(const Window& window, std::size_t index) const
    {
        return m_corpus.songs[static_cast<std::size_t>(window.song)]
            .sections[static_cast<std::size_t>(window.section)]
            .lines[static_cast<std::size_t>(window.first) + index * static_cast<std::size_t>(window.stride)];
    }
    const std::vector<LinePlan>& plans(const Group& group) const
    {
        return m_form.sections[group.section].lines;
    }

    const song::Brief& m_brief;
    Form m_form;
    const LyricModels& m_models;
    const Corpus& m_corpus;
    const language::Reader& m_reader;
    const JobContext& m_job;
    Random m_random;
    Theme m_theme;
    LineEditor m_editor;

    std::map<std::size_t, std::vector<Candidate>> m_written; // by section
    std::map<int, int> m_used;                               // content lexemes of the song
    Borrowed m_borrowed;
    std::optional<LineWriter> m_writer;
    std::optional<Window> m_lastWindow;
    std::vector<Window> m_taken;
    std::map<song::SectionKind, int> m_songOfKind;
    std::string m_title;
    // Where the model song's chorus sings its title: line of the group and tokens.
    std::size_t m_titleLine = 0;
    int m_titleBegin = -1, m_titleEnd = -1;
    std::size_t m_titleSection = 0;
};

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
            // Couplets are found on their own.
            const auto letter = [&](std::size_t i) { return section.lines[first + i].rhyme; };
            if (count == 4 && letter(0) != 0 && letter(0) == letter(1) && letter(2) != 0 &&
                letter(2) == letter(3) && letter(0) != letter(2))
                count = 2;
            result.push_back({s, first, count});
            first += count;
        }
    }
    return result;
}

bool Writer::suits(const Candidate& candidate, int syllables, const std::vector<int>& takenEnds) const
{
    const int end = m_editor.lastLexeme(candidate.tokens);
    if (end < 0 || std::find(takenEnds.begin(), takenEnds.end(), end) != takenEnds.end())
        return false;
    const language::Word word =
        m_reader.word(m_corpus.lexemes[static_cast<std::size_t>(end)].text, m_corpus.language);
    for (const int taken : takenEnds) {
        if (!language::rhymes(word, m_reader.word(m_corpus.lexemes[static_cast<std::size_t>(taken)].text,
                                                  m_corpus.language)))
            return false;
    }
    return m_reader.countSyllables(textOf(m_corpus, candidate.tokens), m_corpus.language) == syllables;
}

void Writer::learn(const Candidate& candidate, const ModelLine& line, EditState& state) const
{
    for (std::size_t i = 0; i < candidate.tokens.size(); ++i) {
        const int lexeme = candidate.tokens[i].lexeme;
        if (!m_corpus.lexemes[static_cast<std::size_t>(lexeme)].content)
            continue;
        const int source = i < candidate.from.size() ? sourceOf(candidate.from[i]) : -1;
        if (source >= 0)
            state.mapping[line.tokens[static_cast<std::size_t>(source)].lexeme] = lexeme;
        ++state.used[lexeme];
        state.company.push_back(lexeme);
    }
    for (const int id : m_editor.tokensOf(candidate.tokens)) {
        if (id != m_corpus.pause)
            state.tail.push_back(id);
    }
}

std::map<char, std::string> Writer::rhymeKeys(const Group& group, const Window& window,
                                              const EditState& state) const
{
    std::map<char, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < group.count; ++i) {
        if (const char letter = plans(group)[group.first + i].rhyme; letter != 0)
            members[letter].push_back(i);
    }
    std::map<char, std::string> keys;
    for (const auto& [letter, lines] : members) {
        std::vector<std::string> natural;
        for (const std::size_t i : lines) {
            const int end = m_editor.lastLexeme(lineOf(window, i).tokens);
            natural.push_back(end < 0 ? std::string()
                                      : m_corpus.lexemes[static_cast<std::size_t>(end)].rhyme);
        }
        if (std::all_of(natural.begin(), natural.end(),
                        [&](const std::string& key) { return key == natural[0]; })) {
            keys[letter] = natural[0];
            continue;
        }
        // The lines do not rhyme as planned: the end of one of them has to change. Try both.
        double best = -1e9;
        for (const std::string& key : natural) {
            double sum = 0;
            for (const std::size_t i : lines) {
                LineTarget target;
                target.syllables = plans(group)[group.first + i].syllables;
                target.rhyme = key;
                const auto candidates = m_editor.edit(lineOf(window, i), target, state, 1);
                sum += candidates.empty() ? -8.0 : candidates[0].score;
            }
            if (sum > best) {
                best = sum;
                keys[letter] = key;
            }
        }
    }
    return keys;
}

Result<Draft> Writer::realise(const Group& group, const Window& window, const EditState& start,
                              LineWriter* writer) const
{
    Draft draft;
    draft.window = window;
    draft.score = window.score;
    EditState state = start;
    const SectionPlan& section = m_form.sections[group.section];
    const std::map<char, std::string> keys = rhymeKeys(group, window, state);
    std::map<char, std::vector<int>> ends;
    for (std::size_t i = 0; i < group.count; ++i) {
        if (m_job.cancelled())
            return m_job.cancelledError();
        const LinePlan& plan = section.lines[group.first + i];
        const ModelLine& line = lineOf(window, i);
        LineTarget target;
        target.syllables = plan.syllables;
        target.themeWeight = isHook(section.kind) ? 1.35 : 1.0;
        if (plan.rhyme != 0) {
            target.rhyme = keys.at(plan.rhyme);
            target.takenEnds = ends[plan.rhyme];
        }
        if (group.section == m_titleSection && m_titleBegin >= 0 && i == m_titleLine && m_title.empty()) {
            target.titleBegin = m_titleBegin;
            target.titleEnd = m_titleEnd;
        }
        const int marker = writer ? writer->marker(section.kind, group.first + i == 0) : 0;
        Expectation expectation;
        if (writer) {
            TRY(expectation, writer->expect(marker, plan.syllables, line.tokens));
        }
        std::vector<Candidate> candidates;
        for (const bool relaxed : {false, true}) {
            target.relaxed = relaxed;
            candidates = m_editor.edit(line, target, state, writer ? kCandidates * 2 : 6, expectation);
            std::erase_if(candidates, [&](const Candidate& c) {
                return !suits(c, plan.syllables, target.takenEnds) ||
                       (i + 1 == group.count && m_editor.meets(c.tokens, state.tail, state.head));
            });
            if (relaxed)
                draft.score -= 0.7;
            if (!candidates.empty())
                break;
        }
        if (candidates.size() > kCandidates)
            candidates.resize(kCandidates);
        if (writer) {
            const Random random = m_random.at({group.section, group.first + i});
            // Lines without a model compete; they are all there is when the model cannot be made to fit.
            for (int round = candidates.size() < 2 ? 0 : 4; round < 4 && (round == 0 || candidates.empty());
                 ++round) {
                const bool rhymed = round < 3;
                TRY(const auto sampled,
                    writer->sample(marker, plan.syllables, rhymed ? target.rhyme : std::string(),
                                   target.takenEnds, round == 0 ? 6 : 24, 0.75 + 0.15 * round,
                                   random.at({static_cast<std::uint64_t>(round)})));
                double middle = 0;
                if (!candidates.empty())
                    middle = candidates[candidates.size() / 2].score;
                for (const auto& tokens : sampled) {
                    Candidate candidate;
                    candidate.tokens = tokens;
                    candidate.generated = true;
                    double theme = 0;
                    for (const Token& token : tokens)
                        theme = std::max(
                            theme,
                            static_cast<double>(m_theme.strength[static_cast<std::size_t>(token.lexeme)]));
                    candidate.score = middle + kGeneratedPrior + target.themeWeight * theme;
                    if (!m_editor.copies(tokens, state.tail) &&
                        suits(candidate, plan.syllables, rhymed ? target.takenEnds : std::vector<int>{}))
                        candidates.push_back(std::move(candidate));
                }
            }
            if (candidates.empty())
                return Error{"No line of " + std::to_string(plan.syllables) +
                             " syllables could be written; try another seed."};
            std::vector<std::vector<Token>> lines;
            for (const Candidate& candidate : candidates)
                lines.push_back(candidate.tokens);
            TRY(const std::vector<double> likelihood, writer->score(marker, plan.syllables, lines));
            const double top = *std::max_element(likelihood.begin(), likelihood.end());
            draft.likelihood += top;
            for (std::size_t c = 0; c < candidates.size(); ++c)
                candidates[c].score += kModelWeight * (likelihood[c] - top) + 0.2 * random.normal(100 + c);
            std::stable_sort(candidates.begin(), candidates.end(),
                             [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
            TRY_VOID(writer->add(marker, plan.syllables, candidates[0].tokens));
        }
        if (candidates.empty()) {
            draft.complete = false;
            draft.score -= 4.0;
            draft.lines.emplace_back();
            continue;
        }
        draft.score += 0.14 * candidates[0].score;
        double near = 0;
        for (const Token& token : candidates[0].tokens)
            near =
                std::max(near, static_cast<double>(m_theme.strength[static_cast<std::size_t>(token.lexeme)]));
        draft.theme = std::max(draft.theme, near);
        learn(candidates[0], line, state);
        if (plan.rhyme != 0)
            ends[plan.rhyme].push_back(m_editor.lastLexeme(candidates[0].tokens));
        draft.lines.push_back(std::move(candidates[0]));
    }
    draft.score += (isHook(section.kind) ? 1.6 : 0.8) * draft.theme;
    return draft;
}

void Writer::locateTitle(const Window& window, const Group& group)
{
    m_titleBegin = m_titleEnd = -1;
    m_titleSection = group.section;
    const ModelSong& song = m_corpus.songs[static_cast<std::size_t>(window.song)];
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
        for (std::size_t i = 0; i < line.tokens.size(); ++i) {
            const int source = sourceOf(line.from[i]);
            const bool inside = source >= m_titleBegin && source < m_titleEnd;
            const bool insertedInside = source < 0 && !part.empty() && i + 1 < line.tokens.size() &&
                                        sourceOf(line.from[i + 1]) > m_titleBegin &&
                                        sourceOf(line.from[i + 1]) < m_titleEnd;
            if (inside || insertedInside)
                part.push_back(line.tokens[i]);
        }
        const std::string title = titleOf(m_corpus, part);
        if (!part.empty() && !title.empty() && !m_corpus.isCorpusTitle(title)) {
            m_title = title;
            return;
        }
    }
    m_title = bestPhrase(m_corpus, m_theme, lines);
}

std::vector<Candidate> Writer::wordsOf(std::size_t section) const
{
    const int same = m_form.sections[section].sameLyricsAs;
    const auto found = m_written.find(same >= 0 ? static_cast<std::size_t>(same) : section);
    return found == m_written.end() ? std::vector<Candidate>{} : found->second;
}

Result<void> Writer::writeGroup(const Group& group, bool firstOfSection)
{
    const SectionPlan& section = m_form.sections[group.section];
    WindowWish wish = wishFor(m_brief, m_form, section);
    wish.lines = std::span(section.lines).subspan(group.first, group.count);
    const Window* previous = nullptr;
    if (group.first > 0 && m_lastWindow)
        previous = &*m_lastWindow;
    wish.previous = previous;
    wish.taken = m_taken;
    if (const auto before = m_songOfKind.find(section.kind); before != m_songOfKind.end())
        wish.sameSong = before->second;
    const std::vector<Window> windows = rankWindows(m_corpus, m_theme, wish, m_borrowed,
                                                    windowRandom(m_random, section, group.first), kWindows);
    if (windows.empty())
        return Error{"No line of the corpus is near " + std::to_string(section.lines[group.first].syllables) +
                     " syllables; choose another length or tempo."};
    EditState state;
    state.used = m_used;
    const auto tokensOf = [&](const std::vector<Candidate>& lines) {
        std::vector<int> ids;
        for (const Candidate& line : lines) {
            for (const int id : m_editor.tokensOf(line.tokens)) {
                if (id != m_corpus.pause)
                    ids.push_back(id);
            }
        }
        return ids;
    };
    // What is sung right before and right after, for the guard.
    if (group.first == 0 && group.section > 0)
        state.tail = tokensOf(wordsOf(group.section - 1));
    if (group.first + group.count == section.lines.size() && group.section + 1 < m_form.sections.size())
        state.head = tokensOf(wordsOf(group.section + 1));
    const std::vector<int> own = tokensOf(m_written[group.section]);
    state.tail.insert(state.tail.end(), own.begin(), own.end());
    const bool titleGroup = m_title.empty() && firstOfSection;
    std::vector<Draft> drafts;
    std::size_t complete = 0;
    for (const Window& window : windows) {
        if (titleGroup)
            locateTitle(window, group);
        TRY(Draft draft, realise(group, window, state, nullptr));
        if (titleGroup && isHook(section.kind) && m_titleBegin >= 0)
            draft.score += 0.6;
        complete += draft.complete ? 1 : 0;
        drafts.push_back(std::move(draft));
        if (complete >= kComplete)
            break;
    }
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](const Draft& a, const Draft& b) { return a.score > b.score; });
    // The line model rewrites the best of them and has the last word.
    std::optional<Draft> best;
    LineWriter after = *m_writer;
    double bestScore = 0;
    for (std::size_t d = 0; d < std::min(kFinalists, drafts.size()); ++d) {
        if (titleGroup)
            locateTitle(drafts[d].window, group);
        LineWriter writer = *m_writer;
        TRY(Draft draft, realise(group, drafts[d].window, state, &writer));
        double score = draft.score + 0.06 * draft.likelihood;
        for (const Candidate& line : draft.lines)
            score -= line.generated ? 4.0 : 0.0;
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

bool Writer::hasSibling(const Window& window, std::size_t lines) const
{
    const ModelSong& song = m_corpus.songs[static_cast<std::size_t>(window.song)];
    for (std::size_t k = 0; k < song.sections.size(); ++k) {
        const ModelSection& other = song.sections[k];
        if (static_cast<int>(k) == window.section ||
            other.kind != song.sections[static_cast<std::size_t>(window.section)].kind ||
            other.lines.size() < lines)
            continue;
        int off = 0;
        for (std::size_t i = 0; i < lines; ++i)
            off += std::abs(other.lines[i].syllables - lineOf(window, i).syllables);
        if (off <= static_cast<int>(lines) / 2)
            return true;
    }
    return false;
}

Result<void> Writer::suitGroup(const Group& group, char firstLetter)
{
    SectionPlan& section = m_form.sections[group.section];
    const std::vector<LinePlan> planned(section.lines.begin() + static_cast<std::ptrdiff_t>(group.first),
                                        section.lines.begin() +
                                            static_cast<std::ptrdiff_t>(group.first + group.count));
    WindowWish wish = wishFor(m_brief, m_form, section);
    wish.lines = planned;
    wish.anyShape = true;
    wish.taken = m_taken;
    const auto windows = rankWindows(m_corpus, m_theme, wish, m_borrowed,
                                     windowRandom(m_random, section, group.first), kShapes);
    std::optional<Window> best;
    std::vector<LinePlan> bestShape;
    double bestScore = 0;
    std::size_t complete = 0;
    EditState state;
    state.used = m_used;
    for (const Window& window : windows) {
        const std::vector<LinePlan> shape = shapeOf(m_corpus, window, planned, firstLetter);
        std::copy(shape.begin(), shape.end(),
                  section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
        TRY(const Draft draft, realise(group, window, state, nullptr));
        const bool verse = section.kind == song::SectionKind::Verse;
        const double score = draft.score + (verse && hasSibling(window, group.count) ? 1.2 : 0.0);
        complete += draft.complete ? 1 : 0;
        if (!best || score > bestScore) {
            best = window;
            bestScore = score;
            bestShape = shape;
        }
        if (complete >= kComplete)
            break;
    }
    if (best) {
        std::copy(bestShape.begin(), bestShape.end(),
                  section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
        ++m_borrowed[best->song];
        best->lines = static_cast<int>(group.count);
        m_taken.push_back(*best);
    } else {
        std::copy(planned.begin(), planned.end(),
                  section.lines.begin() + static_cast<std::ptrdiff_t>(group.first));
    }
    return {};
}

Result<Form> Writer::suit()
{
    std::map<std::pair<int, std::size_t>, std::size_t>
        shaped; // by material and number of lines: the section that set it
    for (const std::size_t s : sectionOrder()) {
        SectionPlan& section = m_form.sections[s];
        const auto [found, fresh] = shaped.try_emplace({section.material, section.lines.size()}, s);
        if (!fresh) {
            for (std::size_t i = 0; i < section.lines.size(); ++i) {
                section.lines[i].syllables = m_form.sections[found->second].lines[i].syllables;
                section.lines[i].rhyme = m_form.sections[found->second].lines[i].rhyme;
            }
            continue;
        }
        char letter = 'A';
        for (std::size_t first = 0; first < section.lines.size();) {
            const std::size_t count = groupSize(section.lines.size() - first);
            TRY_VOID(suitGroup({s, first, count}, letter));
            letter = static_cast<char>(letter + 2);
            first += count;
        }
    }
    for (SectionPlan& section : m_form.sections) {
        if (section.sameLyricsAs < 0)
            continue;
        const SectionPlan& same = m_form.sections[static_cast<std::size_t>(section.sameLyricsAs)];
        for (std::size_t i = 0; i < std::min(section.lines.size(), same.lines.size()); ++i) {
            section.lines[i].syllables = same.lines[i].syllables;
            section.lines[i].rhyme = same.lines[i].rhyme;
        }
    }
    return m_form;
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
        for (std::size_t i = 0; i < written->second.size(); ++i) {
            LyricLine line;
            line.text = textOf(m_corpus, written->second[i].tokens);
            line.words = m_reader.read(line.text, m_corpus.language);
            line.rhyme = plan.lines[i].rhyme;
            line.origin = written->second[i].generated ? LineOrigin::Generated : LineOrigin::Edited;
            lyrics.sections[s].lines.push_back(std::move(line));
        }
    }
    return lyrics;
}

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

} // namespace

Result<Form> suitForm(const Form& form, const song::Brief& brief, const LyricModels& models,
                      const language::Reader& reader, std::uint64_t seed, const JobContext& job)
{
    if (!brief.lyrics.empty() || brief.instrumental)
        return form;
    Writer writer(brief, form, models, reader, seed, job);
    return writer.suit();
}

Result<Lyrics> writeLyrics(const song::Brief& brief, const Form& form, const LyricModels& models,
                           const language::Reader& reader, std::uint64_t seed, const JobContext& job)
{
    job.progress("lyrics", 0);
    if (!brief.lyrics.empty())
        return passOn(brief, form, models.language(), reader);
    Writer writer(brief, form, models, reader, seed, job);
    return writer.write();
}

} // namespace cantilena::compose
