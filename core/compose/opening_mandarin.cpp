// What a Chinese request tells, as lines.

#include <algorithm>
#include <array>
#include <string_view>

#include <language/text.h>

#include "opening_words.h"
#include "utf8.h"

namespace cantilena::compose::opening {

namespace {

using std::string;
using std::string_view;

constexpr int kUsualCharacters = 7;
constexpr double kStub = 0.4; ///< what it costs that a line is hardly one

/// A clause with one of these asks for a song.
constexpr auto kAsks = std::to_array<string_view>(
    {"写一首",   "作歌",     "想唱给",   "作首",   "作一首", "做首", "谱首",   "谱一",   "弄个歌", "歌一首",
     "首歌给",   "首歌庆",   "歌词",     "写一支", "写一曲", "写首", "写支",   "写点",   "写个",   "请写",
     "写歌",     "成歌",     "来首",     "来一首", "来一曲", "来支", "来段",   "想要一", "想写",   "想对",
     "想跟她说", "想跟他说", "想跟你说", "想听首", "想听点", "弄首", "帮我写", "唱首",   "要首"});
/// So does one that begins with one of these.
constexpr auto kAskFirst =
    std::to_array<string_view>({"来个", "来点", "想用", "想听", "帮我来", "帮我做", "帮我编", "帮我唱",
                                "歌里", "歌名", "曲子要", "旋律", "节奏", "风格", "整首"});
/// A clause with one of these says how a song is to sound, where it tells nothing.
constexpr auto kSound = std::to_array<string_view>(
    {"民谣", "摇滚", "说唱",   "嘻哈",   "爵士", "蓝调", "古风",   "国风",     "中国风", "流行",
     "抒情", "舞曲", "迪斯科", "风格",   "节奏", "旋律", "女声",   "男声",     "童声",   "合唱",
     "R&B",  "那种", "普通话", "的感觉", "打气", "发泄", "一起唱", "好笑一点", "给点力", "拍子"});
/// A clause tells something where it has one of these.
constexpr auto kTells =
    std::to_array<string_view>({"了", "着", "过", "我", "他", "她", "它", "在", "把", "被", "能",
                                "会", "都", "又", "还", "就", "全", "每", "没", "从", "总", "给"});
/// So does one of several with one of these.
constexpr auto kHappens = std::to_array<string_view>(
    {"了", "是", "说", "问", "今天", "昨天", "明天", "昨晚", "今晚", "今早", "只", "头一回", "第一次"});
/// A clause that begins with one of these says for whom it is.
constexpr auto kFor = std::to_array<string_view>({"唱给", "献给", "送给", "写给", "给"});
/// Between these two is what the song is about.
constexpr auto kAbout = std::to_array<string_view>({"关于", "讲讲", "讲述", "讲的是", "写的是"});
/// A line may begin with these: what they begin is a part of its own.
constexpr auto kClauses = std::to_array<string_view>(
    {"但是", "可是", "因为", "所以", "而且", "结果", "还是", "却",   "就",   "才", "然后", "后来",
     "今天", "昨天", "明天", "现在", "每次", "每天", "从来", "突然", "忽然", "把", "被"});
constexpr auto kBegin =
    std::to_array<string_view>({"还", "又", "也", "都", "到", "跟", "陪", "让", "想", "等", "去", "来", "没",
                                "不", "是", "有", "卖", "当", "只是"});
constexpr auto kPronouns = std::to_array<string_view>(
    {"我", "你", "他", "她", "它", "我们", "他们", "她们", "咱们", "大家", "所有人"});
constexpr auto kOwners =
    std::to_array<string_view>({"我的", "你的", "他的", "她的", "它的", "我家", "我们的", "我们家"});
/// What is said of these stays with them.
constexpr auto kPointing = std::to_array<string_view>({"自己", "这", "那", "谁"});
/// Before a verb.
constexpr auto kAdverbs = std::to_array<string_view>({"没", "不", "都", "也", "还", "就", "又", "再", "才",
                                                      "多", "刚", "只", "很", "先", "早", "常", "总", "全"});
constexpr auto kLongAdverbs = std::to_array<string_view>(
    {"大概", "一直", "已经", "好像", "可能", "其实", "终于", "刚刚", "正好", "马上", "总是", "经常",
     "特别", "非常", "只好", "偷偷", "慢慢", "照旧", "居然", "竟然", "果然", "差点", "一共", "总共"});
/// What these are said with, a verb follows.
constexpr auto kCoverbs =
    std::to_array<string_view>({"把", "给", "跟", "对", "替", "向", "为", "被", "用", "往", "朝"});
/// What a verb goes on to: "挂在", "塞进".
constexpr auto kTowards = std::to_array<string_view>({"在", "到", "进", "给"});
/// After a verb.
constexpr auto kDone = std::to_array<string_view>({"了", "着", "过"});
/// After these a pronoun is what something is done to or with.
constexpr auto kGoverning = std::to_array<string_view>(
    {"用", "看", "给", "把", "被", "跟", "和", "让", "对", "为", "向", "陪", "叫", "问", "教", "带", "等",
     "送", "帮", "借", "找", "替", "比", "像", "的", "是", "在", "从", "到", "想", "抱", "爱", "托"});
/// What is given, and to whom, follows these: 送了我一盆树.
constexpr auto kGiving =
    std::to_array<string_view>({"送", "给", "塞", "递", "买", "教", "等", "救", "骂", "打", "抱", "亲", "问",
                                "帮", "劝", "留", "寄", "认", "陪"});
constexpr auto kEnd = std::to_array<string_view>({"了", "后", "时候"});
constexpr auto kMeasures =
    std::to_array<string_view>({"个", "条", "只", "把", "位", "件", "首", "块", "张", "句"});
constexpr auto kGatherings = std::to_array<string_view>({"运动", "音乐", "家长", "演唱", "晚", "座谈"});
/// Nothing is parted after these.
constexpr auto kDigits = std::to_array<string_view>(
    {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "两", "几"});
/// Nothing is parted before these.
constexpr auto kClinging = std::to_array<string_view>({"的", "了", "着", "过", "得", "们"});
/// Which way something is done: "打 | 过去".
constexpr auto kWays = std::to_array<string_view>(
    {"过去", "过来", "起来", "下来", "下去", "上来", "上去", "出来", "出去", "回来", "回去", "进来", "进去"});
/// So is a verb that ends with one of these, before 来: 停下 | 来.
constexpr auto kUpDown = std::to_array<string_view>({"上", "下", "起", "出", "过", "回", "进"});
constexpr auto kMarks = std::to_array<string_view>(
    {"，", "。", "！", "？", "；", "：", "…", "—", ",", ".", "!", "?", ";", ":", "~", "～"});
/// Taken from the beginning of a clause.
constexpr auto kLeads =
    std::to_array<string_view>({"因为", "所以", "然后", "而且", "但是", "可是", "其实", "关于", "讲", "写",
                                "画面是这样的", "画面", "一个故事", "但", "可", "就是"});
/// Of these, what joins one statement to the one before.
constexpr auto kJoins =
    std::to_array<string_view>({"因为", "所以", "然后", "而且", "但是", "可是", "其实", "但", "可", "就是"});
/// Taken from its end.
constexpr auto kTails = std::to_array<string_view>({"哈", "吧", "呀", "啊", "唉", "哦"});

template<std::size_t n> bool isAny(string_view text, const std::array<string_view, n>& set)
{
    return std::find(set.begin(), set.end(), text) != set.end();
}

template<std::size_t n> bool holdsAny(string_view text, const std::array<string_view, n>& set)
{
    return std::any_of(set.begin(), set.end(),
                       [&](string_view word) { return text.find(word) != string_view::npos; });
}

bool isHan(string_view character)
{
    return character.size() == 3 && static_cast<unsigned char>(character.front()) >= 0xE4 &&
           static_cast<unsigned char>(character.front()) <= 0xE9;
}

/// "写一首关于爷爷教我骑车的歌": what lies between.
string about(const string& clause)
{
    for (const string_view word : kAbout) {
        const std::size_t begin = clause.find(word);
        if (begin == string::npos)
            continue;
        const std::size_t from = begin + word.size();
        const std::size_t end = clause.rfind("的");
        if (end != string::npos && end > from)
            return clause.substr(from, end - from);
    }
    return {};
}

/// Whom a clause asks a song for, "写首歌给外婆", "给我们宿舍的小满写首歌"; `before` where it does not say.
string askedFor(const string& clause, string before)
{
    constexpr std::size_t kLongest = 6; // characters
    static constexpr auto kCut = std::to_array<string_view>({"写", "唱", "来", "做", "听", "歌", "曲"});
    static constexpr auto kNobody = std::to_array<string_view>({"我", "我们", "自己", "大家", "你"});
    for (const string_view word : kFor) {
        const std::size_t begin = clause.find(word);
        if (begin == string::npos)
            continue;
        string whom = clause.substr(begin + word.size());
        for (const string_view cut : kCut)
            whom.resize(std::min(whom.size(), whom.find(cut)));
        // "给我女儿六岁生日写首歌"
        for (const string_view cut : {"生日", "结婚", "毕业", "退休", "满月"})
            whom.resize(std::min(whom.size(), whom.find(cut)));
        while (whom.size() > 3 && (whom.ends_with("岁") || whom.ends_with("大寿") || whom.ends_with("十") ||
                                   isAny(string_view(whom).substr(whom.size() - 3), kDigits)))
            whom.resize(whom.size() - (whom.ends_with("大寿") ? 6 : 3));
        if (whom.ends_with("的") || whom.ends_with("吧"))
            whom.resize(whom.size() - 3);
        // "我们宿舍的小满"
        if (const std::size_t owner = whom.rfind("的"); owner != string::npos)
            whom.erase(0, owner + 3);
        const std::vector<string> characters = charactersOf(whom);
        const bool somebody =
            !isAny(whom, kNobody) && std::all_of(characters.begin(), characters.end(), isHan);
        return !whom.empty() && characters.size() <= kLongest && somebody ? whom : before;
    }
    return before;
}

/// A statement with its 她 or 他 called as the song was asked for.
string naming(string line, const string& asked)
{
    constexpr std::size_t kPronoun = 3; // bytes
    const bool pronoun = line.starts_with("她") || line.starts_with("他") || line.starts_with("它");
    if (asked.empty() || !pronoun || line.compare(kPronoun, 3, "们") == 0)
        return line;
    return asked + line.substr(kPronoun);
}

/// Whether a clause asks for a song or says how it is to sound: 写首民谣, 想听点轻快的, 女声; not what tells
/// of songs, 放了她爱听的那首歌, 他打呼噜能打出节奏.
bool asksFor(const string& clause)
{
    constexpr std::size_t kShort = 6; // characters
    // 说想要一盏小兔子灯
    if (clause.starts_with("说") && !isAny(clause, kSound) && clause.find("歌") == string::npos &&
        clause.find("曲") == string::npos)
        return false;
    const auto begins = [&](string_view word) { return clause.starts_with(word); };
    if (holdsAny(clause, kAsks) || std::any_of(kAskFirst.begin(), kAskFirst.end(), begins))
        return true;
    const bool tells = holdsAny(clause, kTells);
    const bool wishes = clause.starts_with("要") || clause.starts_with("写") || clause.starts_with("讲");
    const bool isSong = clause.ends_with("歌") || clause.ends_with("曲") || clause.ends_with("歌吧");
    if (isSong && !clause.ends_with("唱歌") && clause.find("那首") == string::npos)
        return wishes || !tells || std::any_of(kFor.begin(), kFor.end(), begins) || clause.ends_with("的歌");
    return holdsAny(clause, kSound) && (!tells || charactersOf(clause).size() <= kShort || wishes);
}

/// Whether a clause says how a song is to be: 要燃一点, 轻轻的, 带劲点. Once something is `told`, what is no
/// plain order goes on with that.
bool isManner(const string& clause, std::size_t characters, bool told)
{
    static constexpr auto kMoods = std::to_array<string_view>(
        {"轻快", "温柔", "慢",   "快",   "伤感", "抒情", "治愈", "安静", "热闹", "暖",   "甜",   "悲",
         "燃",   "搞笑", "幽默", "好听", "简单", "上口", "沉",   "柔",   "激昂", "忧伤", "俏皮", "复古",
         "空灵", "深情", "大气", "喜庆", "欢",   "丧",   "酷",   "嗨",   "轻松", "浪漫", "励志", "舒缓"});
    if (asksFor(clause))
        return true;
    const bool whom = std::any_of(kFor.begin(), kFor.end(), [&](string_view word) {
        return clause.starts_with(word) && !(told && word == "给");
    });
    if (whom && characters < 13 && clause.find("了") == string::npos)
        return true;
    if (characters > 9)
        return false;
    const bool does = clause.find("了") != string::npos;
    // 我送外卖的, 说这边挺好的
    static constexpr auto kSinging = std::to_array<string_view>({"得", "完", "着", "到", "起"});
    const bool says = clause.starts_with("说") || clause.starts_with("是") || holdsAny(clause, kPronouns);
    if (clause.find("配乐") != string::npos || clause.find("伴奏") != string::npos ||
        clause.ends_with("小调") || clause.ends_with("那种") ||
        (clause.find("别太") != string::npos && clause.find("一点") != string::npos && !does))
        return true;
    return (clause.ends_with("一点") && (!told || holdsAny(clause, kMoods) || clause.starts_with("要"))) ||
           clause.ends_with("一点的") || (clause.ends_with("点") && characters < 6) ||
           (clause.starts_with("要") && !does) || clause.starts_with("不要") ||
           (clause.starts_with("用") && characters < 6 && !does && !told) || clause.starts_with("最好") ||
           (clause.starts_with("唱") && !(told && (does || holdsAny(clause, kSinging)))) ||
           (clause.ends_with("的") && !does && characters < 7 && !says &&
            (!told || holdsAny(clause, kMoods)));
}

/// Whether a clause only names a subject: 我们寝室四个女生的友谊.
bool isHeading(const string& clause)
{
    static constexpr auto kSays =
        std::to_array<string_view>({"了", "着", "过", "在", "把", "被", "能", "会", "都", "又", "还", "就",
                                    "没", "从", "总", "给", "是", "说"});
    const std::vector<string> characters = charactersOf(clause);
    return characters.size() > 3 && characters[characters.size() - 3] == "的" && !holdsAny(clause, kSays);
}

/// The lines of one clause; none where it cannot be parted.
std::vector<string> partedClause(const string& clause, const language::Reader& reader)
{
    const std::vector<string> words = language::segments(clause);
    // 来 | 的 媳妇, 卖 | 榴莲 | 的; but 到 | 的 那天
    const auto isWord = [&](std::size_t i, string_view text) {
        return i < words.size() && string_view(words[i]).starts_with(text);
    };
    const auto describes = [&](std::size_t i) {
        return (isWord(i + 1, "的") && !isWord(i + 2, "那")) || isWord(i + 2, "的");
    };
    std::vector<int> counts;
    std::vector<double> cost;
    for (std::size_t i = 0; i < words.size(); ++i) {
        counts.push_back(reader.countSyllables(words[i], language::Language::Mandarin));
        const string before = i > 0 ? charactersOf(words[i - 1]).back() : string();
        double here = 3.5;
        if (isAny(words[i], kClauses))
            here = 0.2;
        else if (words[i].starts_with("在"))
            here = 2;
        else if (isAny(words[i], kBegin))
            // "隔壁卖榴莲的" is one person.
            here = describes(i) ? 2.5 : 0.8;
        else if (i > 1 && words[i - 1] == "说")
            here = 1.2;
        else if (words[i].size() == 6 && isAny(string_view(words[i]).substr(3), kTowards) &&
                 !isAny(before, kAdverbs))
            here = 1.3;
        else if ((isAny(words[i], kPronouns) || isAny(words[i], kOwners)) && !isAny(before, kGoverning))
            here = 0.4;
        // "瘸腿雁 | 养了一个冬天"
        else if (i + 1 < words.size() && words[i].size() == 3 && isAny(words[i + 1], kDone) &&
                 !isAny(before, kAdverbs))
            here = 1.1;
        const bool object = std::any_of(kDigits.begin(), kDigits.end(),
                                        [&](string_view digit) { return words[i].starts_with(digit); });
        const bool starts = isAny(words[i], kPronouns) || isAny(words[i], kOwners) ||
                            isAny(words[i], kClauses) || isAny(words[i], kBegin);
        if (i > 1 && before == "了" && isAny(words[i - 2], kGiving) && isAny(words[i], kPronouns))
            here = 3.0;
        else if (i > 0 && !object && words[i - 1] == "了")
            here = std::min(here, starts ? 0.3 : 1.6);
        else if (i > 0 && (!object || words[i - 1].ends_with("时候")) &&
                 (isAny(words[i - 1], kEnd) || words[i - 1].ends_with("后")))
            here = std::min(here, 0.3);
        else if (before == "的" && i > 0)
            here = isAny(words[i - 1], kOwners) ? 4.0 : std::min(here, 2.6);
        if (isAny(before, kMeasures) || isAny(before, kGoverning) ||
            (i > 0 && (isAny(words[i - 1], kPronouns) || isAny(words[i - 1], kPointing))))
            here += before == "的" ? 0.0 : 2.0;
        // 把香菜 | 都挑到, 给他爸 | 办了张
        for (std::size_t k = 1; k <= std::min<std::size_t>(3, i); ++k)
            if (isAny(words[i - k], kCoverbs) && here < 2.0)
                here += k == 1 ? 3.0 : 1.5;
        if (i > 0 && isAny(words[i - 1], kLongAdverbs))
            here += 2.0;
        // Nothing ends with "suddenly", or with a "not".
        if (i > 0 &&
            (isAny(words[i - 1], kClauses) || (isAny(words[i - 1], kAdverbs) && words[i - 1] != "早")))
            here += 1.5;
        // "那个男 | 的是" is one word too many, "五十 | 多个小时" one number.
        const bool clings =
            isAny(words[i], kClinging) || words[i].starts_with("着") ||
            (before == "同" && words[i].starts_with("桌")) ||
            (i > 0 && isAny(words[i], kWays) && words[i - 1].size() == 3 && before != "点") ||
            (i > 0 && words[i - 1] == "去") ||
            // "分 | 到一组", "要转 | 去"
            (i > 0 && words[i - 1].size() == 3 && before != "了" &&
             (words[i] == "去" ||
              (words[i].starts_with("到") && !isWord(i + 1, "现在") && !isWord(i + 1, "今")))) ||
            (before == "楼" && words[i].starts_with("道")) ||
            (i > 0 && words[i] == "来" && words[i - 1].size() == 6 && isAny(before, kUpDown)) ||
            (i > 1 && words[i] == words[i - 2]) ||
            // "报了 | 个书法班", "运动 | 会"
            (before == "了" && isAny(words[i], kMeasures)) ||
            (i > 0 && words[i] == "会" && isAny(words[i - 1], kGatherings)) ||
            // "爬到后 | 山", "在后 | 院"
            (i > 1 && words[i - 1] == "后" && isAny(charactersOf(words[i - 2]).back(), kTowards)) ||
            (words[i].starts_with("的") && words[i] != "的确" && words[i] != "的士") ||
            (isAny(before, kDigits) && !isAny(words[i], kClauses));
        cost.push_back(i == 0 ? 0 : clings ? -1 : here);
    }
    const Parting parting = partLines(counts, cost, kUsualCharacters, 0, kStub);
    std::vector<string> lines;
    for (std::size_t begin = 0, k = 0; parting.found && k <= parting.begins.size(); ++k) {
        const std::size_t end = k < parting.begins.size() ? parting.begins[k] : words.size();
        string line;
        for (std::size_t i = begin; i < end; ++i)
            line += words[i];
        lines.push_back(std::move(line));
        begin = end;
    }
    return lines;
}

/// A part of a request between two marks.
struct Part {
    string text;
    bool ends = false; ///< a sentence ends with it
};

/// The parts of a request; what somebody says in a few words, “喂，听得见吗”, is one, and its marks are not
/// sung.
std::vector<Part> partsOf(const string& request)
{
    constexpr std::size_t kSaid = 11; // characters between its marks that are sung in one line
    static constexpr auto kOpening = std::to_array<string_view>({"“", "「", "『"});
    static constexpr auto kClosing = std::to_array<string_view>({"”", "」", "』"});
    static constexpr auto kStops = std::to_array<string_view>({"。", "！", "？", ".", "!", "?", "\n"});
    std::vector<Part> parts(1);
    const std::vector<string> typed = charactersOf(request);
    std::size_t said = 0; // where what somebody says ends
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const string& character = typed[i];
        if (isAny(character, kOpening)) {
            for (std::size_t end = i + 1; end < std::min(typed.size(), i + 2 + kSaid); ++end)
                if (isAny(typed[end], kClosing))
                    said = end;
            continue;
        }
        if (isAny(character, kClosing) || character == "\"")
            continue;
        const bool mark = isAny(character, kMarks) || character == " " || character == "\n";
        if (mark && i < said) {
            if (i + 1 < said && !parts.back().text.empty() && !parts.back().text.ends_with(" "))
                parts.back().text += " ";
        } else if (mark) {
            if (!parts.back().text.empty())
                parts.emplace_back();
            if (isAny(character, kStops) && parts.size() > 1)
                parts[parts.size() - 2].ends = true;
        } else {
            parts.back().text += character;
        }
    }
    return parts;
}

} // namespace

