#include "lyrics_edit.h"

#include <algorithm>
#include <cmath>

#include "lyrics_slot.h"
#include "lyrics_word_sets.h"

namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kBeam = 16;
constexpr double kOtherOpening = 2.4;
constexpr double kNewOpening = 3.5;
constexpr double kNoAdjective = 1.5; // left out before a noun
constexpr double kUnseenPair = 0.8;  // a new word beside a neighbour that it was never seen with
constexpr double kNamesPlace = 2.5;  // for a line that sings where the song is
constexpr double kWritten = -0.2;    // for words that were written for the place
constexpr double kChance = 1.2;      // among them
constexpr double kFurther = 1.0;     // off for each wording that the guard does not ask for
constexpr double kSecond = 2.5;      // off for a phrase after the first of its place, which is the best
constexpr double kThird = 1.0;       // and off for one after the second

struct State {
    std::vector<Token> tokens;
    std::vector<int> from;
    std::vector<int> history; // tokens of the line model, the marker first
    int syllables = 0;
    int edits = 0;
    int keptRun = 0; // of unchanged words (characters), pauses left out
    double score = 0;
    std::size_t skip = 0; // tokens of the prototype that have made way already
    bool light = false;   // the last token is a small word that came in
    int lights = 0;       // small words that came in
};

bool isArticle(const Lexeme& lexeme)
{
    return lexeme.text == "a" || lexeme.text == "an";
}

bool isOpening(const Lexeme& lexeme)
{
    const std::string& text = lexeme.text;
    return text == "and" || text == "but" || text == "so" || text == "now" || text == "then" ||
           text == "well" || text == "oh";
}

bool holds(const std::vector<int>& lexemes, int lexeme)
{
    return std::find(lexemes.begin(), lexemes.end(), lexeme) != lexemes.end();
}

} // namespace

/// Rewrites one line from left to right, keeping the best beginnings of each syllable count.
class LineBeam {
public:
    LineBeam(const LineEditor& editor, const ModelLine& line, const LineTarget& target,
             const EditState& state, const Expectation& expectation)
        : m_editor(editor), m_corpus(editor.m_corpus), m_theme(editor.m_theme), m_line(line),
          m_target(target), m_state(state), m_expectation(expectation),
          m_english(editor.m_corpus.language == language::Language::English),
          m_relaxed(target.freedom > Freedom::Strict), m_written(target.freedom == Freedom::Written),
          m_phrased(isPhrased(line)), m_longest(static_cast<int>(editor.m_corpus.guard.run()) - 1),
          m_places(editor.waitingPlaces(state))
    {
        measure();
    }

    std::vector<Candidate> run(std::size_t count);

private:
    /// What the token at a position may add, and what has to follow it.
    struct Step {
        std::size_t at = 0;
        bool last = false;
        Slot slot = Slot::None;
        double prototype = 0; ///< log-probability of the prototype's own token
        std::vector<State> next;
    };
    /// Words to put down.
    struct Words {
        std::vector<int> lexemes;
        Tag tag = kFunction;
        int from = kNowhere;
        std::size_t takes = 0; ///< tokens of the prototype that make way, the one at the step first
        double bonus = 0, prototype = 0;
        bool edited = true, mate = false, light = false, written = false;
        bool told = false; ///< a teller's own, which no text that is known goes on through
    };

    void measure();
    bool reaches(int syllables, std::size_t next) const
    {
        return syllables + m_least[next] <= m_target.syllables &&
               syllables + m_most[next] >= m_target.syllables;
    }
    void open();
    bool endsInKnownRun(const State& state) const;
    void extend(const State& from, const Words& words, Step& step) const;
    void keep(const State& from, Step& step) const;
    void exchange(const State& from, const std::vector<LineEditor::Choice>& choices, Step& step) const;
    void reword(const State& from, const Place& place, Step& step) const;
    void namePlace(const State& from, Step& step) const;
    void dropAdjective(const State& from, Step& step) const;
    bool reachesOver(std::size_t at) const;
    std::vector<LineEditor::Choice> choicesAt(const Step& step) const;
    void prune(std::vector<State> next);
    const Lexeme& lex(int index) const { return m_editor.lex(index); }
    bool inTitle(std::size_t at) const
    {
        return static_cast<int>(at) >= m_target.titleBegin && static_cast<int>(at) < m_target.titleEnd;
    }

