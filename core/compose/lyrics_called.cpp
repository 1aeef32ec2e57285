#include "lyrics_called.h"

#include <algorithm>
#include <sstream>

namespace cantilena::compose::lyric {

namespace {

/// In lower case and without the point of "Mrs.".
std::vector<std::string> wordsOf(const std::string& name)
{
    std::vector<std::string> words;
    std::istringstream stream(name);
    for (std::string word; stream >> word;) {
        std::transform(word.begin(), word.end(), word.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (word.back() == '.')
            word.pop_back();
        if (!word.empty())
            words.push_back(std::move(word));
    }
    return words;
}

std::vector<std::string> ownersOf(const std::string& name, language::Language language)
{
    std::vector<std::string> words = wordsOf(name);
    if (language == language::Language::English && !words.empty())
        words.back() += "'s";
    return words;
}

/// None where the corpus lacks one of them.
std::vector<Token> tokensOf(const Corpus& corpus, const std::vector<std::string>& words)
{
    std::vector<Token> tokens;
    for (const std::string& word : words) {
        const int lexeme = corpus.lexeme(word);
        if (lexeme < 0)
            return {};
        tokens.push_back({lexeme, kFunction});
    }
    return tokens;
}

} // namespace

std::vector<std::string> unknownWords(const Corpus& corpus, const std::string& name)
{
    std::vector<std::string> words = wordsOf(name);
    for (const std::string& word : ownersOf(name, corpus.language))
        words.push_back(word);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::erase_if(words, [&](const std::string& word) { return corpus.lexeme(word) >= 0; });
    return words;
}

std::optional<ModelSong> calledBy(const Corpus& corpus, const ModelSong& song, const std::string& name)
{
    const std::vector<Token> called = tokensOf(corpus, wordsOf(name)),
                             owner = tokensOf(corpus, ownersOf(name, corpus.language));
    if (called.empty() || owner.empty())
        return std::nullopt;
    int syllables = 0;
    for (const Token& token : called)
        syllables += corpus.lexemes[static_cast<std::size_t>(token.lexeme)].syllables;
    ModelSong told = song;
    bool any = false;
    for (ModelSection& section : told.sections) {
        for (ModelLine& line : section.lines) {
            const auto sung =
                std::find_if(line.called.begin(), line.called.end(),
                             [&](const CalledLine& each) { return each.syllables == syllables; });
            if (sung == line.called.end())
                continue;
            ModelLine named = line;
            named.text = sung->text;
            for (std::size_t at = named.text.find("{}"); at != std::string::npos;
                 at = named.text.find("{}", at + name.size()))
                named.text.replace(at, 2, name);
            named.tokens.clear();
            named.told.clear();
            named.places.clear();
            named.syllables = 0;
            for (const int lexeme : sung->lexemes) {
                const bool isName = lexeme == CalledLine::kName || lexeme == CalledLine::kOwner;
                const std::vector<Token> own{{lexeme, kFunction}};
                for (Token token : lexeme == CalledLine::kName ? called : isName ? owner : own) {
                    const Lexeme& word = corpus.lexemes[static_cast<std::size_t>(token.lexeme)];
                    if (word.text == "," || word.text == "_")
                        token.tag = kPause;
                    named.tokens.push_back(token);
                    named.told.push_back(isName);
                    named.syllables += word.syllables;
                }
            }
            // Counted by other dictionaries when it was written.
            if (named.syllables != line.syllables)
                continue;
            line = std::move(named);
            any = true;
        }
    }
    return any ? std::optional(std::move(told)) : std::nullopt;
}

} // namespace cantilena::compose::lyric
