#include <compose/lyrics_words.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <numeric>
#include <unordered_set>

#include "utf8.h"

namespace cantilena::compose {

namespace {

const std::unordered_set<std::string_view>& stopWords()
{
    static const std::unordered_set<std::string_view> kWords = {
        "a", "an", "the", "and", "or", "but", "if", "of", "to", "in", "on", "at", "for", "from", "with", "by",
        "about", "into", "over", "under", "i", "me", "my", "mine", "you", "your", "yours", "he", "him", "his",
        "she", "her", "hers", "it", "its", "we", "us", "our", "ours", "they", "them", "their", "theirs",
        "this", "that", "these", "those", "is", "are", "was", "were", "be", "been", "being", "am", "do",
        "does", "did", "have", "has", "had", "having", "will", "would", "can", "could", "should", "may",
        "might", "must", "not", "no", "so", "as", "than", "then", "too", "very", "just", "song", "songs",
        "write", "make", "want", "need", "please", "who", "what", "when", "where", "why", "how", "some",
        "any", "all", "one", "up", "down", "out", "off", "back", "there", "here", "sing", "singing", "sung",
        "music", "lyrics", "like", "i'm", "it's", "don't", "let", "lets", "get", "gets", "got", "getting",
        "go", "goes", "going", "give", "something", "kind", "style", "tempo", "bpm", "key", "major", "minor",
        "minute", "minutes", "second", "seconds", "verse", "chorus", "vocal", "vocals", "voice", "create",
        "compose", "feel", "feeling", "feels", "really", "still", "after", "before", "while", "because",
        "who's", "that's", "always", "never", "every", "each", "own", "upbeat", "slow", "fast", "male",
        "female", "singer", "ballad", "pop", "rock", "jazz", "folk", "country", "tune", "track", "anthem",
        "piece", "s", "t", "two", "three", "long", "short", "without", "during", "through", "的", "了", "着",
        "在", "和", "与", "及", "是", "有", "一", "首", "一首", "个", "一个", "写", "我", "想", "要", "想要",
        "歌", "歌曲", "关于", "给", "为", "把", "被", "很", "还", "也", "都", "就", "到", "里", "上", "下",
        "中", "不", "用", "你", "他", "她", "它", "我们", "你们", "他们", "自己", "这", "那", "这个", "那个",
        "这样", "来", "去", "说", "请", "帮", "帮我", "写首", "写一首", "做", "唱", "让", "会", "能", "可以",
        "没", "没有", "但", "但是", "又", "再", "从", "对", "像", "跟", "时", "时候", "后", "前", "以后",
        "之后", "的歌", "一点", "有点", "一种", "一段", "那种", "风格", "节奏", "男声", "女声", "分钟", "秒",
        "大调", "小调", "不要", "别", "太", "流行", "摇滚", "民谣", "爵士", "电子", "说唱", "轻快", "慢歌",
        "快歌", "情歌", "抒情", "主题", "感觉", "为主", "以", "最", "最后", "地", "得", "过", "人", "某",
        "什么", "几", "两", "们", "首歌", "这首", "歌词", "旋律", "音乐",
        // As people type them.
        "im", "ive", "hes", "shes", "thats", "whos", "youre", "youve", "theyre", "theyve", "weve", "theres",
        "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "havent", "hasnt", "hadnt", "cant", "wont",
        "couldnt", "wouldnt", "shouldnt"};
    return kWords;
}

bool isLatin(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

/// "my mums 60th", "our dads birthday": what is whose, typed without the mark that says so.
void putApostrophes(std::vector<std::string>& words)
{
    static const std::unordered_set<std::string_view> kWhose = {"my", "our", "your", "his", "her", "their"};
    static const std::unordered_set<std::string_view> kPeople = {
        "mums",    "moms",      "mothers",  "dads",       "fathers",     "wifes",    "husbands",
        "sons",    "daughters", "sisters",  "brothers",   "grandmas",    "grandpas", "grandads",
        "nans",    "grans",     "nanas",    "granddads",  "aunts",       "uncles",   "cousins",
        "friends", "mates",     "partners", "boyfriends", "girlfriends", "babys"};
    static const std::unordered_set<std::string_view> kTheirs = {
        "th",      "st",         "nd",          "rd",    "birthday", "bday",    "wedding", "retirement",
        "funeral", "graduation", "anniversary", "house", "home",     "kitchen", "garden",  "cooking",
        "car",     "dog",        "cat",         "voice", "smile",    "love",    "new",     "first",
        "last",    "favourite",  "favorite",    "big",   "death",    "illness", "surgery"};
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
        std::size_t person = i + 1;
        if (words[person] == "best" && person + 2 < words.size())
            ++person;
        if (kWhose.contains(words[i]) && kPeople.contains(words[person]) &&
            kTheirs.contains(words[person + 1]))
            words[person].insert(words[person].size() - 1, 1, '\'');
    }
}

bool isHan(std::string_view character)
{
    if (character.size() != 3)
        return false;
    const unsigned code = (static_cast<unsigned>(character[0] & 0x0F) << 12) |
                          (static_cast<unsigned>(character[1] & 0x3F) << 6) |
                          static_cast<unsigned>(character[2] & 0x3F);
    return code >= 0x4E00 && code <= 0x9FFF;
}

} // namespace

bool isStopWord(std::string_view word)
{
    return stopWords().contains(word);
}

Result<std::shared_ptr<const WordSpace>> WordSpace::load(const std::filesystem::path& models)
{
    auto space = std::shared_ptr<WordSpace>(new WordSpace);
    TRY(space->m_model, inference::Model::load(models, "lyrics", "lyrics-words"));
    TRY(space->m_dictionary, language::Dictionary::open());
    const std::filesystem::path path = space->m_model->info().folder / "lexicon.txt";
    std::ifstream file(path);
    if (!file)
        return Error{"The word list " + path.string() +
                     " cannot be read; install the program's models again."};
    std::string line;
    while (std::getline(file, line)) {
        if (line.size() < 4 || line[2] != '\t')
            return Error{"The word list " + path.string() +
                         " is damaged; install the program's models again."};
        if (line.starts_with("en"))
            space->m_firstChinese = space->m_words.size() + 1;
        space->m_rows.emplace(line, static_cast<int>(space->m_words.size()));
        space->m_words.push_back(line.substr(3));
    }
    const auto count = static_cast<std::int64_t>(space->m_words.size());
    std::vector<std::int64_t> ids(space->m_words.size());
    std::iota(ids.begin(), ids.end(), 0);
    const inference::Tensor input = inference::Tensor::integers({count}, std::move(ids));
    TRY(auto outputs, space->m_model->run("table", {&input, 1}));
    if (outputs.size() != 2 || outputs[0].asFloats().size() != static_cast<std::size_t>(count) * kSize ||
        outputs[1].asFloats().size() != static_cast<std::size_t>(count) * 3)
        return Error{
            "The model lyrics-words does not fit its word list; install the program's models again."};
    space->m_vectors = outputs[0].asFloats();
    space->m_traits = outputs[1].asFloats();
    return std::shared_ptr<const WordSpace>(std::move(space));
}

int WordSpace::find(language::Language language, std::string_view word) const
{
    std::string key = std::string(language::code(language)) + '\t' + std::string(word);
    auto found = m_rows.find(key);
    if (found == m_rows.end() && key.ends_with("'s"))
        found = m_rows.find(key.substr(0, key.size() - 2));
    return found == m_rows.end() ? -1 : found->second;
}

std::string WordSpace::corrected(const std::string& word) const
{
    const auto known = [&](const std::string& other) {
        return isStopWord(other) || find(language::Language::English, other) >= 0;
    };
    const auto meant = [&](const std::string& other) {
        return known(other) || !m_dictionary->kinds(other, 1).empty();
    };
    return known(word) ? std::string() : m_dictionary->corrected(word, meant);
}

double WordSpace::similarity(int a, int b) const
{
    const auto u = vector(a), v = vector(b);
    float sum = 0;
    for (std::size_t i = 0; i < kSize; ++i)
        sum += u[i] * v[i];
    return sum;
}

std::vector<int> WordSpace::neighbours(int row, language::Language language, std::size_t count,
                                       double atLeast) const
{
    const int begin = language == language::Language::English ? 0 : static_cast<int>(m_firstChinese);
    const int end = language == language::Language::English ? static_cast<int>(m_firstChinese)
                                                            : static_cast<int>(m_words.size());
    std::vector<std::pair<double, int>> near;
    for (int other = begin; other < end; ++other) {
        if (other == row)
            continue;
        const double likeness = similarity(row, other);
        if (likeness >= atLeast)
            near.emplace_back(-likeness, other);
    }
    std::sort(near.begin(), near.end());
    std::vector<int> rows;
    for (std::size_t i = 0; i < std::min(count, near.size()); ++i)
        rows.push_back(near[i].second);
    return rows;
}

std::vector<std::string> WordSpace::split(std::string_view text) const
{
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < text.size()) {
        if (isLatin(static_cast<unsigned char>(text[at]))) {
            std::string word;
            for (; at < text.size() &&
                   (isLatin(static_cast<unsigned char>(text[at])) || (text[at] == '&' && word == "r"));
                 ++at)
                word += static_cast<char>(text[at] >= 'A' && text[at] <= 'Z' ? text[at] + 32 : text[at]);
            while (!word.empty() && word.back() == '\'')
                word.pop_back();
            while (!word.empty() && word.front() == '\'')
                word.erase(0, 1);
            if (!word.empty())
                words.push_back(std::move(word));
            continue;
        }
        std::vector<std::string_view> run;
        while (at < text.size()) {
            const std::string_view character = text.substr(at, characterLength(text, at));
            if (!isHan(character))
                break;
            run.push_back(character);
            at += character.size();
        }
        if (run.empty()) {
            at += characterLength(text, at);
            continue;
        }
        // The fewest words; unknown single characters cost more than known ones, stop words a little less.
        const std::size_t n = run.size();
        std::vector<double> cost(n + 1, 1e9);
        std::vector<std::size_t> from(n + 1, 0);
        cost[0] = 0;
        for (std::size_t i = 0; i < n; ++i) {
            std::string piece;
            for (std::size_t j = i + 1; j <= std::min(n, i + 4); ++j) {
                piece += run[j - 1];
                const bool stop = isStopWord(piece);
                const bool known = stop || find(language::Language::Mandarin, piece) >= 0;
                if (!known && j > i + 1)
                    continue;
                const double price = cost[i] + (known ? (stop ? 0.9 : 1.0) : 1.6);
                if (price < cost[j] - 1e-9) {
                    cost[j] = price;
                    from[j] = i;
                }
            }
        }
        std::vector<std::string> reversed;
        for (std::size_t j = n; j > 0; j = from[j]) {
            std::string piece;
            for (std::size_t k = from[j]; k < j; ++k)
                piece += run[k];
            reversed.push_back(std::move(piece));
        }
        words.insert(words.end(), std::make_move_iterator(reversed.rbegin()),
                     std::make_move_iterator(reversed.rend()));
    }
    putApostrophes(words);
    return words;
}

Result<PromptReading> WordSpace::read(std::span<const int> rows) const
{
    PromptReading reading;
    reading.genres.assign(16, 0);
    reading.tempi.assign(3, 0);
    reading.povs.assign(7, 0);
    if (rows.empty())
        return reading;
    const inference::Tensor input = inference::Tensor::integers(
        {static_cast<std::int64_t>(rows.size())}, std::vector<std::int64_t>(rows.begin(), rows.end()));
    TRY(auto outputs, m_model->run("read", {&input, 1}));
    const std::vector<float>& out = outputs.at(0).asFloats();
    if (out.size() != 28)
        return Error{"The model lyrics-words gives the wrong shape; install the program's models again."};
    reading.valence = out[0];
    reading.arousal = out[1];
    reading.genres.assign(out.begin() + 2, out.begin() + 18);
    reading.tempi.assign(out.begin() + 18, out.begin() + 21);
    reading.povs.assign(out.begin() + 21, out.begin() + 28);
    return reading;
}

} // namespace cantilena::compose