    const LineEditor& m_editor;
    const Corpus& m_corpus;
    const Theme& m_theme;
    const ModelLine& m_line;
    const LineTarget& m_target;
    const EditState& m_state;
    const Expectation& m_expectation;
    const bool m_english, m_relaxed, m_written, m_phrased;
    const int m_longest; // unchanged words (characters) in a row
    const std::vector<int> m_places;
    bool m_mustEdit = false;
    int m_wanted = 1; // edits that cost little
    std::size_t m_last = 0, m_begin = 0;
    std::vector<int> m_least, m_most; // syllables from a token on
    std::vector<State> m_beam;
    std::vector<int> m_history; // of the prototype
};

void LineBeam::measure()
{
    const std::vector<Token>& tokens = m_line.tokens;
    m_last = tokens.size();
    while (m_last > 0 && lex(tokens[m_last - 1].lexeme).syllables == 0)
        --m_last;
    --m_last;
    m_least.assign(tokens.size() + 1, 0);
    m_most.assign(tokens.size() + 1, 0);
    int content = 0;
    for (std::size_t i = tokens.size(); i-- > 0;) {
        const int here = lex(tokens[i].lexeme).syllables;
        const bool open = !m_written && (slotOf(m_corpus.tagName(tokens[i].tag)) != Slot::None ||
                                         m_editor.hasMates(tokens[i]));
        content += open ? 1 : 0;
        m_least[i] = m_least[i + 1] + (open ? std::max(0, here - 2) : here);
        m_most[i] = m_most[i + 1] + here + (open ? 4 : 0);
    }
    if (m_written) {
        // Whole words only make way for words of as many syllables; those of the prompt may be others.
        content = static_cast<int>(m_line.places.size());
        for (std::size_t i = tokens.size(); i-- > 0;) {
            m_least[i] = std::max(0, m_least[i] - 2);
            m_most[i] += 2;
        }
    }
    m_wanted = std::max(1, content / 3);
    // A line shorter than a guarded run may stay: readers cut what stays as it was written least.
    const int words =
        m_english
            ? static_cast<int>(std::count_if(tokens.begin(), tokens.end(),
                                             [&](const Token& t) { return lex(t.lexeme).syllables > 0; }))
            : m_line.syllables;
    m_mustEdit = m_target.mustEdit && words > m_longest && m_line.told.empty();
}

/// A line that is a syllable short may open with a small word; one that is a syllable long may lose it; a
/// small word that opens the line may be another one.
void LineBeam::open()
{
    m_beam.assign(1, State{});
    m_beam[0].history = {m_corpus.newline};
    m_history = {m_corpus.newline};
    m_begin = 0;
    if (!m_english || m_written)
        return;
    const int first = m_line.tokens[0].lexeme;
    const bool opens = isOpening(lex(first));
    const auto with = [&](const char* text, bool instead) {
        const int lexeme = m_corpus.lexeme(text);
        if (lexeme < 0 || lexeme == first)
            return;
        State state = m_beam[0];
        state.tokens.push_back({lexeme, kFunction});
        state.from.push_back(instead ? -1 : kNowhere);
        state.syllables = 1;
        state.history.push_back(lex(lexeme).tokens[0]);
        state.score = instead ? -kOtherOpening : -kNewOpening;
        state.edits = state.lights = instead ? 1 : 0;
        state.skip = instead ? 1 : 0;
        m_beam.push_back(std::move(state));
    };
    if (m_line.syllables < m_target.syllables && !opens) {
        for (const char* text : {"and", "now", "so", "then", "but"})
            with(text, false);
    }
    if (opens && m_line.tokens.size() > 3) {
        for (const char* text : {"and", "so", "then", "but", "now"})
            with(text, true);
        if (m_line.syllables > m_target.syllables && m_line.tokens[1].tag != kPause) {
            m_history.push_back(lex(first).tokens[0]);
            m_begin = 1;
        }
    }
}

