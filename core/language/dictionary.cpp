#include <language/dictionary.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <mutex>
#include <sstream>
#include <string_view>
#include <utility>

#include <hunspell/hunspell.hxx>

namespace cantilena::language {

namespace {

constexpr std::size_t kShortestMisspelt = 5; // shorter ones are as near to many words
constexpr std::size_t kLevels = 3;

/// Kinds that tell nothing of a song.
constexpr std::array<std::string_view, 40> kEverything = {
    "person",    "individual", "someone",    "somebody",       "thing",     "object",
    "entity",    "unit",       "part",       "piece",          "group",     "act",
    "action",    "activity",   "quality",    "state",          "condition", "event",
    "artifact",  "artefact",   "substance",  "matter",         "being",     "organism",
    "material",  "relation",   "attribute",  "amount",         "quantity",  "device",
    "equipment", "structure",  "whole",      "item",           "soul",      "mortal",
    "creation",  "way",        "collection", "instrumentality"};

/// Whether the two differ by one letter added, lost or exchanged, or by two neighbours that changed places.
bool oneStepApart(const std::string& a, const std::string& b)
{
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t begin = 0, end = 0;
    while (begin < shorter && a[begin] == b[begin])
        ++begin;
    while (end < shorter - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end])
        ++end;
    const std::size_t left = a.size() - begin - end, right = b.size() - begin - end;
    if (left <= 1 && right <= 1)
        return left + right > 0;
    return left == 2 && right == 2 && a[begin] == b[begin + 1] && a[begin + 1] == b[begin];
}

std::string lowered(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

/// The line of a sorted file that begins with `key` and a space, or nothing.
std::string lineOf(std::ifstream& file, const std::string& key)
{
    file.clear();
    file.seekg(0, std::ios::end);
    std::streamoff low = 0, high = file.tellg();
    std::string line;
    // The line looked for begins at or after `low`, and before `high`.
    while (low < high) {
        const std::streamoff middle = low + (high - low) / 2;
        file.clear();
        file.seekg(std::max<std::streamoff>(middle - 1, 0));
        if (middle > 0)
            std::getline(file, line); // the rest of a line, or its end alone
        const std::streamoff begin = file.tellg();
        if (begin < 0 || begin >= high || !std::getline(file, line)) {
            high = middle;
            continue;
        }
        const int order = line.substr(0, line.find(' ')).compare(key);
        if (order == 0)
            return line;
        if (order < 0)
            low = begin + static_cast<std::streamoff>(line.size()) + 1;
        else
            high = middle;
    }
    return {};
}

/// A set of words for one thing, as data.noun has it.
struct Synset {
    int file = -1;                  ///< lexicographer file
    std::vector<std::string> words; ///< spaces as '_'
    std::vector<std::streamoff> hypernyms;
};

Synset synsetAt(std::ifstream& file, std::streamoff at)
{
    Synset synset;
    std::string line, field;
    file.clear();
    file.seekg(at);
    if (!std::getline(file, line))
        return synset;
    std::istringstream fields(line.substr(0, line.find(" | ")));
    // offset, lexicographer file, type, number of words (hexadecimal)
    fields >> field >> synset.file >> field >> field;
    for (long words = std::strtol(field.c_str(), nullptr, 16); words > 0 && fields; --words) {
        fields >> field;
        synset.words.push_back(lowered(field));
        fields >> field;
    }
    int pointers = 0;
    fields >> pointers;
    for (; pointers > 0 && fields; --pointers) {
        std::string symbol, offset, part, words;
        fields >> symbol >> offset >> part >> words;
        if (symbol.starts_with('@') && part == "n")
            synset.hypernyms.push_back(std::strtol(offset.c_str(), nullptr, 10));
    }
    return synset;
}

} // namespace

struct Dictionary::State {
    State(const std::string& spelling, std::filesystem::path wordnet)
        : hunspell((spelling + ".aff").c_str(), (spelling + ".dic").c_str()), wordnet(std::move(wordnet))
    {
    }
    bool isVerb(const std::string& base) const;
    /// Where data.noun has the commonest senses of a noun, at most `count`; `singular` becomes its entry.
    std::vector<std::streamoff> senses(const std::string& word, std::size_t count,
                                       std::string& singular) const;
    /// Whether the word is a verb once an ending has become another.
    bool isVerbWith(const std::string& word,
                    std::initializer_list<std::pair<std::string_view, std::string_view>> endings) const;
    /// What an irregular form is of ("kept": keep), or nothing.
    std::string irregularBase(const std::string& word) const;

