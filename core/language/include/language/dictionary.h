#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <base/result.h>

namespace cantilena::language {

/// Where the dictionaries are; the defaults are those of the Debian packages.
struct DictionaryFiles {
    /// Hunspell's American English, without the endings .aff and .dic (package hunspell-en-us).
    std::filesystem::path spelling = "/usr/share/hunspell/en_US";
    /// The database of WordNet 3.0 (package wordnet-base), format: wndb(5).
    std::filesystem::path wordnet = "/usr/share/wordnet";
};

/// What dictionaries say of English words that the program's own models do not know: the word that a
/// misspelt one stands for, and the kind of thing that a rare noun names. Any thread; results depend on the
/// arguments alone.
class Dictionary {
public:
    /// About 50 ms. The error names the package to install.
    static Result<std::unique_ptr<Dictionary>> open(const DictionaryFiles& files = {});
    ~Dictionary();
    Dictionary(const Dictionary&) = delete;
    Dictionary& operator=(const Dictionary&) = delete;

    /// The word that a misspelt one (lower case) most likely stands for ("freind": friend): one letter added,
    /// lost, exchanged, or two that changed places (Damerau 1964), among those that `known` accepts. Empty
    /// for a word that is spelt right, for a name ("leeds": Leeds), and where nothing is as near. Some
    /// milliseconds.
    std::string corrected(const std::string& word,
                          const std::function<bool(const std::string&)>& known) const;

    /// Whether a word (lower case) is spelt as one is, names aside. Microseconds.
    bool has(const std::string& word) const;

    /// Whether a word (lower case) is the base of a verb ("keep"); many are nouns too.
    bool isVerb(const std::string& word) const;
    /// Whether a word (lower case) may be a verb with a subject before it, in the third person ("keeps") or
    /// the past ("kept"); many nouns of more than one ("rings") are too. Below a millisecond.
    bool isFiniteVerb(const std::string& word) const;
    /// Whether a word (lower case) may be a verb of the past ("kept", "learned").
    bool isPastVerb(const std::string& word) const;
    /// Whether a word (lower case) may be the -ing form of a verb ("packing", but not "morning").
    bool isGerund(const std::string& word) const;

    /// What a noun (lower case, singular or plural) is a kind of by its commonest `senses`, the nearest
    /// first: other words for it, then its hypernyms up to three levels; of kinds of several words the last
    /// ("hunting dog": dog). Without what everything is ("thing", "person"). Empty for other words.
    std::vector<std::string> kinds(const std::string& word, std::size_t senses) const;

    /// What a noun names by its commonest sense.
    enum class Noun : std::uint8_t {
        None, ///< no noun
        Animal,
        Thing, ///< made or found, food and plants too
        Event, ///< what is done or happens, and what is said or written
        Body,  ///< parts of the body
        Person,
        Other, ///< times, places, measures, groups, thoughts, feelings
    };
    /// By the lexicographer files of WordNet. Below a millisecond.
    Noun noun(const std::string& word) const;

private:
    struct State;
    explicit Dictionary(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cantilena::language
