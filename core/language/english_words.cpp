#include "english.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cantilena::language {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// Where flite's lexicon has the rarer of two readings, cuts a word to letters, or follows a rule that does
// not hold.
constexpr Entry kExceptions[] = {
    {"'bout", "b aw1 t"},
    {"'cause", "k ah1 z"},
    {"'cos", "k ah1 z"},
    {"'cuz", "k ah1 z"},
    {"'em", "ax0 m"},
    {"'n", "ax0 n"},
    {"'n'", "ax0 n"},
    {"'neath", "n iy1 th"},
    {"'round", "r aw1 n d"},
    {"'til", "t ih1 l"},
    {"'tis", "t ih1 z"},
    {"'twas", "t w ah1 z"},
    {"ain't", "ey1 n t"},
    {"aren't", "aa1 r n t"},
    {"around", "ax0 r aw1 n d"},
    {"bought", "b ao1 t"},
    {"c'mon", "k ax0 m aa1 n"},
    {"can't", "k ae1 n t"},
    {"cause", "k ao1 z"},
    {"cleft", "k l eh1 f t"},
    {"close", "k l ow1 z"},
    {"colonel", "k er1 n ax0 l"},
    {"cos", "k ah1 z"},
    {"cuz", "k ah1 z"},
    {"dr", "d aa1 k t er0"},
    {"d'you", "jh uw1"},
    {"does", "d ah1 z"},
    {"doesn't", "d ah1 z ax0 n t"},
    {"don't", "d ow1 n t"},
    {"doorknob", "d ao1 r n aa2 b"},
    {"dunno", "d ax0 n ow1"},
    {"everybody", "eh1 v r iy0 b aa2 d iy0"},
    {"every", "eh1 v r iy0"},
    {"everyday", "eh1 v r iy0 d ey2"},
    {"everyone", "eh1 v r iy0 w ah2 n"},
    {"everything", "eh1 v r iy0 th ih2 ng"},
    {"everywhere", "eh1 v r iy0 w eh2 r"},
    {"fire", "f ay1 r"},
    {"fires", "f ay1 r z"},
    {"gimme", "g ih1 m iy0"},
    {"globes", "g l ow1 b z"},
    {"gonna", "g ah1 n ax0"},
    {"gotta", "g aa1 t ax0"},
    {"grandma", "g r ae1 n d m aa2"},
    {"grandpa", "g r ae1 n d p aa2"},
    {"here's", "hh ih1 r z"},
    {"hour", "aw1 r"},
    {"hours", "aw1 r z"},
    {"i", "ay1"},
    {"in", "ih1 n"},
    {"karaoke", "k eh2 r iy0 ow1 k iy0"},
    {"kinda", "k ay1 n d ax0"},
    {"labour", "l ey1 b er0"},
    {"lanyard", "l ae1 n y er0 d"},
    {"lemme", "l eh1 m iy0"},
    {"let's", "l eh1 t s"},
    {"live", "l ih1 v"},
    {"ma'am", "m ae1 m"},
    {"minute", "m ih1 n ax0 t"},
    {"minutes", "m ih1 n ax0 t s"},
    {"ms", "m ih1 z"},
    {"mustn't", "m ah1 s ax0 n t"},
    {"n", "ax0 n"},
    {"neighbour", "n ey1 b er0"},
    {"neighbours", "n ey1 b er0 z"},
    {"o", "ow1"},
    {"o'", "ax0"},
    {"o'clock", "ax0 k l aa1 k"},
    {"ok", "ow1 k ey1"},
    {"ol'", "ow1 l"},
    {"our", "aw1 r"},
    {"ours", "aw1 r z"},
    {"petrol", "p eh1 t r ax0 l"},
    {"read", "r iy1 d"},
    {"record", "r eh1 k er0 d"},
    {"rhythm", "r ih1 dh ax0 m"},
    {"rumour", "r uw1 m er0"},
    {"scarecrow", "s k eh1 r k r ow2"},
    {"seatbelt", "s iy1 t b eh2 l t"},
    {"shan't", "sh ae1 n t"},
    {"shoulda", "sh uh1 d ax0"},
    {"sorta", "s ao1 r t ax0"},
    {"the", "dh ax0"},
    {"they're", "dh eh1 r"},
    {"tired", "t ay1 r d"},
    {"to", "t uw1"},
    {"undressed", "ax0 n d r eh1 s t"},
    {"wanna", "w aa1 n ax0"},
    {"was", "w ah1 z"},
    {"we're", "w ih1 r"},
    {"weren't", "w er1 n t"},
    {"what's", "w ah1 t s"},
    {"where", "w eh1 r"},
    {"won't", "w ow1 n t"},
    {"woulda", "w uh1 d ax0"},
    {"coulda", "k uh1 d ax0"},
    {"y'all", "y ao1 l"},
    {"you're", "y ao1 r"},
    // sounds that are sung rather than said
    {"aah", "aa1"},
    {"ah", "aa1"},
    {"aw", "ao1"},
    {"doo", "d uw1"},
    {"eh", "ey1"},
    {"er", "er1"},
    {"ha", "hh aa1"},
    {"hey", "hh ey1"},
    {"hm", "hh ah1 m"},
    {"hmm", "hh ah1 m"},
    {"la", "l aa1"},
    {"mhm", "m hh ah1 m"},
    {"mm", "ah1 m"},
    {"na", "n aa1"},
    {"ngh", "ah1 ng"},
    {"oh", "ow1"},
    {"oo", "uw1"},
    {"ooh", "uw1"},
    {"psst", "p ax1 s t"},
    {"sh", "sh ax1"},
    {"shh", "sh ax1"},
    {"uh", "ah1"},
    {"whoa", "w ow1"},
    {"woah", "w ow1"},
    {"woo", "w uw1"},
    {"yeah", "y ae1"},
    {"zz", "z ax1 z"},
    // initials that are typed in small letters too
    {"dj", "d iy1 jh ey1"},
    {"nyc", "eh1 n w ay1 s iy1"},
    {"tv", "t iy1 v iy1"},
    {"usa", "y uw1 eh1 s ey1"},
};