std::vector<std::vector<string>> mandarinLines(const string& request, const language::Reader& reader)
{
    std::vector<Part> clauses = partsOf(request);
    std::vector<std::vector<string>> told;
    // "婚礼入场音乐" tells nothing; of several whole clauses one tells of the other.
    bool statement = false, happens = false;
    int parts = 0;
    string asked; // whom the song is asked for
    string brief; // a clause too short for a line, which sounds with the next
    for (Part& part : clauses) {
        string& clause = part.text;
        const bool asks = asksFor(clause) || std::any_of(kFor.begin(), kFor.end(), [&](string_view word) {
                              return clause.starts_with(word);
                          });
        if (told.empty() && asks)
            asked = askedFor(clause, std::move(asked));
        if (asksFor(clause))
            clause = about(clause);
        for (bool again = true; again;) {
            again = false;
            for (const string_view lead : kLeads) {
                // What turns the story stays where there is one.
                const bool joins = !told.empty() && isAny(lead, kJoins);
                // 写着放学一起走吗
                const bool says = !told.empty() && (lead == "写" || lead == "讲");
                if (!joins && !says && clause.starts_with(lead) && clause.size() > lead.size() + 6) {
                    clause.erase(0, lead.size());
                    again = true;
                }
            }
            for (const string_view tail : kTails) {
                if (told.empty() && clause.ends_with(tail) && clause.size() > tail.size() + 6) {
                    clause.erase(clause.size() - tail.size());
                    again = true;
                }
            }
        }
        const std::vector<string> characters = charactersOf(clause);
        const auto han = static_cast<std::size_t>(
            std::count_if(characters.begin(), characters.end(), [](const string& c) { return isHan(c); }));
        if (isManner(clause, characters.size(), !told.empty()) || han < 2 || han * 2 < characters.size())
            continue;
        if (isAny(clause, kLeads))
            continue;
        happens = happens || holdsAny(clause, kHappens);
        ++parts;
        const bool isBrief = han < 5;
        // A sentence that ends with it sings no further.
        if (isBrief && part.ends && brief.empty() && han > 2 && !told.empty()) {
            told.push_back({clause});
            continue;
        }
        if (isBrief && brief.empty()) {
            brief = clause;
            continue;
        }
        if (isBrief) {
            brief += " ";
            brief += clause;
            told.push_back({std::move(brief)});
            brief.clear();
            continue;
        }
        std::vector<string> lines = partedClause(told.empty() ? naming(clause, asked) : clause, reader);
        if (lines.empty())
            continue;
        if (!brief.empty() && lines.size() == 1 && charactersOf(lines.front()).size() < 8)
            lines.front() = brief + " " + lines.front();
        else if (!brief.empty() && charactersOf(brief).size() > 2)
            told.push_back({brief});
        brief.clear();
        told.push_back(std::move(lines));
        statement = statement || (holdsAny(clause, kTells) && !isHeading(clause));
    }
    // "哈尔滨 冰灯 搓澡" tells nothing.
    if (!statement && !(happens && parts > 1))
        return {};
    // 回来就说了俩字 | 到了
    constexpr std::size_t kWithIt = 11; // characters
    if (charactersOf(brief).size() > 2 && !told.empty())
        told.push_back({brief});
    else if (charactersOf(brief).size() == 2 && !told.empty() &&
             charactersOf(told.back().back()).size() <= kWithIt)
        told.back().back() += " " + brief;
    return told;
}

} // namespace cantilena::compose::opening
