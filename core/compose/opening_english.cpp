// What an English request tells, as lines: its clauses are found by their words, not by a parser, since a
// request that is read wrongly is worse than one that is not read.

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <string_view>

#include <language/text.h>

#include "lyrics_word_sets.h"
#include "opening_words.h"

namespace cantilena::compose::opening {

namespace {

using lyric::isOneOf;
using std::string;
using std::string_view;

constexpr int kUsualSyllables = 8;
constexpr int kLeastToTell = 5; ///< syllables of a clause that stands alone

struct Typed {
    string text;  ///< as it is sung
    string lower; ///< the same in small letters, to look up
};
using Clause = std::vector<Typed>;

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
constexpr std::array<string_view, 44> kOrders = {
    "write", "make",      "give",  "create",  "compose", "please",   "pls",    "plz",    "keep",
    "sing",  "something", "slow",  "fast",    "upbeat",  "acoustic", "soft",   "mellow", "folky",
    "folk",  "rock",      "pop",   "jazz",    "blues",   "country",  "disco",  "punk",   "style",
    "in",    "with",      "use",   "include", "mention", "add",      "no",     "bit",    "kind",
    "funny", "should",    "needs", "nothing", "maybe",   "not",      "bright", "quiet"};
constexpr std::array<string_view, 12> kConnectors = {"about", "for", "where", "because", "of",    "to",
                                                     "that",  "on",  "when",  "called",  "since", "how"};
/// Taken from the beginning of a clause.
constexpr std::array<string_view, 14> kLeads = {"and", "but",  "so",   "because", "since", "cause", "that",
                                                "how", "then", "also", "plus",    "as",    "for",   "about"};
constexpr std::array<string_view, 44> kSubjects = {
    "i",         "i'm",       "i've",     "i'd",     "i'll",  "we",     "we're",   "we've",  "we'd",
    "we'll",     "he",        "he's",     "he'd",    "he'll", "she",    "she's",   "she'd",  "she'll",
    "they",      "they're",   "they've",  "it",      "it's",  "there",  "there's", "nobody", "everyone",
    "everybody", "someone",   "somebody", "nothing", "this",  "that's", "you",     "you're", "you've",
    "today",     "yesterday", "tomorrow", "tonight", "he've", "they'd", "they'll", "it'll"};
constexpr std::array<string_view, 9> kOwners = {"my",   "our", "his",  "her",  "their",
                                                "your", "the", "this", "these"};
constexpr std::array<string_view, 24> kKin = {
    "mum",    "mom",     "mama",    "dad",      "papa",       "nan",       "nana",   "gran",
    "granny", "grandma", "grandad", "granddad", "grandpa",    "mummy",     "daddy",  "auntie",
    "uncle",  "aunt",    "people",  "kids",     "neighbours", "neighbors", "mother", "father"};
constexpr std::array<string_view, 50> kAuxiliaries = {
    "is",       "are",     "was",    "were",    "has",    "have",    "had",   "does",    "do",
    "did",      "can",     "could",  "will",    "would",  "won't",   "can't", "isn't",   "aren't",
    "wasn't",   "weren't", "hasn't", "haven't", "hadn't", "doesn't", "don't", "didn't",  "couldn't",
    "wouldn't", "might",   "must",   "never",   "always", "still",   "just",  "finally", "keeps",
    "says",     "goes",    "gets",   "makes",   "got",    "went",    "came",  "said",    "thinks",
    "wants",    "likes",   "loves",  "hates",   "only"};
constexpr std::array<string_view, 5> kRelatives = {"who", "that", "which", "who's", "whose"};
constexpr std::array<string_view, 24> kBreaks = {
    "and",   "but",   "so",     "because", "when",   "while",    "until",    "till",
    "who",   "after", "before", "since",   "if",     "though",   "although", "where",
    "whose", "which", "cause",  "then",    "unless", "whenever", "except",   "who's"};
constexpr std::array<string_view, 26> kPrepositions = {
    "in",     "on",      "at",      "with",    "for",    "from",   "under",   "over",   "by",
    "into",   "through", "without", "like",    "behind", "across", "near",    "around", "about",
    "during", "at",      "beside",  "between", "to",     "inside", "outside", "as"};
constexpr std::array<string_view, 30> kAfterIts = {
    "my",     "the",   "a",    "an",   "been", "not",  "our",  "so",   "me",        "you",
    "him",    "her",   "us",   "them", "just", "all",  "only", "like", "too",       "still",
    "always", "never", "gone", "over", "okay", "time", "for",  "hard", "different", "tiny"};
/// After "is" written short: "my brother's inside".
constexpr std::array<string_view, 14> kAfterIs = {"been", "gone", "inside", "away", "back", "home", "dead",
                                                  "not",  "a",    "the",    "so",   "too",  "just", "still"};
constexpr std::array<string_view, 18> kBeforeIll = {"is",   "was",  "feel", "feeling", "felt",  "fell",
                                                    "fall", "get",  "got",  "so",      "very",  "am",
                                                    "i'm",  "been", "too",  "he's",    "she's", "mentally"};
constexpr std::array<string_view, 6> kBelongs = {"my", "our", "his", "her", "their", "your"};
constexpr std::array<string_view, 16> kKinOf = {
    "dads",    "mums",    "moms",  "nans",     "grans",  "grandmas", "grandpas",  "grandads",
    "mothers", "fathers", "wifes", "husbands", "bosses", "nanas",    "granddads", "uncles"};
/// These are rather many than one, unless what follows is one's own.
constexpr std::array<string_view, 16> kFolkOf = {
    "sisters",    "brothers",    "friends",    "daughters", "sons",    "cousins", "neighbors", "mates",
    "neighbours", "girlfriends", "boyfriends", "aunts",     "nephews", "nieces",  "teachers",  "roommates"};
constexpr std::array<string_view, 22> kOwned = {
    "wedding", "birthday", "funeral", "house", "room",    "kitchen",   "garden", "car",
    "dog",     "cat",      "grave",   "voice", "name",    "school",    "bed",    "coat",
    "guitar",  "bike",     "boat",    "truck", "bedroom", "graduation"};
constexpr std::array<string_view, 4> kTitles = {"mr", "mrs", "ms", "dr"};
constexpr std::array<string_view, 9> kBeforeMonths = {"in",    "this", "next", "last", "since",
                                                      "until", "till", "by",   "every"};
constexpr std::array<string_view, 10> kTimes = {"day",     "evening", "morning",   "night",  "afternoon",
                                                "weekend", "summer",  "christmas", "winter", "time"};
constexpr std::array<string_view, 12> kAdverbs = {"never",  "always", "still",  "just",   "only",    "also",
                                                  "really", "once",   "nearly", "almost", "finally", "even"};
/// After "and" these begin what somebody does, or when: "and last Sunday he", "and one kid who".
constexpr std::array<string_view, 12> kBefore = {"a",       "one",  "all",  "now",   "then", "today",
                                                 "tonight", "last", "next", "every", "some", "each"};
constexpr std::array<string_view, 8> kPlural = {"i", "we", "they", "you", "i'm", "we're", "they're", "i've"};
/// After these "before", "after" or "when" begins no clause: "the day before the final", "just because".
constexpr std::array<string_view, 12> kBeforeBreaks = {"day",   "night", "week", "year", "month", "minute",
                                                       "right", "just",  "even", "only", "soon",  "long"};

const std::map<string, string, std::less<>>& spellings()
{
    static const std::map<string, string, std::less<>> words{{"im", "I'm"},         {"ive", "I've"},
                                                             {"id", "I'd"},         {"dont", "don't"},
                                                             {"doesnt", "doesn't"}, {"didnt", "didn't"},
                                                             {"cant", "can't"},     {"couldnt", "couldn't"},
                                                             {"wont", "won't"},     {"wouldnt", "wouldn't"},
                                                             {"isnt", "isn't"},     {"arent", "aren't"},
                                                             {"wasnt", "wasn't"},   {"werent", "weren't"},
                                                             {"hasnt", "hasn't"},   {"havent", "haven't"},
                                                             {"hadnt", "hadn't"},   {"shouldnt", "shouldn't"},
                                                             {"hes", "he's"},       {"shes", "she's"},
                                                             {"theyre", "they're"}, {"theyve", "they've"},
                                                             {"weve", "we've"},     {"youre", "you're"},
                                                             {"youve", "you've"},   {"thats", "that's"},
                                                             {"theres", "there's"}, {"whos", "who's"},
                                                             {"whats", "what's"},   {"lets", "let's"},
                                                             {"aint", "ain't"},     {"gonna", "gonna"},
                                                             {"wanna", "wanna"},    {"u", "you"},
                                                             {"ur", "your"},        {"cuz", "'cause"},
                                                             {"coz", "'cause"},     {"bc", "because"},
                                                             {"yrs", "years"},      {"yr", "year"},
                                                             {"mins", "minutes"},   {"hrs", "hours"},
                                                             {"bday", "birthday"},  {"i", "I"},
                                                             {"i'm", "I'm"},        {"i've", "I've"},
                                                             {"i'd", "I'd"},        {"i'll", "I'll"},
                                                             {"oclock", "o'clock"}, {"havnt", "haven't"},
                                                             {"til", "till"},       {"w", "with"},
                                                             {"thru", "through"},   {"tho", "though"},
                                                             {"tonite", "tonight"}};
    return words;
}

string lowered(string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// Whether a word that an American dictionary would mend is spelt as the British spell.
bool isBritish(const string& typed, const string& american)
{
    constexpr std::array<std::pair<string_view, string_view>, 12> kSpellings = {{{"our", "or"},
                                                                                 {"re", "er"},
                                                                                 {"ise", "ize"},
                                                                                 {"isi", "izi"},
                                                                                 {"ice", "ise"},
                                                                                 {"ise", "ice"},
                                                                                 {"lled", "led"},
                                                                                 {"lling", "ling"},
                                                                                 {"ller", "ler"},
                                                                                 {"ae", "e"},
                                                                                 {"s", ""},
                                                                                 {"ogue", "og"}}};
    for (const auto& [british, instead] : kSpellings) {
        for (std::size_t at = typed.find(british); at != string::npos; at = typed.find(british, at + 1)) {
            string other = typed;
            if (other.replace(at, british.size(), instead) == american)
                return true;
        }
    }
    return false;
}

/// A word as it is written in a line: typed small, with its apostrophe, spelt right, names with a capital.
string spelt(const string& typed, bool opens, bool shouted, const language::Dictionary& dictionary)
{
    const string lower = lowered(typed);
    if (const auto known = spellings().find(lower); known != spellings().end())
        return known->second;
    const bool plain = std::all_of(lower.begin(), lower.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!plain)
        return shouted ? lower : typed;
    const bool capital = isUpper(typed.front()) && !shouted;
    if (capital && !opens)
        return typed;
    if (dictionary.has(lower))
        return capital && typed.size() > 1 && isUpper(typed[1]) ? typed : lower;
    string name = lower;
    name.front() = static_cast<char>(name.front() - 32);
    if (capital || dictionary.has(name))
        return shouted ? name : isUpper(typed.front()) ? typed : name;
    const string meant =
        dictionary.corrected(lower, [&](const string& word) { return dictionary.has(word); });
    return meant.empty() || isUpper(meant.front()) || isBritish(lower, meant) ? lower : meant;
}

/// The clauses between marks, each a run of words.
std::vector<Clause> clausesOf(const string& request, const language::Dictionary& dictionary)
{
    const auto letters = std::count_if(request.begin(), request.end(),
                                       [](char c) { return (c >= 'a' && c <= 'z') || isUpper(c); });
    const bool shouted =
        letters > 3 && std::count_if(request.begin(), request.end(), isUpper) * 10 > letters * 8;
    std::vector<Clause> clauses(1);
    string word;
    bool opens = true;
    const auto endWord = [&] {
        while (!word.empty() && (word.back() == '\'' || word.back() == '-'))
            word.pop_back();
        while (!word.empty() && (word.front() == '\'' || word.front() == '-'))
            word.erase(0, 1);
        if (word.empty())
            return;
        string text = spelt(word, opens, shouted, dictionary);
        // One word or two.
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            clauses.back().push_back({text.substr(at, end - at), lowered(text.substr(at, end - at))});
            at = end + 1;
        }
        word.clear();
        opens = false;
    };
    for (std::size_t i = 0; i < request.size(); ++i) {
        const char c = request[i];
        const char next = i + 1 < request.size() ? request[i + 1] : ' ';
        const bool between = !word.empty() && (std::isalnum(static_cast<unsigned char>(next)) != 0);
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80 ||
            (c == '\'' && !word.empty()) ||
            ((c == '-' || c == '.' || c == ':' || c == ',') && between &&
             (c == '-' || (std::isdigit(static_cast<unsigned char>(word.back())) != 0 &&
                           std::isdigit(static_cast<unsigned char>(next)) != 0))) ||
            c == '$' || (c == '%' && !word.empty())) {
            word += c;
            continue;
        }
        endWord();
        if (c == '&' || c == '+')
            clauses.back().push_back({"and", "and"});
        if (c == ' ' || c == '"' || c == '\'' || c == '&' || c == '+')
            continue;
        opens = opens || c == '.' || c == '!' || c == '?' || c == '\n';
        if (!clauses.back().empty())
            clauses.emplace_back();
    }
    endWord();
    if (clauses.back().empty())
        clauses.pop_back();
    return clauses;
}

/// Whether a word that has a meaning of its own is a name by the words beside it: "called maisie", "in
/// march", "new Zealand".
bool isName(const Clause& clause, std::size_t i)
{
    const string_view word = clause[i].lower;
    const string_view before = i > 0 ? string_view(clause[i - 1].lower) : string_view();
    const bool isNext = i + 1 < clause.size() && isUpper(clause[i + 1].text.front());
    if (word == "new" && isNext)
        return true;
    if (word == "may" || word == "march" || word == "august")
        return isOneOf(before, kBeforeMonths);
    return (before == "called" || before == "named") && !isOneOf(word, kOwners) &&
           !isOneOf(word, kPrepositions) && !isOneOf(word, kBreaks) && word != "a" && word != "him" &&
           word != "it";
}

/// What only the words beside a word tell of how it is written: "its my", "my dads hands", "ill miss her",
/// "mrs okafor".
void mendBeside(Clause& clause, const language::Dictionary& dictionary)
{
    const auto at = [&](std::size_t i) {
        return i < clause.size() ? string_view(clause[i].lower) : string_view();
    };
    const auto set = [&](std::size_t i, const string& text) { clause[i] = {text, lowered(text)}; };
    const auto capitalise = [&](std::size_t i) {
        char& first = clause[i].text.front();
        first = first >= 'a' && first <= 'z' ? static_cast<char>(first - 32) : first;
    };
    for (std::size_t i = 0; i < clause.size(); ++i) {
        const string_view before = i > 0 ? at(i - 1) : string_view();
        const string_view next = at(i + 1);
        if (at(i) == "its" && isOneOf(next, kAfterIts)) {
            set(i, "it's");
        } else if (at(i) == "let's" && i > 0) {
            set(i, "lets");
        } else if (at(i) == "ill" && !isOneOf(before, kBeforeIll) && dictionary.isVerb(string(next))) {
            set(i, "I'll");
        } else if (isOneOf(before, kBelongs) && ((isOneOf(at(i), kKinOf) && !next.empty() && next != "and" &&
                                                  !isOneOf(next, kAuxiliaries) &&
                                                  !isOneOf(next, kPrepositions) && !isOneOf(next, kBreaks)) ||
                                                 (isOneOf(at(i), kFolkOf) && isOneOf(next, kOwned)))) {
            set(i, clause[i].text.substr(0, clause[i].text.size() - 1) + "'s");
        } else if (isOneOf(at(i), kTitles) && !next.empty()) {
            capitalise(i);
            capitalise(i + 1);
        } else if (isName(clause, i)) {
            capitalise(i);
        } else if (isOneOf(at(i), kKin) && isOneOf(before, kOwners)) {
            clause[i].text = clause[i].lower;
        }
    }
}

class Reading {
public:
    Reading(const language::Reader& reader, const language::Dictionary& dictionary)
        : m_reader(reader), m_dictionary(dictionary)
    {
    }

