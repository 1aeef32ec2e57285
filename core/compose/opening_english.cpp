// What an English request tells, as lines: its clauses are found by their words, not by a parser, since a
// request that is read wrongly is worse than one that is not read.

#include "opening_english.h"

#include <algorithm>

#include <language/text.h>

#include "opening_words.h"

namespace cantilena::compose::opening {

int Reading::syllables(const Clause& clause) const
{
    int sum = 0;
    for (const Typed& word : clause)
        sum += m_reader.countSyllables(word.text, language::Language::English);
    return sum;
}

Clause Reading::withoutAsking(Clause clause) const
{
    const auto at = [&](std::size_t i) {
        return i < clause.size() ? string_view(clause[i].lower) : string_view();
    };
    while (!clause.empty() && isOneOf(clause.back().lower, kChatter))
        clause.pop_back();
    while (!clause.empty() && isOneOf(clause.front().lower, kChatter))
        clause.erase(clause.begin());
    // "..., can you make it a love song": from there on.
    for (std::size_t i = 2; i < clause.size(); ++i) {
        const bool order = (at(i) == "make" || at(i) == "write" || at(i) == "sing") &&
                           (at(i + 1) == "it" || at(i + 1) == "me" || at(i + 1) == "us" || at(i + 1) == "a");
        const bool request = (at(i) == "can" || at(i) == "could") && at(i + 1) == "you";
        const bool wish = (at(i) == "i" || at(i) == "we" || at(i) == "i'd") &&
                          (at(i + 1) == "want" || at(i + 1) == "need" || at(i + 1) == "like") &&
                          (at(i + 2) == "a" || at(i + 2) == "an" || at(i + 2) == "it" || at(i + 2) == "this");
        const bool subject =
            isOneOf(at(i - 1), kSubjects) || isOneOf(at(i - 1), kAuxiliaries) || at(i - 1) == "to";
        if (!(request || wish || (order && !subject)))
            continue;
        clause.resize(i);
        while (!clause.empty() && isOneOf(clause.back().lower, kLeads))
            clause.pop_back();
        break;
    }
    // "I want a slow song about ...": up to what it is about.
    for (std::size_t i = clause.size(); i-- > 0;) {
        const bool connected = isOneOf(at(i + 1), kConnectors);
        const bool something = at(i) == "something" && i <= 3;
        if (!isOneOf(at(i), kSongNouns) && !(connected && (something || isOneOf(at(i), kGenreNouns))))
            continue;
        bool asks = i <= 6 && !isOneOf(at(0), kSubjects) && !hasFinite(clause, 1, i);
        asks = asks ||
               ((at(0) == "can" || at(0) == "could" || at(0) == "may") && (at(1) == "i" || at(1) == "we"));
        for (std::size_t k = 0; k < i; ++k)
            asks = asks || isOneOf(at(k), kAsking);
        if (!asks)
            continue;
        if (!connected)
            return {};
        // "for a colleague who is retiring" says whose it is and tells nothing.
        if (at(i + 1) == "for" && (at(i + 2) == "a" || at(i + 2) == "an"))
            return {};
        clause.erase(clause.begin(), clause.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        break;
    }
    return clause;
}

bool Reading::isOrder(const Clause& clause) const
{
    const auto at = [&](std::size_t i) {
        return i < clause.size() ? string_view(clause[i].lower) : string_view();
    };
    const bool wish =
        (at(0) == "i" || at(0) == "we") && (at(1) == "want" || at(1) == "need" || at(1) == "wanna") &&
        (at(2) == "it" || at(2) == "a" || at(2) == "an" || at(2) == "this" || at(2) == "something");
    const bool order = isOneOf(at(0), kOrders) || (isOneOf(at(0), kOrdersAlone) && !tellsBehind(clause) &&
                                                   !(at(0) == "nothing" && hasFinite(clause, 1)));
    return wish || order || ((at(0) == "can" || at(0) == "could") && at(1) == "you");
}

bool Reading::goesOn(const Clause& clause) const
{
    const string& first = clause.front().lower;
    const bool where =
        (first == "in" || first == "with" || first == "not" || first == "no") && clause.size() > 2;
    const bool like = first == "like" && clause.size() > 1 && isUpper(clause[1].text.front());
    if ((isOrder(clause) && !where) || like || withoutAsking(clause).size() != clause.size())
        return false;
    // "Aussie country": how it is to sound.
    static constexpr auto kSounds = std::to_array<string_view>(
        {"country", "metal", "disco", "house", "vibes", "rap", "lofi", "techno", "gospel", "edm"});
    const string& last = clause.back().lower;
    if (clause.size() <= 3 && (isOneOf(last, kSounds) || isOneOf(last, kGenreNouns)))
        return false;
    const auto manner = std::count_if(clause.begin(), clause.end(), [](const Typed& word) {
        return isOneOf(word.lower, kManner) || isOneOf(word.lower, kSongNouns) ||
               isOneOf(word.lower, kChatter);
    });
    constexpr std::size_t kWords = 4; // of which one says how a song is to sound
    return static_cast<std::size_t>(manner) * kWords < clause.size();
}

bool Reading::leadsOn(const Clause& clause) const
{
    constexpr std::size_t kLongest = 6; // words
    const string& first = clause.front().lower;
    const bool joins = clause.size() <= 2 && isOneOf(first, kLeads);
    return joins || (clause.size() <= kLongest && first != "for" && goesOn(clause));
}

Clause Reading::indefinite(Clause clause, std::size_t relative) const
{
    const std::size_t end = clause.size();
    if (relative == end && hasFinite(clause, 2))
        return clause;
    std::size_t place = end;
    for (std::size_t i = 2; i < end && place == end; ++i)
        if (isOneOf(clause[i].lower, kPrepositions))
            place = i;
    if (relative == end && (place == end || isOneOf(clause[place - 1].lower, kTimes)))
        return place == end ? Clause{} : clause;
    // "a witch whose spells only work on Tuesdays falls for the postman" has a verb of its own.
    if (relative < end && clause[relative].lower == "whose")
        return hasFinite(clause, relative + 1) ? clause : Clause{};
    bool past = false;
    if (relative < end) {
        std::size_t verb = relative + 1;
        while (verb + 1 < end && isOneOf(clause[verb].lower, kAdverbs))
            ++verb;
        if (verb >= end)
            return {};
        // "has" and "does" stand among the irregular forms.
        past = (m_dictionary.isPastVerb(clause[verb].lower) && !clause[verb].lower.ends_with("s")) ||
               clause[verb].lower == "was" || clause[verb].lower == "were" || clause[verb].lower == "had" ||
               clause[verb].lower == "did";
    }
    if (past)
        clause.insert(clause.begin(), {Typed{"there", "there"}, Typed{"was", "was"}});
    else
        clause.insert(clause.begin(), Typed{"there's", "there's"});
    return clause;
}

Clause Reading::told(Clause clause) const
{
    const auto at = [&](std::size_t i) {
        return i < clause.size() ? string_view(clause[i].lower) : string_view();
    };
    clause = withoutAsking(std::move(clause));
    if (isOrder(clause))
        return {};
    // "for the first time in months I wasn't afraid"
    const auto isTime = [&] { return at(0) == "for" && (at(1) == "once" || at(2) == "first"); };
    while (!clause.empty() && isOneOf(at(0), kLeads) && !isTime())
        clause.erase(clause.begin());
    // "She fell."
    const bool does = clause.size() == 2 && isOneOf(at(0), kSubjects) &&
                      (m_dictionary.isPastVerb(string(at(1))) || at(0).find('\'') != string_view::npos);
    if (does)
        return clause;
    if (clause.size() < 3)
        return {};
    mendBeside(clause, m_dictionary);
    // "someone going through chemo"
    if ((at(0) == "someone" || at(0) == "somebody") && !hasFinite(clause, 1) &&
        m_dictionary.isGerund(string(at(1))))
        return {};
    if (isOneOf(at(0), kSubjects) || (at(0) == "me" && at(1) == "and"))
        return clause;
    if (m_dictionary.isGerund(string(at(0))) && clause.size() > 3)
        return clause;
    const bool named = isOneOf(at(0), kKin) || isUpper(clause[0].text.front()) || at(0).ends_with("'s");
    std::size_t relative = clause.size();
    for (std::size_t i = 1; i < std::min<std::size_t>(clause.size(), 8) && relative == clause.size(); ++i) {
        const bool verbBefore = std::any_of(
            clause.begin() + 1, clause.begin() + static_cast<std::ptrdiff_t>(i), [&](const Typed& word) {
                return isOneOf(word.lower, kAuxiliaries) || (m_dictionary.isPastVerb(word.lower) &&
                                                             word.lower != "called" && word.lower != "named");
            });
        if (isOneOf(at(i), kRelatives) && !verbBefore)
            relative = i;
    }
    if (at(0) == "a" || at(0) == "an")
        return indefinite(std::move(clause), relative);
    if (isOneOf(at(0), kOwners) || named) {
        // "my grandma who makes dumplings"
        if (relative + 1 < clause.size() && (at(relative) == "who" || at(relative) == "that") &&
            std::none_of(clause.begin(), clause.end(), [](const Typed& word) { return word.resumes; }) &&
            (finiteAt(clause, relative + 1) || isOneOf(at(relative + 1), kAdverbs) ||
             m_dictionary.isPastVerb(string(at(relative + 1)))))
            clause.erase(clause.begin() + static_cast<std::ptrdiff_t>(relative));
        else if (relative < clause.size() && at(relative) == "who's")
            clause[relative] = {"is", "is"};
        // "my best friend moving to Australia" is a heading.
        return statesFirst(clause, at(0).ends_with("'s") ? 0 : named ? 1 : 2) ? clause : Clause{};
    }
    // "moved to Calgary for my job", "been married 31 years", "power went out in the storm"
    if (clause.size() > 3 && m_dictionary.isPastVerb(string(at(0))))
        return clause;
    for (std::size_t i = 1; clause.size() > 3 && i < 3; ++i)
        if (isOneOf(at(i), kAuxiliaries) || m_dictionary.isPastVerb(string(at(i))))
            return clause;
    // "at 71 I have enrolled", "on a night bus through Bolivia the driver stopped"
    if (isOneOf(at(0), kPrepositions) && clause.size() > 4 && tellsBehind(clause))
        return clause;
    // "none of us could talk"
    if (isOneOf(at(0), kOfSeveral) && at(1) == "of" && clause.size() > 3 && hasFinite(clause, 2))
        return clause;
    // "when the lights go out ..."
    const bool dependent = at(0) == "last" || at(0) == "one" || (at(0) == "first" && at(1) == "time") ||
                           at(0) == "when" || at(0) == "while" || at(0) == "after" || at(0) == "before" ||
                           at(0) == "if" || at(0) == "every" || at(0) == "until" || at(0) == "since" ||
                           at(0) == "as" || at(0) == "whenever";
    return dependent && clause.size() > 3 && hasFinite(clause, 2) ? clause : Clause{};
}

bool Reading::tellsBehind(const Clause& clause) const
{
    for (std::size_t i = 2; i + 1 < clause.size(); ++i) {
        if (isOneOf(clause[i].lower, kSubjects) && clause[i].lower != "this" && clause[i].lower != "it" &&
            (finiteAt(clause, i + 1) || m_dictionary.isVerb(clause[i + 1].lower)))
            return true;
        if (isOneOf(clause[i].lower, kOwners) && hasFinite(clause, i + 2, i + 4) &&
            !isOneOf(clause[i - 1].lower, kPrepositions))
            return true;
    }
    return false;
}
Clause Reading::askedFor(const Clause& clause, Clause before) const
{
    constexpr std::size_t kLongest = 3;
    Clause rest = withoutAsking(clause);
    if (rest.empty() || rest.size() == clause.size())
        return before;
    // "Mrs Okonkwo in Peckham"
    const auto place = std::find_if(rest.begin() + 1, rest.end(),
                                    [](const Typed& word) { return isOneOf(word.lower, kPrepositions); });
    rest.erase(place, rest.end());
    mendBeside(rest, m_dictionary);
    const bool somebody = isUpper(rest.front().text.front()) || isOneOf(rest.front().lower, kKin) ||
                          ((rest.front().lower == "my" || rest.front().lower == "our") && rest.size() > 1);
    return somebody && rest.size() <= kLongest ? rest : before;
}
namespace {

/// A statement with its "she" or "he" called as the song was asked for: "a song for Mrs Okonkwo, she's
/// retiring".
Clause naming(Clause told, const Clause& asked)
{
    const string& first = told.front().lower;
    const std::size_t pronoun = first.starts_with("she") ? 3 : first.starts_with("he") ? 2 : 0;
    if (asked.empty() || pronoun == 0 || (first.size() > pronoun && first[pronoun] != '\''))
        return told;
    const string ending = first.substr(pronoun);
    Clause named = asked;
    named.back().text += ending;
    named.back().lower += ending;
    named.insert(named.end(), told.begin() + 1, told.end());
    return named;
}

/// A clause that is sung, and whether it says something by itself.
struct Sung {
    Clause words;
    bool whole = false;
};

/// What leads on, with a comma behind unless it is "and then", and what follows.
Sung joined(Sung lead, Sung next)
{
    if (lead.words.empty())
        return next;
    if (!isOneOf(lead.words.back().lower, kLeads) && !lead.words.back().text.ends_with(','))
        lead.words.back().text += ",";
    for (Typed& word : next.words)
        lead.words.push_back(std::move(word));
    return {std::move(lead.words), lead.whole || next.whole};
}

/// What a clause tells with the words that join it to the one before: "and then I signed".
Clause withLeads(Clause told, const Clause& clause)
{
    static constexpr std::array<string_view, 6> kJoining = {"and", "but", "so", "then", "because", "that"};
    std::size_t leads = 0;
    while (leads < clause.size() && isOneOf(clause[leads].lower, kJoining))
        ++leads;
    if (told.size() + leads <= clause.size())
        told.insert(told.begin(), clause.begin(), clause.begin() + static_cast<std::ptrdiff_t>(leads));
    return told;
}

/// Clauses with those that say of whom they are, "my late husband Walter, who always whistled, left me his
/// hat": a clause and what breaks it are one.
std::vector<Clause> relativesJoined(std::vector<Clause> clauses, const Reading& reading)
{
    const auto join = [&](std::size_t i) {
        clauses[i - 1].insert(clauses[i - 1].end(), clauses[i].begin(), clauses[i].end());
        clauses.erase(clauses.begin() + static_cast<std::ptrdiff_t>(i));
    };
    for (std::size_t i = 1; i < clauses.size();) {
        if (clauses[i].front().opens ||
            (clauses[i].front().lower != "who" && clauses[i].front().lower != "whose")) {
            ++i;
            continue;
        }
        join(i);
        if (i < clauses.size() && !clauses[i].front().opens && reading.beginsWithVerb(clauses[i])) {
            clauses[i].front().resumes = true;
            join(i);
        }
    }
    return clauses;
}

} // namespace

std::vector<std::vector<string>> englishLines(const string& request, const language::Reader& reader,
                                              const language::Dictionary& dictionary)
{
    string text = request;
    for (const string_view quote : {"\u2019", "\u2018"})
        for (std::size_t at = text.find(quote); at != string::npos; at = text.find(quote))
            text.replace(at, quote.size(), "'");
    for (const string_view dash : {"\u2014", "\u2013", " - ", "--", "\u2026"})
        for (std::size_t at = text.find(dash); at != string::npos; at = text.find(dash))
            text.replace(at, dash.size(), ",");
    for (const string_view quote : {"\u201c", "\u201d"})
        for (std::size_t at = text.find(quote); at != string::npos; at = text.find(quote))
            text.replace(at, quote.size(), "\"");
    const Reading reading(reader, dictionary);
    std::vector<Sung> sung;
    Clause asked;        // whom the song is asked for
    Sung lead;           // what says when or of whom the next clause is, or is too short for a line
    bool before = false; // the clause before is sung
    // A short sentence is a line by itself; "forty minutes" goes on with what is before it.
    const auto keepShort = [&] {
        if (lead.whole && reading.syllables(lead.words) >= kShortest)
            sung.push_back(lead);
        else if (!lead.words.empty() && !lead.words.front().opens && !sung.empty())
            sung.back() = joined(std::move(sung.back()), std::move(lead));
        lead = {};
    };
    for (const Clause& clause : relativesJoined(clausesOf(text, dictionary), reading)) {
        const bool opens = clause.front().opens;
        if (opens)
            keepShort();
        Sung own{reading.told(clause), true};
        // "And found a roster, a different name for every dinner" goes on; no "there's" begins it.
        if (before && !opens && own.words.size() > clause.size() &&
            own.words.front().lower.starts_with("there"))
            own.words.clear();
        if (sung.empty() && own.words.empty())
            asked = reading.askedFor(clause, std::move(asked));
        if (sung.empty() && !own.words.empty())
            own.words = naming(std::move(own.words), asked);
        if (own.words.empty()) {
            own = {clause, false};
            mendBeside(own.words, dictionary);
            // Once something is told the rest is told, too; before, a subject alone is a heading.
            constexpr std::size_t kMoreThanHeading = 6; // words
            const bool tells = before || !lead.words.empty() || !sung.empty() || reading.happens(clause) ||
                               clause.size() >= kMoreThanHeading;
            const bool goesOn = tells && reading.goesOn(clause);
            const bool leads = clause.size() < 3 && reading.leadsOn(clause) &&
                               (!before || opens || isOneOf(clause.front().lower, kLeads));
            if (!goesOn || leads) {
                lead = reading.leadsOn(clause) ? joined(std::move(lead), std::move(own)) : Sung{};
                before = before && !lead.words.empty() && !opens;
                continue;
            }
        } else if (!sung.empty() || !lead.words.empty()) {
            own.words = withLeads(std::move(own.words), clause);
        }
        own = joined(std::move(lead), std::move(own));
        lead = {};
        if (reading.syllables(own.words) < kShortestOpeningLine) {
            if (before && !opens)
                sung.back() = joined(std::move(sung.back()), std::move(own));
            else
                lead = std::move(own);
            continue;
        }
        before = true;
        sung.push_back(std::move(own));
    }
    keepShort();
    std::vector<std::vector<string>> told;
    bool states = false;
    for (const Sung& clause : sung) {
        std::vector<string> lines = reading.lines(clause.words);
        if (lines.empty())
            continue;
        states = states || (clause.whole && reading.states(clause.words));
        told.push_back(std::move(lines));
    }
    // A subject alone is a heading rather than a line.
    return states ? told : std::vector<std::vector<string>>{};
}

} // namespace cantilena::compose::opening
