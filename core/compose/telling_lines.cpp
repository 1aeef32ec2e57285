#include "telling_lines.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <string_view>
#include <utility>

#include "lyrics_word_sets.h"
#include "opening_typed.h"
#include "utf8.h"

namespace cantilena::compose::lyric {

namespace {

using std::string;
using std::string_view;

/// Syllables of a line that is a hook by itself, as they are rather and at most.
constexpr int kShortestHook = 4, kUsualHook = 10, kLongestHook = 14;

/// What begins a clause that hangs on the one before but leaves that one whole.
constexpr std::array<string_view, 14> kLoose = {"and",   "but",  "so",    "then",  "because",
                                                "cause", "when", "while", "since", "until",
                                                "till",  "now",  "yet",   "though"};
constexpr std::array<string_view, 5> kJoins = {"and", "but", "so", "then", "because"};
constexpr std::array<string_view, 40> kSubjects = {
    "i",        "i'm",       "i've",    "i'd",      "i'll",    "we",      "we're",  "we've",
    "we'd",     "we'll",     "he",      "he's",     "he'd",    "she",     "she's",  "she'd",
    "they",     "they're",   "it",      "it's",     "there",   "there's", "nobody", "no",
    "everyone", "everybody", "someone", "somebody", "nothing", "this",    "that's", "you",
    "you're",   "you've",    "a",       "an",       "every",   "one",     "some",   "me"};

string lowered(string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

std::vector<string> wordsOf(const string& line)
{
    std::vector<string> words;
    std::istringstream stream(lowered(line));
    for (string word; stream >> word;) {
        while (!word.empty() &&
               (word.back() == ',' || word.back() == '.' || word.back() == '!' || word.back() == '?'))
            word.pop_back();
        if (!word.empty())
            words.push_back(std::move(word));
    }
    return words;
}

/// Whether an English line begins with what somebody says something of.
bool beginsClause(const std::vector<string>& words, const WordSpace& space)
{
    if (words.empty())
        return false;
    const string& first = words.front();
    if (isOneOf(first, kSubjects) || isOneOf(first, opening::kOwners) || isOneOf(first, opening::kKin))
        return true;
    if (isOneOf(first, kLoose) || isOneOf(first, opening::kBreaks) ||
        isOneOf(first, opening::kPrepositions) || isOneOf(first, opening::kAuxiliaries) || first == "to" ||
        first == "than" || first == "how" || first == "or" || first == "that" || first == "of" ||
        first == "all" || first == "both" || first == "each")
        return false;
    const language::Dictionary& dictionary = space.dictionary();
    return !dictionary.isGerund(first) && !dictionary.isVerb(first) && !dictionary.isFiniteVerb(first) &&
           !dictionary.isPastVerb(first);
}

bool mayBe(const string& word)
{
    static constexpr std::array<string_view, 8> kMay = {"could", "can",      "would",    "may",
                                                        "might", "wouldn't", "couldn't", "can't"};
    return isOneOf(word, kMay);
}

/// Whether a line goes on with the line before so that that one is not whole without it.
bool completes(const std::vector<string>& words)
{
    static constexpr std::array<string_view, 5> kComplements = {"to", "that", "than", "how", "of"};
    return !words.empty() && isOneOf(words.front(), kComplements);
}

/// Whether a line only says where or when the line before was: "in Leeds", "for 31 years".
bool hangsOnPlace(const std::vector<string>& words)
{
    return words.empty() || isOneOf(words.front(), opening::kPrepositions);
}

/// Whether a line says something of its subject: it has a verb.
bool states(const std::vector<string>& words, const WordSpace& space)
{
    static constexpr std::array<string_view, 5> kPlain = {"i", "we", "you", "they", "who"};
    const language::Dictionary& dictionary = space.dictionary();
    // "Forty pounds of them", "hundreds of stones": what looks like a verb is none.
    const bool several = words.size() > 2 && std::find(words.begin() + 1, words.end(), "of") != words.end() &&
                         std::find(words.begin() + 1, words.end(), "of") <= words.begin() + 2;
    if (several && std::none_of(words.begin(), words.end(),
                                [](const string& word) { return isOneOf(word, opening::kAuxiliaries); }))
        return false;
    if (!words.empty() && words.front().find('\'') != string::npos && isOneOf(words.front(), kSubjects))
        return true;
    for (std::size_t i = 1; i < words.size(); ++i)
        if (isOneOf(words[i], opening::kAuxiliaries) || words[i].ends_with("n't") ||
            dictionary.isFiniteVerb(words[i]) ||
            (isOneOf(words[i - 1], kPlain) && dictionary.isVerb(words[i])))
            return true;
    return false;
}

string withoutItsJoin(const string& line, const std::vector<string>& words)
{
    std::size_t joins = 0; // "and then"
    while (joins < std::min<std::size_t>(words.size(), 2) && isOneOf(words[joins], kJoins))
        ++joins;
    if (joins == 0 || words.size() < joins + 2 ||
        !(isOneOf(words[joins], kSubjects) || isOneOf(words[joins], opening::kOwners)))
        return line;
    string rest = line;
    for (; joins > 0; --joins)
        rest.erase(0, rest.find(' ') + 1);
    if (rest.front() >= 'a' && rest.front() <= 'z')
        rest.front() = static_cast<char>(rest.front() - 32);
    return rest;
}

std::vector<string> englishHook(const Opening& opening, const language::Reader& reader,
                                const WordSpace& space)
{
    struct Line {
        string text;
        std::vector<string> words;
        bool begins = false;
        int syllables = 0;
    };
    std::vector<Line> read;
    for (std::size_t i = 0; i < opening.lines.size(); ++i) {
        const string& line = opening.lines[i];
        Line own{withoutItsJoin(line, wordsOf(line)), {}, false, 0};
        own.words = wordsOf(own.text);
        // "every bus ticket | he ever used" is one statement.
        own.begins = (opening.begins[i] || own.text != line) && beginsClause(own.words, space);
        own.syllables = reader.countSyllables(own.text, language::Language::English);
        read.push_back(std::move(own));
    }
    const auto whole = [&](std::size_t i) { return i + 1 >= read.size() || !completes(read[i + 1].words); };
    // Nothing is said of it behind, or in a clause of its own: not "We both reached | for the wrong
    // suitcase".
    const auto ends = [&](std::size_t i) {
        return i + 1 >= read.size() || opening.begins[i + 1] ||
               isOneOf(wordsOf(opening.lines[i + 1]).front(), kLoose);
    };
    const auto fits = [&](std::size_t i, bool ended, int longest) {
        const bool hangs = i + 1 >= read.size() || hangsOnPlace(read[i + 1].words);
        return read[i].begins && (ended ? ends(i) : whole(i) && hangs) &&
               read[i].syllables >= kShortestHook && read[i].syllables <= longest &&
               states(read[i].words, space);
    };
    // What is told comes to its point at the end.
    for (const bool ended : {true, false})
        for (const int longest : {kUsualHook, kLongestHook})
            for (std::size_t i = read.size(); i-- > 0;)
                if (fits(i, ended, longest))
                    return {read[i].text};
    for (std::size_t i = 0; i + 1 < read.size(); ++i)
        if (read[i].begins && whole(i + 1))
            return {read[i].text, read[i + 1].text};
    // "Got fired for feeding the pigeons", "At 71 I have enrolled": no subject, or not first.
    const auto tells = [&](std::size_t i) {
        return opening.begins[i] && !read[i].words.empty() &&
               (states(read[i].words, space) || space.dictionary().isPastVerb(read[i].words.front())) &&
               !space.dictionary().isGerund(read[i].words.front());
    };
    for (std::size_t i = 0; i < read.size(); ++i)
        if (tells(i) && whole(i) && read[i].syllables >= kShortestHook && read[i].syllables <= kLongestHook)
            return {read[i].text};
    for (std::size_t i = 0; i + 1 < read.size(); ++i)
        if (tells(i) && whole(i + 1))
            return {read[i].text, read[i + 1].text};
    return {};
}

std::vector<string> mandarinHook(const Opening& opening)
{
    // A Chinese statement needs no subject to stand alone, but a few characters.
    constexpr std::size_t kEnough = 7, kLeast = 6;
    // A short sentence at the end, 哭的是我, is what it is told for.
    constexpr std::size_t kShort = 4;
    if (opening.lines.size() > 1 && opening.opens.size() == opening.lines.size() && opening.opens.back() &&
        charactersOf(opening.lines.back()).size() >= kShort)
        return {opening.lines.back()};
    // What is told comes to its point at the end: the last that will do.
    const auto statement = [&](std::size_t lines, std::size_t characters) -> std::vector<string> {
        for (std::size_t i = opening.lines.size() + 1 - std::min(lines, opening.lines.size() + 1); i-- > 0;) {
            std::size_t end = i + 1;
            while (end < opening.lines.size() && !opening.begins[end])
                ++end;
            if (opening.begins[i] && end - i == lines && charactersOf(opening.lines[i]).size() >= characters)
                return {opening.lines.begin() + static_cast<std::ptrdiff_t>(i),
                        opening.lines.begin() + static_cast<std::ptrdiff_t>(end)};
        }
        return {};
    };
    for (const auto& [lines, characters] :
         {std::pair{1, kEnough}, std::pair{1, kLeast}, std::pair{2, std::size_t{1}}})
        if (std::vector<string> hook = statement(static_cast<std::size_t>(lines), characters); !hook.empty())
            return hook;
    return {opening.lines.begin(), opening.lines.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                                               2, opening.lines.size()))};
}

} // namespace

