#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <language/language.h>

namespace cantilena::language {

/// Reads scripts other than Latin and Han through ICU's romanisation, letter by letter, as English phones.
/// All syllables are marked guessed. Not re-entrant: the caller holds a lock.
class Transliteration {
public:
    Transliteration();
    ~Transliteration();

    /// Empty when the run has no romanisation. The first call prepares ICU's rules.
    std::vector<Syllable> read(std::string_view run);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The hummed syllable of a symbol without a reading.
Syllable hummed(std::string_view text);

} // namespace cantilena::language