    std::mutex mutex; ///< Hunspell keeps what it works on
    Hunspell hunspell;
    std::filesystem::path wordnet;
};

Dictionary::Dictionary(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Dictionary::~Dictionary() = default;

Result<std::unique_ptr<Dictionary>> Dictionary::open(const DictionaryFiles& files)
{
    for (const char* ending : {".aff", ".dic"}) {
        const std::string path = files.spelling.string() + ending;
        if (!std::ifstream(path))
            return Error{"The dictionary " + path + " cannot be read; install the package hunspell-en-us."};
    }
    for (const char* name : {"index.noun", "data.noun", "index.verb", "verb.exc"}) {
        const std::filesystem::path path = files.wordnet / name;
        if (!std::ifstream(path))
            return Error{"The dictionary " + path.string() +
                         " cannot be read; install the package wordnet-base."};
    }
    return std::unique_ptr<Dictionary>(
        new Dictionary(std::make_unique<State>(files.spelling.string(), files.wordnet)));
}

std::string Dictionary::corrected(const std::string& word,
                                  const std::function<bool(const std::string&)>& known) const
{
    if (word.size() < kShortestMisspelt)
        return {};
    std::vector<std::string> suggestions;
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->hunspell.spell(word))
            return {};
        suggestions = m_state->hunspell.suggest(word);
    }
    std::string found;
    for (const std::string& suggestion : suggestions) {
        if (lowered(suggestion) == word)
            return {};
        const bool oneWord = suggestion.find_first_of(" -") == std::string::npos;
        if (found.empty() && oneWord && oneStepApart(word, suggestion) && known(suggestion))
            found = suggestion;
    }
    return found;
}

bool Dictionary::has(const std::string& word) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->hunspell.spell(word);
}

bool Dictionary::State::isVerb(const std::string& base) const
{
    std::ifstream index(wordnet / "index.verb", std::ios::binary);
    return base.size() > 1 && !lineOf(index, base).empty();
}

bool Dictionary::State::isVerbWith(
    const std::string& word,
    std::initializer_list<std::pair<std::string_view, std::string_view>> endings) const
{
    for (const auto& [ending, instead] : endings) {
        if (!word.ends_with(ending))
            continue;
        const std::string base = word.substr(0, word.size() - ending.size());
        if (isVerb(base + std::string(instead)))
            return true;
        // "stopped": stop
        const std::size_t n = base.size();
        if (ending != "s" && instead.empty() && n > 2 && base[n - 1] == base[n - 2] &&
            isVerb(base.substr(0, n - 1)))
            return true;
    }
    return false;
}

std::string Dictionary::State::irregularBase(const std::string& word) const
{
    std::ifstream exceptions(wordnet / "verb.exc", std::ios::binary);
    const std::string line = lineOf(exceptions, word);
    return line.empty() ? std::string() : line.substr(line.find(' ') + 1);
}

bool Dictionary::isVerb(const std::string& word) const
{
    return m_state->isVerb(word);
}

bool Dictionary::isPastVerb(const std::string& word) const
{
    if (!word.ends_with("ing") && !m_state->irregularBase(word).empty())
        return true;
    return m_state->isVerbWith(word, {{"ed", ""}, {"ed", "e"}, {"ied", "y"}});
}

bool Dictionary::isFiniteVerb(const std::string& word) const
{
    return isPastVerb(word) ||
           (word.size() > 3 && m_state->isVerbWith(word, {{"s", ""}, {"es", ""}, {"ies", "y"}}));
}

