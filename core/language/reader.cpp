#include <language/reader.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include <language/rhyme.h>
#include <language/text.h>

#include "english.h"
#include "hints.h"
#include "mandarin.h"
#include "tokens.h"
#include "transliteration.h"
#include "unicode.h"

namespace cantilena::language {

namespace {

constexpr std::size_t kCacheLimit = 65'536; ///< words; the cache starts anew beyond it

// flite keeps its lexicon in globals, so the lock is shared by all readers.
std::mutex& readingMutex()
{
    static std::mutex mutex;
    return mutex;
}

bool isShouting(const std::vector<Token>& tokens)
{
    bool longWord = false;
    for (const Token& token : tokens) {
        if (token.kind != Token::Kind::Latin)
            continue;
        if (std::any_of(token.text.begin(), token.text.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
            return false;
        longWord = longWord || token.text.size() > 3;
    }
    return longWord;
}

/// Takes quotation marks off a word and leaves the apostrophes that belong to it.
void trimQuotes(Token& token)
{
    const std::vector<CodePoint> points = decode(token.text);
    const bool leading = classOf(points.front().value) == CharClass::Apostrophe;
    const bool trailing = points.size() > 1 && classOf(points.back().value) == CharClass::Apostrophe;
    if (!leading && !trailing)
        return;
    const std::string lower = asciiLower(token.text);
    if (!englishException(lower).empty())
        return;
    const bool keepTrailing =
        trailing && !leading &&
        (lower.ends_with("in'") || lower.ends_with("s'") || !englishException(lower).empty());
    if (trailing && !keepTrailing)
        token.text.resize(points.back().offset);
    if (leading && englishException(asciiLower(token.text)).empty()) {
        token.text.erase(0, points.front().length);
        token.offset += points.front().length;
    }
}

std::string_view characterName(std::string_view character, Language language)
{
    struct Name {
        std::string_view character, english, mandarin;
    };
    static constexpr Name kNames[] = {{"&", "and", "和"},
                                      {"@", "at", "在"},
                                      {"%", "percent", "百分"},
                                      {"+", "plus", "加"},
                                      {"=", "equals", "等于"}};
    for (const Name& name : kNames) {
        if (name.character == character)
            return language == Language::Mandarin ? name.mandarin : name.english;
    }
    return {};
}

/// The language of what stands beside a token that could be read in both: what touches it, else what is
/// nearest.
Language languageBeside(const std::vector<Token>& tokens, std::size_t at, Language primary)
{
    const auto of = [&](std::size_t i) -> int {
        if (tokens[i].kind == Token::Kind::Han)
            return 1;
        return tokens[i].kind == Token::Kind::Latin ? 0 : -1;
    };
    if (at + 1 < tokens.size() && !tokens[at + 1].afterSpace && of(at + 1) >= 0)
        return static_cast<Language>(of(at + 1));
    if (at > 0 && !tokens[at].afterSpace && of(at - 1) >= 0)
        return static_cast<Language>(of(at - 1));
    for (std::size_t distance = 1; distance < tokens.size(); ++distance) {
        const int after = at + distance < tokens.size() ? of(at + distance) : -1;
        const int before = distance <= at ? of(at - distance) : -1;
        if (after >= 0 && before >= 0 && after != before)
            return primary;
        if (after >= 0 || before >= 0)
            return static_cast<Language>(std::max(after, before));
    }
    return primary;
}

} // namespace

struct Reader::State {
    std::unique_ptr<Mandarin> mandarin;
    Transliteration transliteration;
    std::unordered_map<std::string, std::vector<Syllable>> englishWords;
    std::unordered_map<std::string, Word> words;

    const std::vector<Syllable>& english(const std::string& typed, bool shouting)
    {
        std::string key = typed;
        key += shouting ? '\1' : '\0';
        if (const auto it = englishWords.find(key); it != englishWords.end())
            return it->second;
        if (englishWords.size() >= kCacheLimit)
            englishWords.clear();
        return englishWords.emplace(std::move(key), readEnglish(typed, shouting)).first->second;
    }

    std::vector<Syllable> mandarinSyllables(std::string_view text) const
    {
        std::vector<Syllable> result;
        for (Word& word : mandarin->read(text))
            std::move(word.syllables.begin(), word.syllables.end(), std::back_inserter(result));
        return result;
    }

    std::vector<Syllable> spoken(const std::vector<Token>& tokens, std::size_t at, Language primary)
    {
        const Token& token = tokens[at];
        const Language language = languageBeside(tokens, at, primary);
        const bool number = token.kind == Token::Kind::Number;
        if (language == Language::Mandarin) {
            const bool touches = at + 1 < tokens.size() && !tokens[at + 1].afterSpace;
            const std::string text =
                number ? mandarinNumber(token.text, touches ? tokens[at + 1].text : std::string())
                       : std::string(characterName(token.text, language));
            return mandarinSyllables(text);
        }
        const std::vector<std::string> names =
            number ? englishNumberWords(token.text)
                   : std::vector<std::string>{std::string(characterName(token.text, language))};
        std::vector<Syllable> result;
        for (const std::string& name : names) {
            const std::vector<Syllable>& part = english(name, false);
            result.insert(result.end(), part.begin(), part.end());
        }
        return result;
    }

    std::vector<Word> read(std::string_view line, Language primary);
};

std::vector<Word> Reader::State::read(std::string_view typed, Language primary)
{
    std::string line(typed);
    const std::vector<Hint> hints = takeHints(line);
    std::vector<Token> tokens = tokenise(line);
    const bool shouting = isShouting(tokens);
    std::vector<Word> words;
    std::vector<bool> linked;
    std::vector<bool> stopped;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        Token& token = tokens[i];
        if (token.kind == Token::Kind::Han) {
            bool first = true;
            for (Word& word : mandarin->read(token.text)) {
                word.offset += token.offset;
                words.push_back(std::move(word));
                linked.push_back(!first || (!token.afterSpace && words.size() > 1));
                stopped.push_back(first && token.afterStop);
                first = false;
            }
            continue;
        }
        Word word;
        switch (token.kind) {
        case Token::Kind::Latin:
            trimQuotes(token);
            word.syllables = english(token.text, shouting);
            break;
        case Token::Kind::Number:
        case Token::Kind::Character:
            word.syllables = spoken(tokens, i, primary);
            break;
        case Token::Kind::Other:
            word.syllables = transliteration.read(token.text);
            break;
        case Token::Kind::Symbol:
        case Token::Kind::Han:
            break;
        }
        word.text = token.text;
        word.offset = token.offset;
        if (word.syllables.empty())
            word.syllables.push_back(hummed(token.text));
        words.push_back(std::move(word));
        linked.push_back(!token.afterSpace && words.size() > 1);
        stopped.push_back(token.afterStop);
    }
    applySandhi(words, linked);
    applyHints(words, hints);
    // "the" before a vowel
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const Syllable& next = words[i + 1].syllables.front();
        if (!stopped[i + 1] && next.language == Language::English && isEnglishVowel(next.phonemes.front()) &&
            asciiLower(words[i].text) == "the")
            words[i].syllables.front().phonemes = {"dh", "iy"};
    }
    return words;
}

Reader::Reader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const ReaderFiles& files)
{
    auto state = std::make_unique<State>();
    TRY(state->mandarin, Mandarin::open(files.pinyin, files.simplifiedToTraditional));
    return std::unique_ptr<Reader>(new Reader(std::move(state)));
}

std::vector<Word> Reader::read(std::string_view line, Language primary) const
{
    const std::string normal = normalise(line);
    const std::scoped_lock lock(readingMutex());
    return m_state->read(normal, primary);
}

Word Reader::word(std::string_view text, Language primary) const
{
    std::string key(code(primary));
    key += text;
    const std::scoped_lock lock(readingMutex());
    if (const auto it = m_state->words.find(key); it != m_state->words.end())
        return it->second;
    const std::string normal = normalise(text);
    Word result;
    for (Word& part : m_state->read(normal, primary))
        std::move(part.syllables.begin(), part.syllables.end(), std::back_inserter(result.syllables));
    result.text = normal;
    if (m_state->words.size() >= kCacheLimit)
        m_state->words.clear();
    m_state->words.emplace(std::move(key), result);
    return result;
}

int Reader::countSyllables(std::string_view text, Language primary) const
{
    return static_cast<int>(word(text, primary).syllables.size());
}

} // namespace cantilena::language
