#include "lyrics_edit.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_set>

namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kChoices = 9;
constexpr std::size_t kBeam = 16;
constexpr double kContrast = 1.6; // of a word that speaks of another thing than the prompt
constexpr float kSpeaksOfTheme = 0.55f;
constexpr float kAsked = 0.9f; // strength of a word of the prompt
constexpr double kVerbEdit = 1.2;
constexpr double kLight = 1.5;    // of a small word: the line stays what it was
constexpr double kNearWord = 0.5; // likeness of a word that may come in when nothing else fits
constexpr double kAtAllAlike = 0.4;
constexpr double kOtherOpening = 2.4;
constexpr double kNoAdjective = 1.5; // left out before a noun
constexpr double kUnseenPair = 0.8;  // a new word beside a neighbour that it was never seen with
constexpr double kNamesPlace = 2.5;  // for a line that sings where the song is
constexpr float kMateLikeness = 0.7f;
constexpr double kFluency = 0.45;     // weight of a nat of the counts' log-probability
constexpr double kExpectation = 0.32; // of the line model's, given the words to the right

bool isArticle(const Lexeme& lexeme)
{
    return lexeme.text == "a" || lexeme.text == "an";
}

bool isNumber(std::string_view text)
{
    static const std::unordered_set<std::string_view> kNumbers = {
        "one",       "two",      "three",    "four",    "five",     "six",      "seven",   "eight",
        "nine",      "ten",      "eleven",   "twelve",  "thirteen", "fourteen", "fifteen", "sixteen",
        "seventeen", "eighteen", "nineteen", "twenty",  "thirty",   "forty",    "fifty",   "sixty",
        "seventy",   "eighty",   "ninety",   "hundred", "thousand", "first",    "second",  "third",
        "fourth",    "last",     "next",     "一",      "二",       "两",       "三",      "四",
        "五",        "六",       "七",       "八",      "九",       "十"};
    return kNumbers.contains(text);
}

bool isGenderedPronoun(std::string_view text)
{
    static const std::unordered_set<std::string_view> kPronouns = {
        "he",    "she",   "him",    "her",   "his",     "hers",    "he's", "she's", "he'd",
        "she'd", "he'll", "she'll", "who's", "herself", "himself", "他",   "她"};
    return kPronouns.contains(text);
}

/// What kind of replacement a tag allows.
enum class Slot { None, Noun, Verb, Adjective, Other };

Slot slotOf(std::string_view tag)
{
    if (tag.starts_with("NN") && !tag.ends_with("'"))
        return Slot::Noun;
    if (tag == "n" || tag == "s" || tag == "t" || tag == "ns")
        return Slot::Noun;
    if (tag.starts_with("VB") || tag == "v")
        return Slot::Verb;
    if (tag.starts_with("JJ") || tag == "a" || tag == "z")
        return Slot::Adjective;
    if (tag == "RB" || tag == "CD")
        return Slot::Other;
    return Slot::None;
}

struct State {
    std::vector<Token> tokens;
    std::vector<int> from;
    std::vector<int> history; // tokens of the line model, the marker first
    int syllables = 0;
    int edits = 0;
    int keptRun = 0; // of unchanged words (characters), pauses left out
    double score = 0;
    bool skip = false;  // the next token of the prototype has made way already
    bool light = false; // the last token is a small word that came in
    int lights = 0;     // small words that came in
};

} // namespace

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

bool LineEditor::copies(const std::vector<Token>& tokens, const std::vector<int>& tail) const
{
    return m_corpus.isCorpusLine(tokens) || runsOn(tokens, tail);
}