void LineBeam::extend(const State& from, const Words& words, Step& step) const
{
    State to = from;
    double bonus = words.bonus, log = 0;
    bool unknown = false;
    for (std::size_t w = 0; w < words.lexemes.size(); ++w) {
        const Lexeme& word = lex(words.lexemes[w]);
        const bool newHere = words.edited || (!to.from.empty() && to.from.back() < 0);
        // a/an follows the sound of the next word; the note A stays what it is.
        if (m_english && newHere && !to.tokens.empty() && isArticle(lex(to.tokens.back().lexeme)) &&
            word.syllables > 0) {
            const int article = m_corpus.lexeme(word.vowelStart ? "an" : "a");
            if (article >= 0 && article != to.tokens.back().lexeme) {
                to.tokens.back().lexeme = article;
                to.history.back() = lex(article).tokens[0];
            }
        }
        // A word that is new beside its neighbour has to have been seen there.
        if (newHere && !words.written && to.history.size() > 1) {
            const int pair[] = {to.history.back(), word.tokens.front()};
            if (pair[0] != m_corpus.pause && pair[1] != m_corpus.pause && !m_corpus.counts.seen(pair)) {
                if ((!m_relaxed && !words.mate && !m_written) || from.light || words.light)
                    return;
                bonus -= m_written ? 0.0 : kUnseenPair;
            }
        }
        for (const int id : word.tokens) {
            log += m_corpus.counts.logProbability(to.history, id);
            to.history.push_back(id);
        }
        unknown = unknown || word.tokens.back() == m_corpus.unknown;
        to.tokens.push_back({words.lexemes[w], words.tag});
        to.from.push_back(words.from);
        to.syllables += word.syllables;
        if (words.edited || words.told)
            to.keptRun = 0;
        else
            to.keptRun += word.syllables == 0 ? 0 : m_english ? 1 : static_cast<int>(word.tokens.size());
    }
    if (!reaches(to.syllables, step.at + words.takes) || to.keptRun > m_longest || endsInKnownRun(to))
        return;
    const double gain = unknown ? 0.0 : log - words.prototype;
    to.score +=
        bonus + kFluency * (words.written ? std::clamp(0.5 * gain, -2.0, 1.0) : std::clamp(gain, -8.0, 2.5));
    to.light = words.light;
    to.lights += words.light ? 1 : 0;
    to.skip = words.takes > 0 ? words.takes - 1 : 0;
    if (words.edited) {
        to.edits += 1;
        if (!words.written)
            to.score += to.edits == 1 ? 0.4 : to.edits > m_wanted ? -1.6 : -0.9;
        else if (to.edits > (m_mustEdit ? 1 : 0))
            to.score -= kFurther;
    }
    step.next.push_back(std::move(to));
}

/// Whether the last tokens, those before the line with them, are a guarded run.
bool LineBeam::endsInKnownRun(const State& state) const
{
    const std::size_t run = m_corpus.guard.run();
    std::vector<int> last;
    for (std::size_t i = state.history.size(); i-- > 1 && last.size() < run;) {
        if (state.history[i] != m_corpus.pause)
            last.push_back(state.history[i]);
    }
    for (std::size_t i = m_state.tail.size(); i-- > 0 && last.size() < run;)
        last.push_back(m_state.tail[i]);
    std::reverse(last.begin(), last.end());
    return last.size() == run && m_corpus.guard.copies(last);
}

void LineBeam::keep(const State& from, Step& step) const
{
    const Token& token = m_line.tokens[step.at];
    const auto here = static_cast<std::size_t>(token.lexeme);
    Words words{{token.lexeme}, token.tag, static_cast<int>(step.at), 1};
    words.edited = false;
    words.told = step.at < m_line.told.size() && m_line.told[step.at];
    words.prototype = step.prototype;
    words.bonus = -kContrast * m_theme.contrast[here];
    if (step.slot != Slot::None) {
        const auto used = m_state.used.find(token.lexeme);
        const auto mapped = m_state.mapping.find(token.lexeme);
        words.bonus += 0.8 * m_target.themeWeight * m_theme.strength[here];
        if (used != m_state.used.end() && mapped == m_state.mapping.end() && !m_written)
            words.bonus -= 0.4 * std::min(used->second, 3);
        if (mapped != m_state.mapping.end())
            words.bonus += mapped->second == token.lexeme ? 0.6 : -1.5;
    }
    extend(from, words, step);
}

