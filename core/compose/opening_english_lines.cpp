// Where the lines of an English clause are parted: where a singer breathes, and inside no phrase.

#include "opening_english.h"

#include <algorithm>
#include <numeric>

#include "opening_words.h"

namespace cantilena::compose::opening {

bool Reading::joinsSubjects(const Clause& clause, std::size_t i) const
{
    std::size_t begin = i;
    while (begin > 0 && clause[begin - 1].lower != "and" && !isOneOf(clause[begin - 1].lower, kBreaks))
        --begin;
    const string& first = clause[begin].lower;
    return begin > 0 && clause[begin - 1].lower == "and" && i - begin <= 4 &&
           (first == "a" || first == "an" || isOneOf(first, kOwners)) && !hasFinite(clause, begin, i);
}

bool Reading::tellsWhich(const Clause& clause, std::size_t i)
{
    static constexpr std::array<string_view, 8> kOfMany = {"every", "everything", "all",   "any",
                                                           "day",   "way",        "first", "only"};
    for (std::size_t k = 1; k <= 3 && k <= i; ++k)
        if (isOneOf(clause[i - k].lower, kOfMany))
            return true;
    return false;
}
double Reading::breakCost(const Clause& clause, std::size_t i) const
{
    const string& word = clause[i].lower;
    const string& before = clause[i - 1].lower;
    const string_view next = i + 1 < clause.size() ? string_view(clause[i + 1].lower) : string_view();
    const bool told = hasFinite(clause, 1, i) || isOneOf(clause[0].lower, kSubjects) ||
                      clause[0].lower == "me" || m_dictionary.isPastVerb(clause[0].lower) ||
                      m_dictionary.isGerund(clause[0].lower);
    // Nothing ends with a conjunction.
    if (before == "and" || before == "but" || before == "as" || isOneOf(before, kBreaks))
        return -1;
    const bool clauseHere = isOneOf(word, kSubjects) || isOneOf(word, kOwners);
    if ((before == "that" && clauseHere) || (before == "for" && word == "as"))
        return -1;
    if (clause[i].resumes)
        return 0.4;
    // "The sweeper was | right behind me", "a year later | a guy delivers my curry"
    static constexpr std::array<string_view, 3> kJust = {"right", "just", "straight"};
    if (isOneOf(before, kJust) && isOneOf(word, kPrepositions))
        return -1;
    if (isOneOf(word, kJust) && isOneOf(next, kPrepositions))
        return 1.0;
    if ((before == "later" || before == "ago") && !isOneOf(word, kPrepositions))
        return 0.5;
    if (word == "of" && !isOneOf(before, kOwners) && before != "out" && before != "because")
        return 3.2;
    // "the meteor shower | the night before my last chemo"
    if ((word == "the" || word == "a") && isOneOf(next, kBeforeBreaks) && i + 2 < clause.size() &&
        isOneOf(clause[i + 2].lower, kBreaks) && i > 1 && !isOneOf(before, kPrepositions))
        return 0.8;
    if (word == "and" || word == "but" || word == "so" || word == "then") {
        // "a house and a husband", "my wife and I met", "is so quiet": no clause begins here
        if (next.empty())
            return 4;
        const bool plural = isOneOf(clause[0].lower, kPlural);
        // "and a goose", "and on his last shift"
        const bool determined = isOneOf(next, kOwners) || isOneOf(next, kBefore) ||
                                (word == "and" && isOneOf(next, kPrepositions));
        bool begins = isOneOf(next, kSubjects) || isOneOf(next, kBreaks) ||
                      (plural && m_dictionary.isVerb(string(next)));
        for (std::size_t k = i + 1; k < std::min(clause.size(), i + (determined ? 7 : 3)) && !begins; ++k) {
            if (k > i + 1 && isOneOf(clause[k].lower, kBreaks) && clause[k].lower != "who")
                break;
            begins = finiteAt(clause, k) || m_dictionary.isGerund(clause[k].lower);
        }
        if (word == "so" && !isOneOf(next, kSubjects) && !determined)
            begins = false;
        // "and a Portuguese sailor and I played chess"
        if (word == "and" && (next == "i" || next == "me") && joinsSubjects(clause, i))
            return 3;
        return begins ? (told ? 0.3 : 1.4) : word == "and" ? 2.2 : 4;
    }
    // "And that's when I learned"
    if (isOneOf(word, kBreaks) &&
        (before == "that's" || before == "it's" || before == "is" || before == "was"))
        return 2.5;
    if (isOneOf(word, kBreaks))
        return isOneOf(before, kBeforeBreaks)                                ? 2.5
               : word.starts_with("wh") && word != "when" && word != "while" ? 0.5
                                                                             : 0.3;
    // "I want | I cried": a clause without a conjunction
    // "When the river came up | it lifted our piano"
    const bool acts = isOneOf(clause[0].lower, kBreaks) && i + 1 < clause.size() &&
                      (finiteAt(clause, i + 1) || m_dictionary.isPastVerb(string(next)));
    const bool object =
        !acts && (word == "you" || word == "it" || word == "there" || word == "this" || word == "today" ||
                  word == "tonight" || word == "tomorrow" || word == "yesterday");
    if (isOneOf(word, kSubjects) && !object && i > 1 && !isOneOf(before, kBreaks) &&
        !isOneOf(before, kPrepositions))
        return tellsWhich(clause, i) ? 5.0 : told || i > 3 ? 0.8 : 1.6;
    // "a goose | that only lets people with blue cars fill up"
    if (word == "that" && i > 1 && (isOneOf(next, kSubjects) || isOneOf(next, kOwners)) &&
        !isOneOf(before, kPrepositions))
        return m_dictionary.isVerb(before) || finiteAt(clause, i - 1) ? 1.0 : 0.6;
    if (word == "that" && i > 1 && (isOneOf(next, kAdverbs) || m_dictionary.isFiniteVerb(string(next))) &&
        !isOneOf(before, kPrepositions) && !m_dictionary.isVerb(before) && !finiteAt(clause, i - 1))
        return 0.6;
    if (m_dictionary.isGerund(word) && !isOneOf(before, kAuxiliaries) && !isOneOf(before, kPrepositions) &&
        !isOneOf(before, kOwners) && !isOneOf(before, kAdverbs) && !finiteAt(clause, i - 1) &&
        !isOneOf(before, kAdjectives))
        return 1.4;
    if (isOneOf(word, kPrepositions)) {
        if (word == "to" && m_dictionary.isVerb(string(next)))
            return 1.7;
        // A particle stays with its verb, and a place with what is there.
        return finiteAt(clause, i - 1) || m_dictionary.isVerb(before) || m_dictionary.isGerund(before) ? 1.8
                                                                                                       : 1.2;
    }
    if (word == "every" || word == "last" || word == "whenever")
        return isOneOf(before, kOwners) || before == "to" || before == "of" || before == "for" ||
                       before == "at"
                   ? -1
               : finiteAt(clause, i - 1) ? 2.4
                                         : 1.0;
    // "and the guy who bought it | played one bit of moon river"
    const auto relative =
        std::find_if(clause.begin() + static_cast<std::ptrdiff_t>(i - std::min<std::size_t>(i, 6)),
                     clause.begin() + static_cast<std::ptrdiff_t>(i),
                     [](const Typed& typed) { return typed.lower == "who"; });
    const auto behindWho = static_cast<std::size_t>(relative - clause.begin());
    const auto isVerb = [&](std::size_t k) {
        return finiteAt(clause, k) || m_dictionary.isPastVerb(clause[k].lower);
    };
    std::size_t verbs = 0; // of what tells who it is
    for (std::size_t k = behindWho + 1; k < i; ++k)
        verbs += isVerb(k) ? 1 : 0;
    if (behindWho + 2 < i && isVerb(i) && verbs == 1 && (!isOneOf(before, kSubjects) || before == "it") &&
        !isOneOf(before, kAuxiliaries) && !isOneOf(before, kAdverbs) && !isOneOf(before, kOwners) &&
        !isOneOf(before, kPrepositions))
        return 1.2;
    // Before the verb of a long subject.
    return i > 2 && finiteAt(clause, i) && !told && !isOneOf(before, kSubjects) ? 2.4 : -1;
}

std::vector<string> Reading::lines(const Clause& clause) const
{
    std::vector<int> counts;
    std::vector<double> cost;
    for (std::size_t i = 0; i < clause.size(); ++i) {
        counts.push_back(m_reader.countSyllables(clause[i].text, language::Language::English));
        cost.push_back(i == 0 ? 0 : breakCost(clause, i));
    }
    const int all = std::accumulate(counts.begin(), counts.end(), 0);
    Parting parting = partLines(counts, cost, kUsualSyllables, kWithin, 0);
    parting.found = parting.found || (all >= kShortest && all < kShortestOpeningLine);
    if (!parting.found) {
        // Rather between a noun and what it is of than not at all.
        constexpr double kInPhrase = 4.0;
        for (std::size_t i = 1; i < clause.size(); ++i) {
            const string& word = clause[i].lower;
            const string& before = clause[i - 1].lower;
            const bool begins = word == "of" || word == "a" || word == "an" || isOneOf(word, kOwners);
            if (cost[i] < 0 && begins && before != "and" && before != "of" &&
                !isOneOf(before, kPrepositions) && !isOneOf(before, kOwners))
                cost[i] = kInPhrase;
        }
        parting = partLines(counts, cost, kUsualSyllables, kWithin, 0);
    }
    if (!parting.found)
        return {};
    std::vector<string> lines;
    for (std::size_t begin = 0, k = 0; k <= parting.begins.size(); ++k) {
        const std::size_t end = k < parting.begins.size() ? parting.begins[k] : clause.size();
        string line;
        for (std::size_t i = begin; i < end; ++i)
            line += (line.empty() ? "" : " ") + clause[i].text;
        if (line.back() == ',')
            line.pop_back();
        if (line.front() >= 'a' && line.front() <= 'z')
            line.front() = static_cast<char>(line.front() - 32);
        lines.push_back(std::move(line));
        begin = end;
    }
    return lines;
}

} // namespace cantilena::compose::opening