bool LineEditor::meets(const std::vector<Token>& tokens, const EditState& state) const
{
    const std::size_t reach = m_corpus.guard.run() - 1;
    std::vector<int> before(
        state.tail.end() - static_cast<std::ptrdiff_t>(std::min(reach, state.tail.size())), state.tail.end());
    for (const int id : tokensOf(tokens)) {
        if (id != m_corpus.pause)
            before.push_back(id);
    }
    return std::any_of(state.heads.begin(), state.heads.end(), [&](const std::vector<int>& head) {
        std::vector<int> ids = before;
        ids.insert(ids.end(), head.begin(),
                   head.begin() + static_cast<std::ptrdiff_t>(std::min(reach, head.size())));
        return m_corpus.guard.copies(ids);
    });
}

bool LineEditor::runsOn(const std::vector<Token>& tokens, const std::vector<int>& tail) const
{
    std::vector<int> ids;
    if (tail.size() > m_corpus.guard.run() - 1)
        ids.assign(tail.end() - static_cast<std::ptrdiff_t>(m_corpus.guard.run() - 1), tail.end());
    else
        ids = tail;
    for (const int id : tokensOf(tokens)) {
        if (id != m_corpus.pause)
            ids.push_back(id);
    }
    return m_corpus.guard.copies(ids);
}

double LineEditor::local(const ModelLine& line, std::size_t position, int lexeme) const
{
    // The neighbours as they stand in the prototype; the beam scores the true ones.
    std::vector<int> ids{m_corpus.newline};
    const std::size_t begin = position >= 2 ? position - 2 : 0;
    if (position >= 2)
        ids.clear();
    std::size_t first = 0;
    for (std::size_t i = begin; i <= std::min(position + 1, line.tokens.size() - 1); ++i) {
        const Lexeme& here = lex(i == position ? lexeme : line.tokens[i].lexeme);
        if (i == position)
            first = ids.size();
        ids.insert(ids.end(), here.tokens.begin(), here.tokens.end());
    }
    if (position + 1 == line.tokens.size())
        ids.push_back(m_corpus.newline);
    double sum = 0;
    for (std::size_t i = std::max<std::size_t>(1, first); i < ids.size(); ++i)
        sum += m_corpus.counts.logProbability(std::span(ids).first(i), ids[i]);
    return sum;
}

bool LineEditor::hasMates(const Token& token) const
{
    const auto& classes = m_corpus.exchangeOf[static_cast<std::size_t>(token.lexeme)];
    return std::any_of(classes.begin(), classes.end(), [&](int index) {
        const std::vector<Tag>& tags = m_corpus.exchange[static_cast<std::size_t>(index)].tags;
        return tags.empty() || std::find(tags.begin(), tags.end(), token.tag) != tags.end();
    });
}

std::vector<int> LineEditor::waitingPlaces(const EditState& state) const
{
    std::vector<int> places;
    for (const Query& query : m_theme.queries) {
        if (query.own && query.lexeme >= 0 && m_corpus.nameKind(query.lexeme) == NameKind::Place &&
            !state.used.contains(query.lexeme))
            places.push_back(query.lexeme);
    }
    return places;
}

const std::vector<LineEditor::Relative>& LineEditor::relatives(int lexeme, Tag tag) const
{
    const auto [found, fresh] = m_relatives.try_emplace({lexeme, tag});
    if (!fresh)
        return found->second;
    std::vector<Relative>& result = found->second;
    const Lexeme& original = lex(lexeme);
    const auto likenessOf = [&](const Lexeme& other) {
        return other.row >= 0 && original.row >= 0
                   ? static_cast<float>(m_corpus.space->similarity(other.row, original.row))
                   : 0.0f;
    };
    for (const int index : m_corpus.exchangeOf[static_cast<std::size_t>(lexeme)]) {
        const ExchangeClass& kind = m_corpus.exchange[static_cast<std::size_t>(index)];
        if (!kind.tags.empty() && std::find(kind.tags.begin(), kind.tags.end(), tag) == kind.tags.end())
            continue;
        for (const int word : kind.words) {
            const bool known = std::any_of(result.begin(), result.end(),
                                           [&](const Relative& r) { return r.lexeme == word; });
            if (word != lexeme && !known)
                result.push_back({word, std::max(kMateLikeness, likenessOf(lex(word))), true, kind.light});
        }
    }
    const std::size_t mates = result.size();
    const std::uint32_t least = m_corpus.language == language::Language::Mandarin ? 8 : 3;
    for (const int index : m_corpus.byTag[tag]) {
        const Lexeme& other = lex(index);
        if (index == lexeme || std::abs(other.syllables - original.syllables) > 2 ||
            (other.count < least && m_theme.strength[static_cast<std::size_t>(index)] < 0.9f))
            continue;
        const float likeness = likenessOf(other);
        const bool known = std::any_of(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(mates),
                                       [&](const Relative& r) { return r.lexeme == index; });
        if (likeness >= 0.14f && !known)
            result.push_back({index, likeness, false, false});
    }
    return result;
}