void LineBeam::exchange(const State& from, const std::vector<LineEditor::Choice>& choices, Step& step) const
{
    const Token& token = m_line.tokens[step.at];
    const bool mayKeep = !step.last || m_target.rhyme.empty() || lex(token.lexeme).rhyme == m_target.rhyme;
    for (const LineEditor::Choice& choice : choices) {
        // What the song is called stays, or becomes what was asked for.
        if (inTitle(step.at) && !m_theme.asks(choice.lexeme))
            continue;
        if (step.last && holds(m_target.takenEnds, choice.lexeme))
            continue;
        if (std::any_of(from.tokens.begin(), from.tokens.end(),
                        [&](const Token& earlier) { return earlier.lexeme == choice.lexeme; }))
            continue;
        Words words{{choice.lexeme}, token.tag, -1 - static_cast<int>(step.at), 1};
        words.bonus = choice.score - 1.5 - (step.last ? (mayKeep ? 1.3 : 0.3) : 0.0);
        words.prototype = step.prototype;
        words.mate = choice.mate;
        words.light = choice.light;
        extend(from, words, step);
    }
}

/// The other wordings of a place that begins at the step.
void LineBeam::reword(const State& from, const Place& place, Step& step) const
{
    for (std::size_t i = place.begin; i < place.begin + place.count; ++i) {
        if (inTitle(i))
            return;
    }
    std::vector<int> history = m_history; // ends before the step's token
    double prototype = 0;
    for (std::size_t i = place.begin; i < place.begin + place.count; ++i) {
        for (const int id : lex(m_line.tokens[i].lexeme).tokens) {
            prototype += m_corpus.counts.logProbability(history, id);
            history.push_back(id);
        }
    }
    const bool last = place.begin + place.count > m_last;
    for (std::size_t w = 0; w < place.wordings.size(); ++w) {
        const std::vector<int>& wording = place.wordings[w];
        const int end = wording.back();
        if (last &&
            ((!m_target.rhyme.empty() && lex(end).rhyme != m_target.rhyme) || holds(m_target.takenEnds, end)))
            continue;
        Words words{wording, kFunction, kNowhere, place.count};
        words.written = true;
        words.prototype = prototype;
        words.bonus = kWritten;
        if (m_phrased)
            words.bonus -= (w > 0 ? kSecond : 0.0) + (w > 1 ? kThird : 0.0);
        if (m_target.chance)
            words.bonus += kChance * m_target.chance->at({200, place.begin, w}).normal(0);
        double theme = 0, contrast = 0;
        for (const int lexeme : wording) {
            theme = std::max(theme, static_cast<double>(m_theme.strength[static_cast<std::size_t>(lexeme)]));
            contrast =
                std::max(contrast, static_cast<double>(m_theme.contrast[static_cast<std::size_t>(lexeme)]));
        }
        words.bonus += 1.1 * m_target.themeWeight * theme - kContrast * contrast;
        extend(from, words, step);
    }
}

/// "in the town" makes way for "in Hangzhou".
void LineBeam::namePlace(const State& from, Step& step) const
{
    if (m_places.empty() || !m_corpus.namesPlaceAt(m_line.tokens, step.at))
        return;
    for (const int place : m_places) {
        const Lexeme& name = lex(place);
        const int syllables = from.syllables + name.syllables;
        if (!reaches(syllables, step.at + 2) ||
            (step.at + 1 == m_last && !m_target.rhyme.empty() && name.rhyme != m_target.rhyme))
            continue;
        State to = from;
        to.syllables = syllables;
        to.tokens.push_back({place, kName});
        to.from.push_back(-1 - static_cast<int>(step.at));
        to.history.push_back(name.tokens[0]);
        to.edits += 1;
        to.keptRun = 0;
        to.score += kNamesPlace;
        to.skip = 1;
        step.next.push_back(std::move(to));
    }
}