    /// What a clause tells; nothing when it asks for something or only names a subject.
    Clause told(Clause clause) const;
    int syllables(const Clause& clause) const;
    std::vector<string> lines(const Clause& clause) const;

private:
    /// Whether the word there may be a verb that has a subject.
    bool finiteAt(const Clause& clause, std::size_t i) const
    {
        const string& word = clause[i].lower;
        if (isOneOf(word, kAuxiliaries) || word.ends_with("n't") || m_dictionary.isFiniteVerb(word))
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
    bool hasFinite(const Clause& clause, std::size_t from) const
    {
        return hasFinite(clause, from, clause.size());
    }
    /// Cuts what asks for a song off a clause, from its end and its beginning; nothing may be left.
    Clause withoutAsking(Clause clause) const;
    /// "a ferryman who never learned to swim", "a hedgehog in our garage" as a statement.
    Clause indefinite(Clause clause, std::size_t relative) const;
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
    std::erase_if(clause, [](const Typed& word) { return isOneOf(word.lower, kChatter); });
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
        if (!isOneOf(at(i), kSongNouns) && !(connected && isOneOf(at(i), kGenreNouns)))
            continue;
        bool asks = i <= 6 && !isOneOf(at(0), kSubjects) && !hasFinite(clause, 1, i);
        for (std::size_t k = 0; k < i; ++k)
            asks = asks || isOneOf(at(k), kAsking);
        if (!asks)
            continue;
        if (!connected)
            return {};
        clause.erase(clause.begin(), clause.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        break;
    }
    return clause;
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
    const bool wish =
        (at(0) == "i" || at(0) == "we") && (at(1) == "want" || at(1) == "need" || at(1) == "wanna") &&
        (at(2) == "it" || at(2) == "a" || at(2) == "an" || at(2) == "this" || at(2) == "something");
    if (wish || isOneOf(at(0), kOrders) || ((at(0) == "can" || at(0) == "could") && at(1) == "you"))
        return {};
    while (!clause.empty() && isOneOf(at(0), kLeads))
        clause.erase(clause.begin());
    if (clause.size() < 3)
        return {};
    mendBeside(clause, m_dictionary);
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
            (finiteAt(clause, relative + 1) || isOneOf(at(relative + 1), kAdverbs)))
            clause.erase(clause.begin() + static_cast<std::ptrdiff_t>(relative));
        else if (relative < clause.size() && at(relative) == "who's")
            clause[relative] = {"is", "is"};
        const bool going = clause.size() > 4 &&
                           std::any_of(clause.begin() + 2, clause.end(),
                                       [&](const Typed& word) { return m_dictionary.isGerund(word.lower); });
        return going || hasFinite(clause, named ? 1 : 2) ? clause : Clause{};
    }
    // "moved to Calgary for my job", "been married 31 years", "power went out in the storm"
    if (clause.size() > 3 && m_dictionary.isPastVerb(string(at(0))))
        return clause;
    for (std::size_t i = 1; clause.size() > 3 && i < 3; ++i)
        if (isOneOf(at(i), kAuxiliaries) || m_dictionary.isPastVerb(string(at(i))))
            return clause;
    // "when the lights go out ..."
    const bool dependent = at(0) == "when" || at(0) == "while" || at(0) == "after" || at(0) == "before" ||
                           at(0) == "if" || at(0) == "every" || at(0) == "until";
    return dependent && clause.size() > 3 && hasFinite(clause, 2) ? clause : Clause{};
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
    if (before == "and" || before == "but" || isOneOf(before, kBreaks))
        return -1;
    if (word == "and" || word == "but" || word == "so" || word == "then") {
        // "a house and a husband", "my wife and I met", "is so quiet": no clause begins here
        if (next.empty())
            return 4;
        const bool plural = isOneOf(clause[0].lower, kPlural);
        const bool determined = isOneOf(next, kOwners) || isOneOf(next, kBefore);
        bool begins = isOneOf(next, kSubjects) || (plural && m_dictionary.isVerb(string(next)));
        for (std::size_t k = i + 1; k < std::min(clause.size(), i + (determined ? 6 : 3)) && !begins; ++k) {
            if (k > i + 1 && isOneOf(clause[k].lower, kBreaks) && clause[k].lower != "who")
                break;
            begins = finiteAt(clause, k) || m_dictionary.isGerund(clause[k].lower);
        }
        if (word == "so" && !isOneOf(next, kSubjects) && !determined)
            begins = false;
        return begins ? (told ? 0.3 : 1.4) : word == "and" ? 2.2 : 4;
    }
    if (isOneOf(word, kBreaks))
        return isOneOf(before, kBeforeBreaks) ? 2.5 : 0.3;
    // "I want | I cried": a clause without a conjunction
    const bool object = word == "you" || word == "it" || word == "there" || word == "this" ||
                        word == "today" || word == "tonight" || word == "tomorrow" || word == "yesterday";
    if (isOneOf(word, kSubjects) && !object && i > 1 && !isOneOf(before, kBreaks) &&
        !isOneOf(before, kPrepositions))
        return told || i > 3 ? 0.8 : 1.6;
    if (m_dictionary.isGerund(word) && !isOneOf(before, kAuxiliaries) && !isOneOf(before, kPrepositions) &&
        !isOneOf(before, kOwners) && !isOneOf(before, kAdverbs) && !finiteAt(clause, i - 1))
        return 1.4;
    if (isOneOf(word, kPrepositions)) {
        if (word == "to" && m_dictionary.isVerb(string(next)))
            return 2.2;
        // A particle stays with its verb, and a place with what is there.
        return finiteAt(clause, i - 1) || m_dictionary.isVerb(before) ? 1.8 : 1.2;
    }
    if (word == "every" || word == "last" || word == "whenever")
        return isOneOf(before, kOwners) || before == "to" || before == "of" || before == "for" ||
                       before == "at"
                   ? -1
                   : 1.0;
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
    const Parting parting = partLines(counts, cost, kUsualSyllables);
    if (!parting.found)
        return {};
    std::vector<string> lines;
    for (std::size_t begin = 0, k = 0; k <= parting.begins.size(); ++k) {
        const std::size_t end = k < parting.begins.size() ? parting.begins[k] : clause.size();
        string line;
        for (std::size_t i = begin; i < end; ++i)
            line += (line.empty() ? "" : " ") + clause[i].text;
        if (line.front() >= 'a' && line.front() <= 'z')
            line.front() = static_cast<char>(line.front() - 32);
        lines.push_back(std::move(line));
        begin = end;
    }
    return lines;
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
    std::vector<std::vector<string>> told;
    bool before = false; // the clause before was sung
    std::vector<Clause> clauses = clausesOf(text, dictionary);
    // "my late husband Walter, who always whistled"
    for (std::size_t i = 1; i < clauses.size();) {
        if (clauses[i].front().lower == "who" || clauses[i].front().lower == "whose") {
            clauses[i - 1].insert(clauses[i - 1].end(), clauses[i].begin(), clauses[i].end());
            clauses.erase(clauses.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
    for (const Clause& clause : clauses) {
        Clause own = reading.told(clause);
        if (own.empty() || (reading.syllables(own) < kLeastToTell && !before)) {
            before = false;
            continue;
        }
        // Its "and" stays where it goes on.
        if (!told.empty() && own.size() < clause.size() &&
            (clause[0].lower == "and" || clause[0].lower == "but" || clause[0].lower == "so"))
            own.insert(own.begin(), clause[0]);
        std::vector<string> lines = reading.lines(own);
        before = !lines.empty();
        if (before)
            told.push_back(std::move(lines));
    }
    return told;
}

} // namespace cantilena::compose::opening
