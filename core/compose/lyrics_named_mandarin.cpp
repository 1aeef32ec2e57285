#include <algorithm>
#include <unordered_set>

#include "lyrics_naming.h"
#include "lyrics_word_sets.h"
#include "utf8.h"

/// Whom and what a Mandarin telling is about.
namespace cantilena::compose::lyric::naming {

namespace {

using std::string;
using std::string_view;
using WordSet = std::unordered_set<string_view>;

constexpr float kSureNoun = 0.95F; // of its uses, of a noun that begins a clause

/// Ends of words for people, and whole ones.
bool namesPerson(const string& word)
{
    static const WordSet kEnds = {"人",     "员",     "师",     "生",   "长",     "友",   "们",     "姐",
                                  "哥",     "爷",     "奶",     "妈",   "爸",     "婆",   "公",     "叔",
                                  "姨",     "嫂",     "伯",     "者",   "弟",     "妹",   "娘",     "孩",
                                  "儿子",   "女儿",   "同桌",   "室友", "邻居",   "老板", "闺蜜",   "房东",
                                  "宝宝",   "教练",   "孩子",   "小孩", "师父",   "师傅", "官府",   "东家",
                                  "邻居家", "小伙子", "老头子", "老头", "老太太", "闺女", "双胞胎", "儿媳妇",
                                  "老两口", "环卫工", "老伴",   "继父", "家长",   "观众", "亲戚",   "大夫",
                                  "医生",   "护士",   "司机",   "徒弟", "同学",   "同事", "领导",   "客户"};
    const std::vector<string> characters = charactersOf(word);
    return genderOf(word) != 0 || kinOf(word) != 0 || kEnds.contains(word) ||
           (!characters.empty() && kEnds.contains(characters.back()));
}

bool isVagueMandarin(const string& word)
{
    static const WordSet kEnds = {"年", "月", "天", "点", "钟", "次", "岁", "晚", "早", "午", "里", "上",
                                  "下", "边", "面", "时", "候", "周", "省", "市", "县", "村", "镇", "国",
                                  "城", "区", "路", "街", "号", "分", "秒", "块", "元", "样", "处", "间"};
    static const WordSet kWords = {
        "时候", "东西", "事情", "地方",   "名字", "声音", "眼睛", "眼泪", "手指", "头发",   "家里",   "学校",
        "公司", "医院", "城市", "老家",   "世界", "生活", "心里", "心",   "全家", "全班",   "全校",   "手机",
        "电话", "消息", "微信", "办公室", "教室", "房间", "客厅", "厨房", "楼下", "门口",   "中国",   "上海",
        "北京", "问题", "办法", "结果",   "国家", "手掌", "心脏", "额头", "鼻子", "肩膀",   "膝盖",   "嗓子",
        "空气", "人声", "风声", "月亮",   "太阳", "星星", "大雪", "化疗", "车祸", "视频",   "心事",   "生日",
        "国家", "手掌", "心脏", "额头",   "鼻子", "肩膀", "膝盖", "嗓子", "空气", "人声",   "风声",   "月亮",
        "太阳", "星星", "大雪", "化疗",   "车祸", "视频", "心事", "报警", "戒烟", "领证",   "出院",   "移民",
        "村子", "植物", "大学", "位置",   "位子", "格子", "夹菜", "念书", "周末", "冬天",   "夏天",   "春天",
        "秋天", "故事", "嘴巴", "肚子",   "脑袋", "身体", "眼前", "当场", "冠军", "第一名", "一等奖", "朋友",
        "家人", "大家", "歌",   "首歌",   "机会", "梦想", "力气", "脚步", "背影", "笑容",   "样子",   "味道"};
    const std::vector<string> characters = charactersOf(word);
    return kWords.contains(word) || characters.empty() || kEnds.contains(characters.back());
}

/// One clause of a request, in words.
std::vector<std::vector<string>> mandarinClauses(const Corpus& corpus, const string& text)
{
    static const WordSet kMarks = {"，", "。", "！", "？", "、", "；", "：", ",",
                                   ".",  "!",  "?",  ";",  ":",  " ",  "\n", "…"};
    std::vector<std::vector<string>> clauses;
    string clause;
    const auto end = [&] {
        if (!clause.empty())
            clauses.push_back(corpus.space->split(clause));
        clause.clear();
    };
    for (const string& character : charactersOf(text)) {
        if (kMarks.contains(character))
            end();
        else
            clause += character;
    }
    end();
    return clauses;
}

/// A text without what somebody says in it, who speaks of others.
string unquoted(const string& text)
{
    string told;
    bool quoted = false;
    for (const string& character : charactersOf(text)) {
        if (character == "“" || character == "「" || (character == "\"" && !quoted))
            quoted = true;
        else if (character == "”" || character == "」" || character == "\"")
            quoted = false;
        else if (!quoted)
            told += character;
    }
    return told;
}

bool isTimeWord(const Corpus& corpus, const string& word)
{
    const int lexeme = corpus.lexeme(word);
    if (lexeme < 0)
        return false;
    const auto& shares = corpus.lexemes[static_cast<std::size_t>(lexeme)].shares;
    return std::any_of(shares.begin(), shares.end(), [&](const auto& share) {
        return corpus.tagName(share.first) == "t" && share.second >= 0.5F;
    });
}

/// Whether a clause can begin to tell of somebody behind these words: 昨天, 我 (妈), 写首歌给.
bool tellsFrom(const Corpus& corpus, const std::vector<string>& clause, std::size_t at)
{
    static const WordSet kBefore = {"给",   "写给", "唱给", "关于",   "想念", "想",  "谢谢", "感谢", "献给",
                                    "为",   "那天", "我",   "跟",     "我的", "咱",  "咱们", "我们", "我家",
                                    "和",   "以前", "从前", "小时候", "的",   "这",  "那",   "今天", "昨天",
                                    "今年", "去年", "写",   "我们家", "终于", "因为"};
    if (at == 0)
        return true;
    const string& before = clause[at - 1];
    if (before == "的")
        return at == 2 && (clause[0] == "我" || clause[0] == "我们");
    return kBefore.contains(before) || isTimeWord(corpus, before);
}

std::vector<string> mandarinWhom(const Corpus& corpus, const string& prompt, int& gender)
{
    static const WordSet kSingle = {"妈", "爸", "哥", "姐", "弟", "妹", "爷",
                                    "奶", "娘", "爹", "舅", "叔", "姑", "姨"};
    static const WordSet kOwn = {"同桌", "室友", "邻居", "老板",   "闺蜜", "师傅", "师父", "房东",
                                 "徒弟", "同事", "发小", "表姐",   "表哥", "表弟", "表妹", "堂哥",
                                 "堂姐", "堂弟", "堂妹", "班主任", "闺女", "老伴", "老妈", "老爸",
                                 "继父", "继母", "搭档", "队友",   "老妹", "老弟"};
    static const WordSet kAfterName = {"老师", "师傅", "阿姨", "大爷", "大妈", "奶奶", "爷爷",
                                       "叔叔", "叔",   "姨",   "姐",   "哥",   "婶",   "大叔"};
    static const WordSet kSurnames = {
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
        "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓",
        "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "余",
        "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚", "谭", "廖", "邹", "熊",
        "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟"};
    static const WordSet kNobody = {"女人", "男人", "女孩", "男孩", "女生", "男生",
                                    "兄弟", "姑娘", "大妈", "大爷", "新娘", "新郎"};
    for (const std::vector<string>& clause : mandarinClauses(corpus, unquoted(prompt))) {
        for (std::size_t i = 0; i < clause.size(); ++i) {
            const string& word = clause[i];
            const string before = i > 0 ? clause[i - 1] : string();
            if (i > 0 && kSurnames.contains(before) && kAfterName.contains(word) &&
                tellsFrom(corpus, clause, i - 1)) {
                gender = genderOf(word);
                return {before + word};
            }
            if (i + 1 < clause.size() && (word == "老" || word == "小" || word == "阿") &&
                kSurnames.contains(clause[i + 1]) && tellsFrom(corpus, clause, i))
                return {word + clause[i + 1]};
            const bool mine = before == "我" || before == "咱" || before == "我家";
            if (kSingle.contains(word) && mine && tellsFrom(corpus, clause, i - 1)) {
                gender = genderOf(word);
                return {"我" + word};
            }
            if (!tellsFrom(corpus, clause, i))
                continue;
            const bool kin = (genderOf(word) != 0 || kinOf(word) != 0) && charactersOf(word).size() >= 2;
            if (kin && !word.ends_with("们") && !kNobody.contains(word)) {
                gender = genderOf(word);
                return {word};
            }
            if (kOwn.contains(word)) {
                gender = word == "老妈" || word == "闺女" || word == "继母" || word == "闺蜜" ? 1
                         : word == "老爸" || word == "继父"                                   ? -1
                                                                                              : 0;
                return {before == "我" && word != "老伴" && word != "闺女" ? "我" + word : word};
            }
            if ((word == "猫" || word == "狗") && before == "我家")
                return {"我家" + word};
        }
    }
    return {};
}

/// Whether a thing is brought in before a word: by a measure word, as what is done to, or as what a statement
/// begins with.
bool bringsIn(const string& before)
{
    static const WordSet kBefore = {"把", "个", "只", "块", "条", "辆", "本", "张", "封", "杯", "碗",
                                    "件", "双", "座", "台", "棵", "朵", "支", "根", "头", "匹", "份",
                                    "盒", "袋", "瓶", "部", "架", "艘", "幅", "颗", "粒", "串", "群",
                                    "盆", "桶", "包", "罐", "盘", "锅", "枚", "顶", "副"};
    const std::vector<string> characters = charactersOf(before);
    return !characters.empty() && kBefore.contains(characters.back()) && characters.size() <= 3;
}

/// Whether a word makes one thing of the noun before it: "合租 | 室友", "小学 | 时".
bool goesOn(const Corpus& corpus, string_view next)
{
    static const WordSet kWords = {"时", "那", "的", "摊", "家", "店", "们", "后", "前", "时候"};
    return kWords.contains(next) || isNoun(corpus, string(next));
}

std::vector<string> mandarinWhat(const Corpus& corpus, const std::vector<string>& lines,
                                 const std::vector<string>& whom)
{
    static const WordSet kPlaces = {"里", "上",   "下",   "边",   "旁",   "前",   "后", "外",
                                    "中", "里面", "上面", "旁边", "门口", "底下", "的"};
    std::vector<Thing> things;
    for (const string& line : lines) {
        for (const std::vector<string>& clause : mandarinClauses(corpus, line)) {
            for (std::size_t i = 0; i < clause.size(); ++i) {
                const string& word = clause[i];
                const std::size_t length = charactersOf(word).size();
                const bool known = std::any_of(whom.begin(), whom.end(),
                                               [&](const string& w) { return w.find(word) != string::npos; });
                if (length < 2 || length > 4 || known || !isNoun(corpus, word) || namesPerson(word) ||
                    isVagueMandarin(word) || isStopWord(word) || word.starts_with("整"))
                    continue;
                const string_view next = i + 1 < clause.size() ? string_view(clause[i + 1]) : string_view();
                const double concrete = concretenessOf(corpus, word);
                const bool again = std::any_of(things.begin(), things.end(), [&](const Thing& thing) {
                    return thing.words.back() == word;
                });
                const bool begins = i == 0 && nounShare(corpus, word) >= kSureNoun && !goesOn(corpus, next);
                const bool brought = i > 0 && bringsIn(clause[i - 1]);
                if (concrete < kConcrete || kPlaces.contains(next) || !(again || begins || brought))
                    continue;
                keepThing(things, {{word}, concrete + rarityOf(corpus, word)});
            }
        }
    }
    return bestOf(things);
}

} // namespace

Named mandarin(const song::Brief& brief, const std::vector<std::string>& lines, const Corpus& corpus)
{
    Named named;
    named.whom = mandarinWhom(corpus, brief.prompt, named.gender);
    named.what = mandarinWhat(corpus, lines, named.whom);
    return named;
}

} // namespace cantilena::compose::lyric::naming