/// An adjective before a noun may go.
void LineBeam::dropAdjective(const State& from, Step& step) const
{
    if (!m_english || m_written || step.slot != Slot::Adjective || step.at + 1 >= m_line.tokens.size() ||
        step.last || m_line.syllables < m_target.syllables ||
        slotOf(m_corpus.tagName(m_line.tokens[step.at + 1].tag)) != Slot::Noun)
        return;
    State to = from;
    to.score -= kNoAdjective;
    to.keptRun = 0;
    if (to.syllables + m_most[step.at + 1] >= m_target.syllables)
        step.next.push_back(std::move(to));
}

/// Whether a Chinese word is joined with a neighbour by a word that segmentation cut (转学 in 转 + 学生):
/// what comes in for it would not be.
bool LineBeam::reachesOver(std::size_t at) const
{
    constexpr std::size_t kCharacter = 3; // bytes
    const auto word = [&](const std::string& text) {
        return m_corpus.space->find(m_corpus.language, text) >= 0;
    };
    const std::string& text = lex(m_line.tokens[at].lexeme).text;
    if (m_english || text.size() < 2 * kCharacter)
        return false;
    const auto plain = [&](std::size_t i) { return lex(m_line.tokens[i].lexeme).syllables > 0; };
    if (at > 0 && plain(at - 1) && word(lex(m_line.tokens[at - 1].lexeme).text + text.substr(0, kCharacter)))
        return true;
    return at + 1 < m_line.tokens.size() && plain(at + 1) &&
           word(text.substr(text.size() - kCharacter) + lex(m_line.tokens[at + 1].lexeme).text);
}

std::vector<LineEditor::Choice> LineBeam::choicesAt(const Step& step) const
{
    const Token& token = m_line.tokens[step.at];
    const bool open =
        step.slot != Slot::None && lex(token.lexeme).content && (step.slot != Slot::Other || m_relaxed);
    if ((!open && !m_editor.hasMates(token)) || reachesOver(step.at))
        return {};
    std::vector<LineEditor::Choice> choices =
        m_editor.choices(m_line, step.at, m_target, m_state, m_expectation, step.last);
    // Nobody the song sings of already comes in for somebody else, and what was asked for not for its mates:
    // where the best man dances with a bridesmaid she stays one.
    const auto mapped = m_state.mapping.find(token.lexeme);
    std::erase_if(choices, [&](const LineEditor::Choice& choice) {
        const bool person = genderOf(lex(choice.lexeme).text) != 0;
        const bool other = m_written && m_corpus.nameKind(choice.lexeme) == NameKind::None;
        return m_state.used.contains(choice.lexeme) && (person || other) &&
               (mapped == m_state.mapping.end() || mapped->second != choice.lexeme);
    });
    if (m_written) {
        // Beside the wordings only what the prompt asked for comes in, or came in before.
        std::erase_if(choices, [&](const LineEditor::Choice& choice) {
            const bool again = mapped != m_state.mapping.end() && mapped->second == choice.lexeme;
            // An editor's line only changes what a request may give: a name or a number.
            const bool given =
                m_corpus.nameKind(choice.lexeme) != NameKind::None || isNumeral(lex(choice.lexeme).text);
            return !again && !(choice.mate && !choice.light && m_theme.asks(choice.lexeme) &&
                               (given || !m_line.polished));
        });
    }
    return choices;
}

/// Keeps the best of each syllable count, so that every count that can still come right survives.
void LineBeam::prune(std::vector<State> next)
{
    std::sort(next.begin(), next.end(), [](const State& a, const State& b) {
        return a.score != b.score ? a.score > b.score : a.history < b.history;
    });
    m_beam.clear();
    std::map<int, std::size_t> perCount;
    for (State& state : next) {
        if (m_beam.size() >= kBeam * 2)
            break;
        std::size_t& kept = perCount[state.syllables];
        if (kept < kBeam / 2) {
            ++kept;
            m_beam.push_back(std::move(state));
        }
    }
}

