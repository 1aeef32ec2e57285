#include "brief_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include <compose/mood.h>

namespace cantilena::compose::brief_words {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool containsAny(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return contains(text, word); });
}

/// A number that ends right before `end` (spaces and a hyphen between them allowed): digits, English words or
/// Chinese ones.
std::optional<double> numberBefore(std::string_view text, std::size_t end)
{
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '-'))
        --end;
    std::size_t begin = end;
    while (begin > 0 && ((text[begin - 1] >= '0' && text[begin - 1] <= '9') || text[begin - 1] == '.'))
        --begin;
    if (begin < end) {
        double value = 0;
        const auto parsed = std::from_chars(text.data() + begin, text.data() + end, value);
        if (parsed.ec == std::errc())
            return value;
        return std::nullopt;
    }
    struct Word {
        std::string_view text;
        double value;
    };
    static constexpr std::array kWords{Word{"one and a half", 1.5},
                                       Word{"two and a half", 2.5},
                                       Word{"half a", 0.5},
                                       Word{"ninety", 90},
                                       Word{"sixty", 60},
                                       Word{"forty-five", 45},
                                       Word{"forty five", 45},
                                       Word{"thirty", 30},
                                       Word{"twenty", 20},
                                       Word{"fifteen", 15},
                                       Word{"one", 1},
                                       Word{"two", 2},
                                       Word{"three", 3},
                                       Word{"four", 4},
                                       Word{"five", 5},
                                       Word{"a", 1},
                                       Word{"半", 0.5},
                                       Word{"一百二十", 120},
                                       Word{"九十", 90},
                                       Word{"六十", 60},
                                       Word{"四十五", 45},
                                       Word{"三十", 30},
                                       Word{"二十", 20},
                                       Word{"十五", 15},
                                       Word{"一", 1},
                                       Word{"两", 2},
                                       Word{"二", 2},
                                       Word{"三", 3},
                                       Word{"四", 4},
                                       Word{"五", 5}};
    const std::string_view before = text.substr(0, end);
    for (const Word& word : kWords) {
        if (before.ends_with(word.text)) {
            const std::size_t start = before.size() - word.text.size();
            if (start == 0 || !isLetter(word.text[0]) || !isLetter(before[start - 1]))
                return word.value;
        }
    }
    return std::nullopt;
}

/// The first number that stands right before one of `units`.
std::optional<double> numberOf(std::string_view text, std::initializer_list<std::string_view> units)
{
    for (const std::string_view unit : units) {
        for (std::size_t at = text.find(unit); at != std::string_view::npos; at = text.find(unit, at + 1)) {
            const std::size_t end = at + unit.size();
            if (isLetter(unit.back()) && end < text.size() && isLetter(text[end]))
                continue;
            if (const auto value = numberBefore(text, at))
                return value;
        }
    }
    return std::nullopt;
}

} // namespace

bool contains(std::string_view text, std::string_view word)
{
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool left = at == 0 || !isLetter(word.front()) || !isLetter(text[at - 1]);
        const bool right = end == text.size() || !isLetter(word.back()) || !isLetter(text[end]);
        if (left && right)
            return true;
    }
    return false;
}

std::optional<language::Language> language(std::string_view prompt)
{
    if (containsAny(prompt, {"in chinese", "in mandarin", "chinese lyrics", "mandarin lyrics", "中文", "国语",
                             "普通话", "华语"}))
        return language::Language::Mandarin;
    if (containsAny(prompt, {"in english", "english lyrics", "english song", "英文", "英语"}))
        return language::Language::English;
    return std::nullopt;
}

