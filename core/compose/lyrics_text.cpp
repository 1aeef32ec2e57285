#include "lyrics_text.h"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <unordered_set>

#include "lyrics_word_sets.h"
#include "opening_typed.h"
#include "utf8.h"

namespace cantilena::compose::lyric {

namespace {

bool isAlwaysCapital(std::string_view word)
{
    static const std::unordered_set<std::string_view> kWords = {
        "i",         "i'm",       "i'll",    "i've",     "i'd",        "monday",    "tuesday",
        "wednesday", "thursday",  "friday",  "saturday", "sunday",     "january",   "february",
        "april",     "june",      "july",    "august",   "september",  "october",   "november",
        "december",  "christmas", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays",
        "saturdays", "sundays",   "english", "french",   "german",     "spanish",   "chinese",
        "american",  "italian",   "paris",   "london",   "america",    "boston"};
    return kWords.contains(word.substr(0, word.find("'s")));
}

std::string lowered(std::string word)
{
    for (char& c : word)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return word;
}

void capitalise(std::string& word)
{
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z')
        word[0] = static_cast<char>(word[0] - 32);
}

bool isSmall(std::string_view word)
{
    static const std::unordered_set<std::string_view> kWords = {
        "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "for", "by", "with", "from"};
    return kWords.contains(word);
}

} // namespace

std::string textOf(const Corpus& corpus, const std::vector<Token>& tokens)
{
    std::string text;
    const bool english = corpus.language == language::Language::English;
    for (const Token& token : tokens) {
        std::string word = corpus.lexemes[static_cast<std::size_t>(token.lexeme)].text;
        if (word == "_") {
            text += ' ';
            continue;
        }
        if (word == ",") {
            text += ',';
            continue;
        }
        if (english) {
            if (text.empty() || token.tag == kName || isAlwaysCapital(word) ||
                corpus.lexemes[static_cast<std::size_t>(token.lexeme)].name)
                capitalise(word);
            if (!text.empty())
                text += ' ';
        }
        text += word;
    }
    while (!text.empty() && (text.back() == ',' || text.back() == ' '))
        text.pop_back();
    return text;
}

std::string titleOf(const std::string& line, language::Language language)
{
    constexpr std::size_t kLongest = 48, kLongestMandarin = 12; // characters
    if (language == language::Language::Mandarin)
        return charactersOf(line).size() <= kLongestMandarin ? line : std::string();
    std::string title, word;
    std::istringstream stream(line);
    // Of a long line what stands before its first clause: "He said yes before I even got the question out".
    for (int words = 0; stream >> word; ++words) {
        const bool parts =
            isOneOf(word, opening::kBreaks) || word == "that" || word == "what" || word == "how";
        if (line.size() > kLongest && words > 1 && parts) {
            // Nothing is called "Speaking Over".
            const std::size_t last = title.rfind(' ');
            if (last != std::string::npos && isOneOf(lowered(title.substr(last + 1)), opening::kPrepositions))
                title.erase(last);
            break;
        }
        const bool last = stream.peek() == std::char_traits<char>::eof();
        if (title.empty() || last || !isSmall(word))
            capitalise(word);
        title += (title.empty() ? "" : " ") + word;
    }
    if (title.size() > kLongest)
        return {};
    while (!title.empty() && (title.back() == ',' || title.back() == '.'))
        title.pop_back();
    return title;
}

std::string titleOf(const Corpus& corpus, const std::vector<Token>& tokens)
{
    const bool english = corpus.language == language::Language::English;
    std::string text;
    int syllables = 0;
    bool content = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(tokens[i].lexeme)];
        content = content || lexeme.content;
        syllables += lexeme.syllables;
        if (lexeme.text == "," || lexeme.text == "_") {
            if (!text.empty())
                text += english ? "," : " ";
            continue;
        }
        std::string word = lexeme.text;
        if (english) {
            if (text.empty() || i + 1 == tokens.size() || !isSmall(word))
                capitalise(word);
            if (!text.empty())
                text += ' ';
        }
        text += word;
    }
    while (!text.empty() && (text.back() == ',' || text.back() == ' '))
        text.pop_back();
    return content && syllables >= 1 && syllables <= 10 ? text : std::string();
}

std::vector<std::string> titleWords(const Corpus& corpus, std::string_view title)
{
    if (corpus.language == language::Language::Mandarin) {
        std::string joined;
        for (const std::string& word : corpus.space->split(title))
            joined += word;
        return joined.empty() ? std::vector<std::string>{} : std::vector<std::string>{joined};
    }
    return corpus.space->split(title);
}