bool Dictionary::isGerund(const std::string& word) const
{
    if (!word.ends_with("ing") || word.size() < 5)
        return false;
    return !m_state->irregularBase(word).empty() || m_state->isVerbWith(word, {{"ing", ""}, {"ing", "e"}});
}

std::vector<std::streamoff> Dictionary::State::senses(const std::string& word, std::size_t count,
                                                      std::string& singular) const
{
    std::ifstream index(wordnet / "index.noun", std::ios::binary);
    std::string entry = lineOf(index, word);
    singular = word;
    for (const auto& [ending, instead] : {std::pair("ies", "y"), std::pair("es", ""), std::pair("s", "")}) {
        if (entry.empty() && word.ends_with(ending)) {
            singular = word.substr(0, word.size() - std::string_view(ending).size()) + instead;
            entry = lineOf(index, singular);
        }
    }
    // lemma, part of speech, number of senses, number of pointer symbols, these, senses again, senses that
    // are tagged, and an offset for each sense, the commonest first.
    std::istringstream fields(entry);
    std::string field;
    std::size_t all = 0, symbols = 0;
    fields >> field >> field >> all >> symbols;
    for (std::size_t skipped = symbols + 2; skipped > 0 && fields; --skipped)
        fields >> field;
    std::vector<std::streamoff> offsets;
    std::streamoff offset = 0;
    while (offsets.size() < std::min(all, count) && fields >> offset)
        offsets.push_back(offset);
    return offsets;
}

std::vector<std::string> Dictionary::kinds(const std::string& word, std::size_t senses) const
{
    std::ifstream data(m_state->wordnet / "data.noun", std::ios::binary);
    std::string singular;
    std::vector<std::streamoff> level = m_state->senses(word, senses, singular);
    std::vector<std::string> kinds;
    for (std::size_t above = 0; above <= kLevels && !level.empty(); ++above) {
        std::vector<std::streamoff> next;
        for (const std::streamoff at : level) {
            const Synset synset = synsetAt(data, at);
            for (const std::string& name : synset.words) {
                // Another name of the thing itself may be a picture: a "mud puppy" is no puppy.
                const std::size_t parted = name.find_last_of('_');
                if (above == 0 && parted != std::string::npos)
                    continue;
                const std::string last = name.substr(parted + 1); // npos + 1: the whole
                const bool everything =
                    std::find(kEverything.begin(), kEverything.end(), last) != kEverything.end();
                if (!everything && last != word && last != singular &&
                    std::find(kinds.begin(), kinds.end(), last) == kinds.end())
                    kinds.push_back(last);
            }
            next.insert(next.end(), synset.hypernyms.begin(), synset.hypernyms.end());
        }
        level = std::move(next);
    }
    return kinds;
}

Dictionary::Noun Dictionary::noun(const std::string& word) const
{
    // lexnames(5WN)
    constexpr int kAct = 4, kAnimal = 5, kArtifact = 6, kBody = 8, kMessage = 10, kFood = 13, kObject = 17,
                  kPerson = 18, kPhenomenon = 19, kPlant = 20, kPossession = 21, kSubstance = 27, kEvent = 11;
    std::string singular;
    const std::vector<std::streamoff> senses = m_state->senses(word, 1, singular);
    if (senses.empty())
        return Noun::None;
    std::ifstream data(m_state->wordnet / "data.noun", std::ios::binary);
    switch (synsetAt(data, senses.front()).file) {
    case kAnimal:
        return Noun::Animal;
    case kArtifact:
    case kFood:
    case kObject:
    case kPlant:
    case kPossession:
    case kSubstance:
        return Noun::Thing;
    case kAct:
    case kEvent:
    case kMessage:
    case kPhenomenon:
        return Noun::Event;
    case kBody:
        return Noun::Body;
    case kPerson:
        return Noun::Person;
    default:
        return Noun::Other;
    }
}

} // namespace cantilena::language