std::optional<std::string> style(std::string_view prompt)
{
    struct Name {
        std::string_view word, id;
    };
    static constexpr Name kNames[] = {{"lullaby", "lullaby"},
                                      {"摇篮曲", "lullaby"},
                                      {"催眠曲", "lullaby"},
                                      {"waltz", "waltz"},
                                      {"圆舞曲", "waltz"},
                                      {"华尔兹", "waltz"},
                                      {"bossa", "bossa"},
                                      {"bossa nova", "bossa"},
                                      {"波萨诺瓦", "bossa"},
                                      {"hip-hop", "hip-hop"},
                                      {"hip hop", "hip-hop"},
                                      {"rap", "hip-hop"},
                                      {"说唱", "hip-hop"},
                                      {"嘻哈", "hip-hop"},
                                      {"r&b", "rnb"},
                                      {"rnb", "rnb"},
                                      {"节奏布鲁斯", "rnb"},
                                      {"jazz", "jazz"},
                                      {"爵士", "jazz"},
                                      {"swing", "jazz"},
                                      {"country", "country"},
                                      {"乡村音乐", "country"},
                                      {"乡村风", "country"},
                                      {"乡村歌", "country"},
                                      {"gospel", "gospel-soul"},
                                      {"soul", "gospel-soul"},
                                      {"福音", "gospel-soul"},
                                      {"灵魂乐", "gospel-soul"},
                                      {"electronic", "electronic"},
                                      {"synth", "electronic"},
                                      {"synth-pop", "electronic"},
                                      {"electro", "electronic"},
                                      {"电子", "electronic"},
                                      {"edm", "dance"},
                                      {"dance song", "dance"},
                                      {"dance pop", "dance"},
                                      {"dance track", "dance"},
                                      {"dance floor", "dance"},
                                      {"disco", "dance"},
                                      {"舞曲", "dance"},
                                      {"迪斯科", "dance"},
                                      {"indie", "indie"},
                                      {"独立音乐", "indie"},
                                      {"folk", "folk"},
                                      {"民谣", "folk"},
                                      {"singer-songwriter", "singer-songwriter"},
                                      {"唱作", "singer-songwriter"},
                                      {"musical", "musical"},
                                      {"音乐剧", "musical"},
                                      {"show tune", "musical"},
                                      {"children's", "children"},
                                      {"kids song", "children"},
                                      {"kids songs", "children"},
                                      {"kids music", "children"},
                                      {"for kids", "children"},
                                      {"nursery", "children"},
                                      {"儿歌", "children"},
                                      {"童谣", "children"},
                                      {"rock", "rock"},
                                      {"punk", "rock"},
                                      {"摇滚", "rock"},
                                      {"朋克", "rock"},
                                      {"ballad", "ballad"},
                                      {"抒情", "ballad"},
                                      {"慢歌", "ballad"},
                                      {"pop", "pop"},
                                      {"流行", "pop"}};
    for (const Name& name : kNames) {
        if (contains(prompt, name.word))
            return std::string(name.id);
    }
    return std::nullopt;
}

bool tellsOfChildren(std::string_view prompt)
{
    return containsAny(prompt,
                       {"my kids", "our kids", "my kid", "our kid", "my children", "our children", "kid's",
                        "two kids", "three kids", "four kids", "their kids", "her kids", "his kids"});
}

std::optional<music::Bpm> tempo(std::string_view prompt)
{
    auto value = numberOf(prompt, {"bpm", "beats per minute", "beats a minute", "拍每分钟", "拍/分"});
    if (!value) {
        // "tempo 96", "tempo: 96", "速度 96"
        for (const std::string_view word :
             {std::string_view("tempo"), std::string_view("速度"), std::string_view("bpm")}) {
            const std::size_t at = prompt.find(word);
            if (at == std::string_view::npos)
                continue;
            std::size_t begin = at + word.size();
            while (begin < prompt.size() &&
                   (prompt[begin] == ' ' || prompt[begin] == ':' || prompt[begin] == '='))
                ++begin;
            double number = 0;
            if (std::from_chars(prompt.data() + begin, prompt.data() + prompt.size(), number).ec ==
                std::errc())
                value = number;
        }
    }
    if (value && *value >= 30 && *value <= 260)
        return music::Bpm{*value};
    return std::nullopt;
}

