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

/// A clause with one of these asks for a song, or says how it is to sound.
constexpr std::array<string_view, 48> kAsks = {
    "唱给",   "歌",   "曲",     "写一",   "写首",   "写个",     "写点", "来首", "来一首", "来个",
    "来点",   "帮我", "民谣",   "摇滚",   "说唱",   "嘻哈",     "爵士", "蓝调", "古风",   "国风",
    "中国风", "流行", "抒情",   "迪斯科", "舞曲",   "风格",     "节奏", "旋律", "女声",   "男声",
    "童声",   "合唱", "R&B",    "普通话", "想要一", "想写",     "想听", "一首", "那种",   "的感觉",
    "一起唱", "打气", "给点力", "发泄",   "搞笑",   "好笑一点", "想用", "拍子"};
/// A clause that begins with one of these says for whom it is.
constexpr std::array<string_view, 5> kFor = {"唱给", "献给", "送给", "写给", "给"};
/// Between these two is what the song is about.
constexpr std::array<string_view, 5> kAbout = {"关于", "讲讲", "讲述", "讲的是", "写的是"};
/// A line may begin with these: what they begin is a part of its own.
constexpr std::array<string_view, 23> kClauses = {
    "但是", "可是", "因为", "所以", "而且", "结果", "还是", "却",   "就",   "才", "然后", "后来",
    "今天", "昨天", "明天", "现在", "每次", "每天", "从来", "突然", "忽然", "把", "被"};
constexpr std::array<string_view, 17> kBegin = {"还", "又", "也", "都", "到", "跟", "陪", "让", "想",
                                                "等", "去", "来", "没", "不", "是", "有", "卖"};
constexpr std::array<string_view, 11> kPronouns = {"我",   "你",   "他",   "她",   "它",    "我们",
                                                   "他们", "她们", "咱们", "大家", "所有人"};
/// After these a pronoun is what something is done to or with.
constexpr std::array<string_view, 31> kGoverning = {
    "给", "把", "被", "跟", "和", "让", "对", "为", "向", "陪", "叫", "问", "教", "带", "等", "送",
    "帮", "借", "找", "替", "比", "像", "的", "是", "在", "从", "到", "想", "抱", "爱", "托"};
constexpr std::array<string_view, 3> kEnd = {"了", "后", "时候"};
constexpr std::array<string_view, 10> kMeasures = {"个", "条", "只", "把", "位",
                                                   "件", "首", "块", "张", "句"};
/// Nothing is parted after these.
constexpr std::array<string_view, 15> kDigits = {"一", "二", "三", "四", "五", "六", "七", "八",
                                                 "九", "十", "百", "千", "万", "两", "几"};
/// Nothing is parted before these.
constexpr std::array<string_view, 6> kClinging = {"的", "了", "着", "过", "得", "们"};
constexpr std::array<string_view, 16> kMarks = {"，", "。", "！", "？", "；", "：", "…", "—",
                                                ",",  ".",  "!",  "?",  ";",  ":",  "~", "～"};
/// Taken from the beginning of a clause.
constexpr std::array<string_view, 16> kLeads = {"因为",     "所以", "然后", "而且", "但是",         "可是",
                                                "其实",     "关于", "讲",   "写",   "画面是这样的", "画面",
                                                "一个故事", "但",   "可",   "就是"};
/// Taken from its end.
constexpr std::array<string_view, 6> kTails = {"哈", "吧", "呀", "啊", "唉", "哦"};

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

/// Whether a clause says how a song is to be: 要燃一点, 轻轻的, 带劲点.
bool isManner(const string& clause, std::size_t characters)
{
    if (holdsAny(clause, kAsks))
        return true;
    const bool whom =
        std::any_of(kFor.begin(), kFor.end(), [&](string_view word) { return clause.starts_with(word); });
    if (whom && characters < 13 && clause.find("了") == string::npos)
        return true;
    if (characters > 8)
        return false;
    const bool does = clause.find("了") != string::npos;
    return clause.ends_with("一点") || clause.ends_with("一点的") ||
           (clause.ends_with("点") && characters < 6) || (clause.starts_with("要") && !does) ||
           clause.starts_with("不要") || clause.starts_with("最好") || clause.starts_with("唱") ||
           (clause.ends_with("的") && !does && characters < 7);
}

/// The lines of one clause; none where it cannot be parted.
std::vector<string> partedClause(const string& clause, const language::Reader& reader)
{
    const std::vector<string> words = language::segments(clause);
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
            here = 0.8;
        else if (isAny(words[i], kPronouns) && !isAny(before, kGoverning))
            here = 0.4;
        const bool object = words[i].starts_with("一") || words[i].starts_with("两");
        if (i > 0 && !object && (isAny(words[i - 1], kEnd) || words[i - 1].ends_with("后")))
            here = std::min(here, 0.3);
        else if (before == "的")
            here = std::min(here, 1.4);
        if (isAny(before, kMeasures) || isAny(before, kGoverning) ||
            (i > 0 && isAny(words[i - 1], kPronouns)))
            here += before == "的" ? 0.0 : 2.0;
        // "那个男 | 的是" is one word too many, "五十 | 多个小时" one number.
        const bool clings = isAny(words[i], kClinging) ||
                            (words[i].starts_with("的") && words[i] != "的确" && words[i] != "的士") ||
                            (isAny(before, kDigits) && !isAny(words[i], kClauses));
        cost.push_back(i == 0 ? 0 : clings ? -1 : here);
    }
    const Parting parting = partLines(counts, cost, kUsualCharacters);
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

} // namespace

std::vector<std::vector<string>> mandarinLines(const string& request, const language::Reader& reader)
{
    std::vector<string> clauses(1);
    for (const string& character : charactersOf(request)) {
        if (isAny(character, kMarks) || character == " " || character == "\n") {
            if (!clauses.back().empty())
                clauses.emplace_back();
        } else {
            clauses.back() += character;
        }
    }
    std::vector<std::vector<string>> told;
    bool statement = false;
    string brief; // a clause too short for a line, which sounds with the next
    for (string& clause : clauses) {
        if (holdsAny(clause, kAsks))
            clause = about(clause);
        for (bool again = true; again;) {
            again = false;
            for (const string_view lead : kLeads) {
                if (clause.starts_with(lead) && clause.size() > lead.size() + 6) {
                    clause.erase(0, lead.size());
                    again = true;
                }
            }
            for (const string_view tail : kTails) {
                if (clause.ends_with(tail) && clause.size() > tail.size() + 6) {
                    clause.erase(clause.size() - tail.size());
                    again = true;
                }
            }
        }
        const std::vector<string> characters = charactersOf(clause);
        const auto han = static_cast<std::size_t>(
            std::count_if(characters.begin(), characters.end(), [](const string& c) { return isHan(c); }));
        if (isManner(clause, characters.size()) || han < 2 || han * 2 < characters.size())
            continue;
        if (isAny(clause, kLeads))
            continue;
        const bool isBrief = han < 5;
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
        std::vector<string> lines = partedClause(clause, reader);
        if (lines.empty())
            continue;
        if (!brief.empty() && charactersOf(lines.front()).size() < 8)
            lines.front() = brief + " " + lines.front();
        else if (!brief.empty() && charactersOf(brief).size() > 3)
            told.push_back({brief});
        brief.clear();
        told.push_back(std::move(lines));
        statement = true;
    }
    // "哈尔滨 冰灯 搓澡" tells nothing.
    if (!statement)
        return {};
    if (charactersOf(brief).size() > 2 && !told.empty())
        told.push_back({brief});
    return told;
}

} // namespace cantilena::compose::opening
