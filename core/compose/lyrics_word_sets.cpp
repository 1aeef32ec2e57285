#include "lyrics_word_sets.h"

#include <unordered_map>
#include <unordered_set>

namespace cantilena::compose::lyric {

bool isNumber(std::string_view text)
{
    static const std::unordered_set<std::string_view> kNumbers = {
        "one",       "two",      "three",    "four",    "five",     "six",      "seven",   "eight",
        "nine",      "ten",      "eleven",   "twelve",  "thirteen", "fourteen", "fifteen", "sixteen",
        "seventeen", "eighteen", "nineteen", "twenty",  "thirty",   "forty",    "fifty",   "sixty",
        "seventy",   "eighty",   "ninety",   "hundred", "thousand", "first",    "second",  "third",
        "fourth",    "last",     "next",     "一",      "二",       "两",       "三",      "四",
        "五",        "六",       "七",       "八",      "九",       "十"};
    return kNumbers.contains(text);
}

bool isNumeral(std::string_view text)
{
    constexpr std::size_t kCharacter = 3; // bytes of a Chinese one
    if (text.empty() || static_cast<unsigned char>(text.front()) < 0x80)
        return isNumber(text) || text.ends_with("tieth") || text.ends_with("teenth");
    for (; !text.empty(); text.remove_prefix(std::min(text.size(), kCharacter)))
        if (!isNumber(text.substr(0, kCharacter)) && !text.starts_with("百") && !text.starts_with("岁"))
            return false;
    return true;
}

bool isGenderedPronoun(std::string_view text)
{
    static const std::unordered_set<std::string_view> kPronouns = {
        "he",    "she",   "him",    "her",   "his",     "hers",    "he's", "she's", "he'd",
        "she'd", "he'll", "she'll", "who's", "herself", "himself", "他",   "她"};
    return kPronouns.contains(text);
}

bool isPersonalPronoun(std::string_view text)
{
    static const std::unordered_set<std::string_view> kPronouns = {
        "i",   "me",     "my",     "mine",   "you",  "your",  "he",    "him",   "his",     "she",
        "her", "we",     "us",     "our",    "they", "them",  "their", "i'm",   "i've",    "i'll",
        "i'd", "you're", "you've", "you'll", "he's", "she's", "we're", "we've", "they're", "我",
        "你",  "他",     "她",     "我们",   "你们", "他们",  "她们",  "咱",    "咱们"};
    return kPronouns.contains(text);
}

int genderOf(std::string_view word)
{
    static const std::unordered_set<std::string_view> kShe = {
        "sis",           "mommy",      "ma",     "lady",       "auntie", "grandmother", "grandma",
        "granny",        "nana",       "mother", "mom",        "mum",    "mama",        "sister",
        "daughter",      "wife",       "girl",   "girlfriend", "aunt",   "woman",       "queen",
        "bride",         "外婆",       "奶奶",   "妈妈",       "母亲",   "姐姐",        "妹妹",
        "女儿",          "妻子",       "女孩",   "姑娘",       "老婆",   "祖母",        "女朋友",
        "阿姨",          "她",         "姥姥",   "妈",         "娘",     "姐",          "妹",
        "阿婆",          "婆婆",       "大妈",   "奶",         "女生",   "女人",        "姑姑",
        "舅妈",          "嫂子",       "媳妇",   "孙女",       "新娘",   "闺蜜",        "niece",
        "granddaughter", "stepmother", "stepmom"};
    static const std::unordered_set<std::string_view> kHe = {
        "bro",   "sir",   "pa",     "gentleman", "lad",        "grandfather", "grandpa", "father",
        "dad",   "daddy", "papa",   "brother",   "son",        "husband",     "boy",     "boyfriend",
        "uncle", "man",   "king",   "groom",     "外公",       "爷爷",        "爸爸",    "父亲",
        "哥哥",  "弟弟",  "儿子",   "丈夫",      "男孩",       "老公",        "祖父",    "男朋友",
        "叔叔",  "姥爷",  "爸",     "爹",        "哥",         "弟",          "阿公",    "公公",
        "大爷",  "爷",    "男生",   "男人",      "舅舅",       "伯伯",        "姐夫",    "孙子",
        "新郎",  "兄弟",  "nephew", "grandson",  "stepfather", "stepdad"};
    return kShe.contains(word) ? 1 : kHe.contains(word) ? -1 : 0;
}

int kinOf(std::string_view word)
{
    static const std::unordered_map<std::string_view, int> kKin = {
        {"mother", 1},      {"mom", 1},         {"mum", 1},      {"mama", 1},   {"ma", 1},     {"mommy", 1},
        {"妈妈", 1},        {"妈", 1},          {"母亲", 1},     {"娘", 1},     {"father", 2}, {"dad", 2},
        {"daddy", 2},       {"papa", 2},        {"pa", 2},       {"爸爸", 2},   {"爸", 2},     {"父亲", 2},
        {"爹", 2},          {"grandmother", 3}, {"grandma", 3},  {"granny", 3}, {"nana", 3},   {"gran", 3},
        {"奶奶", 3},        {"外婆", 3},        {"姥姥", 3},     {"祖母", 3},   {"阿婆", 3},   {"奶", 3},
        {"grandfather", 4}, {"grandpa", 4},     {"granddad", 4}, {"爷爷", 4},   {"外公", 4},   {"姥爷", 4},
        {"祖父", 4},        {"阿公", 4},        {"爷", 4}};
    const auto found = kKin.find(word);
    return found == kKin.end() ? 0 : found->second;
}

} // namespace cantilena::compose::lyric