std::optional<music::Key> key(std::string_view prompt)
{
    // Chinese: an optional accidental, a letter, 大调 or 小调.
    for (const auto& [mark, mode] : {std::pair{std::string_view("大调"), music::Mode::Major},
                                     std::pair{std::string_view("小调"), music::Mode::Minor}}) {
        for (std::size_t at = prompt.find(mark); at != std::string_view::npos;
             at = prompt.find(mark, at + 1)) {
            std::size_t begin = at;
            while (begin > 0 &&
                   (prompt[begin - 1] == ' ' || prompt[begin - 1] == '#' ||
                    (prompt[begin - 1] >= 'a' && prompt[begin - 1] <= 'g')) &&
                   at - begin < 4)
                --begin;
            std::string name(prompt.substr(begin, at - begin));
            std::erase(name, ' ');
            if (name.empty())
                continue;
            name[0] = static_cast<char>(name[0] - 32);
            const std::string_view before = prompt.substr(0, begin);
            const std::string accidental = before.ends_with("升") ? "升" : before.ends_with("降") ? "降" : "";
            if (const auto found = music::Key::parse(accidental + name + std::string(mark));
                found && found->mode == mode)
                return found;
        }
    }
    for (const std::string_view mode : {std::string_view(" major"), std::string_view(" minor"),
                                        std::string_view(" maj"), std::string_view(" min")}) {
        for (std::size_t at = prompt.find(mode); at != std::string_view::npos;
             at = prompt.find(mode, at + 1)) {
            const std::size_t end = at + mode.size();
            if (end < prompt.size() && isLetter(prompt[end]))
                continue;
            if (prompt.substr(end).starts_with(" key"))
                continue; // "in a minor key" names no tonic
            std::size_t begin = at;
            while (begin > 0 && prompt[begin - 1] != ' ' && prompt[begin - 1] != ',')
                --begin;
            std::string tonic(prompt.substr(begin, at - begin));
            if (tonic == "sharp" || tonic == "flat") {
                const std::string accidental = tonic == "sharp" ? "#" : "b";
                std::size_t letter = begin;
                while (letter > 0 && (prompt[letter - 1] == ' ' || prompt[letter - 1] == '-'))
                    --letter;
                if (letter == 0)
                    continue;
                tonic = std::string(1, prompt[letter - 1]) + accidental;
            } else if (const std::size_t dash = tonic.find('-'); dash == 1) {
                tonic = tonic.substr(0, 1) + (tonic.ends_with("sharp")  ? "#"
                                              : tonic.ends_with("flat") ? "b"
                                                                        : "?");
            }
            if (tonic.empty() || tonic[0] < 'a' || tonic[0] > 'g')
                continue;
            tonic[0] = static_cast<char>(tonic[0] - 32);
            const bool minor = mode.starts_with(" min");
            if (const auto found = music::Key::parse(tonic + (minor ? " minor" : " major")))
                return found;
        }
    }
    return std::nullopt;
}

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The clauses of a prompt between its marks, those of numbers aside.
std::vector<std::string_view> clausesOf(std::string_view prompt)
{
    std::vector<std::string_view> clauses;
    std::size_t begin = 0;
    const auto end = [&](std::size_t at, std::size_t next) {
        if (prompt.substr(begin, at - begin).find_first_not_of(' ') != std::string_view::npos)
            clauses.push_back(prompt.substr(begin, at - begin));
        begin = next;
    };
    for (std::size_t at = 0; at < prompt.size(); ++at) {
        const bool digits =
            at > 0 && at + 1 < prompt.size() && isDigit(prompt[at - 1]) && isDigit(prompt[at + 1]);
        if (std::string_view(",.;!?\n").find(prompt[at]) != std::string_view::npos && !digits)
            end(at, at + 1);
        for (const std::string_view mark : {"，", "。", "；", "！", "？", "、"})
            if (prompt.substr(at).starts_with(mark))
                end(at, at + mark.size());
    }
    end(prompt.size(), prompt.size());
    return clauses;
}

/// Whether a clause asks for music.
bool namesMusic(std::string_view clause)
{
    return containsAny(clause,
                       {"song",    "songs",  "clip",         "jingle",  "track",   "tune",    "music",
                        "version", "length", "long",         "piece",   "loop",    "lullaby", "ballad",
                        "rap",     "intro",  "instrumental", "keep it", "make it", "max",     "maximum",
                        "歌",      "曲",     "长",           "左右",    "片段",    "配乐",    "音乐"});
}

