// A request's words as they are typed, and as a line shows them.

#include "opening_typed.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <utility>

#include "lyrics_word_sets.h"

namespace cantilena::compose::opening {

using lyric::isOneOf;
using std::string;
using std::string_view;

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

namespace {

constexpr std::array<string_view, 30> kAfterIts = {
    "my",     "the",   "a",    "an",   "been", "not",  "our",  "so",   "me",        "you",
    "him",    "her",   "us",   "them", "just", "all",  "only", "like", "too",       "still",
    "always", "never", "gone", "over", "okay", "time", "for",  "hard", "different", "tiny"};
constexpr std::array<string_view, 18> kBeforeIll = {"is",   "was",  "feel", "feeling", "felt",  "fell",
                                                    "fall", "get",  "got",  "so",      "very",  "am",
                                                    "i'm",  "been", "too",  "he's",    "she's", "mentally"};
/// "It would of been."
constexpr std::array<string_view, 7> kBeforeHave = {"would", "could",    "should",  "must",
                                                    "might", "couldn't", "wouldn't"};
constexpr std::array<string_view, 6> kBelongs = {"my", "our", "his", "her", "their", "your"};
constexpr std::array<string_view, 16> kKinOf = {
    "dads",    "mums",    "moms",  "nans",     "grans",  "grandmas", "grandpas",  "grandads",
    "mothers", "fathers", "wifes", "husbands", "bosses", "nanas",    "granddads", "uncles"};
/// These are rather many than one, unless what follows is one's own.
constexpr std::array<string_view, 16> kFolkOf = {
    "sisters",    "brothers",    "friends",    "daughters", "sons",    "cousins", "neighbors", "mates",
    "neighbours", "girlfriends", "boyfriends", "aunts",     "nephews", "nieces",  "teachers",  "roommates"};
constexpr std::array kOwned = std::to_array<string_view>(
    {"wedding", "birthday", "funeral", "house",  "room",  "kitchen", "garden",  "car",
     "dog",     "cat",      "grave",   "voice",  "name",  "school",  "bed",     "coat",
     "guitar",  "bike",     "boat",    "truck",  "piano", "ring",    "bedroom", "graduation",
     "ashes",   "recipe",   "recipes", "letter", "hat",   "jacket",  "sweater", "letters"});
constexpr std::array<string_view, 4> kTitles = {"mr", "mrs", "ms", "dr"};
constexpr std::array kNobodysName = std::to_array<string_view>(
    {"a", "an", "him", "her", "it", "me", "us", "them", "you", "himself", "herself", "myself", "themselves"});
constexpr std::array<string_view, 9> kBeforeMonths = {"in",    "this", "next", "last", "since",
                                                      "until", "till", "by",   "every"};

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
                                                             {"tonite", "tonight"}, {"grey", "grey"}};
    return words;
}

