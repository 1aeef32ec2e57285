#include "lyrics_corpus.h"

#include <algorithm>

#include <language/rhyme.h>

#include "utf8.h"

namespace cantilena::compose::lyric {

Lexeme Corpus::describe(std::string_view text, const language::Reader& reader) const
{
    Lexeme lexeme;
    lexeme.text = text;
    if (text == "," || text == "_") {
        lexeme.tokens = {pause};
        return lexeme;
    }
    const language::Word word = reader.word(text, language);
    lexeme.syllables = static_cast<int>(word.syllables.size());
    lexeme.rhyme = language::rhymeKey(word);
    if (language == language::Language::English) {
        lexeme.tokens = {token(text)};
        if (!word.syllables.empty() && !word.syllables.front().phonemes.empty())
            lexeme.vowelStart = language::isEnglishVowel(word.syllables.front().phonemes.front());
    } else {
        for (const std::string& character : charactersOf(text))
            lexeme.tokens.push_back(token(character));
    }
    lexeme.row = space->find(language, text);
    return lexeme;
}

int Corpus::token(std::string_view text) const
{
    const auto found = m_tokens.find(std::string(text));
    return found == m_tokens.end() ? unknown : found->second;
}

int Corpus::lexeme(std::string_view text) const
{
    const auto found = m_lexemes.find(std::string(text));
    return found == m_lexemes.end() ? -1 : found->second;
}

Tag Corpus::tag(std::string_view name) const
{
    const auto found = std::find(m_tags.begin(), m_tags.end(), name);
    return found == m_tags.end() ? kFunction : static_cast<Tag>(found - m_tags.begin());
}

float Corpus::share(int lexeme, Tag tag) const
{
    for (const auto& [other, share] : lexemes[static_cast<std::size_t>(lexeme)].shares) {
        if (other == tag)
            return share;
    }
    return 0;
}

std::shared_ptr<Corpus> Corpus::withNames(const std::vector<NewName>& names,
                                          const language::Reader& reader) const
{
    auto wider = std::make_shared<Corpus>(*this);
    for (const NewName& name : names) {
        const int index = static_cast<int>(wider->lexemes.size());
        Lexeme lexeme = describe(name.text, reader);
        lexeme.content = true;
        lexeme.name = name.kind != NameKind::None;
        wider->lexemes.push_back(std::move(lexeme));
        wider->m_lexemes.insert_or_assign(name.text, index); // the vocabulary may have it as a word
        wider->exchangeOf.emplace_back();
        for (std::size_t i = 0; i < wider->exchange.size(); ++i) {
            if (name.kind == NameKind::None || wider->exchange[i].name != name.kind)
                continue;
            wider->exchange[i].words.push_back(index);
            wider->exchangeOf.back().push_back(static_cast<int>(i));
        }
    }
    return wider;
}

bool Corpus::offends(std::string_view text) const
{
    std::string padded = " ";
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
        padded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : letter ? c : ' ';
    }
    padded += ' ';
    return std::any_of(m_blocked.begin(), m_blocked.end(), [&](const std::string& word) {
        const bool latin = static_cast<unsigned char>(word[0]) < 0x80;
        return padded.find(latin ? " " + word + " " : word) != std::string::npos;
    });
}

NameKind Corpus::nameKind(int lexeme) const
{
    for (const int index : exchangeOf[static_cast<std::size_t>(lexeme)]) {
        if (const NameKind kind = exchange[static_cast<std::size_t>(index)].name; kind != NameKind::None)
            return kind;
    }
    return NameKind::None;
}

bool Corpus::namesPlaceAt(std::span<const Token> line, std::size_t at) const
{
    static const std::unordered_set<std::string_view> kBefore = {
        "in",     "to",   "from",   "through", "near",    "across", "around", "of",       "into",
        "toward", "past", "beyond", "leaving", "outside", "for",    "back",   "all over", "over"};
    static const std::unordered_set<std::string_view> kPlaces = {
        "town",   "city",   "village", "country",   "valley", "harbor", "harbour", "island", "coast",
        "desert", "county", "suburbs", "mountains", "hills",  "north",  "south",   "east",   "west"};
    if (language != language::Language::English || at == 0 || at + 1 >= line.size())
        return false;
    const auto text = [&](std::size_t i) -> std::string_view {
        return lexemes[static_cast<std::size_t>(line[i].lexeme)].text;
    };
    return (text(at) == "the" || text(at) == "this" || text(at) == "that") &&
           kBefore.contains(text(at - 1)) && kPlaces.contains(text(at + 1)) &&
           (at + 2 == line.size() || line[at + 2].tag == kFunction || line[at + 2].tag == kPause);
}

bool isPhrased(const ModelLine& line)
{
    return (line.polished && !line.places.empty()) ||
           std::any_of(line.places.begin(), line.places.end(),
                       [](const Place& place) { return place.count >= 2 && place.wordings.size() >= 2; });
}

bool Corpus::areMates(int a, int b) const
{
    const auto& classes = exchangeOf[static_cast<std::size_t>(a)];
    return std::any_of(classes.begin(), classes.end(), [&](int index) {
        const ExchangeClass& kind = exchange[static_cast<std::size_t>(index)];
        return !kind.light && std::find(kind.words.begin(), kind.words.end(), b) != kind.words.end();
    });
}

bool Corpus::isCorpusLine(std::span<const Token> tokens) const
{
    std::vector<int> ids;
    for (const Token& token : tokens) {
        if (token.tag != kPause)
            ids.push_back(token.lexeme);
    }
    return m_lines.contains(foldTokens(ids, 5));
}

} // namespace cantilena::compose::lyric
