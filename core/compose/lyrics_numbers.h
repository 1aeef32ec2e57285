#pragma once

#include <string>
#include <vector>

#include <language/language_id.h>

namespace cantilena::compose::lyric {

/// What lines may sing for the ages and spans of years that a request names, 1 to 100, in digits or in words:
/// "our 30th anniversary" gives "thirty" and "thirtieth", "奶奶80岁" gives "八十" and "八十岁". Seconds,
/// beats and calendar years are no such numbers. In the order of the request, without repeats.
std::vector<std::string> agesAndYears(const std::string& request, language::Language language);

} // namespace cantilena::compose::lyric