std::vector<LineEditor::Choice> LineEditor::choices(const ModelLine& line, std::size_t position,
                                                    const LineTarget& target, const EditState& state,
                                                    const Expectation& expectation, bool last) const
{
    std::vector<Choice> found;
    const Token& token = line.tokens[position];
    const Slot slot = slotOf(m_corpus.tagName(token.tag));
    const Lexeme& original = lex(token.lexeme);
    const bool mustRhyme = last && !target.rhyme.empty();
    // A verb rules its line: another one seldom takes the same company, so that only its mates may come in.
    // The same holds for the words that hold a line together.
    const bool matesOnly =
        slot == Slot::None || slot == Slot::Verb || slot == Slot::Other || !original.content;
    // What the prompt asked for stays where it is.
    // A word that the line says twice means its repetition.
    if (!mustRhyme && std::count_if(line.tokens.begin(), line.tokens.end(),
                                    [&](const Token& other) { return other.lexeme == token.lexeme; }) > 1)
        return found;
    if ((m_theme.asks(token.lexeme) || m_theme.strength[static_cast<std::size_t>(token.lexeme)] > kAsked) &&
        !mustRhyme)
        return found;
    std::vector<int> others;
    for (std::size_t i = 0; i < line.tokens.size(); ++i) {
        if (i != position && lex(line.tokens[i].lexeme).content &&
            slotOf(m_corpus.tagName(line.tokens[i].tag)) != Slot::None)
            others.push_back(line.tokens[i].lexeme);
    }
    // Two numbers of a line count together; and a pronoun in the line has to agree with the person.
    int numbers = 0;
    bool gendered = false;
    for (const Token& other : line.tokens) {
        const std::string& text = lex(other.lexeme).text;
        numbers += isNumber(text) ? 1 : 0;
        gendered = gendered || isGenderedPronoun(text);
    }
    const auto isInLine = [&](int lexeme) {
        return std::any_of(line.tokens.begin(), line.tokens.end(),
                           [&](const Token& other) { return other.lexeme == lexeme; });
    };
    const auto mapped = state.mapping.find(token.lexeme);
    const bool mandarin = m_corpus.language == language::Language::Mandarin;
    for (const auto& [index, nearness, mate, light] : relatives(token.lexeme, token.tag)) {
        const bool any = target.freedom == Freedom::Any && original.content;
        if (matesOnly && !mate && !any)
            continue;
        if ((numbers > 1 && isNumber(lex(index).text)) || isInLine(index))
            continue;
        const bool asked = m_theme.strength[static_cast<std::size_t>(index)] > kAsked;
        if (genderOf(lex(index).text) * genderOf(original.text) < 0 && (gendered || !asked))
            continue;
        const Lexeme& lexeme = lex(index);
        if (mustRhyme && lexeme.rhyme != target.rhyme)
            continue;
        const double likeness = nearness;
        const double theme = m_theme.strength[static_cast<std::size_t>(index)];
        const bool isMapped = mapped != state.mapping.end() && mapped->second == index;
        // What is only near, not a mate, comes in to speak of the theme or to rhyme. Chinese words lean on
        // their neighbours: those of one character, or of another length, do not come in at all.
        const bool near = (target.freedom >= Freedom::Near && likeness >= kNearWord) || any;
        if (!mate && !isMapped && !mustRhyme && theme < kSpeaksOfTheme && !near)
            continue;
        if (mandarin &&
            (lexeme.syllables != original.syllables || (!mate && !isMapped && lexeme.syllables == 1)))
            continue;
        const double floor = mate  ? 0.0
                             : any ? kAtAllAlike
                                   : (mustRhyme ? 0.55 : 0.5) + (mandarin ? 0.1 : 0.0);
        if (likeness < floor && !isMapped)
            continue;
        Choice choice{index, 0, mate, light};
        choice.score = 1.5 * likeness + 1.1 * target.themeWeight * theme -
                       kContrast * m_theme.contrast[static_cast<std::size_t>(index)];
        if (light)
            choice.score -= kLight;
        // Even a mate seldom takes every object and particle of the verb it replaces.
        if (slot == Slot::Verb)
            choice.score -= kVerbEdit;
        if (theme > 0.5 && likeness > 0.45)
            choice.score += 0.6; // the same sort of thing, but ours
        if (lexeme.row >= 0 && original.row >= 0)
            choice.score +=
                0.5 * (m_corpus.space->concreteness(lexeme.row) - m_corpus.space->concreteness(original.row));
        double company = 0;
        for (const int other : others)
            company = std::max(company, m_corpus.counts.company(index, other));
        choice.score += 0.22 * std::min(company, 4.0);
        if (!mate)
            choice.score += 0.4 * (m_corpus.share(index, token.tag) - 0.7);
        if (const auto used = state.used.find(index); used != state.used.end() && !isMapped)
            choice.score -= 0.7 * std::min(used->second, 3);
        if (isMapped)
            choice.score += 2.0;
        if (!expectation.empty() && lexeme.tokens.back() != m_corpus.unknown) {
            // Of a Chinese word the model's first step, its last character, stands for the whole.
            const std::vector<float>& here = expectation[position];
            const double gain = here[static_cast<std::size_t>(lexeme.tokens.back())] -
                                here[static_cast<std::size_t>(original.tokens.back())];
            choice.score += kExpectation * std::clamp(gain, -6.0, 3.0);
        }
        found.push_back(choice);
    }
    const std::size_t shortlist = std::min<std::size_t>(found.size(), 40);
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shortlist), found.end(),
                      [](const Choice& a, const Choice& b) {
                          return a.score != b.score ? a.score > b.score : a.lexeme < b.lexeme;
                      });
    found.resize(shortlist);
    const double before = local(line, position, token.lexeme);
    std::vector<std::pair<double, Choice>> ranked;
    for (const Choice& choice : found) {
        // Of a name that no text had, the counts cannot say anything.
        const bool unknown = lex(choice.lexeme).tokens.back() == m_corpus.unknown;
        ranked.emplace_back(choice.score +
                                (unknown ? 0.0 : kFluency * (local(line, position, choice.lexeme) - before)),
                            choice);
    }
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second.lexeme < b.second.lexeme;
    });
    found.clear();
    for (std::size_t i = 0; i < std::min(kChoices, ranked.size()); ++i)
        found.push_back(ranked[i].second);
    return found;
}