/// Whether somebody does something in a clause.
bool tells(std::string_view clause)
{
    return containsAny(clause, {"i",   "my",   "we",    "our", "he", "she", "his", "her", "they", "it",
                                "was", "took", "after", "for", "我", "他",  "她",  "了",  "等",   "过"});
}

/// Whether a clause with a span of time says how long the song is to be, rather than how long somebody
/// waited; `before` is the clause before it.
bool asksForLength(std::string_view clause, std::string_view before)
{
    constexpr std::ptrdiff_t kShort = 4;       // words
    constexpr std::size_t kShortMandarin = 27; // bytes
    if (namesMusic(clause))
        return true;
    const bool mandarin = std::any_of(clause.begin(), clause.end(),
                                      [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const bool isShort =
        mandarin ? clause.size() <= kShortMandarin : std::count(clause.begin(), clause.end(), ' ') <= kShort;
    return isShort && !tells(clause) && (namesMusic(before) || !tells(before));
}

} // namespace

std::optional<music::Seconds> length(std::string_view request)
{
    const std::vector<std::string_view> clauses = clausesOf(request);
    std::string prompt;
    for (std::size_t i = 0; i < clauses.size(); ++i)
        // The last may be an afterthought: "my dog ate my homework, 30 seconds".
        if (asksForLength(clauses[i], i > 0 && i + 1 < clauses.size() ? clauses[i - 1] : std::string_view()))
            (prompt += clauses[i]) += ", ";
    double seconds = 0;
    if (const auto value = numberOf(prompt, {"minutes", "minute", "mins", "min", "分钟"}))
        seconds += *value * 60;
    if (contains(prompt, "一分半"))
        seconds = 90;
    else if (contains(prompt, "两分半"))
        seconds = 150;
    if (const auto value = numberOf(prompt, {"seconds", "second", "secs", "sec", "秒", "s"});
        value && *value >= 5)
        seconds += *value;
    if (seconds <= 0)
        return std::nullopt;
    return music::Seconds{std::clamp(seconds, 15.0, 360.0)};
}

std::optional<music::Meter> meter(std::string_view prompt)
{
    if (containsAny(prompt, {"waltz", "圆舞曲", "华尔兹", "三拍子", "四三拍", "3/4"}))
        return music::Meter{3, 4};
    if (containsAny(prompt, {"6/8", "八六拍"}))
        return music::Meter{6, 8};
    return std::nullopt;
}

std::optional<bool> maleVoice(std::string_view prompt)
{
    if (containsAny(prompt,
                    {"female voice", "female vocal", "female vocals", "female singer", "woman's voice",
                     "woman singing", "sung by a woman", "女声", "女生唱", "女歌手", "女孩唱"}))
        return false;
    if (containsAny(prompt,
                    {"male voice", "male vocal", "male vocals", "male singer", "man's voice", "man singing",
                     "sung by a man", "baritone", "男声", "男生唱", "男歌手", "男孩唱"}))
        return true;
    return std::nullopt;
}

bool instrumental(std::string_view prompt)
{
    return containsAny(prompt, {"instrumental", "no vocals", "no vocal", "without vocals", "no singing",
                                "without words", "without lyrics", "no lyrics", "纯音乐", "无人声",
                                "没有人声", "不要人声", "伴奏", "没有歌词", "不要歌词", "无歌词", "器乐"});
}

std::optional<song::PointOfView> pointOfView(std::string_view prompt)
{
    if (containsAny(prompt, {"we", "our", "us", "我们", "咱们"}))
        return song::PointOfView::We;
    std::string text(prompt);
    // "I want a song", "write me", 我想要一首 ask for the song; they do not sing in it.
    for (const std::string_view asking :
         {std::string_view("i want"), std::string_view("i need"), std::string_view("i'd like"),
          std::string_view("i would like"), std::string_view("make me"), std::string_view("write me"),
          std::string_view("give me"), std::string_view("for me"), std::string_view("我想要"),
          std::string_view("我要"), std::string_view("帮我"), std::string_view("给我"),
          std::string_view("为我"), std::string_view("我需要")}) {
        for (std::size_t at = text.find(asking); at != std::string::npos; at = text.find(asking))
            text.erase(at, asking.size());
    }
    if (containsAny(text, {"i", "my", "me", "i'm", "我"}))
        return song::PointOfView::I;
    return std::nullopt;
}

Mood mood(std::string_view word)
{
    struct Entry {
        std::string_view word;
        double valence, arousal;
        bool subject = false;
    };
    static constexpr Entry kMoods[] = {{"melancholy", -0.6, -0.4},
                                       {"lonely", -0.7, -0.3, true},
                                       {"heartbroken", -0.9, 0.0, true},
                                       {"missing", -0.4, -0.3, true},
                                       {"grief", -0.8, -0.3, true},
                                       {"bittersweet", -0.1, -0.2},
                                       {"joyful", 0.9, 0.5},
                                       {"cheerful", 0.8, 0.5},
                                       {"funny", 0.6, 0.5},
                                       {"upbeat", 0.7, 0.7},
                                       {"excited", 0.7, 0.8},
                                       {"peaceful", 0.5, -0.7},
                                       {"quiet", 0.2, -0.6},
                                       {"gentle", 0.4, -0.5},
                                       {"relaxing", 0.5, -0.7},
                                       {"soothing", 0.4, -0.7},
                                       {"angry", -0.7, 0.8},
                                       {"furious", -0.8, 0.9},
                                       {"tender", 0.5, -0.4},
                                       {"dreamy", 0.3, -0.4},
                                       {"epic", 0.4, 0.8},
                                       {"warm", 0.6, -0.2},
                                       {"slow", 0.0, -0.5},
                                       {"fast", 0.1, 0.6},
                                       {"bouncy", 0.6, 0.6},
                                       {"lively", 0.6, 0.7},
                                       {"playful", 0.6, 0.5},
                                       {"伤感", -0.7, -0.3},
                                       {"悲伤", -0.8, -0.3},
                                       {"难过", -0.7, -0.2},
                                       {"忧伤", -0.6, -0.4},
                                       {"孤独", -0.6, -0.3, true},
                                       {"寂寞", -0.6, -0.3, true},
                                       {"想念", -0.4, -0.3, true},
                                       {"思念", -0.4, -0.3, true},
                                       {"怀旧", 0.0, -0.3},
                                       {"怀念", -0.2, -0.3, true},
                                       {"心碎", -0.9, 0.0, true},
                                       {"快乐", 0.8, 0.5},
                                       {"开心", 0.8, 0.5},
                                       {"欢快", 0.8, 0.7},
                                       {"轻快", 0.6, 0.5},
                                       {"活泼", 0.7, 0.6},
                                       {"搞笑", 0.6, 0.5},
                                       {"幽默", 0.5, 0.4},
                                       {"激昂", 0.4, 0.9},
                                       {"热血", 0.5, 0.9},
                                       {"平静", 0.3, -0.7},
                                       {"安静", 0.2, -0.6},
                                       {"温柔", 0.5, -0.5},
                                       {"治愈", 0.6, -0.4},
                                       {"放松", 0.5, -0.6},
                                       {"舒缓", 0.3, -0.7},
                                       {"愤怒", -0.7, 0.8},
                                       {"希望", 0.6, 0.2, true},
                                       {"励志", 0.6, 0.6},
                                       {"浪漫", 0.6, -0.1},
                                       {"温暖", 0.6, -0.2},
                                       {"甜蜜", 0.8, 0.1},
                                       {"甜", 0.7, 0.2},
                                       {"慢", 0.0, -0.5},
                                       {"快节奏", 0.3, 0.7},
                                       {"动感", 0.5, 0.8},
                                       {"梦幻", 0.3, -0.4},
                                       {"慢节奏", 0.0, -0.5},
                                       {"失恋", -0.8, -0.2, true},
                                       {"离别", -0.5, -0.2, true}};
    for (const NamedMood& named : kNamedMoods) {
        if (named.word == word)
            return {named.valence, named.arousal, true, false};
    }
    for (const Entry& entry : kMoods) {
        if (entry.word == word)
            return {entry.valence, entry.arousal, true, entry.subject};
    }
    return {};
}

} // namespace cantilena::compose::brief_words
