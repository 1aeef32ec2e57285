#pragma once

#include <string>
#include <string_view>

namespace cantilena::compose::lyric {

/// A request in lower case, parted.
struct Asking {
    /// The words that ask for a song, or say how it is to sound, rather than what it is about, parted by
    /// spaces: "我想听", "民谣"; the "blues" of "a blues song about rain", but not the "rock" of "a rock
    /// climbing song".
    std::string manner;
    std::string subject;      ///< what is left
    bool forChildren = false; ///< it wants a nursery song

    /// Whether `word` only says how the song is to sound.
    bool isManner(const std::string& word) const
    {
        return (" " + manner).find(" " + word + " ") != std::string::npos;
    }
};

Asking readAsking(const std::string& request);

/// The first clause of a request, which mostly says what its song is about where later ones say more of it:
/// "moved for my job" of "moved for my job and know nobody". At least a few words long; the whole where there
/// is one clause.
std::string_view firstClause(std::string_view request);

/// The words written with a capital inside an English sentence, in lower case and parted by spaces: "my
/// ferret Pickle" has a name that is also a word. None where capitals are the rule.
std::string capitalsInside(std::string_view request);

} // namespace cantilena::compose::lyric
