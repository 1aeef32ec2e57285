#include "lyrics_theme.h"
#include "lyrics_asking.h"
#include "lyrics_kinds.h"
#include "lyrics_numbers.h"
#include "lyrics_word_sets.h"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace cantilena::compose::lyric {

namespace {

constexpr double kSameThing = 0.75;  // likeness from which two words name one thing
constexpr double kNearWeight = 0.35; // of a word that the prompt does not say
constexpr double kNumber = 0.5;      // of an age or a span of years
constexpr double kConcrete = 0.6;    // of a word within a word
constexpr std::size_t kMostQueries = 14;
constexpr std::size_t kMostNames = 4;
constexpr float kPlaceForPlace = 0.75f; // a line that names a place can name another

/// The shorter words of two characters or more that may stand in a Chinese word.
std::vector<std::string> partsOf(const std::string& word)
{
    constexpr std::size_t kCharacter = 3; // bytes
    std::vector<std::string> parts;
    if (word.size() % kCharacter != 0 || word.size() < 3 * kCharacter || word.size() > 6 * kCharacter)
        return parts;
    for (std::size_t length = word.size() - kCharacter; length >= 2 * kCharacter; length -= kCharacter) {
        for (std::size_t at = 0; at + length <= word.size(); at += kCharacter)
            parts.push_back(word.substr(at, length));
    }
    return parts;
}

bool isWeak(std::string_view word)
{
    static const std::unordered_set<std::string_view> kWeak = {
        "last",   "first", "new",    "old", "time", "day", "little",   "big",  "good", "best", "thing",
        "things", "way",   "people", "见",  "单",   "慢",  "喜欢的人", "时间", "日子", "东西"};
    return kWeak.contains(word);
}

} // namespace

