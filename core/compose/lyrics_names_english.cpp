#include "lyrics_names.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "lyrics_word_sets.h"
#include "opening_typed.h"

namespace cantilena::compose::lyric {

std::string nameIn(const std::string& request, language::Language language, const WordSpace& space)
{
    return language == language::Language::English ? names::english(request, space)
                                                   : names::mandarin(request, space);
}

namespace names {

namespace {

using opening::Clause;
using std::string;
using std::string_view;

/// Behind these a name says who they are.
constexpr auto kRelations = std::to_array<string_view>(
    {"sister",    "brother",  "wife",         "husband",     "daughter", "son",       "aunt",
     "auntie",    "uncle",    "cousin",       "nephew",      "niece",    "grandson",  "granddaughter",
     "neighbour", "neighbor", "boss",         "teacher",     "friend",   "mate",      "bestie",
     "roommate",  "flatmate", "girlfriend",   "boyfriend",   "partner",  "fiance",    "fiancee",
     "coach",     "twin",     "godson",       "goddaughter", "manager",  "colleague", "coworker",
     "baby",      "boy",      "girl",         "kid",         "toddler",  "newborn",   "grandma",
     "grandpa",   "granny",   "nana",         "grandad",     "dog",      "puppy",     "pup",
     "cat",       "kitten",   "kitty",        "hamster",     "rabbit",   "bunny",     "horse",
     "pony",      "donkey",   "parrot",       "budgie",      "goldfish", "fish",      "tortoise",
     "turtle",    "guinea",   "pig",          "goat",        "hen",      "duck",      "lizard",
     "gecko",     "snake",    "ferret",       "bride",       "groom",    "nurse",     "doctor",
     "student",   "stepson",  "stepdaughter", "stepdad",     "stepmum",  "stepmom",   "lad",
     "buddy",     "pal",      "crush",        "ex",          "bro",      "sis",       "hubby",
     "bf",        "gf",       "old",          "labrador",    "poodle",   "corgi",     "collie",
     "retriever", "beagle",   "pug"});
constexpr auto kTitles = std::to_array<string_view>({"mr", "mrs", "ms", "miss", "dr", "sir"});
constexpr auto kCalled = std::to_array<string_view>({"called", "named", "nicknamed"});
/// Before these a name is whom the song is for.
constexpr auto kFor =
    std::to_array<string_view>({"for", "about", "birthday", "bday", "dear", "goodbye", "bye", "welcome",
                                "love", "to", "miss", "missing", "asking", "you", "hey", "hi"});
/// Behind a name that a clause begins with.
constexpr auto kIs = std::to_array<string_view>({"is", "has", "turns", "was", "just", "loves", "won", "got"});
/// Names of what is nobody.
constexpr auto kNobody = std::to_array<string_view>(
    {"monday",    "tuesday",   "wednesday",    "thursday",  "friday",    "saturday",   "sunday",  "january",
     "february",  "march",     "april",        "may",       "june",      "july",       "august",  "september",
     "october",   "november",  "december",     "christmas", "easter",    "halloween",  "diwali",  "eid",
     "ramadan",   "hanukkah",  "thanksgiving", "english",   "french",    "spanish",    "german",  "chinese",
     "god",       "jesus",     "lord",         "mum",       "mom",       "dad",        "mama",    "papa",
     "mummy",     "mommy",     "daddy",        "nan",       "nana",      "gran",       "granny",  "grandma",
     "grandpa",   "grandad",   "granddad",     "santa",     "valentine", "valentines", "new",     "happy",
     "tiktok",    "instagram", "youtube",      "minecraft", "fortnite",  "roblox",     "netflix", "covid",
     "australia", "america",   "england",      "scotland",  "ireland",   "wales",      "india",   "canada",
     "london",    "paris",     "tokyo",        "lagos",     "berlin",    "sydney",     "texas",   "nashville",
     "africa",    "europe",    "asia",         "japan",     "kerala",    "mumbai",     "delhi",   "chicago",
     "spotify",   "zoom",      "mother's",     "father's",  "mothers",   "fathers",    "i",       "ok"});
constexpr std::size_t kShortest = 3, kLongest = 12; // letters

string withoutOwner(const string& word)
{
    return word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
}

bool isWord(const string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    });
}

string capitalised(string text)
{
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 32);
    return text;
}

