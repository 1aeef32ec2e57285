// What an English request tells, as lines: its clauses are found by their words, not by a parser, since a
// request that is read wrongly is worse than one that is not read.

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include <compose/opening.h>
#include <language/text.h>

#include "lyrics_word_sets.h"
#include "opening_typed.h"
#include "opening_words.h"

namespace cantilena::compose::opening {

namespace {

using lyric::isOneOf;
using std::string;
using std::string_view;

constexpr int kUsualSyllables = 8;
constexpr double kWithin = 0.7;
constexpr int kShortest = 2; ///< syllables of a sentence that is a line by itself

constexpr std::array<string_view, 16> kSongNouns = {
    "song",     "songs",  "lullaby", "ballad", "anthem", "tune",   "lyrics", "hymn",
    "serenade", "shanty", "rap",     "duet",   "chorus", "melody", "waltz",  "singalong"};
/// Before "about" and the like these are songs too.
constexpr std::array<string_view, 16> kGenreNouns = {"blues", "tango", "samba",  "polka", "nova", "reggae",
                                                     "rock",  "jazz",  "pop",    "punk",  "folk", "soul",
                                                     "track", "jam",   "number", "carol"};
constexpr std::array<string_view, 10> kAsking = {"want",   "need", "like", "write",   "make",
                                                 "create", "give", "sing", "compose", "wanna"};
constexpr std::array<string_view, 8> kChatter = {"please", "pls",    "plz",  "lol",
                                                 "haha",   "hahaha", "lmao", "xx"};
/// A clause that begins with one of these says what to do, or how it is to sound.
constexpr auto kOrders = std::to_array<string_view>(
    {"write", "make",    "give",    "create", "compose", "keep",  "sing",    "upbeat", "acoustic", "mellow",
     "folky", "folk",    "rock",    "pop",    "jazz",    "blues", "country", "disco",  "punk",     "style",
     "use",   "include", "mention", "add",    "bit",     "kind",  "should",  "needs",  "think"});
/// So does one that begins with one of these, unless somebody does something behind.
constexpr auto kOrdersAlone = std::to_array<string_view>(
    {"slow", "fast", "soft", "in", "with", "no", "funny", "nothing", "maybe", "not", "bright", "quiet"});
constexpr std::array<string_view, 12> kConnectors = {"about", "for", "where", "because", "of",    "to",
                                                     "that",  "on",  "when",  "called",  "since", "how"};
/// Taken from the beginning of a clause.
constexpr std::array<string_view, 12> kLeads = {"and", "but",  "so",   "because", "cause", "that",
                                                "how", "then", "also", "plus",    "for",   "about"};
constexpr std::array<string_view, 44> kSubjects = {
    "i",         "i'm",       "i've",     "i'd",     "i'll",  "we",     "we're",   "we've",  "we'd",
    "we'll",     "he",        "he's",     "he'd",    "he'll", "she",    "she's",   "she'd",  "she'll",
    "they",      "they're",   "they've",  "it",      "it's",  "there",  "there's", "nobody", "everyone",
    "everybody", "someone",   "somebody", "nothing", "this",  "that's", "you",     "you're", "you've",
    "today",     "yesterday", "tomorrow", "tonight", "he've", "they'd", "they'll", "it'll"};
/// These say of how many of several something is told: "none of us could talk".
constexpr std::array<string_view, 9> kOfSeveral = {"none", "both", "neither", "most", "half",
                                                   "some", "each", "all",     "few"};
constexpr std::array<string_view, 5> kRelatives = {"who", "that", "which", "who's", "whose"};
/// After "is" written short: "my brother's inside".
constexpr std::array<string_view, 14> kAfterIs = {"been", "gone", "inside", "away", "back", "home", "dead",
                                                  "not",  "a",    "the",    "so",   "too",  "just", "still"};
constexpr std::array<string_view, 10> kTimes = {"day",     "evening", "morning",   "night",  "afternoon",
                                                "weekend", "summer",  "christmas", "winter", "time"};
constexpr std::array<string_view, 12> kAdverbs = {"never",  "always", "still",  "just",   "only",    "also",
                                                  "really", "once",   "nearly", "almost", "finally", "even"};
/// Before a noun that may look like a gerund: "our whole building", "the online gaming club".
constexpr auto kAdjectives =
    std::to_array<string_view>({"whole", "old", "new", "first", "last", "big", "little", "own", "entire",
                                "online", "good", "best", "small"});
/// After "and" these begin what somebody does, or when: "and last Sunday he", "and one kid who".
constexpr std::array<string_view, 12> kBefore = {"a",       "one",  "all",  "now",   "then", "today",
                                                 "tonight", "last", "next", "every", "some", "each"};
constexpr std::array<string_view, 8> kPlural = {"i", "we", "they", "you", "i'm", "we're", "they're", "i've"};
/// Verbs whose past is the verb.
constexpr std::array<string_view, 13> kSamePast = {"beat", "cut",  "hit",   "let",  "put",  "quit", "set",
                                                   "shut", "hurt", "burst", "read", "cost", "bet"};
/// After these "before", "after" or "when" begins no clause: "the day before the final", "just because".
constexpr std::array<string_view, 12> kBeforeBreaks = {"day",   "night", "week", "year", "month", "minute",
                                                       "right", "just",  "even", "only", "soon",  "long"};

/// A few words with one of these say how a song is to sound.
constexpr auto kManner = std::to_array<string_view>(
    {"piano",   "guitar", "drums",  "strings",    "beat",      "vibe",     "vibes",     "feel",
     "feeling", "tempo",  "style",  "mood",       "vocals",    "voice",    "key",       "minor",
     "major",   "bpm",    "slow",   "fast",       "upbeat",    "sad",      "happy",     "cheerful",
     "funny",   "silly",  "gentle", "soft",       "warm",      "acoustic", "verse",     "verses",
     "sung",    "dance",  "dancey", "dramatic",   "epic",      "sweet",    "tender",    "bittersweet",
     "hopeful", "blues",  "tango",  "samba",      "polka",     "reggae",   "jazz",      "punk",
     "folk",    "rock",   "pop",    "melancholy", "nostalgic", "minutes",  "male",      "female",
     "thanks",  "lyric",  "mellow", "catchy",     "simple",    "romantic", "energetic", "rhyme",
     "singer",  "english"});
class Reading {
public:
    Reading(const language::Reader& reader, const language::Dictionary& dictionary)
        : m_reader(reader), m_dictionary(dictionary)
    {
    }

