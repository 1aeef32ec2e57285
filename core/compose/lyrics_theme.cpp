#include "lyrics_theme.h"

#include <algorithm>
#include <unordered_set>

namespace cantilena::compose::lyric {

namespace {

int genderOf(std::string_view word)
{
    static const std::unordered_set<std::string_view> kShe = {
        "grandmother", "grandma", "granny", "nana",       "mother", "mom",   "mum",   "mama",  "sister",
        "daughter",    "wife",    "girl",   "girlfriend", "aunt",   "woman", "queen", "bride", "外婆",
        "奶奶",        "妈妈",    "母亲",   "姐姐",       "妹妹",   "女儿",  "妻子",  "女孩",  "姑娘",
        "老婆",        "祖母",    "女朋友", "阿姨",       "她",     "姥姥"};
    static const std::unordered_set<std::string_view> kHe = {
        "grandfather", "grandpa", "father", "dad",  "daddy", "papa", "brother", "son",  "husband", "boy",
        "boyfriend",   "uncle",   "man",    "king", "groom", "外公", "爷爷",    "爸爸", "父亲",    "哥哥",
        "弟弟",        "儿子",    "丈夫",   "男孩", "老公",  "祖父", "男朋友",  "叔叔", "姥爷"};
    return kShe.contains(word) ? 1 : kHe.contains(word) ? -1 : 0;
}

bool isWeak(std::string_view word)
{
    static const std::unordered_set<std::string_view> kWeak = {
        "last",   "first", "new",    "old", "time", "day", "little",   "big",  "good", "best", "thing",
        "things", "way",   "people", "见",  "单",   "慢",  "喜欢的人", "时间", "日子", "东西"};
    return kWeak.contains(word);
}

} // namespace

Theme Theme::of(const song::Brief& brief, const Corpus& corpus, const language::Reader& reader)
{
    (void)reader;
    Theme theme;
    const language::Language other = corpus.language == language::Language::English
                                         ? language::Language::Mandarin
                                         : language::Language::English;
    int rank = 0;
    std::string lowered = brief.prompt;
    bool sameLanguage = false;
    for (char& c : lowered)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (const std::string& text : brief.themes)
        sameLanguage = sameLanguage || lowered.find(text) != std::string::npos;
    for (const std::string& text : brief.themes) {
        Query query;
        query.text = text;
        query.row = corpus.space->find(corpus.language, text);
        if (query.row < 0)
            query.row = corpus.space->find(other, text);
        query.lexeme = corpus.lexeme(text);
        query.place = query.row < 0;
        const double concreteness = query.row < 0 ? 0.6 : corpus.space->concreteness(query.row);
        // A word near the prompt's helps to find and to choose, but the prompt's own words say what the song
        // is about.
        const bool own = brief.prompt.find(text) != std::string::npos ||
                         lowered.find(text) != std::string::npos || (rank < 4 && !sameLanguage);
        query.weight = (0.2 + 0.9 * concreteness) * (isWeak(text) ? 0.3 : 1.0) * (own ? 1.0 : 0.35);
        if (theme.gender == 0)
            theme.gender = genderOf(text);
        theme.queries.push_back(std::move(query));
        if (++rank >= 14)
            break;
    }
    theme.strength.assign(corpus.lexemes.size(), 0.0f);
    theme.likeness.assign(theme.queries.size(), std::vector<float>(corpus.lexemes.size(), 0.0f));
    for (std::size_t q = 0; q < theme.queries.size(); ++q) {
        const Query& query = theme.queries[q];
        for (std::size_t l = 0; l < corpus.lexemes.size(); ++l) {
            const Lexeme& lexeme = corpus.lexemes[l];
            if (!lexeme.content)
                continue;
            float likeness = 0;
            if (static_cast<int>(l) == query.lexeme)
                likeness = 1;
            else if (query.row >= 0 && lexeme.row >= 0)
                likeness = static_cast<float>(corpus.space->similarity(query.row, lexeme.row));
            theme.likeness[q][l] = std::max(0.0f, likeness);
            const float strength = static_cast<float>(std::min(1.0, query.weight)) * likeness;
            theme.strength[l] = std::max(theme.strength[l], strength);
        }
    }
    // Below this likeness two words only share a register, not a subject.
    for (float& strength : theme.strength)
        strength = strength < 0.36f ? 0.0f : std::min(1.0f, (strength - 0.36f) / 0.5f);
    return theme;
}

} // namespace cantilena::compose::lyric
