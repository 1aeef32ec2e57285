#include <algorithm>
#include <unordered_set>

#include "lyrics_naming.h"
#include "lyrics_word_sets.h"
#include "opening_typed.h"

/// Whom and what an English telling is about.
namespace cantilena::compose::lyric::naming {

namespace {

using opening::Clause;
using opening::Typed;
using std::string;
using std::string_view;
using WordSet = std::unordered_set<string_view>;

constexpr double kOwned = 0.2;         // of the teller's own
constexpr std::size_t kAdjectives = 2; // between "my" and whom

string capitalised(string text)
{
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 32);
    return text;
}

string withoutOwner(const string& word)
{
    return word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
}

/// Kin who are called by what they are.
bool isCalledKin(string_view word)
{
    static const WordSet kWords = {"mum",     "mom",     "dad",      "mama",    "papa", "mummy",
                                   "mommy",   "daddy",   "nan",      "nana",    "gran", "granny",
                                   "grandma", "grandpa", "granddad", "grandad", "pop",  "gramps"};
    return kWords.contains(word);
}

/// Animals; without a name or an owner they are what is told of.
bool isAnimal(string_view word)
{
    static const WordSet kWords = {"dog",     "cat",     "puppy",    "kitten",   "horse",  "donkey",
                                   "parrot",  "hamster", "rabbit",   "pony",     "hen",    "goat",
                                   "cow",     "pig",     "duck",     "budgie",   "ferret", "goose",
                                   "sheep",   "lamb",    "tortoise", "goldfish", "mare",   "rooster",
                                   "chicken", "mule",    "snail",    "fox",      "pigeon", "squirrel"};
    return kWords.contains(word);
}

/// People who are somebody's.
bool isSomebodys(string_view word)
{
    static const WordSet kWords = {
        "mother",    "father",   "sister",        "brother",       "wife",      "husband",
        "daughter",  "son",      "aunt",          "auntie",        "uncle",     "cousin",
        "nephew",    "niece",    "grandmother",   "grandfather",   "grandson",  "granddaughter",
        "neighbour", "neighbor", "boss",          "teacher",       "friend",    "mate",
        "roommate",  "flatmate", "girlfriend",    "boyfriend",     "partner",   "stepdad",
        "stepmum",   "stepmom",  "stepfather",    "stepmother",    "stepson",   "coach",
        "landlord",  "landlady", "twin",          "godmother",     "godfather", "manager",
        "colleague", "coworker", "great-grandma", "great-grandad", "boy",       "girl"};
    return kWords.contains(word);
}

bool isTitle(string_view word)
{
    static const WordSet kWords = {"mr", "mrs", "ms", "miss", "dr", "uncle", "aunt", "auntie", "coach"};
    return kWords.contains(word);
}

bool isMonthOrDay(string_view word)
{
    static const WordSet kWords = {"monday",   "tuesday",   "wednesday", "thursday",  "friday",  "saturday",
                                   "sunday",   "january",   "february",  "march",     "april",   "may",
                                   "june",     "july",      "august",    "september", "october", "november",
                                   "december", "christmas", "easter",    "halloween", "english", "french",
                                   "mondays",  "sundays"};
    return kWords.contains(word);
}

bool isPronounCapital(string_view word)
{
    return word == "i" || word.starts_with("i'");
}

/// Nouns that name nothing one can call again: spans of time, measures, parts, parts of the body.
bool isVague(string_view word)
{
    static const WordSet kWords = {
        "day",        "days",       "week",       "weeks",     "month",         "months",     "year",
        "years",      "hour",       "hours",      "minute",    "minutes",       "second",     "seconds",
        "time",       "times",      "night",      "nights",    "morning",       "mornings",   "evening",
        "evenings",   "afternoon",  "today",      "tonight",   "tomorrow",      "yesterday",  "weekend",
        "summer",     "winter",     "spring",     "autumn",    "fall",          "thing",      "things",
        "way",        "ways",       "lot",        "lots",      "bit",           "part",       "piece",
        "pieces",     "kind",       "side",       "end",       "middle",        "top",        "bottom",
        "back",       "front",      "place",      "places",    "world",         "life",       "name",
        "names",      "word",       "words",      "face",      "hand",          "hands",      "head",
        "eye",        "eyes",       "hair",       "heart",     "arm",           "arms",       "leg",
        "legs",       "finger",     "fingers",    "foot",      "feet",          "mouth",      "lips",
        "body",       "skin",       "people",     "person",    "man",           "woman",      "men",
        "women",      "boy",        "girl",       "boys",      "girls",         "kids",       "kid",
        "child",      "children",   "baby",       "guy",       "everyone",      "somebody",   "song",
        "songs",      "mile",       "miles",      "metre",     "metres",        "meter",      "meters",
        "kilo",       "kilos",      "pound",      "pounds",    "dollar",        "dollars",    "euro",
        "euros",      "percent",    "age",        "half",      "row",           "home",       "town",
        "city",       "street",     "road",       "village",   "country",       "floor",      "door",
        "room",       "house",      "corner",     "wall",      "left",          "right",      "number",
        "line",       "pair",       "couple",     "bunch",     "group",         "team",       "family",
        "parents",    "friend",     "friends",    "neighbour", "neighbours",    "neighbor",   "neighbors",
        "mayor",      "teacher",    "teachers",   "doctor",    "nurse",         "boss",       "monday",
        "tuesday",    "wednesday",  "thursday",   "friday",    "saturday",      "sunday",     "anything",
        "nothing",    "everything", "something",  "work",      "job",           "school",     "front",
        "breath",     "tear",       "tears",      "smile",     "air",           "ground",     "sky",
        "sun",        "moon",       "light",      "dark",      "step",          "steps",      "shape",
        "colour",     "color",      "size",       "class",     "college",       "university", "hospital",
        "police",     "inch",       "inches",     "a.m",       "p.m",           "stranger",   "strangers",
        "customer",   "customers",  "student",    "students",  "folk",          "folks",      "crowd",
        "mate",       "mates",      "guest",      "guests",    "player",        "players",    "driver",
        "drivers",    "baker",      "farmer",     "ear",       "ears",          "palm",       "palms",
        "knee",       "knees",      "toe",        "toes",      "blood",         "thumb",      "thumbs",
        "shoulder",   "shoulders",  "neck",       "sundays",   "mondays",       "fridays",    "winters",
        "summers",    "herd",       "apprentice", "rest",      "dozen",         "gang",       "queue",
        "weather",    "rain",       "snow",       "wind",      "storm",         "mrs",        "mr",
        "centimetre", "owner",      "owners",     "same",      "grandchildren", "traffic"};
    return kWords.contains(word);
}

/// A noun after these is not the one that can be called "the".
bool isOpenDeterminer(string_view word)
{
    static const WordSet kWords = {"every", "each", "any", "no", "some", "another", "what", "which", "much"};
    return kWords.contains(word);
}

/// Whether a noun names what can be called again: an animal, a thing, an event, but none of the body save
/// what one can lose. `compound`: it stands with a noun that tells more, "driving test", "robot vacuum".
bool canBeCalled(const WordSpace& space, const string& word, bool compound)
{
    using Noun = language::Dictionary::Noun;
    static const WordSet kLost = {"tooth",    "teeth", "beard", "moustache",
                                  "mustache", "plait", "braid", "whiskers"};
    const Noun noun = space.dictionary().noun(word);
    return noun == Noun::Animal || noun == Noun::Thing || noun == Noun::Event || noun == Noun::None ||
           (noun == Noun::Other && compound) || kLost.contains(word);
}

/// What she or he says of whoever is told of; 0 where it says both or neither.
int genderSaid(const std::vector<Clause>& clauses)
{
    bool she = false, he = false;
    for (const Clause& clause : clauses) {
        for (const Typed& typed : clause) {
            const string_view word = string_view(typed.lower).substr(0, typed.lower.find('\''));
            she = she || word == "she" || word == "her";
            he = he || word == "he" || word == "his" || word == "him";
        }
    }
    return she == he ? 0 : she ? 1 : -1;
}

bool isNameOf(const Clause& clause, std::size_t i)
{
    return i < clause.size() && opening::isUpper(clause[i].text.front()) && clause[i].text.size() > 1 &&
           !isPronounCapital(clause[i].lower);
}

/// "my" or "our" before a noun, adjectives between them aside.
string_view ownerBefore(const Corpus& corpus, const Clause& clause, std::size_t i)
{
    for (std::size_t k = 1; k <= kAdjectives + 1 && k <= i; ++k) {
        const string& word = clause[i - k].lower;
        if (word == "my" || word == "our")
            return word;
        const int lexeme = corpus.lexeme(word);
        const bool describes =
            lexeme >= 0 &&
            std::any_of(corpus.lexemes[static_cast<std::size_t>(lexeme)].shares.begin(),
                        corpus.lexemes[static_cast<std::size_t>(lexeme)].shares.end(),
                        [&](const auto& share) { return corpus.tagName(share.first).starts_with("JJ"); });
        if (!describes && word != "best" && word != "late" && word != "little" && word != "old")
            return {};
    }
    return {};
}

std::vector<string> englishWhom(const Corpus& corpus, const std::vector<Clause>& clauses, int& gender)
{
    for (const Clause& clause : clauses) {
        for (std::size_t i = 0; i < clause.size(); ++i) {
            const string word = withoutOwner(clause[i].lower);
            const bool owns = word != clause[i].lower;
            if (isTitle(word) && isNameOf(clause, i + 1)) {
                gender = word == "mr" || word == "uncle" ? -1 : word == "dr" || word == "coach" ? 0 : 1;
                return {capitalised(word), withoutOwner(clause[i + 1].text)};
            }
            if ((clause[i].lower == "called" || clause[i].lower == "named") && isNameOf(clause, i + 1))
                return {withoutOwner(clause[i + 1].text)};
            const string_view before = i > 0 ? string_view(clause[i - 1].lower) : string_view();
            const bool subject = i == 0 && !corpus.space->dictionary().has(word);
            if (isNameOf(clause, i) && !isCalledKin(word) && !isMonthOrDay(word) &&
                (subject || before == "for" || before == "about"))
                return {withoutOwner(clause[i].text)};
            const bool kin = isCalledKin(word);
            if (!kin && !isSomebodys(word) && !isAnimal(word))
                continue;
            const string_view owner = ownerBefore(corpus, clause, i);
            // "Dad's recipe" begins what is told; elsewhere it may be anybody's.
            if (owner.empty() && !(kin && i == 0))
                continue;
            gender = genderOf(word);
            // "my neighbor Mr. Kowalski" is called by his title.
            if (!owns && i + 1 < clause.size() && isTitle(clause[i + 1].lower) && isNameOf(clause, i + 2))
                continue;
            if (!owns && isNameOf(clause, i + 1))
                return {withoutOwner(clause[i + 1].text)};
            if (kin)
                return {capitalised(word)};
            if (i > 0 && clause[i - 1].lower == "best" && (word == "friend" || word == "mate"))
                return {string(owner), "best", word};
            return {string(owner), word};
        }
    }
    return {};
}

/// Words that hold a sentence together, whatever a dictionary knows them as.
bool isBetween(string_view word)
{
    static const WordSet kWords = {"who",    "whom",    "whose", "now",   "then", "his",   "hers", "one",
                                   "ones",   "once",    "here",  "there", "mine", "yours", "ours", "it",
                                   "its",    "us",      "them",  "me",    "him",  "her",   "he",   "she",
                                   "we",     "they",    "you",   "and",   "but",  "or",    "so",   "as",
                                   "at",     "in",      "on",    "no",    "both", "all",   "yes",  "please",
                                   "inside", "outside", "ago",   "off",   "up"};
    return kWords.contains(word) || isStopWord(word) || isNumber(word);
}

/// Whether a noun may as well be what somebody does: "my uncle irons".
bool isVerbForm(const Corpus& corpus, const string& word)
{
    const language::Dictionary& dictionary = corpus.space->dictionary();
    return word.ends_with("s")
               ? dictionary.isFiniteVerb(word) && dictionary.isVerb(word.substr(0, word.size() - 1))
               : dictionary.isPastVerb(word);
}

/// What may stand between a noun and what its phrase hangs on.
bool isInPhrase(const Corpus& corpus, const string& word)
{
    if (isOneOf(word, opening::kOwners) || (word.front() >= '0' && word.front() <= '9') || word == "a" ||
        word == "little" || word == "old" || word == "an" || word == "one" || word == "its" ||
        word == "that" || word == "those" || isNumber(word) || isOpenDeterminer(word))
        return true;
    const int lexeme = corpus.lexeme(word);
    if (lexeme < 0)
        return false;
    const auto& shares = corpus.lexemes[static_cast<std::size_t>(lexeme)].shares;
    return std::any_of(shares.begin(), shares.end(), [&](const auto& share) {
        return corpus.tagName(share.first).starts_with("JJ") && share.second >= 0.5F;
    });
}

std::vector<string> englishWhat(const Corpus& corpus, const std::vector<string>& lines,
                                const std::vector<string>& whom)
{
    std::vector<Thing> things;
    Clause words;
    for (const string& line : lines) {
        for (const Clause& clause : opening::clausesOf(line, corpus.space->dictionary()))
            for (std::size_t i = 0; i < clause.size(); ++i) {
                words.push_back(clause[i]);
                // A line begins with a capital that says nothing.
                if (i == 0)
                    words.back().text = words.back().lower;
            }
    }
    const auto noun = [&](std::size_t i) {
        return i < words.size() && !opening::isUpper(words[i].text.front()) && !isBetween(words[i].lower) &&
               words[i].lower != "little" && words[i].lower != "same" && isNoun(corpus, words[i].lower);
    };
    bool told = false; // a verb stands before
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!noun(i)) {
            told = told || isOneOf(words[i].lower, opening::kAuxiliaries) ||
                   corpus.space->dictionary().isPastVerb(words[i].lower);
            continue;
        }
        std::size_t last = i;
        while (last + 1 < words.size() && last < i + 1 && noun(last + 1) &&
               (told || !isVerbForm(corpus, words[last + 1].lower)))
            ++last;
        const string& head = words[last].lower;
        std::vector<string> called;
        for (std::size_t k = i; k <= last; ++k)
            called.push_back(words[k].lower);
        // "Driving test"
        if (last == i && i > 0 && corpus.space->dictionary().isGerund(words[i - 1].lower) && i > 1 &&
            isOneOf(words[i - 2].lower, opening::kOwners))
            called.insert(called.begin(), words[i - 1].lower);
        const std::size_t begin = last + 1 - called.size();
        const string_view before = begin > 0 ? string_view(words[begin - 1].lower) : string_view();
        const bool owned = head.ends_with("'s");
        // What stands in a place or is done with is seldom what is told of.
        std::size_t phrase = begin;
        while (phrase > 0 && phrase + kAdjectives + 2 > begin && isInPhrase(corpus, words[phrase - 1].lower))
            --phrase;
        const string_view hangsOn = phrase > 0 ? string_view(words[phrase - 1].lower) : string_view();
        const bool aside = isOneOf(hangsOn, opening::kPrepositions) || hangsOn == "of" || hangsOn == "than" ||
                           hangsOn == "off" || hangsOn == "until" || hangsOn == "out" || hangsOn == "down";
        // "My neighbour drills", "I chalk it": without a word that says so it may be a verb.
        const language::Dictionary& dictionary = corpus.space->dictionary();
        const bool verb =
            phrase == begin && begin > 0 &&
            (dictionary.isVerb(head) || dictionary.isFiniteVerb(head) || dictionary.isGerund(head));
        const double concrete = concretenessOf(corpus, head);
        const bool known = std::any_of(whom.begin(), whom.end(), [&](const string& w) { return w == head; });
        i = last;
        if (owned || aside || verb || known || isVague(head) || isCalledKin(head) || isSomebodys(head) ||
            genderOf(head) != 0 || concrete < kConcrete || isOpenDeterminer(before) ||
            !canBeCalled(*corpus.space, head, called.size() > 1))
            continue;
        const string_view owner = ownerBefore(corpus, words, begin);
        called.insert(called.begin(), owner.empty() ? "the" : string(owner));
        keepThing(things,
                  {std::move(called), concrete + rarityOf(corpus, head) + (owner.empty() ? 0.0 : kOwned)});
    }
    return bestOf(things);
}

} // namespace

Named english(const song::Brief& brief, const std::vector<std::string>& lines, const Corpus& corpus)
{
    std::vector<Clause> clauses = opening::clausesOf(brief.prompt, corpus.space->dictionary());
    for (Clause& clause : clauses)
        opening::mendBeside(clause, corpus.space->dictionary());
    Named named;
    named.whom = englishWhom(corpus, clauses, named.gender);
    named.what = englishWhat(corpus, lines, named.whom);
    if (!named.whom.empty() && named.gender == 0)
        named.gender = genderSaid(clauses);
    // Of an animal nobody has said she or he: it is a thing.
    if (!named.whom.empty() && isAnimal(named.whom.back()) && named.gender == 0) {
        named.what = named.whom;
        named.whom.clear();
    }
    return named;
}

} // namespace cantilena::compose::lyric::naming
