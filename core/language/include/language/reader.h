#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <language/language.h>

namespace cantilena::language {

/// Where the dictionaries are; the defaults are those of the Debian packages.
struct ReaderFiles {
    /// Toned pinyin for words and phrases in traditional characters (package rime-data-terra-pinyin).
    std::filesystem::path pinyin = "/usr/share/rime-data/terra_pinyin.dict.yaml";
    /// Simplified to traditional characters (package libopencc-data); a name is looked up where OpenCC keeps
    /// its own.
    std::filesystem::path simplifiedToTraditional = "s2t.json";
};

/// Reads lines of lyrics: words, syllables, phonemes, stress and tone, for English and Mandarin and lines
/// that mix them. Whatever is typed is read: every readable character belongs to a word, and every word has a
/// syllable.
///
/// English comes from flite's CMU lexicon and letter-to-sound rules, Mandarin from the longest dictionary
/// match with the most common reading of a single character. Numbers are read in the language of the words
/// beside them.
///
/// Whoever wants another reading writes it in brackets behind the word: CMU phones ("live[l ay1 v]") or
/// pinyin
/// ("行[hang2]", "银行[yin2 hang2]"). The bracket is no part of the word.
///
/// Every member may be called on any thread; calls share one lock (flite and ICU's transliterators are not
/// re-entrant) and one cache of words, so a second look at a word is quick. Results depend on the arguments
/// alone.
class Reader {
public:
    /// Loads the dictionaries (about 0.1 s). The error names the package to install.
    static Result<std::unique_ptr<Reader>> open(const ReaderFiles& files = {});
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// The words of a line, in order. `primary` decides how numbers and symbols with no word beside them are
    /// read. Empty when the line has nothing to sing (spaces, punctuation).
    std::vector<Word> read(std::string_view line, Language primary) const;

    /// One word of a vocabulary, out of context. When `text` holds several words their syllables are joined.
    /// A word without syllables when there is nothing to sing. About 10 microseconds the first time.
    Word word(std::string_view text, Language primary) const;

    /// The number of syllables of a line or a word; read(...) summed.
    int countSyllables(std::string_view text, Language primary) const;

private:
    struct State;
    explicit Reader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cantilena::language
