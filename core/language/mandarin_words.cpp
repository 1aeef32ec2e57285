#include "mandarin_words.h"

#include <algorithm>
#include <iterator>

namespace cantilena::language {

namespace {

constexpr PhraseReading kPhrases[] = {{"不好", "bu4 hao3"},          {"不了", "bu4 liao3"},
                                      {"着急", "zhao2 ji2"},         {"别着急", "bie2 zhao2 ji2"},
                                      {"便宜", "pian2 yi5"},         {"垃圾", "la1 ji1"},
                                      {"咖啡", "ka1 fei1"},          {"什么", "shen2 me5"},
                                      {"为什么", "wei4 shen2 me5"},  {"怎么", "zen3 me5"},
                                      {"扇子", "shan4 zi5"},         {"颜色", "yan2 se4"},
                                      {"睡觉", "shui4 jiao4"},       {"午觉", "wu3 jiao4"},
                                      {"重来", "chong2 lai2"},       {"重逢", "chong2 feng2"},
                                      {"重回", "chong2 hui2"},       {"重走", "chong2 zou3"},
                                      {"头发", "tou2 fa5"},          {"长大", "zhang3 da4"},
                                      {"天台", "tian1 tai2"},        {"忘了", "wang4 le5"},
                                      {"受不了", "shou4 bu4 liao3"}, {"忘不了", "wang4 bu4 liao3"},
                                      {"好多", "hao3 duo1"},         {"还有", "hai2 you3"},
                                      {"还在", "hai2 zai4"},         {"还没", "hai2 mei2"},
                                      {"还要", "hai2 yao4"},         {"还会", "hai2 hui4"},
                                      {"还能", "hai2 neng2"},        {"空房", "kong1 fang2"},
                                      {"空调", "kong1 tiao2"},       {"大夫", "dai4 fu5"},
                                      {"兄弟", "xiong1 di4"},        {"外婆", "wai4 po2"},
                                      {"奶奶", "nai3 nai5"},         {"妈妈", "ma1 ma5"},
                                      {"爸爸", "ba4 ba5"},           {"爷爷", "ye2 ye5"},
                                      {"姐姐", "jie3 jie5"},         {"妹妹", "mei4 mei5"},
                                      {"哥哥", "ge1 ge5"},           {"弟弟", "di4 di5"},
                                      {"宝贝", "bao3 bei4"},         {"朋友", "peng2 you5"},
                                      {"月亮", "yue4 liang4"},       {"星星", "xing1 xing5"},
                                      {"白发", "bai2 fa4"},          {"快乐", "kuai4 le4"},
                                      {"音乐", "yin1 yue4"},         {"乐队", "yue4 dui4"},
                                      {"出租车", "chu1 zu1 che1"},   {"泡泡", "pao4 pao5"},
                                      {"数不清", "shu3 bu4 qing1"},  {"数星星", "shu3 xing1 xing5"},
                                      {"数着", "shu3 zhe5"},         {"看看", "kan4 kan4"},
                                      {"一行", "yi4 hang2"},         {"穿着", "chuan1 zhe5"},
                                      {"活着", "huo2 zhe5"},         {"肚子", "du4 zi5"},
                                      {"日子", "ri4 zi5"},           {"弹琴", "tan2 qin2"},
                                      {"唱片", "chang4 pian4"},      {"照片", "zhao4 pian4"},
                                      {"相片", "xiang4 pian4"},      {"一场", "yi4 chang3"},
                                      {"一起", "yi4 qi3"},           {"一直", "yi4 zhi2"},
                                      {"一样", "yi2 yang4"},         {"一定", "yi2 ding4"},
                                      {"一切", "yi2 qie4"},          {"一生", "yi4 sheng1"},
                                      {"一点", "yi4 dian3"},         {"一点点", "yi4 dian3 dian3"},
                                      {"慢慢", "man4 man4"},         {"好好", "hao3 hao3"}};

// The traditional form of 着 and 的 is the same.
constexpr std::string_view kStartsAllowed[] = {
    "着火", "着涼", "着迷", "着想", "着落",   "着裝", "着陸", "着重",     "着魔", "着急", "的確", "的士",
    "了解", "了卻", "了結", "了斷", "了不起", "了得", "了然", "了如指掌", "了事", "了願", "了無"};
constexpr std::string_view kCapitals[] = {"首都", "古都", "京都", "成都", "故都",
                                          "帝都", "魔都", "國都", "舊都", "新都"};

struct Regional {
    std::string_view glyph, taiwan, mainland;
};
constexpr Regional kRegional[] = {
    {"期", "qi2", "qi1"},   {"息", "xi2", "xi1"},       {"識", "shi4", "shi2"},
    {"播", "bo4", "bo1"},   {"突", "tu2", "tu1"},       {"凸", "tu2", "tu1"},
    {"跡", "ji1", "ji4"},   {"蹟", "ji1", "ji4"},       {"績", "ji1", "ji4"},
    {"夕", "xi4", "xi1"},   {"熄", "xi2", "xi1"},       {"惜", "xi2", "xi1"},
    {"昔", "xi2", "xi1"},   {"悉", "xi2", "xi1"},       {"擊", "ji2", "ji1"},
    {"微", "wei2", "wei1"}, {"危", "wei2", "wei1"},     {"薇", "wei2", "wei1"},
    {"寂", "ji2", "ji4"},   {"帆", "fan2", "fan1"},     {"擁", "yong3", "yong1"},
    {"究", "jiu4", "jiu1"}, {"質", "zhi2", "zhi4"},     {"跌", "die2", "die1"},
    {"叔", "shu2", "shu1"}, {"淑", "shu2", "shu1"},     {"堤", "ti2", "di1"},
    {"骨", "gu2", "gu3"},   {"傍", "bang1", "bang4"},   {"亞", "ya3", "ya4"},
    {"俄", "e4", "e2"},     {"診", "zhen1", "zhen3"},   {"儲", "chu2", "chu3"},
    {"鞠", "ju2", "ju1"},   {"框", "kuang1", "kuang4"}, {"誼", "yi2", "yi4"},
    {"髮", "fa3", "fa4"},   {"蝸", "gua1", "wo1"},      {"液", "yi4", "ye4"},
    {"崖", "yai2", "ya2"},  {"崖", "ai2", "ya2"},       {"濤", "tao2", "tao1"},
    {"和", "han4", "he2"},  {"檯", "yi2", "tai2"},      {"臺", "yi2", "tai2"},
    {"泡", "pao1", "pao4"}, {"血", "xie3", "xue4"},     {"攜", "xi1", "xie2"},
    {"括", "gua1", "kuo4"}, {"場", "chang2", "chang3"}, {"哎", "ai5", "ai1"},
    {"喔", "o1", "wo1"},    {"哟", "yao1", "yo1"},      {"色", "shai5", "se4"}};

bool contains(std::string_view set, std::string_view glyph)
{
    return !glyph.empty() && set.find(glyph) != std::string_view::npos;
}

} // namespace

std::span<const PhraseReading> songPhrases()
{
    return kPhrases;
}

bool isAccidentalWord(std::string_view word)
{
    const auto isIn = [&](const auto& list) {
        return std::find(std::begin(list), std::end(list), word) != std::end(list);
    };
    if (word.starts_with("的") || word.starts_with("了") || word.starts_with("着"))
        return !isIn(kStartsAllowed);
    if (word.size() == 6 && word.ends_with("都"))
        return !isIn(kCapitals);
    return false;
}

std::string_view mainlandReading(std::string_view glyph, std::string_view pinyin)
{
    for (const Regional& entry : kRegional) {
        if (entry.glyph == glyph && entry.taiwan == pinyin)
            return entry.mainland;
    }
    return pinyin;
}

std::string_view readingInContext(std::string_view glyph, std::string_view before, std::string_view after,
                                  std::string_view beforeWord)
{
    constexpr std::string_view kCounts = "一二两三四五六七八九十几半每这那哪第";
    if (glyph == "只" && contains(kCounts, before) && !contains("是有能会要想好剩够在", after))
        return "zhi1";
    if (glyph == "长" && contains("大着得成出满高了在到回", after))
        return "zhang3";
    if (glyph == "了" && contains("不得", before))
        return "liao3";
    if (glyph == "觉" && contains("一睡午个", before))
        return "jiao4";
    if (glyph == "行" && contains("一两三四五六七八九十几每这那哪末", before) && after != "人")
        return "hang2";
    if (glyph == "倒" && contains("在下了", after))
        return "dao3";
    if (glyph == "系" && contains("紧好上着住", after))
        return "ji4";
    if (glyph == "地" && !after.empty()) {
        const bool doubled = beforeWord.size() == 3 && beforeWord == before;
        if (beforeWord.size() >= 6 || (doubled && contains("慢轻静悄默深紧远久淡缓偷", before)))
            return "de5";
    }
    return {};
}

} // namespace cantilena::language
