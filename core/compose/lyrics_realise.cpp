#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include <language/rhyme.h>

#include "lyrics_accents.h"
#include "lyrics_text.h"
#include "lyrics_word_sets.h"
#include "lyrics_writer.h"
#include "utf8.h"

/// One group of lines from one window: candidates for each line, and their judges.
namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kCandidates = 24; // edits of a line that the models compare
constexpr double kLightCost = 0.8;      // of a small word that came in
constexpr double kFreedomCost[] = {0.0, 1.0, 1.7, 3.5, 6.0};
constexpr int kReturns = 12;           // to lines before, when a line finds no words
constexpr int kReturnsAgain = 3;       // and with more freedom
constexpr double kOtherTitle = 30.0;   // of a line that sings the title in other words: only where it must
constexpr double kModelWeight = 0.7;   // of a nat of the line model
constexpr double kCriticWeight = 1.6;  // of a nat of the critic
constexpr std::size_t kBorrowed = 120; // lines from anywhere that are tried for one that finds no words
// Of a section's first words as they are written: the section before could only end in other words.
constexpr double kKeptHead = 6.0;
constexpr double kSharedWord = 0.7; // for a word that the song has sung
constexpr double kStranger = 1.2;   // for a person that it has not
constexpr double kChance = 0.35;    // so that seeds sing other words
// Where whole phrases were written for a line, each is right: their order and chance decide, and the models
// only turn down what they find far less likely than the best.
constexpr double kFreeChance = 1.2;
constexpr double kPolishedChance = 3.2;  // an editor heard each of these
constexpr double kFreeMargin = 8.0;      // nats
constexpr double kFreeCritic = 0.4;      // of kCriticWeight
constexpr double kClash = 1.5;           // for a stress that the tune goes against, among a line's candidates
constexpr double kDraftClash = 0.6;      // and among the lines that could be made to fit
constexpr double kGeneratedPrior = -6.0; // a line without a human model has to be that much better

} // namespace

bool Writer::suits(const Candidate& candidate, int syllables, const std::vector<int>& takenEnds) const
{
    const int end = m_editor.lastLexeme(candidate.tokens);
    if (end < 0 || std::find(takenEnds.begin(), takenEnds.end(), end) != takenEnds.end())
        return false;
    const language::Word word =
        m_reader.word(m_corpus.lexemes[static_cast<std::size_t>(end)].text, m_corpus.language);
    for (const int taken : takenEnds) {
        const language::Word other =
            m_reader.word(m_corpus.lexemes[static_cast<std::size_t>(taken)].text, m_corpus.language);
        // "Board" and "bored", 在 and 再 will do where a song was written so, but no character rhymes with
        // itself.
        const bool again = m_corpus.language == language::Language::Mandarin &&
                           charactersOf(word.text).back() == charactersOf(other.text).back();
        if (language::rhyme(word, other) < language::Rhyme::True || again)
            return false;
    }
    const std::string text = textOf(m_corpus, candidate.tokens);
    return m_reader.countSyllables(text, m_corpus.language) == syllables && !m_corpus.offends(text);
}