constexpr std::string_view kFunctionWords[] = {
    "a",      "am",     "an",      "and",     "are",     "as",   "at",    "be",   "been",  "but",
    "by",     "can",    "could",   "did",     "do",      "does", "for",   "from", "had",   "has",
    "have",   "he",     "he'd",    "he'll",   "he's",    "her",  "him",   "his",  "i",     "i'd",
    "i'll",   "i'm",    "i've",    "if",      "in",      "is",   "it",    "it's", "its",   "may",
    "me",     "might",  "must",    "my",      "nor",     "of",   "on",    "or",   "our",   "shall",
    "she",    "she'd",  "she'll",  "she's",   "should",  "than", "that",  "the",  "their", "them",
    "they",   "they'd", "they'll", "they're", "they've", "to",   "us",    "was",  "we",    "we'd",
    "we'll",  "we're",  "we've",   "were",    "will",    "with", "would", "you",  "you'd", "you'll",
    "you're", "you've", "your"};

constexpr std::string_view kShortWords[] = {
    "a",    "all",  "am",   "an",   "and",  "any",  "are",  "as",   "ask",  "at",   "baby", "back", "bad",
    "be",   "bed",  "big",  "boy",  "but",  "by",   "bye",  "call", "can",  "car",  "city", "come", "cry",
    "dad",  "day",  "did",  "die",  "do",   "dog",  "don",  "end",  "eye",  "far",  "feel", "fire", "fly",
    "for",  "fun",  "get",  "girl", "give", "go",   "god",  "good", "got",  "ha",   "had",  "has",  "hate",
    "he",   "her",  "hey",  "hi",   "him",  "his",  "home", "hot",  "how",  "i",    "if",   "in",   "is",
    "it",   "its",  "joy",  "just", "know", "la",   "let",  "lie",  "life", "like", "live", "long", "lost",
    "love", "man",  "may",  "me",   "mom",  "mum",  "my",   "na",   "new",  "no",   "not",  "now",  "of",
    "off",  "oh",   "old",  "on",   "one",  "or",   "our",  "out",  "own",  "pay",  "play", "put",  "ran",
    "red",  "road", "run",  "sad",  "say",  "sea",  "see",  "set",  "she",  "sing", "sit",  "sky",  "so",
    "song", "stay", "stop", "sun",  "the",  "they", "this", "time", "to",   "too",  "try",  "two",  "up",
    "very", "wait", "was",  "way",  "we",   "what", "when", "who",  "why",  "wish", "with", "wow",  "yes",
    "yet",  "you",  "your"};

/// Squeezes letters that are drawn out ("sooo", "yeahhh") to `length`; empty when none is.
std::string squeezed(std::string_view word, std::size_t length)
{
    std::string result;
    bool drawn = false;
    for (std::size_t i = 0; i < word.size();) {
        std::size_t run = 1;
        while (i + run < word.size() && word[i + run] == word[i])
            ++run;
        drawn = drawn || run >= 3;
        result.append(run >= 3 ? length : run, word[i]);
        i += run;
    }
    return drawn ? result : std::string();
}

std::string_view find(std::string_view word)
{
    static const auto sorted = [] {
        std::vector<Entry> entries(std::begin(kExceptions), std::end(kExceptions));
        std::sort(entries.begin(), entries.end());
        return entries;
    }();
    const auto it =
        std::lower_bound(sorted.begin(), sorted.end(), word,
                         [](const Entry& entry, std::string_view key) { return entry.first < key; });
    return it != sorted.end() && it->first == word ? it->second : std::string_view();
}

} // namespace

std::string_view englishException(std::string_view lower)
{
    if (const std::string_view found = find(lower); !found.empty())
        return found;
    const std::string once = squeezed(lower, 1);
    if (once.empty())
        return {};
    // "oooh" is not "oh": two or more o's before h sound like "ooh".
    if (lower.starts_with("oo") && (once == "oh" || once == "o"))
        return find("ooh");
    if (once == "o")
        return find("oh");
    if (once == "m" || once == "hm")
        return find(once == "m" ? "mm" : "hmm");
    if (once == "z")
        return find("zz");
    return find(once);
}

std::string withoutDrawnLetters(std::string_view lower)
{
    const std::string twice = squeezed(lower, 2);
    return isCommonShortWord(twice) ? twice : squeezed(lower, 1);
}

bool isFunctionWord(std::string_view lower)
{
    return std::find(std::begin(kFunctionWords), std::end(kFunctionWords), lower) != std::end(kFunctionWords);
}

bool isCommonShortWord(std::string_view lower)
{
    return std::find(std::begin(kShortWords), std::end(kShortWords), lower) != std::end(kShortWords);
}

} // namespace cantilena::language
