#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <language/language.h>

namespace cantilena::language {

/// Thirteen rhyme groups of modern Mandarin song (十三辙), by final.
enum class RhymeGroup : std::uint8_t {
    FaHua,     ///< 发花 a ia ua
    SuoBo,     ///< 梭坡 o e uo
    MieXie,    ///< 乜斜 ie ve
    YiQi,      ///< 一七 i v er ir iz
    GuSu,      ///< 姑苏 u
    HuaiLai,   ///< 怀来 ai uai
    HuiDui,    ///< 灰堆 ei ui
    YaoTiao,   ///< 遥条 ao iao
    YouQiu,    ///< 油求 ou iu
    YanQian,   ///< 言前 an ian uan van
    RenChen,   ///< 人辰 en in un vn
    JiangYang, ///< 江阳 ang iang uang
    ZhongDong, ///< 中东 eng ing ueng ong iong
    None       ///< not a Mandarin final
};
inline constexpr int kRhymeGroupCount = 13;

/// The group of a pinyin final as Syllable holds it ("ian", "iz", "v" ...); None for anything else.
RhymeGroup rhymeGroup(std::string_view final);
/// The group's Chinese name, such as "发花"; empty for None.
std::string_view nameOf(RhymeGroup group);

/// How well two words rhyme. Identical: the same sounds from the consonant before the rhyme on ("sea", "see";
/// 在, 再), which a listener hears as repetition. True: the same class. Near: the same loose class.
enum class Rhyme : std::uint8_t { None, Near, True, Identical };

/// The rhyme class of a word or of a line's last word. English: the phones from the last stressed vowel
/// (primary or secondary; the last vowel where none is stressed) to the end, such as "ey t", with "ah" for
/// "ax". Mandarin: the name of the last syllable's group. Empty when there is no syllable.
std::string rhymeKey(const Word& word);
/// A coarser class: neighbouring vowels and consonants of one manner are merged ("time" and "line", 人辰 and
/// 中东).
std::string looseRhymeKey(const Word& word);
Rhyme rhyme(const Word& a, const Word& b);
/// rhyme(a, b) is True: what a rhyme scheme asks for.
bool rhymes(const Word& a, const Word& b);

/// The stress of each syllable as digits ("102"), Mandarin its lexical tone ("35").
std::string stressPattern(const Word& word);

/// Whether a phone is an English vowel (aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw).
bool isEnglishVowel(std::string_view phone);
/// Whether a phone is a pinyin final as Syllable holds it.
bool isMandarinFinal(std::string_view phone);

} // namespace cantilena::language