void Writer::learn(const Candidate& candidate, const ModelLine& line, EditState& state) const
{
    for (std::size_t i = 0; i < candidate.tokens.size(); ++i) {
        const int lexeme = candidate.tokens[i].lexeme;
        const Lexeme& word = m_corpus.lexemes[static_cast<std::size_t>(lexeme)];
        if (!word.content && !word.name)
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
        for (std::vector<int>& tail : state.otherTails)
            tail.push_back(id);
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

std::vector<std::vector<Token>> Writer::linesBefore(const Group& group) const
{
    std::vector<std::vector<Token>> lines;
    if (const auto written = m_written.find(group.section); written != m_written.end()) {
        for (const Candidate& line : written->second)
            lines.push_back(line.tokens);
    }
    return lines;
}

void Writer::addBorrowed(const LineCall& call, std::vector<Candidate>& candidates) const
{
    const LineTarget& wanted = *call.target;
    std::set<int> people;
    if (m_story.song >= 0) {
        for (const ModelSection& section : songOf(m_story.song).sections) {
            for (const ModelLine& line : section.lines) {
                for (const Token& token : line.tokens)
                    people.insert(token.lexeme);
            }
        }
    }
    std::vector<std::pair<double, const ModelLine*>> found;
    for (std::size_t s = 0; s < m_corpus.songs.size(); ++s) {
        // The story's own lines have, or had, their place.
        if (static_cast<int>(s) == m_story.song)
            continue;
        for (const ModelSection& section : m_corpus.songs[s].sections) {
            for (const ModelLine& line : section.lines) {
                if (line.syllables != wanted.syllables || line.places.empty())
                    continue;
                const int end = m_editor.lastLexeme(line.tokens);
                if (end < 0 || (!wanted.rhyme.empty() &&
                                m_corpus.lexemes[static_cast<std::size_t>(end)].rhyme != wanted.rhyme))
                    continue;
                double company = 0, strange = 0;
                for (const Token& token : line.tokens) {
                    const Lexeme& lexeme = m_corpus.lexemes[static_cast<std::size_t>(token.lexeme)];
                    if (lexeme.content && call.state->used.contains(token.lexeme))
                        company += kSharedWord;
                    // Nobody comes in whom the story does not know.
                    const bool stranger = lexeme.name || genderOf(lexeme.text) != 0 ||
                                          (isPersonalPronoun(lexeme.text) && !people.contains(token.lexeme));
                    if (stranger && !call.state->used.contains(token.lexeme))
                        strange += kStranger;
                    strange += kStranger * m_theme.contrast[static_cast<std::size_t>(token.lexeme)];
                }
                found.emplace_back(std::min(company, 2 * kSharedWord) + strengthOf(line.tokens) - strange,
                                   &line);
            }
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    LineTarget target = wanted;
    target.freedom = Freedom::Written;
    target.titleBegin = target.titleEnd = -1;
    target.chance = call.random;
    for (std::size_t f = 0; f < std::min(kBorrowed, found.size()) && candidates.size() < kCandidates; ++f) {
        for (Candidate& candidate : m_editor.edit(*found[f].second, target, *call.state, 2)) {
            if (!suits(candidate, target.syllables, target.takenEnds) ||
                m_editor.runsOnElsewhere(candidate.tokens, *call.state) ||
                (call.lastOfGroup && m_editor.meets(candidate.tokens, *call.state)))
                continue;
            // It is no edit of the line whose place it takes.
            std::fill(candidate.from.begin(), candidate.from.end(), kNowhere);
            candidate.freedom = Freedom::Any;
            candidate.score += found[f].first;
            candidates.push_back(std::move(candidate));
            break;
        }
    }
}

Result<void> Writer::addGenerated(const LineWriter& writer, const LineCall& call,
                                  std::vector<Candidate>& candidates) const
{
    const LineTarget& target = *call.target;
    for (int round = 0; round < 4 && (round == 0 || candidates.empty()); ++round) {
        const bool rhymed = round < 3;
        TRY(const auto sampled,
            writer.sample(call.marker, target.syllables, rhymed ? target.rhyme : std::string(),
                          target.takenEnds, round == 0 ? 6 : 24, 0.75 + 0.15 * round,
                          call.random.at({static_cast<std::uint64_t>(round)})));
        const double middle = candidates.empty() ? 0.0 : candidates[candidates.size() / 2].score;
        for (const auto& tokens : sampled) {
            Candidate candidate;
            candidate.tokens = tokens;
            candidate.generated = true;
            candidate.score = middle + kGeneratedPrior + target.themeWeight * strengthOf(tokens);
            if (!m_editor.copies(tokens, call.state->tail) &&
                !m_editor.runsOnElsewhere(tokens, *call.state) &&
                !(call.lastOfGroup && m_editor.meets(tokens, *call.state)) &&
                suits(candidate, target.syllables, rhymed ? target.takenEnds : std::vector<int>{}))
                candidates.push_back(std::move(candidate));
        }
    }
    return {};
}

void Writer::heedAccents(const LineCall& call, std::vector<Candidate>& candidates) const
{
    if (call.accents.empty())
        return;
    for (Candidate& candidate : candidates) {
        const std::string text = textOf(m_corpus, candidate.tokens);
        candidate.clashes = accentClashes(m_reader.read(text, m_corpus.language), call.accents);
        candidate.score -= kClash * candidate.clashes;
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
}

Result<void> Writer::judge(const LineWriter& writer, const LineCall& call, const ModelLine& line,
                           const std::vector<std::vector<Token>>& before,
                           std::vector<Candidate>& candidates) const
{
    std::vector<std::vector<Token>> lines;
    lines.reserve(candidates.size());
    for (const Candidate& candidate : candidates)
        lines.push_back(candidate.tokens);
    TRY(const std::vector<double> likelihood, writer.score(call.marker, call.target->syllables, lines));
    TRY(const std::vector<double> belief, m_critic.belief(before, lines));
    const double top = *std::max_element(likelihood.begin(), likelihood.end());
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        candidates[c].belief = belief[c];
        candidates[c].likelihood = likelihood[c];
        // Each wording was written for its own place: which go together, the models hear in the song so far.
        const bool free = candidates[c].freedom == Freedom::Written && isPhrased(line);
        const double behind = std::min(0.0, likelihood[c] - top + (free ? kFreeMargin : 0.0));
        candidates[c].score += kModelWeight * behind +
                               kCriticWeight * (free ? kFreeCritic : 1.0) * belief[c] +
                               (line.polished ? kPolishedChance
                                : free        ? kFreeChance
                                              : kChance) *
                                   call.random.normal(100 + c);
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    return {};
}

double Writer::strengthOf(const std::vector<Token>& tokens) const
{
    double strength = 0;
    for (const Token& token : tokens)
        strength =
            std::max(strength, static_cast<double>(m_theme.strength[static_cast<std::size_t>(token.lexeme)]));
    return strength;
}

bool Writer::keepsHead(const Candidate& candidate) const
{
    const bool english = m_corpus.language == language::Language::English;
    const auto run = static_cast<int>(m_corpus.guard.run());
    int length = 0; // words or characters
    for (std::size_t t = 0; t < candidate.tokens.size(); ++t) {
        const int syllables =
            m_corpus.lexemes[static_cast<std::size_t>(candidate.tokens[t].lexeme)].syllables;
        length += english ? std::min(syllables, 1) : syllables;
        if (length >= run)
            break;
        if (candidate.from[t] < 0)
            return false;
    }
    return true;
}

Result<std::vector<Candidate>> Writer::candidatesFor(const LineCall& call, const ModelLine& line,
                                                     LineWriter* writer, Freedom freedom) const
{
    LineTarget target = *call.target;
    const EditState& state = *call.state;
    Expectation expectation;
    if (writer && freedom != Freedom::Written) {
        TRY(expectation, writer->expect(call.marker, target.syllables, line.tokens));
    }
    target.freedom = freedom;
    target.chance = call.random;
    const std::size_t wanted = writer ? kCandidates * 2 : 6;
    std::vector<Candidate> candidates = m_editor.edit(line, target, state, wanted, expectation);
    if (target.titleBegin >= 0) {
        // Rather other words in the title than a line from elsewhere; the song keeps the title's own.
        target.titleBegin = target.titleEnd = -1;
        for (Candidate& candidate : m_editor.edit(line, target, state, wanted, expectation)) {
            if (std::any_of(candidates.begin(), candidates.end(),
                            [&](const Candidate& c) { return c.tokens == candidate.tokens; }))
                continue;
            candidate.score -= kOtherTitle;
            candidates.push_back(std::move(candidate));
        }
    }
    std::erase_if(candidates, [&](const Candidate& c) {
        return !suits(c, target.syllables, target.takenEnds) || m_editor.runsOnElsewhere(c.tokens, state) ||
               (call.lastOfGroup && m_editor.meets(c.tokens, state));
    });
    for (Candidate& candidate : candidates) {
        candidate.freedom = freedom;
        if (line.polished && call.firstOfSection && keepsHead(candidate))
            candidate.score -= kKeptHead;
    }
    heedAccents(call, candidates);
    if (candidates.size() > kCandidates)
        candidates.resize(kCandidates);
    return candidates;
}

int Writer::onlyEnd(const ModelLine& line) const
{
    std::size_t last = line.tokens.size();
    while (last > 0 &&
           m_corpus.lexemes[static_cast<std::size_t>(line.tokens[last - 1].lexeme)].syllables == 0)
        --last;
    const bool open = std::any_of(line.places.begin(), line.places.end(), [&](const Place& place) {
        return place.begin < last && place.begin + place.count >= last;
    });
    return last == 0 || open || line.places.empty() ? -1 : line.tokens[last - 1].lexeme;
}

Result<Draft> Writer::realise(const Group& group, const Window& window, const EditState& start,
                              LineWriter* writer) const
{
    Draft draft;
    draft.window = window;
    draft.score = window.score;
    const SectionPlan& section = m_form.sections[group.section];
    const std::map<char, std::string> keys = rhymeKeys(group, window, start);
    // What stood when a line was begun, and its candidates, so that a later line that finds no words because
    // of this one's (a run of known words may not go on across lines) can have other ones here.
    struct Step {
        EditState state;
        std::optional<LineWriter> writer;
        std::vector<Candidate> candidates;
        std::size_t chosen = 0;
    };
    std::vector<Step> steps(1);
    steps[0].state = start;
    if (writer)
        steps[0].writer = *writer;
    std::vector<Freedom> freedom(group.count, Freedom::Written); // of each line
    std::vector<int> returns(group.count, 0);                    // from each line to the one before
    const auto take = [&](std::size_t i) -> Result<void> {
        Step next{steps[i].state, steps[i].writer, {}, 0};
        if (!steps[i].candidates.empty()) {
            const Candidate& candidate = steps[i].candidates[steps[i].chosen];
            learn(candidate, lineOf(window, i), next.state);
            if (next.writer)
                TRY_VOID(next.writer->add(next.writer->marker(section.kind, group.first + i == 0),
                                          section.lines[group.first + i].syllables, candidate.tokens));
        }
        steps.resize(i + 1);
        steps.push_back(std::move(next));
        return {};
    };
    for (std::size_t i = 0; i < group.count; ++i) {
        if (m_job.cancelled())
            return m_job.cancelledError();
        Step& step = steps[i];
        const LinePlan& plan = section.lines[group.first + i];
        LineTarget target;
        target.syllables = plan.syllables;
        target.themeWeight = isHook(section.kind) ? 1.35 : 1.0;
        if (plan.rhyme != 0) {
            target.rhyme = keys.at(plan.rhyme);
            for (std::size_t j = 0; j < i; ++j) {
                if (section.lines[group.first + j].rhyme == plan.rhyme && !steps[j].candidates.empty())
                    target.takenEnds.push_back(
                        m_editor.lastLexeme(steps[j].candidates[steps[j].chosen].tokens));
            }
            // Lines to come that can only end as they are written keep their ends.
            for (std::size_t j = i + 1; j < group.count; ++j) {
                const int end = onlyEnd(lineOf(window, j));
                if (end >= 0 && section.lines[group.first + j].rhyme == plan.rhyme &&
                    end != onlyEnd(lineOf(window, i)))
                    target.takenEnds.push_back(end);
            }
        }
        if (group.section == m_titleSection && m_titleBegin >= 0 && i == m_titleLine && m_title.empty()) {
            target.titleBegin = m_titleBegin;
            target.titleEnd = m_titleEnd;
        }
        if (i + 1 == group.count && step.state.followsItself) {
            std::vector<std::vector<Token>> sung = linesBefore(group);
            for (std::size_t j = 0; j < i; ++j) {
                if (!steps[j].candidates.empty())
                    sung.push_back(steps[j].candidates[steps[j].chosen].tokens);
            }
            step.state.heads.push_back(guardTokens(sung));
        }
        LineWriter* own = step.writer ? &*step.writer : nullptr;
        const LineCall call{own ? own->marker(section.kind, group.first + i == 0) : 0,
                            &target,
                            &step.state,
                            group.first + i == 0,
                            i + 1 == group.count,
                            plan.accents,
                            m_random.at({group.section, group.first + i})};
        TRY(step.candidates, candidatesFor(call, lineOf(window, i), own, freedom[i]));
        if (step.candidates.empty() && returns[i] < kReturns) {
            // Other words in the lines before rather than more freedom in this one: in the last of them
            // first.
            std::size_t changed = i;
            // Where the section follows itself, the words in the way may be those of its first line.
            if (i + 1 == group.count && step.state.followsItself && returns[i] >= kReturns / 2)
                changed = std::min<std::size_t>(i, 1);
            while (changed > 0 && steps[changed - 1].chosen + 1 >= steps[changed - 1].candidates.size())
                --changed;
            if (changed > 0) {
                ++returns[i];
                ++steps[changed - 1].chosen;
                TRY_VOID(take(changed - 1));
                i = changed - 1;
                continue;
            }
        }
        // A whole line from elsewhere reads better than one with words that hardly belong in it.
        if (own && steps[i].candidates.empty() && freedom[i] == Freedom::Relaxed) {
            addBorrowed(call, steps[i].candidates);
            heedAccents(call, steps[i].candidates);
        }
        if (steps[i].candidates.empty() && freedom[i] != Freedom::Any) {
            freedom[i] = static_cast<Freedom>(static_cast<int>(freedom[i]) + 1);
            returns[i] = std::max(0, returns[i] - kReturnsAgain);
            --i;
            continue;
        }
        if (own) {
            // Lines that the line model writes alone seldom hold together: they are for where nothing fits.
            if (step.candidates.empty())
                TRY_VOID(addGenerated(*own, call, step.candidates));
            if (step.candidates.empty())
                return Error{"No line of " + std::to_string(plan.syllables) +
                             " syllables could be written; try another seed."};
            std::vector<std::vector<Token>> before = linesBefore(group);
            for (std::size_t j = 0; j < i; ++j)
                before.push_back(steps[j].candidates[steps[j].chosen].tokens);
            TRY_VOID(judge(*own, call, lineOf(window, i), before, step.candidates));
        }
        TRY_VOID(take(i));
    }
    for (std::size_t i = 0; i < group.count; ++i) {
        if (steps[i].candidates.empty()) {
            ++draft.missing;
            draft.score -= 4.0;
            draft.lines.emplace_back();
            continue;
        }
        Candidate& candidate = steps[i].candidates[steps[i].chosen];
        draft.likelihood += candidate.likelihood;
        draft.belief += candidate.belief;
        draft.score += 0.14 * candidate.score - kFreedomCost[static_cast<std::size_t>(candidate.freedom)];
        draft.score -= kLightCost * candidate.lights + kDraftClash * candidate.clashes;
        draft.theme = std::max(draft.theme, strengthOf(candidate.tokens));
        candidate.prototype = &lineOf(window, i);
        draft.lines.push_back(std::move(candidate));
    }
    if (writer)
        *writer = std::move(*steps.back().writer);
    draft.score += (isHook(section.kind) ? 3.0 : 0.8) * draft.theme;
    return draft;
}

} // namespace cantilena::compose::lyric