    /// What a clause tells; nothing when it asks for something or only names a subject.
    Clause told(Clause clause) const;
    /// Whom a clause asks a song for, "my mum", "Mrs Okonkwo"; `before` where it does not say.
    Clause askedFor(const Clause& clause, Clause before) const;
    /// Whether words between two marks go on with what is told before them: "straight into the hedge", "with
    /// leaves in her hair"; not "slow and sad".
    bool goesOn(const Clause& clause) const;
    /// Whether somebody does something in it, wherever its verb stands: "in April a pair of falcons nested".
    bool happens(const Clause& clause) const
    {
        for (std::size_t i = 1; i < clause.size(); ++i)
            if (finiteAt(clause, i) || m_dictionary.isPastVerb(clause[i].lower))
                return true;
        return false;
    }
    /// Whether they say when or of whom what follows is: "on my last day", "my ex's new wife", "and then".
    bool leadsOn(const Clause& clause) const;
    bool beginsWithVerb(const Clause& clause) const
    {
        return finiteAt(clause, 0) || m_dictionary.isPastVerb(clause.front().lower);
    }
    int syllables(const Clause& clause) const;
    std::vector<string> lines(const Clause& clause) const;

    /// Whether a clause says something of somebody, rather than naming a subject: not "driving home at
    /// sunset" or "there's a breakup in the rain".
    bool states(const Clause& clause) const
    {
        const string& first = clause[0].lower;
        if (m_dictionary.isGerund(first) ||
            (!hasFinite(clause, 1) && !isOneOf(first, kOwners) && !isOneOf(first, kKin) &&
             !isOneOf(first, kSubjects) && !m_dictionary.isPastVerb(first)))
            return false;
        const auto owned = [](const Typed& word) {
            return isOneOf(word.lower, kOwners) && word.lower != "the";
        };
        return first != "there's" || hasFinite(clause, 3) || std::any_of(clause.begin(), clause.end(), owned);
    }

private:
    /// Whether the word there may be a verb that has a subject.
    bool finiteAt(const Clause& clause, std::size_t i) const
    {
        const string& word = clause[i].lower;
        if (isOneOf(word, kAuxiliaries) || word.ends_with("n't") || m_dictionary.isFiniteVerb(word))
            return true;
        // "Our team beat them", but not "to beat" or "the beat".
        const string_view before = i > 0 ? string_view(clause[i - 1].lower) : string_view();
        if (i > 1 && isOneOf(word, kSamePast) && before != "to" && before != "a" && before != "and" &&
            !isOneOf(before, kOwners) && !isOneOf(before, kPrepositions))
            return true;
        if (word.ends_with("'d") || word.ends_with("'ll") || word.ends_with("'ve"))
            return true;
        if (i + 1 == clause.size() || !(word.ends_with("'s") || word.ends_with("'re")))
            return false;
        const string& next = clause[i + 1].lower;
        return isOneOf(next, kAfterIs) || isOneOf(next, kPrepositions) || m_dictionary.isGerund(next);
    }
    bool hasFinite(const Clause& clause, std::size_t from, std::size_t end) const
    {
        for (std::size_t i = from; i < std::min(end, clause.size()); ++i)
            if (finiteAt(clause, i))
                return true;
        return false;
    }
    /// Whether a clause has a verb of its own, before "when you live in Kansas".
    bool statesFirst(const Clause& clause, std::size_t from) const
    {
        std::size_t end = from;
        while (end < clause.size() && clause[end].lower != "when" && clause[end].lower != "while" &&
               clause[end].lower != "if")
            ++end;
        return hasFinite(clause, from, end) ||
               (end < clause.size() && m_dictionary.isPastVerb(clause[end - 1].lower));
    }
    bool hasFinite(const Clause& clause, std::size_t from) const
    {
        return hasFinite(clause, from, clause.size());
    }
    /// Whether a clause says what to do, or how the song is to sound.
    bool isOrder(const Clause& clause) const;
    /// Cuts what asks for a song off a clause, from its end and its beginning; nothing may be left.
    Clause withoutAsking(Clause clause) const;
    /// "a ferryman who never learned to swim", "a hedgehog in our garage" as a statement.
    Clause indefinite(Clause clause, std::size_t relative) const;
    /// Whether somebody does something behind the place or time that a clause begins with.
    bool tellsBehind(const Clause& clause) const;
    /// Whether "and I" goes on with who does it: no verb stands between it and where its clause begins.
    bool joinsSubjects(const Clause& clause, std::size_t i) const;
    /// Whether what follows tells which one is meant: "every bus ticket | he ever used".
    static bool tellsWhich(const Clause& clause, std::size_t i);
    /// What it costs to begin a line with a word.
    double breakCost(const Clause& clause, std::size_t i) const;

    const language::Reader& m_reader;
    const language::Dictionary& m_dictionary;
};

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

} // namespace

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
