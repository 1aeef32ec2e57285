#include <algorithm>
#include <cmath>
#include <string_view>

#include "lyrics_edit.h"
#include "lyrics_slot.h"
#include "lyrics_word_sets.h"

/// Which words may come in at a place of a line, by exchange classes, theme and rhyme.
namespace cantilena::compose::lyric {

namespace {

constexpr std::size_t kChoices = 9;
constexpr float kSpeaksOfTheme = 0.55f;
constexpr float kAsked = 0.9f; // strength of a word of the prompt
constexpr double kVerbEdit = 1.2;
constexpr double kLight = 1.5;    // of a small word: the line stays what it was
constexpr double kNearWord = 0.5; // likeness of a word that may come in when nothing else fits
constexpr double kAtAllAlike = 0.4;
constexpr float kMateLikeness = 0.7f;
constexpr double kExpectation = 0.32; // of the line model's, given the words to the right

} // namespace

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
    // A word that the line says twice means its repetition.
    if (!mustRhyme && std::count_if(line.tokens.begin(), line.tokens.end(),
                                    [&](const Token& other) { return other.lexeme == token.lexeme; }) > 1)
        return found;
    // What the prompt asked for stays where it is.
    if ((m_theme.asks(token.lexeme) || m_theme.strength[static_cast<std::size_t>(token.lexeme)] > kAsked) &&
        (!mustRhyme || original.rhyme == target.rhyme))
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

} // namespace cantilena::compose::lyric