std::vector<Candidate> LineBeam::run(std::size_t count)
{
    if (m_mustEdit &&
        std::none_of(m_line.tokens.begin(), m_line.tokens.end(),
                     [&](const Token& token) {
                         return slotOf(m_corpus.tagName(token.tag)) != Slot::None || m_editor.hasMates(token);
                     }) &&
        m_line.places.empty())
        return {};
    open();
    for (std::size_t i = m_begin; i < m_line.tokens.size(); ++i) {
        const Token& token = m_line.tokens[i];
        const Lexeme& original = lex(token.lexeme);
        Step step;
        step.at = i;
        step.last = i == m_last;
        step.slot = slotOf(m_corpus.tagName(token.tag));
        std::vector<int> history = m_history;
        for (const int id : original.tokens) {
            step.prototype += m_corpus.counts.logProbability(history, id);
            history.push_back(id);
        }
        const std::vector<LineEditor::Choice> choices = choicesAt(step);
        const auto place = std::find_if(m_line.places.begin(), m_line.places.end(),
                                        [&](const Place& p) { return p.begin == i; });
        const bool stays = !step.last || ((m_target.rhyme.empty() || original.rhyme == m_target.rhyme) &&
                                          !holds(m_target.takenEnds, token.lexeme));
        for (const State& from : m_beam) {
            if (from.skip > 0) {
                step.next.push_back(from);
                --step.next.back().skip;
                continue;
            }
            namePlace(from, step);
            if (stays)
                keep(from, step);
            exchange(from, choices, step);
            if (place != m_line.places.end())
                reword(from, *place, step);
            dropAdjective(from, step);
        }
        m_history = std::move(history);
        prune(std::move(step.next));
        if (m_beam.empty())
            return {};
    }
    const double prototypeEnd = m_corpus.counts.logProbability(m_history, m_corpus.newline);
    std::vector<Candidate> result;
    for (State& final : m_beam) {
        if (final.syllables != m_target.syllables || (m_mustEdit && final.edits == 0))
            continue;
        if (final.edits == 0 && !m_mustEdit ? m_editor.runsOn(final.tokens, m_state.tail)
                                            : m_editor.copies(final.tokens, m_state.tail))
            continue;
        Candidate candidate;
        candidate.score =
            final.score +
            kFluency *
                std::clamp(m_corpus.counts.logProbability(final.history, m_corpus.newline) - prototypeEnd,
                           -4.0, 2.0);
        candidate.tokens = std::move(final.tokens);
        candidate.from = std::move(final.from);
        candidate.edits = final.edits;
        candidate.lights = final.lights;
        result.push_back(std::move(candidate));
    }
    std::sort(result.begin(), result.end(),
              [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    if (result.size() > count)
        result.resize(count);
    return result;
}

std::vector<int> LineEditor::tokensOf(const std::vector<Token>& tokens) const
{
    std::vector<int> ids;
    for (const Token& token : tokens) {
        const Lexeme& lexeme = lex(token.lexeme);
        ids.insert(ids.end(), lexeme.tokens.begin(), lexeme.tokens.end());
    }
    return ids;
}

int LineEditor::syllables(const std::vector<Token>& tokens) const
{
    int sum = 0;
    for (const Token& token : tokens)
        sum += lex(token.lexeme).syllables;
    return sum;
}

int LineEditor::lastLexeme(const std::vector<Token>& tokens) const
{
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
        if (lex(token->lexeme).syllables > 0)
            return token->lexeme;
    }
    return -1;
}

double LineEditor::fluency(const std::vector<Token>& tokens) const
{
    std::vector<int> ids{m_corpus.newline};
    const std::vector<int> line = tokensOf(tokens);
    ids.insert(ids.end(), line.begin(), line.end());
    ids.push_back(m_corpus.newline);
    double sum = 0;
    for (std::size_t i = 1; i < ids.size(); ++i)
        sum += m_corpus.counts.logProbability(std::span(ids).first(i), ids[i]);
    return sum;
}

std::vector<Candidate> LineEditor::edit(const ModelLine& line, const LineTarget& target,
                                        const EditState& state, std::size_t count,
                                        const Expectation& expectation) const
{
    if (line.tokens.empty() || std::abs(line.syllables - target.syllables) > 3)
        return {};
    return LineBeam(*this, line, target, state, expectation).run(count);
}

} // namespace cantilena::compose::lyric
