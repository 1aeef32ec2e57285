#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cantilena::language {

struct Token {
    enum class Kind {
        Latin,    ///< a word: letters, accents, inner apostrophes and hyphens, or initials with dots
        Number,   ///< digits with what belongs to them: "$5.50", "42nd", "'90s", "10:30", "50%"
        Han,      ///< a run of Han characters
        Other,    ///< a run of letters of other scripts
        Symbol,   ///< a run of emoji and the like
        Character ///< one of & @ + = % that is read by name
    };
    Kind kind = Kind::Latin;
    std::string text;
    std::size_t offset = 0;  ///< in bytes
    bool afterSpace = false; ///< a space or punctuation stands between the token before and this one
    bool afterStop = false;  ///< punctuation does
};

/// The readable pieces of a normalised line, in order.
std::vector<Token> tokenise(std::string_view line);

} // namespace cantilena::language