std::vector<std::string> hookOf(const Opening& opening, language::Language language,
                                const language::Reader& reader, const WordSpace& space)
{
    if (opening.lines.empty())
        return {};
    return language == language::Language::English ? englishHook(opening, reader, space)
                                                   : mandarinHook(opening);
}

std::vector<bool> statementsOf(const Opening& opening, language::Language language, const WordSpace& space)
{
    if (language == language::Language::Mandarin)
        return opening.begins;
    std::vector<bool> statements;
    for (std::size_t i = 0; i < opening.lines.size(); ++i) {
        const string alone = withoutJoin(opening.lines[i]);
        std::vector<string> words = wordsOf(alone);
        // "So I could have this one" says what for.
        const std::vector<string> whole = wordsOf(opening.lines[i]);
        const bool purpose =
            !whole.empty() &&
            (whole[0] == "because" || (whole[0] == "so" && std::any_of(whole.begin(), whole.end(), mayBe)));
        const bool begins =
            (opening.begins[i] || alone != opening.lines[i]) && !purpose && beginsClause(words, space);
        // Its verb may stand in the next line.
        if (i + 1 < opening.lines.size() && !opening.begins[i + 1])
            for (string& word : wordsOf(opening.lines[i + 1]))
                words.push_back(std::move(word));
        statements.push_back(begins && states(words, space));
    }
    return statements;
}

string withoutJoin(const string& line)
{
    return withoutItsJoin(line, wordsOf(line));
}

} // namespace cantilena::compose::lyric