std::vector<NewName> newNames(const song::Brief& brief, const Corpus& corpus)
{
    static const std::unordered_set<std::string_view> kBeforePlaces = {
        "in",      "to",       "from",   "at",      "near",    "of",      "around", "through", "across",
        "leaving", "visiting", "toward", "towards", "between", "outside", "a",      "the",     "an",
        "via",     "into",     "old",    "south",   "north",   "east",    "west"};
    std::vector<NewName> names;
    if (corpus.language != language::Language::English)
        return names;
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto lower = [](std::string text) {
        for (char& c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return text;
    };
    std::string before;
    const std::string& prompt = brief.prompt;
    for (std::size_t at = 0; at < prompt.size();) {
        if (!isLetter(prompt[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < prompt.size() && isLetter(prompt[end]))
            ++end;
        const std::string word = prompt.substr(at, end - at);
        const std::string text = lower(word);
        const bool capital = word[0] >= 'A' && word[0] <= 'Z' && word.size() > 2 && word != "I";
        const bool theme = std::find(brief.themes.begin(), brief.themes.end(), text) != brief.themes.end();
        const int lexeme = corpus.lexeme(text);
        // The vocabulary may hold a name that no song sings.
        const bool fresh = lexeme < 0 || (!corpus.lexemes[static_cast<std::size_t>(lexeme)].name &&
                                          !corpus.lexemes[static_cast<std::size_t>(lexeme)].content);
        if (capital && theme && fresh && names.size() < kMostNames) {
            const bool owns = prompt.compare(end, 2, "'s") == 0;
            const bool place = !owns && !before.empty() && kBeforePlaces.contains(before);
            names.push_back({text, place ? NameKind::Place : NameKind::Person});
        }
        before = text;
        at = end;
    }
    return names;
}

bool Theme::asks(int lexeme) const
{
    return std::any_of(queries.begin(), queries.end(),
                       [&](const Query& query) { return query.own && query.lexeme == lexeme; });
}

Theme Theme::of(const song::Brief& brief, const Corpus& corpus, const language::Reader& reader)
{
    (void)reader;
    Theme theme;
    const language::Language other = corpus.language == language::Language::English
                                         ? language::Language::Mandarin
                                         : language::Language::English;
    std::string lowered = brief.prompt;
    bool sameLanguage = false;
    for (char& c : lowered)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const auto said = [&](const std::string& text) {
        return brief.prompt.find(text) != std::string::npos || lowered.find(text) != std::string::npos;
    };
    for (const std::string& text : brief.themes)
        sameLanguage = sameLanguage || said(text);
    const auto add = [&](const std::string& text, bool own) {
        Query query;
        query.text = text;
        // "sister's" speaks of a sister.
        if (text.size() > 3 && text.ends_with("'s") &&
            corpus.space->find(corpus.language, text.substr(0, text.size() - 2)) >= 0)
            query.text.resize(text.size() - 2);
        query.row = corpus.space->find(corpus.language, query.text);
        if (query.row < 0)
            query.row = corpus.space->find(other, query.text);
        query.lexeme = corpus.lexeme(query.text);
        query.own = own;
        const double concreteness = query.row < 0 ? 0.6 : corpus.space->concreteness(query.row);
        query.weight = (0.2 + 0.9 * concreteness) * (isWeak(text) ? 0.3 : 1.0) * (own ? 1.0 : kNearWeight);
        // A lone character is seldom what a Chinese request is about.
        if (corpus.language == language::Language::Mandarin && text.size() <= 3)
            query.weight *= 0.5;
        if (theme.gender == 0)
            theme.gender = genderOf(text);
        theme.queries.push_back(std::move(query));
    };
    const Asking asking = readAsking(brief.prompt);
    for (const std::string& text : brief.themes) {
        if (theme.queries.size() >= kMostQueries)
            break;
        const bool chosen = theme.queries.size() < static_cast<std::size_t>(brief.chosenThemes);
        // "Jam" in "slow jam" is no subject, unless a person chose it.
        if (!chosen && asking.isManner(text))
            continue;
        add(text, chosen || said(text) || (theme.queries.size() < 4 && !sameLanguage));
    }
    // No line sings of a whippet, but of dogs.
    const std::size_t themes = theme.queries.size();
    for (std::size_t q = 0; q < themes && theme.queries.size() < kMostQueries; ++q) {
        const Query query = theme.queries[q];
        if (corpus.language != language::Language::English || query.lexeme >= 0)
            continue;
        if (const std::string kind = knownKind(corpus, query.text); kind != query.text)
            add(kind, query.own);
    }
    // "吃火锅" speaks of 火锅 too.
    for (std::size_t q = 0; corpus.language == language::Language::Mandarin && q < brief.themes.size() &&
                            theme.queries.size() < kMostQueries;
         ++q) {
        for (const std::string& part : partsOf(brief.themes[q])) {
            const int row = corpus.space->find(corpus.language, part);
            const bool known = std::any_of(theme.queries.begin(), theme.queries.end(),
                                           [&](const Query& have) { return have.text == part; });
            if (!known && row >= 0 && corpus.lexeme(part) >= 0 &&
                corpus.space->concreteness(row) >= kConcrete)
                add(part, said(part));
        }
    }
    // Lines about seventy years can be sung about eighty.
    for (const std::string& number : agesAndYears(brief.prompt, corpus.language)) {
        const bool known = std::any_of(theme.queries.begin(), theme.queries.end(),
                                       [&](const Query& have) { return have.text == number; });
        if (known || corpus.lexeme(number) < 0 || theme.queries.size() >= kMostQueries)
            continue;
        add(number, true);
        theme.queries.back().weight = kNumber;
    }
    // A word near the prompt's helps to find and to choose, but the prompt's own words say what the song is
    // about. Mates of a prompt word are not near it: they are what was not asked for.
    const std::size_t asked = theme.queries.size();
    for (std::size_t q = 0, widened = 0; q < asked && widened < 3; ++q) {
        const Query query = theme.queries[q];
        if (!query.own || query.row < 0 || corpus.space->concreteness(query.row) < 0.5)
            continue;
        ++widened;
        for (const int row : corpus.space->neighbours(query.row, corpus.language, 4, 0.62)) {
            const std::string text(corpus.space->word(row));
            const bool known = std::any_of(theme.queries.begin(), theme.queries.end(),
                                           [&](const Query& have) { return have.text == text; });
            const int lexeme = corpus.lexeme(text);
            if (!known && !(query.lexeme >= 0 && lexeme >= 0 && corpus.areMates(query.lexeme, lexeme)))
                add(text, false);
        }
    }
    theme.strength.assign(corpus.lexemes.size(), 0.0f);
    theme.likeness.assign(theme.queries.size(), std::vector<float>(corpus.lexemes.size(), 0.0f));
    for (std::size_t q = 0; q < theme.queries.size(); ++q) {
        const Query& query = theme.queries[q];
        for (std::size_t l = 0; l < corpus.lexemes.size(); ++l) {
            const Lexeme& lexeme = corpus.lexemes[l];
            if (!lexeme.content && !lexeme.name)
                continue;
            float likeness = 0;
            if (static_cast<int>(l) == query.lexeme)
                likeness = 1;
            else if (query.row >= 0 && lexeme.row >= 0)
                likeness = static_cast<float>(corpus.space->similarity(query.row, lexeme.row));
            if (query.own && query.lexeme >= 0 && lexeme.name &&
                corpus.lexemes[static_cast<std::size_t>(query.lexeme)].name &&
                static_cast<int>(l) != query.lexeme && corpus.areMates(query.lexeme, static_cast<int>(l)))
                likeness = std::max(likeness, kPlaceForPlace);
            theme.likeness[q][l] = std::max(0.0f, likeness);
            const float strength = static_cast<float>(std::min(1.0, query.weight)) * likeness;
            theme.strength[l] = std::max(theme.strength[l], strength);
        }
    }
    // Below this likeness two words only share a register, not a subject.
    for (float& strength : theme.strength)
        strength = strength < 0.36f ? 0.0f : std::min(1.0f, (strength - 0.36f) / 0.5f);
    // Near in the space is also what the prompt speaks against: of the season that was asked for, the others.
    theme.contrast.assign(corpus.lexemes.size(), 0.0f);
    for (const Query& query : theme.queries) {
        if (query.lexeme < 0 || query.weight < 0.5 || !query.own)
            continue;
        const Lexeme& asked = corpus.lexemes[static_cast<std::size_t>(query.lexeme)];
        for (const int index : corpus.exchangeOf[static_cast<std::size_t>(query.lexeme)]) {
            const ExchangeClass& kind = corpus.exchange[static_cast<std::size_t>(index)];
            for (const int word : kind.light ? std::vector<int>{} : kind.words) {
                const Lexeme& mate = corpus.lexemes[static_cast<std::size_t>(word)];
                // Another word for the same thing is no contrast.
                const bool same = asked.row >= 0 && mate.row >= 0 &&
                                  corpus.space->similarity(asked.row, mate.row) > kSameThing;
                if (!same)
                    theme.contrast[static_cast<std::size_t>(word)] =
                        std::max(theme.contrast[static_cast<std::size_t>(word)],
                                 static_cast<float>(std::min(1.0, query.weight)));
            }
        }
    }
    for (const Query& query : theme.queries) {
        if (query.own && query.lexeme >= 0)
            theme.contrast[static_cast<std::size_t>(query.lexeme)] = 0;
    }
    for (std::size_t l = 0; l < theme.strength.size(); ++l) {
        theme.strength[l] *= 1.0f - theme.contrast[l];
        // Lines about another relative, or another season, are not about this one; names make way for names.
        for (std::vector<float>& likeness : theme.likeness)
            likeness[l] *= corpus.lexemes[l].name ? 1.0f : 1.0f - 0.6f * theme.contrast[l];
    }
    return theme;
}

} // namespace cantilena::compose::lyric