std::vector<Candidate> LineEditor::edit(const ModelLine& line, const LineTarget& target,
                                        const EditState& state, std::size_t count,
                                        const Expectation& expectation) const
{
    if (line.tokens.empty() || std::abs(line.syllables - target.syllables) > 3)
        return {};
    const bool english = m_corpus.language == language::Language::English;
    const int longest = static_cast<int>(m_corpus.guard.run()) - 1; // unchanged words (characters) in a row
    std::size_t lastIndex = line.tokens.size();
    while (lastIndex > 0 && lex(line.tokens[lastIndex - 1].lexeme).syllables == 0)
        --lastIndex;
    --lastIndex;
    std::vector<int> remainingMin(line.tokens.size() + 1, 0), remainingMax(line.tokens.size() + 1, 0);
    int content = 0;
    for (std::size_t i = line.tokens.size(); i-- > 0;) {
        const int here = lex(line.tokens[i].lexeme).syllables;
        const bool open =
            slotOf(m_corpus.tagName(line.tokens[i].tag)) != Slot::None || hasMates(line.tokens[i]);
        content += open ? 1 : 0;
        remainingMin[i] = remainingMin[i + 1] + (open ? std::max(0, here - 2) : here);
        remainingMax[i] = remainingMax[i + 1] + here + (open ? 4 : 0);
    }
    // A phrase of a few words belongs to everybody; one more may stay rather than be bent.
    const int words =
        english ? static_cast<int>(std::count_if(line.tokens.begin(), line.tokens.end(),
                                                 [&](const Token& t) { return lex(t.lexeme).syllables > 0; }))
                : line.syllables;
    const bool relaxed = target.freedom != Freedom::Strict;
    const bool mustEdit = target.mustEdit && words > (english ? 5 : 6) + (relaxed ? 1 : 0);
    if (content == 0 && mustEdit)
        return {};
    const int wanted = std::max(1, content / 3); // edits that cost little

    const std::vector<int> places = waitingPlaces(state);
    std::vector<State> beam(1);
    beam[0].history = {m_corpus.newline};
    std::vector<int> protoHistory{m_corpus.newline};
    // A line that is a syllable short may open with a small word; one that is a syllable long may lose it.
    std::size_t begin = 0;
    const auto isOpening = [&](int lexeme) {
        const std::string& text = lex(lexeme).text;
        return text == "and" || text == "but" || text == "so" || text == "now" || text == "then" ||
               text == "well" || text == "oh";
    };
    if (english && line.syllables < target.syllables && !isOpening(line.tokens[0].lexeme)) {
        for (const char* text : {"and", "now", "so", "then", "but"}) {
            const int lexeme = m_corpus.lexeme(text);
            if (lexeme < 0)
                continue;
            State with = beam[0];
            with.tokens.push_back({lexeme, kFunction});
            with.from.push_back(-1000);
            with.syllables = 1;
            with.history.push_back(lex(lexeme).tokens[0]);
            with.score = -3.5;
            beam.push_back(std::move(with));
        }
    }
    // A small word that opens the line may be another one.
    if (english && isOpening(line.tokens[0].lexeme) && line.tokens.size() > 3) {
        for (const char* text : {"and", "so", "then", "but", "now"}) {
            const int lexeme = m_corpus.lexeme(text);
            if (lexeme < 0 || lexeme == line.tokens[0].lexeme)
                continue;
            State with = beam[0];
            with.tokens.push_back({lexeme, kFunction});
            with.from.push_back(-1);
            with.syllables = 1;
            with.edits = with.lights = 1;
            with.history.push_back(lex(lexeme).tokens[0]);
            with.score = -kOtherOpening;
            with.skip = true;
            beam.push_back(std::move(with));
        }
    }
    const bool mayLoseOpening = english && line.syllables > target.syllables && line.tokens.size() > 3 &&
                                isOpening(line.tokens[0].lexeme) && line.tokens[1].tag != kPause;
    if (mayLoseOpening) {
        protoHistory.push_back(lex(line.tokens[0].lexeme).tokens[0]);
        begin = 1;
    }
    for (std::size_t i = begin; i < line.tokens.size(); ++i) {
        const Token& token = line.tokens[i];
        const Lexeme& original = lex(token.lexeme);
        const Slot slot = slotOf(m_corpus.tagName(token.tag));
        const bool last = i == lastIndex;
        std::vector<Choice> options;
        if ((slot != Slot::None && original.content && (slot != Slot::Other || relaxed)) || hasMates(token))
            options = choices(line, i, target, state, expectation, last);
        const bool mayKeep = !last || target.rhyme.empty() || original.rhyme == target.rhyme;
        const bool endTaken = last && std::find(target.takenEnds.begin(), target.takenEnds.end(),
                                                token.lexeme) != target.takenEnds.end();
        const bool placeHere = !places.empty() && m_corpus.namesPlaceAt(line.tokens, i);
        double protoStep = 0;
        for (const int id : original.tokens) {
            protoStep += m_corpus.counts.logProbability(protoHistory, id);
            protoHistory.push_back(id);
        }
        std::vector<State> next;
        const auto extend = [&](const State& from, int lexeme, Tag tag, int source, double bonus, bool edited,
                                const Choice* choice = nullptr) {
            const Lexeme& word = lex(lexeme);
            const int syllables = from.syllables + word.syllables;
            const bool takesToken = source == static_cast<int>(i);
            if (syllables + remainingMin[takesToken ? i + 1 : i] > target.syllables ||
                syllables + remainingMax[takesToken ? i + 1 : i] < target.syllables)
                return;
            const int run = edited || word.syllables == 0
                                ? from.keptRun
                                : from.keptRun + (english ? 1 : static_cast<int>(word.tokens.size()));
            if (!edited && run > longest)
                return;
            // a/an follows the sound of the next word.
            int article = -1;
            if (english && !from.tokens.empty() && isArticle(lex(from.tokens.back().lexeme)) &&
                word.syllables > 0) {
                article = m_corpus.lexeme(word.vowelStart ? "an" : "a");
                if (article == from.tokens.back().lexeme)
                    article = -1;
            }
            // A word that is new beside its neighbour has to have been seen there.
            const bool newHere = edited || source < 0 || (!from.from.empty() && from.from.back() < 0);
            if (newHere && from.history.size() > 1) {
                const int pair[] = {article >= 0 ? lex(article).tokens[0] : from.history.back(),
                                    word.tokens.front()};
                if (pair[0] != m_corpus.pause && pair[1] != m_corpus.pause && !m_corpus.counts.seen(pair)) {
                    const bool mate = choice && choice->mate;
                    if ((!relaxed && !mate) || from.light || (choice && choice->light))
                        return;
                    bonus -= kUnseenPair;
                }
            }
            State to = from;
            if (article >= 0) {
                to.tokens.back().lexeme = article;
                to.history.back() = lex(article).tokens[0];
            }
            double step = 0;
            for (const int id : word.tokens) {
                step += m_corpus.counts.logProbability(to.history, id);
                to.history.push_back(id);
            }
            const double baseline = source >= 0 ? protoStep : -6.5;
            if (word.tokens.back() == m_corpus.unknown)
                step = baseline;
            to.score += bonus + kFluency * std::clamp(step - baseline, -8.0, 2.5);
            to.tokens.push_back({lexeme, tag});
            to.from.push_back(edited ? -1 - source : source);
            to.syllables = syllables;
            to.light = choice && choice->light;
            to.lights += to.light ? 1 : 0;
            if (edited) {
                to.edits += 1;
                to.score += to.edits == 1 ? 0.4 : to.edits > wanted ? -1.6 : -0.9;
                to.keptRun = 0;
            } else {
                to.keptRun = run;
            }
            next.push_back(std::move(to));
        };
        const auto used = state.used.find(token.lexeme);
        const auto mapped = state.mapping.find(token.lexeme);
        for (const State& from : beam) {
            if (from.skip) {
                next.push_back(from);
                next.back().skip = false;
                continue;
            }
            for (const int place : placeHere ? places : std::vector<int>{}) {
                // "in the town" makes way for "in Hangzhou".
                const Lexeme& name = lex(place);
                State to = from;
                to.syllables += name.syllables;
                if (to.syllables + remainingMin[i + 2] > target.syllables ||
                    to.syllables + remainingMax[i + 2] < target.syllables ||
                    (i + 1 == lastIndex && !target.rhyme.empty() && name.rhyme != target.rhyme))
                    continue;
                to.tokens.push_back({place, kName});
                to.from.push_back(-1 - static_cast<int>(i));
                to.history.push_back(name.tokens[0]);
                to.edits += 1;
                to.keptRun = 0;
                to.score += kNamesPlace;
                to.skip = true;
                next.push_back(std::move(to));
            }
            if (mayKeep && !endTaken) {
                double bonus = -kContrast * m_theme.contrast[static_cast<std::size_t>(token.lexeme)];
                if (slot != Slot::None) {
                    bonus +=
                        0.8 * target.themeWeight * m_theme.strength[static_cast<std::size_t>(token.lexeme)];
                    if (used != state.used.end() && mapped == state.mapping.end())
                        bonus -= 0.4 * std::min(used->second, 3);
                    if (mapped != state.mapping.end())
                        bonus += mapped->second == token.lexeme ? 0.6 : -1.5;
                }
                extend(from, token.lexeme, token.tag, static_cast<int>(i), bonus, false);
            }
            const bool title =
                static_cast<int>(i) >= target.titleBegin && static_cast<int>(i) < target.titleEnd;
            for (const Choice& option : options) {
                // What the song is called stays, or becomes what was asked for.
                if (title && m_theme.strength[static_cast<std::size_t>(option.lexeme)] < kSpeaksOfTheme)
                    continue;
                if (last && std::find(target.takenEnds.begin(), target.takenEnds.end(), option.lexeme) !=
                                target.takenEnds.end())
                    continue;
                bool twice = false;
                for (const Token& earlier : from.tokens)
                    twice = twice || earlier.lexeme == option.lexeme;
                if (!twice)
                    extend(from, option.lexeme, token.tag, static_cast<int>(i),
                           option.score - 1.5 - (last ? (mayKeep ? 1.3 : 0.3) : 0.0), true, &option);
            }
            // An adjective before a noun may go.
            if (slot == Slot::Adjective && i + 1 < line.tokens.size() && !last &&
                line.syllables > target.syllables - 1 &&
                slotOf(m_corpus.tagName(line.tokens[i + 1].tag)) == Slot::Noun && english) {
                State to = from;
                to.score -= kNoAdjective;
                to.keptRun = 0;
                if (to.syllables + remainingMax[i + 1] >= target.syllables)
                    next.push_back(std::move(to));
            }
        }
        // Keep the best of each syllable count, so that every count that can still come right survives.
        std::sort(next.begin(), next.end(), [](const State& a, const State& b) {
            return a.score != b.score ? a.score > b.score : a.history < b.history;
        });
        beam.clear();
        std::map<int, std::size_t> perCount;
        for (State& state2 : next) {
            if (beam.size() >= kBeam * 2)
                break;
            std::size_t& kept = perCount[state2.syllables];
            if (kept < kBeam / 2) {
                ++kept;
                beam.push_back(std::move(state2));
            }
        }
        if (beam.empty())
            return {};
    }
    const double protoEnd = m_corpus.counts.logProbability(protoHistory, m_corpus.newline);
    std::vector<Candidate> result;
    for (State& final : beam) {
        if (final.syllables != target.syllables || (mustEdit && final.edits == 0))
            continue;
        if (final.edits == 0 && !mustEdit ? runsOn(final.tokens, state.tail)
                                          : copies(final.tokens, state.tail))
            continue;
        Candidate candidate;
        candidate.score =
            final.score +
            kFluency * std::clamp(m_corpus.counts.logProbability(final.history, m_corpus.newline) - protoEnd,
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

} // namespace cantilena::compose::lyric
