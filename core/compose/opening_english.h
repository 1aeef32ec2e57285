#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <compose/opening.h>
#include <language/dictionary.h>
#include <language/reader.h>

#include "lyrics_word_sets.h"
#include "opening_typed.h"

/// How the clauses of an English request are read: what they tell (opening_english.cpp), and where their
/// lines are parted (opening_english_lines.cpp). Internal to both.
namespace cantilena::compose::opening {

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

} // namespace cantilena::compose::opening
