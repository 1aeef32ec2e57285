#include "lyrics_kin.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cantilena::compose::lyric {

namespace {

using Names = std::vector<std::string_view>;

/// Names for one person, interchangeable.
const std::vector<Names>& namesOf(language::Language language)
{
    static const std::vector<Names> kEnglish = {{"mom", "mum"},
                                                {"mommy", "mummy", "mama"},
                                                {"daddy", "papa"},
                                                {"grandma", "granny", "nana"},
                                                {"grandpa", "granddad", "grandad"}};
    static const std::vector<Names> kMandarin = {{"奶奶", "外婆", "姥姥", "阿婆"},
                                                 {"爷爷", "外公", "姥爷", "阿公"}};
    return language == language::Language::English ? kEnglish : kMandarin;
}

int lastLexeme(const Corpus& corpus, const std::vector<Token>& tokens)
{
    for (std::size_t i = tokens.size(); i-- > 0;)
        if (corpus.lexemes[static_cast<std::size_t>(tokens[i].lexeme)].syllables > 0)
            return tokens[i].lexeme;
    return -1;
}

/// Writes `to` for `from`, with a capital where the text has one, where no letter goes on before or after.
void replaceWord(std::string& text, const std::string& from, const std::string& to)
{
    const auto letter = [&](std::size_t at) {
        return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
    };
    std::string lower = text;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (std::size_t at = lower.find(from); at != std::string::npos; at = lower.find(from, at + to.size())) {
        if ((at > 0 && letter(at - 1)) || letter(at + from.size()))
            continue;
        std::string word = to;
        if (text[at] >= 'A' && text[at] <= 'Z')
            word[0] = static_cast<char>(word[0] - 32);
        text.replace(at, from.size(), word);
        lower.replace(at, from.size(), to);
    }
}

} // namespace

std::map<int, int> kinNames(const Corpus& corpus, const Theme& theme)
{
    const std::vector<Names>& groups = namesOf(corpus.language);
    std::vector<int> said(groups.size(), -1); // place of the name in its group; -2: several
    for (const Query& query : theme.queries) {
        for (std::size_t g = 0; query.own && g < groups.size(); ++g) {
            const auto found = std::find(groups[g].begin(), groups[g].end(), query.text);
            if (found == groups[g].end())
                continue;
            const auto place = static_cast<int>(found - groups[g].begin());
            said[g] = said[g] == -1 || said[g] == place ? place : -2;
        }
    }
    // Grandmother and grandfather of one side.
    if (corpus.language == language::Language::Mandarin) {
        if (said[0] == -1)
            said[0] = said[1];
        else if (said[1] == -1)
            said[1] = said[0];
    }
    std::map<int, int> names;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (said[g] < 0)
            continue;
        const std::string wanted(groups[g][static_cast<std::size_t>(said[g])]);
        for (const std::string_view other : groups[g]) {
            for (const char* ending : {"", "'s", "家"}) {
                const int from = corpus.lexeme(std::string(other) + ending);
                const int to = corpus.lexeme(wanted + ending);
                if (from >= 0 && to >= 0 && from != to &&
                    corpus.lexemes[static_cast<std::size_t>(from)].syllables ==
                        corpus.lexemes[static_cast<std::size_t>(to)].syllables)
                    names[from] = to;
            }
        }
    }
    return names;
}

std::optional<ModelSong> retold(const Corpus& corpus, const ModelSong& song, const std::map<int, int>& names)
{
    const auto rhymeOf = [&](int lexeme) -> const std::string& {
        return corpus.lexemes[static_cast<std::size_t>(lexeme)].rhyme;
    };
    const auto losesRhyme = [&](int last) {
        const auto found = names.find(last);
        return found != names.end() && rhymeOf(found->second) != rhymeOf(last);
    };
    ModelSong told = song;
    bool changed = false;
    const auto call = [&](int& lexeme) {
        const auto found = names.find(lexeme);
        if (found == names.end())
            return;
        lexeme = found->second;
        changed = true;
    };
    const auto inText = [&](std::string& text) {
        for (const auto& [from, to] : names)
            replaceWord(text, corpus.lexemes[static_cast<std::size_t>(from)].text,
                        corpus.lexemes[static_cast<std::size_t>(to)].text);
    };
    for (ModelSection& section : told.sections) {
        for (ModelLine& line : section.lines) {
            const int last = lastLexeme(corpus, line.tokens);
            const auto rhymesWithIt = [&](const ModelLine& other) {
                const int end = lastLexeme(corpus, other.tokens);
                return &other != &line && end >= 0 && rhymeOf(end) == rhymeOf(last);
            };
            if (losesRhyme(last) && std::any_of(section.lines.begin(), section.lines.end(), rhymesWithIt))
                return std::nullopt;
            const bool before = std::exchange(changed, false);
            for (Token& token : line.tokens)
                call(token.lexeme);
            for (Place& place : line.places) {
                if (place.begin + place.count == line.tokens.size())
                    std::erase_if(place.wordings, [&](const auto& w) { return losesRhyme(w.back()); });
                for (std::vector<int>& wording : place.wordings)
                    std::for_each(wording.begin(), wording.end(), call);
            }
            std::erase_if(line.places, [](const Place& place) { return place.wordings.empty(); });
            if (changed)
                inText(line.text);
            changed = changed || before;
        }
    }
    for (Token& token : told.titleTokens)
        call(token.lexeme);
    if (!changed)
        return std::nullopt;
    inText(told.title);
    return told;
}

} // namespace cantilena::compose::lyric
