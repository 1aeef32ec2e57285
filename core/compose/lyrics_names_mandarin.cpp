#include "lyrics_names.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <language/text.h>

#include "lyrics_word_sets.h"
#include "utf8.h"

namespace cantilena::compose::lyric::names {

namespace {

using std::string;
using std::string_view;
using Text = std::vector<string>; // characters

constexpr auto kSurnames = std::to_array<string_view>(
    {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "林", "何", "郭",
     "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈",
     "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "阎", "潘", "杜", "戴", "钟", "汪",
     "田", "姜", "范", "姚", "谭", "廖", "邹", "熊", "陆", "郝", "孔", "崔", "邱", "秦", "顾", "侯", "邵",
     "孟", "龙", "万", "段", "钱", "汤", "尹", "黎", "武", "贺", "赖", "龚", "文", "马", "高"});
/// How somebody is called behind a surname.
constexpr auto kTitles =
    std::to_array<string_view>({"老师", "师傅", "阿姨", "叔叔", "大爷", "大妈", "大叔", "教练", "医生",
                                "护士", "经理", "总", "哥", "姐", "叔", "姨", "伯", "工"});
/// Behind these a name says who they are.
constexpr auto kRelations = std::to_array<string_view>(
    {"女儿",   "儿子", "老婆", "老公", "媳妇", "女朋友", "男朋友", "女友", "男友", "闺蜜", "兄弟", "哥们",
     "弟弟",   "妹妹", "姐姐", "哥哥", "我弟", "我妹",   "我姐",   "我哥", "表妹", "表弟", "表姐", "表哥",
     "同桌",   "室友", "同学", "同事", "老板", "宝宝",   "宝贝",   "侄女", "侄子", "外甥", "孙子", "孙女",
     "外甥女", "狗狗", "小狗", "的狗", "家狗", "猫咪",   "小猫",   "的猫", "家猫", "朋友", "好友", "师傅",
     "班主任", "教练", "闺女", "小孩", "娃",   "未婚妻", "未婚夫", "学生", "徒弟", "战友", "老师", "男生",
     "女生",   "女孩", "男孩", "前任", "发小", "姐妹",   "金毛",   "柯基", "泰迪", "橘猫", "仓鼠", "鹦鹉"});
/// Before these a name is whom the song is for.
constexpr auto kFor = std::to_array<string_view>({"祝", "给", "送给", "写给", "唱给", "献给", "为", "祝福",
                                                  "送", "祝愿", "谢谢", "感谢", "想念", "想", "写"});
/// What a request goes on with behind a name.
constexpr auto kAfter = std::to_array<string_view>(
    {"的", "生", "新", "写", "过", "结", "高", "毕", "考", "加", "今", "明", "唱", "一", "退", "六",
     "五", "七", "八", "九", "满", "周", "早", "快", "升", "出", "十", "二", "三", "四", "去", "要",
     "走", "长", "刚", "开", "最", "，", "。", "！", ",",  ".",  "!",  " ",  "~",  "、", "："});
/// What begins like a name and is none.
constexpr auto kNone = std::to_array<string_view>(
    {"小时", "小学", "小区", "小孩", "小朋", "小店", "小伙", "小姐", "小吃", "小镇", "小城", "小酒",
     "小狗", "小猫", "小宝", "小兔", "小鸟", "小雪", "小哥", "老师", "老婆", "老公", "老板", "老家",
     "老爸", "老妈", "老人", "老友", "老同", "老战", "老伴", "老爷", "老太", "老街", "老歌", "老房",
     "老朋", "阿姨", "阿公", "阿婆", "马上", "高考", "高中", "高三", "文艺", "龙舟", "马拉", "唐朝",
     "宋朝", "谢谢", "何时", "王者", "黄昏", "黄河", "林间", "周末", "周年", "周五", "周一", "万事",
     "武汉", "孙子", "孙女", "小小", "小短", "妈妈", "爸爸", "爷爷", "奶奶", "哥哥", "姐姐", "弟弟",
     "妹妹", "宝宝", "姥姥", "叔叔", "姑姑", "舅舅", "公公", "婆婆", "太太", "天天", "慢慢", "轻轻",
     "常常", "刚刚", "渐渐", "默默", "星星", "狗狗", "猫猫", "娃娃", "妹子", "久久", "好好", "悄悄",
     "点点", "个个", "人人", "年年", "岁岁", "谢师", "段位", "钱包", "文明"});

string joined(const Text& text, std::size_t from, std::size_t count)
{
    string part;
    for (std::size_t i = from; i < std::min(text.size(), from + count); ++i)
        part += text[i];
    return part;
}

bool isMark(const string& character)
{
    static constexpr auto kMarks =
        std::to_array<string_view>({"，", "。", "！", "？", "、", "；", "：", ",",  ".", "!",
                                    "?",  ";",  ":",  " ",  "\n", "…",  "~",  "～", "“", "”"});
    return isOneOf(character, kMarks);
}

bool endsAt(const Text& text, std::size_t at)
{
    return at >= text.size() || isMark(text[at]) || isOneOf(text[at], kAfter);
}

/// The name that begins at a place, as it is called; `length`: how many characters it takes there.
string nameAt(const Text& text, std::size_t at, std::size_t& length)
{
    string two = joined(text, at, 2);
    if (at + 1 >= text.size() || isMark(text[at]) || isMark(text[at + 1]) || isOneOf(two, kNone))
        return {};
    if (isOneOf(text[at], kSurnames)) {
        for (const string_view title : kTitles) {
            const std::size_t size = title.size() / 3;
            if (joined(text, at + 1, size) == title && at + 1 + size <= text.size()) {
                length = 1 + size;
                return text[at] + string(title);
            }
        }
    }
    length = 2;
    if (text[at] == text[at + 1])
        return two;
    if ((text[at] == "小" || text[at] == "阿" || text[at] == "老") && endsAt(text, at + 2))
        return two;
    if (!isOneOf(text[at], kSurnames))
        return {};
    if (at + 2 < text.size() && endsAt(text, at + 3) && !endsAt(text, at + 2)) {
        length = 3;
        return joined(text, at + 1, 2);
    }
    return endsAt(text, at + 2) ? two : string();
}

/// Two characters that are no word: behind a relation they are a name, though nothing else says so.
string unknownAt(const Text& text, std::size_t at, const WordSpace& space)
{
    static constexpr auto kFirst = std::to_array<string_view>(
        {"要", "不", "在", "很", "就", "是", "我", "你", "他", "她", "去", "说", "会", "能", "又", "也",
         "都", "被", "把", "给", "跟", "和", "走", "没", "想", "爱", "太", "最", "好", "老", "天", "一",
         "今", "明", "下", "上", "第", "每", "的", "生", "这", "那", "总", "还", "刚", "们", "了", "子",
         "从", "当", "出", "来", "过", "帮", "教", "睡", "只", "怕", "写", "唱", "结", "离", "分", "送",
         "对", "有", "真", "再", "做", "打", "吵", "叫", "养", "喜", "名", "离", "五", "六"});
    static constexpr auto kSecond = std::to_array<string_view>(
        {"了", "的", "着", "过", "在", "不", "很", "就", "也", "都", "是", "要", "去", "说", "会", "能"});
    string two = joined(text, at, 2);
    if (at + 1 >= text.size() || text[at].size() != 3 || text[at + 1].size() != 3 || isMark(text[at]) ||
        isMark(text[at + 1]) || isOneOf(text[at], kFirst) || isOneOf(text[at + 1], kSecond) ||
        isOneOf(two, kNone) || space.find(language::Language::Mandarin, two) >= 0)
        return {};
    // Nor a word that longer lists know.
    string request;
    for (const string& character : text)
        request += character;
    std::size_t before = 0; // characters
    for (const string& segment : language::segments(request)) {
        const std::size_t size = charactersOf(segment).size();
        if (before <= at && at + 1 < before + size)
            return {};
        before += size;
    }
    return two;
}

/// What somebody or something is said to be called: all up to the end of the clause.
string calledAt(const Text& text, std::size_t at, std::size_t& length)
{
    static constexpr auto kNot =
        std::to_array<string_view>({"我", "你", "他", "她", "它", "人", "过", "卖", "做", "醒", "停", "外",
                                    "着", "不", "一", "了", "啥", "什"});
    if (at >= text.size() || isOneOf(text[at], kNot))
        return {};
    std::size_t end = at;
    while (end < text.size() && !isMark(text[end]) && text[end] != "的" && end < at + 4)
        ++end;
    length = end - at;
    if (length < 2 || length > 3)
        return {};
    return length == 3 && isOneOf(text[at], kSurnames) ? joined(text, at + 1, 2) : joined(text, at, length);
}

template<std::size_t n>
bool follows(const Text& text, std::size_t at, const std::array<string_view, n>& words)
{
    return std::any_of(words.begin(), words.end(), [&](string_view word) {
        const std::size_t size = word.size() / 3;
        return size <= at && joined(text, at - size, size) == word;
    });
}

} // namespace

string mandarin(const string& request, const WordSpace& space)
{
    const Text text = charactersOf(request);
    string name;
    for (std::size_t at = 1; at < text.size(); ++at) {
        std::size_t length = 0;
        string found;
        // A shop is nobody.
        const bool shop = at > 1 && (text[at - 2] == "名" || text[at - 2] == "店" || text[at - 2] == "，") &&
                          (request.find("店") != string::npos || request.find("公司") != string::npos);
        if (text[at - 1] == "叫")
            found = shop ? string() : calledAt(text, at, length);
        else if (follows(text, at, kRelations) || follows(text, at, kFor) ||
                 (text[at - 1] == "的" && (text[at] == "小" || text[at] == "老")))
            found = nameAt(text, at, length);
        const bool with = text[at - 1] == "跟" && at > 1 && text[at - 2] == "我";
        const bool writes = text[at - 1] == "给" && at + 2 < text.size() && text[at + 2] == "写";
        if (found.empty() && (follows(text, at, kRelations) || writes || with)) {
            found = unknownAt(text, at, space);
            length = 2;
        }
        if (found.empty() || found == name)
            continue;
        // Whom of two to call?
        if (!name.empty())
            return {};
        name = found;
        const std::size_t next = at + length;
        std::size_t other = 0;
        if (next < text.size() && (text[next] == "和" || text[next] == "、" || text[next] == "跟") &&
            !(nameAt(text, next + 1, other).empty() && unknownAt(text, next + 1, space).empty()))
            return {};
        at = next;
    }
    return name;
}

} // namespace cantilena::compose::lyric::names