string lowered(string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

/// Whether a word that an American dictionary would mend is spelt as the British spell.
bool isBritish(const string& typed, const string& american)
{
    constexpr std::array<std::pair<string_view, string_view>, 14> kSpellings = {{{"our", "or"},
                                                                                 {"re", "er"},
                                                                                 {"ise", "ize"},
                                                                                 {"isi", "izi"},
                                                                                 {"ice", "ise"},
                                                                                 {"ise", "ice"},
                                                                                 {"ising", "icing"},
                                                                                 {"ised", "iced"},
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

/// Whether a word is a known one with an ending, whatever the dictionary says: "sniggered".
bool isInflected(const string& word, const language::Dictionary& dictionary)
{
    for (const string_view ending : {"ed", "ing", "er", "s", "d"}) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 3)
            continue;
        const string stem = word.substr(0, word.size() - ending.size());
        if (dictionary.has(stem) || dictionary.has(stem + "e") ||
            (stem.size() > 3 && stem[stem.size() - 1] == stem[stem.size() - 2] &&
             dictionary.has(stem.substr(0, stem.size() - 1))))
            return true;
    }
    return false;
}

/// A word as it is written in a line: typed small, with its apostrophe, spelt right, names with a capital.
string spelt(const string& typed, bool opens, bool shouted, const language::Dictionary& dictionary)
{
    string lower = lowered(typed);
    if (const auto known = spellings().find(lower); known != spellings().end())
        return known->second;
    const bool plain = std::all_of(lower.begin(), lower.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!plain)
        return shouted ? lower : typed;
    // "ON IT", "FURIOUS", but not "TV"
    static constexpr auto kSmall = std::to_array<string_view>(
        {"on",  "it",  "my",  "so",  "is",  "the", "and", "not", "all", "no",  "yes",  "we",
         "he",  "she", "me",  "was", "in",  "to",  "out", "up",  "off", "of",  "for",  "you",
         "but", "our", "her", "his", "now", "one", "two", "ten", "had", "did", "every"});
    const bool loud = typed.size() > 1 && std::all_of(typed.begin(), typed.end(), isUpper) &&
                      (isOneOf(lower, kSmall) || (typed.size() > 3 && dictionary.has(lower)));
    if (loud)
        return lower;
    const bool capital = isUpper(typed.front()) && !shouted;
    if (capital && !opens)
        return typed;
    if (dictionary.has(lower) || isOneOf(lower, kKin))
        return capital && typed.size() > 1 && isUpper(typed[1]) ? typed : lower;
    string name = lower;
    name.front() = static_cast<char>(name.front() - 32);
    if (capital || dictionary.has(name))
        return shouted ? name : isUpper(typed.front()) ? typed : name;
    const string meant =
        dictionary.corrected(lower, [&](const string& word) { return dictionary.has(word); });
    // "Sniggered" is not meant to be "sniggerer".
    const bool inflected = lower.size() > 5 && lower.ends_with("ed") && meant.ends_with("er");
    return meant.empty() || inflected || isUpper(meant.front()) || isBritish(lower, meant) ||
                   isInflected(lower, dictionary)
               ? lower
               : meant;
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
           !isOneOf(word, kPrepositions) && !isOneOf(word, kBreaks) && !isOneOf(word, kNobodysName);
}

/// Whether a word that looks like several, "my dads hands", "our sisters wedding", is one who owns the next.
bool isOwner(string_view before, string_view word, string_view next, const language::Dictionary& dictionary)
{
    if (isOneOf(word, kKinOf) && isOneOf(next, kOwned))
        return true;
    if (!isOneOf(before, kBelongs))
        return false;
    const bool thing = !next.empty() && next != "and" && !isOneOf(next, kAuxiliaries) &&
                       !isOneOf(next, kPrepositions) && !isOneOf(next, kBreaks) &&
                       !dictionary.isPastVerb(string(next));
    return (isOneOf(word, kKinOf) && thing) || (isOneOf(word, kFolkOf) && isOneOf(next, kOwned));
}

} // namespace

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
            clauses.back().push_back(
                {text.substr(at, end - at), lowered(text.substr(at, end - at)), opens && at == 0});
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
        // "Mr. Haddad" goes on.
        const bool title = c == '.' && isOneOf(lowered(word), kTitles);
        endWord();
        if (title)
            continue;
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

void mendBeside(Clause& clause, const language::Dictionary& dictionary)
{
    const auto at = [&](std::size_t i) {
        return i < clause.size() ? string_view(clause[i].lower) : string_view();
    };
    const auto set = [&](std::size_t i, const string& text) {
        clause[i].text = text;
        clause[i].lower = lowered(text);
    };
    const auto capitalise = [&](std::size_t i) {
        char& first = clause[i].text.front();
        first = first >= 'a' && first <= 'z' ? static_cast<char>(first - 32) : first;
    };
    for (std::size_t i = 0; i < clause.size(); ++i) {
        const string_view before = i > 0 ? at(i - 1) : string_view();
        const string_view next = at(i + 1);
        if (at(i) == "its" && isOneOf(next, kAfterIts)) {
            set(i, "it's");
        } else if (at(i) == "of" && isOneOf(before, kBeforeHave)) {
            set(i, "have");
        } else if (at(i) == "let's" && i > 0) {
            set(i, "lets");
        } else if (at(i) == "ill" && !isOneOf(before, kBeforeIll) && dictionary.isVerb(string(next))) {
            set(i, "I'll");
        } else if (isOwner(before, at(i), next, dictionary)) {
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

} // namespace cantilena::compose::opening