std::optional<std::pair<int, int>> findWords(const Corpus& corpus, const std::vector<Token>& tokens,
                                             const std::vector<std::string>& words)
{
    const bool mandarin = corpus.language == language::Language::Mandarin;
    std::string wanted;
    for (const std::string& word : words)
        wanted += (mandarin ? "" : " ") + word;
    for (std::size_t first = 0; first < tokens.size(); ++first) {
        std::string here;
        for (std::size_t end = first; end < tokens.size() && here.size() < wanted.size(); ++end) {
            const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(tokens[end].lexeme)];
            if (lexeme.syllables == 0)
                continue;
            here += (mandarin ? "" : " ") + lexeme.text;
            if (here == wanted)
                return std::pair{static_cast<int>(first), static_cast<int>(end + 1)};
        }
    }
    return std::nullopt;
}

std::string bestPhrase(const Corpus& corpus, const Theme& theme, const std::vector<Candidate>& lines)
{
    std::string best;
    double bestScore = -1e9;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        const std::vector<Token>& tokens = lines[l].tokens;
        for (std::size_t first = 0; first < tokens.size(); ++first) {
            std::vector<Token> part;
            double strength = 0, syllables = 0;
            for (std::size_t end = first; end < tokens.size() && end < first + 5; ++end) {
                const Lexeme& lexeme = corpus.lexemes[static_cast<std::size_t>(tokens[end].lexeme)];
                if (lexeme.syllables == 0)
                    break;
                part.push_back(tokens[end]);
                syllables += lexeme.syllables;
                strength = std::max(
                    strength,
                    static_cast<double>(theme.strength[static_cast<std::size_t>(tokens[end].lexeme)]));
                const std::string_view tag = corpus.tagName(tokens[end].tag);
                const bool noun = tag == "NN" || tag == "NNS" || tag == "n" || tag == "s";
                if (!noun || !lexeme.content)
                    continue;
                const std::string_view firstTag = corpus.tagName(tokens[first].tag);
                const bool opens =
                    firstTag.starts_with("JJ") || firstTag.starts_with("NN") || firstTag == "n" ||
                    firstTag == "a" || firstTag == "VBG" || firstTag == "CD" ||
                    corpus.lexemes[static_cast<std::size_t>(tokens[first].lexeme)].text == "the" ||
                    corpus.lexemes[static_cast<std::size_t>(tokens[first].lexeme)].text == "my";
                const std::string title = titleOf(corpus, part);
                if (!opens || title.empty() || corpus.isCorpusTitle(title))
                    continue;
                const bool whole =
                    end + 1 == tokens.size() ||
                    corpus.lexemes[static_cast<std::size_t>(tokens[end + 1].lexeme)].syllables == 0 ||
                    tokens[end + 1].tag == kFunction;
                const double score = 1.5 * strength + (part.size() >= 2 ? 0.6 : 0.0) + (whole ? 0.3 : -0.8) +
                                     (l == 0 || l + 1 == lines.size() ? 0.15 : 0) -
                                     0.12 * std::abs(syllables - 3);
                if (score > bestScore) {
                    bestScore = score;
                    best = title;
                }
            }
        }
    }
    return best.empty() ? fallbackTitle(corpus, theme) : best;
}

std::string fallbackTitle(const Corpus& corpus, const Theme& theme)
{
    std::string title;
    int words = 0;
    for (const Query& query : theme.queries) {
        if (query.row >= 0 && corpus.space->languageOf(query.row) != corpus.language)
            continue;
        std::string word = query.text;
        if (corpus.language == language::Language::English) {
            capitalise(word);
            if (!title.empty())
                title += ' ';
        }
        title += word;
        if (++words == 2)
            break;
    }
    if (title.empty())
        title = corpus.language == language::Language::English ? "Untitled" : "无题";
    return title;
}

std::vector<std::string> wordUnits(const std::vector<std::string>& words, language::Language language)
{
    std::vector<std::string> units;
    for (std::string text : words) {
        for (char& c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (language == language::Language::English) {
            units.push_back(std::move(text));
            continue;
        }
        for (std::string& character : charactersOf(text))
            units.push_back(std::move(character));
    }
    return units;
}

std::vector<std::string> wordUnits(const std::vector<language::Word>& words, language::Language language)
{
    std::vector<std::string> texts;
    texts.reserve(words.size());
    for (const language::Word& word : words)
        texts.push_back(word.text);
    return wordUnits(texts, language);
}

std::string pointOfViewName(song::PointOfView view)
{
    constexpr std::string_view kNames[] = {"I", "you", "we", "she", "he", "they", "story"};
    return std::string(kNames[static_cast<std::size_t>(view)]);
}

} // namespace cantilena::compose::lyric
