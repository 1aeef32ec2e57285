#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <language/language.h>

namespace cantilena::language {

/// Words and readings of Han characters: the terra-pinyin dictionary by fewest words, OpenCC from simplified
/// characters, ICU for single characters that the dictionary lacks. Not re-entrant: the caller holds a lock.
class Mandarin {
public:
    static Result<std::unique_ptr<Mandarin>> open(const std::filesystem::path& dictionary,
                                                  const std::filesystem::path& simplifiedToTraditional);
    ~Mandarin();

    /// The words of a run of Han characters, offsets within the run. Lexical tones only; see applySandhi().
    std::vector<Word> read(std::string_view run) const;

private:
    struct State;
    explicit Mandarin(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Sets sungTone over words that are sung without a pause between them: 一 and 不 by the tone that follows,
/// and a third tone before another third tone as a second. `linked[i]` says that word i follows word i-1
/// directly.
void applySandhi(std::vector<Word>& words, const std::vector<bool>& linked);

/// mandarin_numbers.cpp: a Number token as Han characters ("50%" -> 百分之五十). `next` is the text that
/// follows.
std::string mandarinNumber(std::string_view token, std::string_view next);

} // namespace cantilena::language
