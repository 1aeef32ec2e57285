#pragma once

#include <string>

#include <compose/lyrics_words.h>
#include <language/language_id.h>

/// The name that a request brings, so that the song can call it: Becky of "hen party song for Becky!!", 朵朵
/// of 给我女儿朵朵写一首摇篮曲.
namespace cantilena::compose::lyric {

/// As it is called and written: "Mrs. Okonkwo", "Gerald" (though typed small), 思雨 of 陈思雨, 王老师. Empty
/// where nobody is named, or several are. No model but the dictionary; any thread.
std::string nameIn(const std::string& request, language::Language language, const WordSpace& space);

namespace names {

std::string english(const std::string& request, const WordSpace& space);
std::string mandarin(const std::string& request, const WordSpace& space);

} // namespace names

} // namespace cantilena::compose::lyric