/// The name that the word at `i` is, or nothing. `bare`: it may have been typed small.
string nameAt(const Clause& clause, std::size_t i, bool bare, const WordSpace& space)
{
    if (i >= clause.size())
        return {};
    const string lower = withoutOwner(clause[i].lower), text = withoutOwner(clause[i].text);
    if (lower.size() < kShortest || lower.size() > kLongest || !isWord(text) || isOneOf(lower, kNobody))
        return {};
    // A genre and the like may have a capital in a title, "for The Wasps" is a team.
    if (isPersonalPronoun(lower) || isOneOf(lower, kRelations) || isOneOf(lower, opening::kPrepositions) ||
        isOneOf(lower, opening::kAuxiliaries) || isOneOf(lower, opening::kBreaks))
        return {};
    const language::Dictionary& dictionary = space.dictionary();
    const bool known = dictionary.has(lower) || dictionary.isFiniteVerb(lower) ||
                       dictionary.isPastVerb(lower) || dictionary.isGerund(lower);
    const bool capital = opening::isUpper(text.front());
    if (capital || (bare && !known))
        return capitalised(text);
    return {};
}

} // namespace

string english(const string& request, const WordSpace& space)
{
    string name;
    for (const Clause& clause : opening::clausesOf(request, space.dictionary())) {
        for (std::size_t i = 0; i < clause.size(); ++i) {
            const string& word = clause[i].lower;
            const string_view before = i > 0 ? string_view(clause[i - 1].lower) : string_view();
            string found;
            if (isOneOf(word, kTitles)) {
                found = nameAt(clause, i + 1, true, space);
                if (!found.empty())
                    found.insert(0, capitalised(word) + (word == "miss" || word == "sir" ? " " : ". "));
            } else if (isOneOf(word, kCalled)) {
                found = nameAt(clause, i + 1, true, space);
                if (found.empty() && i + 1 < clause.size() && isWord(clause[i + 1].text) &&
                    i + 2 == clause.size() && clause[i + 1].text.size() >= kShortest)
                    found = capitalised(clause[i + 1].text); // "our cat called pickles"
            } else if (isOneOf(word, kRelations) && !clause[i].text.ends_with("'s")) {
                found = nameAt(clause, i + 1, true, space);
            } else if (isOneOf(before, kFor) &&
                       nameAt(clause, i, false, space) == withoutOwner(clause[i].text)) {
                // "for Leeds United", "a trip to Rome": what goes on with a capital is no first name.
                const bool place = before == "to" && i > 1 && !isOneOf(clause[i - 2].lower, kFor) &&
                                   clause[i - 2].lower != "letter" && clause[i - 2].lower != "sung";
                if (!place && nameAt(clause, i + 1, false, space).empty())
                    found = withoutOwner(clause[i].text);
            } else if (i == 0 && clause.size() > 1 && !space.dictionary().has(word) &&
                       isOneOf(clause[1].lower, kIs)) {
                found = nameAt(clause, 0, false, space); // "Margaret is retiring"
            }
            if (found.empty() || found == name)
                continue;
            // "Otto and Wren": whom to call?
            if (!name.empty())
                return {};
            name = found;
            for (std::size_t k = i; k + 1 < clause.size() && k < i + 3; ++k)
                if (clause[k].lower == "and" && !nameAt(clause, k + 1, false, space).empty())
                    return {};
        }
    }
    return name;
}

} // namespace names

} // namespace cantilena::compose::lyric
