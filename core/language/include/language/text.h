#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <language/language.h>

namespace cantilena::language {

/// One line of text made safe and uniform: compatibility forms are composed (full-width letters become plain,
/// NFKC), invalid UTF-8 becomes U+FFFD, line breaks, tabs and control characters become spaces, invisible
/// direction marks go. Readable characters all stay. Idempotent. Any thread.
std::string normalise(std::string_view line);

/// The line without the readings in brackets behind its words ("live[l ay1 v]"), as it is shown to those who
/// sing along. Any thread.
std::string withoutHints(std::string_view line);

/// The words of a text of any script, with what stands between them, by ICU's dictionaries and the rules of
/// Unicode Standard Annex 29: 我家的猫不理我 gives 我家, 的, 猫, 不理, 我. Joined they are the text. Any
/// thread.
std::vector<std::string> segments(std::string_view text);

/// The language most of the text is in: Mandarin when it has at least as many Han characters as words in
/// Latin letters, and at least one. Any thread.
Language detect(std::string_view text);

} // namespace cantilena::language
