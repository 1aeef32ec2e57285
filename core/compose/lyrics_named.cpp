#include "lyrics_named.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <compose/opening.h>

#include "lyrics_naming.h"
#include "opening_typed.h"

namespace cantilena::compose::lyric {

namespace {

using std::string;

string lowered(string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

string capitalised(string text)
{
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 32);
    return text;
}

/// What stands in the corpus for whom and what a telling is about, in its words.
struct StandIns {
    std::vector<string> whom, owner, what;

    explicit StandIns(language::Language language)
    {
        if (language == language::Language::English) {
            whom = {"rosalind"};
            owner = {"rosalind's"};
            what = {"the", "zither"};
        } else {
            whom = {"素芬"};
            what = {"古琴"};
        }
    }
};

/// -1 for words that the corpus lacks.
std::vector<int> lexemesOf(const Corpus& corpus, const std::vector<string>& words)
{
    std::vector<int> lexemes;
    std::transform(words.begin(), words.end(), std::back_inserter(lexemes),
                   [&](const string& word) { return corpus.lexeme(word); });
    return lexemes;
}

bool standsAt(const ModelLine& line, std::size_t at, const std::vector<int>& lexemes)
{
    if (lexemes.empty() || at + lexemes.size() > line.tokens.size())
        return false;
    for (std::size_t k = 0; k < lexemes.size(); ++k)
        if (line.tokens[at + k].lexeme != lexemes[k])
            return false;
    return true;
}

/// A line with tokens in place of others; `from` tokens long, where `is` says so.
struct Replacement {
    std::vector<int> from; ///< lexemes
    std::vector<Token> to;
    string text, written; ///< what stands in the printed line, and what shall
};

void replaceIn(ModelLine& line, const Replacement& replacement)
{
    const std::size_t length = replacement.from.size();
    for (std::size_t at = 0; at + length <= line.tokens.size(); ++at) {
        if (!standsAt(line, at, replacement.from))
            continue;
        const auto offset = static_cast<std::ptrdiff_t>(at), count = static_cast<std::ptrdiff_t>(length);
        line.told.resize(line.tokens.size(), false);
        line.tokens.erase(line.tokens.begin() + offset, line.tokens.begin() + offset + count);
        line.tokens.insert(line.tokens.begin() + offset, replacement.to.begin(), replacement.to.end());
        line.told.erase(line.told.begin() + offset, line.told.begin() + offset + count);
        line.told.insert(line.told.begin() + offset, replacement.to.size(), true);
        for (Place& place : line.places)
            if (place.begin > at)
                place.begin = place.begin + replacement.to.size() - length;
        at += replacement.to.size() - 1;
    }
    const string lower = lowered(replacement.text);
    for (std::size_t at = lowered(line.text).find(lower); at != string::npos;
         at = lowered(line.text).find(lower, at + replacement.written.size())) {
        const bool opens = opening::isUpper(line.text[at]);
        line.text.replace(at, lower.size(),
                          at == 0 && opens ? capitalised(replacement.written) : replacement.written);
    }
}

string joinedWords(const std::vector<string>& words, language::Language language)
{
    string text;
    for (const string& word : words)
        text += (text.empty() || language == language::Language::Mandarin ? "" : " ") + word;
    return text;
}

} // namespace

namespace naming {

namespace {

constexpr float kNoun = 0.7F;     // least share of its uses in which a word that is called is a noun
constexpr double kRare = 0.12;    // for each nat that a noun is rarer
constexpr double kCommon = 60000; // uses of a word that is no news
constexpr double kUsual = 0.6;    // concreteness
constexpr double kLater = 0.06;   // for each noun before
constexpr double kAgain = 0.5;    // of one that is said twice

} // namespace

float nounShare(const Corpus& corpus, const string& word)
{
    const int lexeme = corpus.lexeme(word);
    if (lexeme < 0)
        return 0;
    float share = 0;
    for (const auto& [tag, part] : corpus.lexemes[static_cast<std::size_t>(lexeme)].shares)
        share += corpus.tagName(tag).starts_with("NN") || corpus.tagName(tag) == "n" ? part : 0;
    return share;
}

bool isNoun(const Corpus& corpus, const string& word)
{
    const int lexeme = corpus.lexeme(word);
    if (lexeme >= 0 && !corpus.lexemes[static_cast<std::size_t>(lexeme)].shares.empty())
        return nounShare(corpus, word) >= kNoun;
    if (corpus.language == language::Language::Mandarin)
        return false;
    const language::Dictionary& dictionary = corpus.space->dictionary();
    return word.size() > 2 && !dictionary.isFiniteVerb(word) && !dictionary.isVerb(word) &&
           !dictionary.kinds(word, 1).empty();
}

double concretenessOf(const Corpus& corpus, const string& word)
{
    const int row = corpus.space->find(corpus.language, word);
    return row < 0 ? kUsual : corpus.space->concreteness(row);
}

double rarityOf(const Corpus& corpus, const string& word)
{
    const int lexeme = corpus.lexeme(word);
    const double uses = lexeme < 0 ? 1.0 : 1.0 + corpus.lexemes[static_cast<std::size_t>(lexeme)].count;
    return kRare * std::log(kCommon / uses);
}

void keepThing(std::vector<Thing>& things, Thing thing)
{
    thing.score -= kLater * static_cast<double>(things.size());
    const auto same = std::find_if(things.begin(), things.end(), [&](const Thing& other) {
        return other.words.back() == thing.words.back();
    });
    if (same != things.end())
        same->score += kAgain;
    else
        things.push_back(std::move(thing));
}

std::vector<string> bestOf(const std::vector<Thing>& things)
{
    const auto best = std::max_element(things.begin(), things.end(),
                                       [](const Thing& a, const Thing& b) { return a.score < b.score; });
    return best == things.end() ? std::vector<string>() : best->words;
}

} // namespace naming

Named namedIn(const song::Brief& brief, const Corpus& corpus)
{
    const std::vector<string> lines = linesOf(brief.opening);
    if (lines.empty() || brief.language != corpus.language)
        return {};
    return corpus.language == language::Language::English ? naming::english(brief, lines, corpus)
                                                          : naming::mandarin(brief, lines, corpus);
}

Calls callsOf(const ModelSong& song, const Corpus& corpus)
{
    const StandIns standIns(corpus.language);
    const std::vector<int> whom = lexemesOf(corpus, standIns.whom), owner = lexemesOf(corpus, standIns.owner),
                           what = lexemesOf(corpus, standIns.what);
    Calls calls;
    for (const ModelSection& section : song.sections) {
        for (const ModelLine& line : section.lines) {
            for (std::size_t at = 0; at < line.tokens.size(); ++at) {
                calls.whom = calls.whom || standsAt(line, at, whom) || standsAt(line, at, owner);
                calls.what = calls.what || standsAt(line, at, what);
            }
        }
    }
    return calls;
}

std::vector<std::string> unknownWords(const Corpus& corpus, const Named& named)
{
    std::vector<string> unknown;
    const auto add = [&](const string& word) {
        if (corpus.lexeme(word) < 0)
            unknown.push_back(word);
    };
    for (const std::vector<string>* words : {&named.whom, &named.what})
        for (const string& word : *words)
            add(lowered(word));
    if (!named.whom.empty() && corpus.language == language::Language::English)
        add(lowered(named.whom.back()) + "'s");
    return unknown;
}

ModelSong called(const Corpus& corpus, const ModelSong& song, const Named& named)
{
    const StandIns standIns(corpus.language);
    std::vector<Replacement> replacements;
    const auto replace = [&](const std::vector<string>& from, const std::vector<string>& to) {
        Replacement replacement{lexemesOf(corpus, from),
                                {},
                                joinedWords(from, corpus.language),
                                joinedWords(to, corpus.language)};
        for (const string& word : to)
            replacement.to.push_back({corpus.lexeme(lowered(word)), kFunction});
        const bool known = std::none_of(replacement.to.begin(), replacement.to.end(),
                                        [](const Token& token) { return token.lexeme < 0; });
        if (known && !to.empty())
            replacements.push_back(std::move(replacement));
    };
    if (!named.whom.empty() && corpus.language == language::Language::English) {
        std::vector<string> owner = named.whom;
        owner.back() += "'s";
        replace(standIns.owner, owner);
    }
    replace(standIns.whom, named.whom);
    replace(standIns.what, named.what);
    ModelSong told = song;
    for (ModelSection& section : told.sections) {
        for (ModelLine& line : section.lines) {
            for (const Replacement& replacement : replacements)
                replaceIn(line, replacement);
            line.syllables = 0;
            for (const Token& token : line.tokens)
                line.syllables += corpus.lexemes[static_cast<std::size_t>(token.lexeme)].syllables;
        }
    }
    return told;
}

} // namespace cantilena::compose::lyric
