#include "transliteration.h"

#include <algorithm>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <language/rhyme.h>

#include "english.h"
#include "unicode.h"

namespace cantilena::language {

namespace {

struct LetterPhones {
    std::string_view letters;
    std::string_view first;
    std::string_view second;
};

// The longer spellings first.
constexpr LetterPhones kLetters[] = {
    {"eo", "ah", ""}, {"eu", "uh", ""}, {"ae", "ae", ""}, {"oe", "eh", ""}, {"sh", "sh", ""},
    {"ch", "ch", ""}, {"zh", "zh", ""}, {"kh", "k", ""},  {"th", "t", ""},  {"ph", "f", ""},
    {"gh", "g", ""},  {"ng", "ng", ""}, {"ai", "ay", ""}, {"au", "aw", ""}, {"ei", "ey", ""},
    {"ou", "ow", ""}, {"aa", "aa", ""}, {"ee", "iy", ""}, {"oo", "uw", ""}, {"a", "aa", ""},
    {"b", "b", ""},   {"c", "k", ""},   {"d", "d", ""},   {"e", "eh", ""},  {"f", "f", ""},
    {"g", "g", ""},   {"h", "hh", ""},  {"i", "iy", ""},  {"j", "jh", ""},  {"k", "k", ""},
    {"l", "l", ""},   {"m", "m", ""},   {"n", "n", ""},   {"o", "ow", ""},  {"p", "p", ""},
    {"q", "k", ""},   {"r", "r", ""},   {"s", "s", ""},   {"t", "t", ""},   {"u", "uw", ""},
    {"v", "v", ""},   {"w", "w", ""},   {"x", "k", "s"},  {"y", "y", ""},   {"z", "z", ""}};

std::vector<Phone> phonesOf(std::string_view latin)
{
    std::vector<Phone> phones;
    bool vowels = false;
    while (!latin.empty()) {
        std::size_t used = 1;
        for (const LetterPhones& entry : kLetters) {
            if (!latin.starts_with(entry.letters))
                continue;
            used = entry.letters.size();
            phones.push_back({std::string(entry.first), 1});
            if (!entry.second.empty())
                phones.push_back({std::string(entry.second), 0});
            vowels = vowels || isEnglishVowel(entry.first);
            break;
        }
        latin.remove_prefix(used);
    }
    if (vowels) {
        // No singer starts with "mrhb".
        const auto first = std::find_if(phones.begin(), phones.end(),
                                        [](const Phone& phone) { return isEnglishVowel(phone.name); });
        for (auto onset = first - phones.begin(); onset > 2; --onset)
            phones.insert(phones.begin() + (onset - 1), Phone{"ax", 0});
        return phones;
    }
    if (phones.empty())
        return phones;
    // Scripts that don't write their vowels: one after each consonant.
    std::vector<Phone> open;
    for (Phone& phone : phones) {
        open.push_back(std::move(phone));
        open.push_back({"ax", 1});
    }
    return open;
}

} // namespace

struct Transliteration::State {
    std::unique_ptr<icu::Transliterator> anyLatin;
    bool tried = false;
};

Transliteration::Transliteration() : m_state(std::make_unique<State>()) {}
Transliteration::~Transliteration() = default;

std::vector<Syllable> Transliteration::read(std::string_view run)
{
    if (!m_state->tried) { // compiling the rules takes longer than the rest of the program's start
        m_state->tried = true;
        UErrorCode status = U_ZERO_ERROR;
        m_state->anyLatin.reset(icu::Transliterator::createInstance("Any-Latin", UTRANS_FORWARD, status));
    }
    if (!m_state->anyLatin)
        return {};
    icu::UnicodeString text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(run.data(), static_cast<int32_t>(run.size())));
    m_state->anyLatin->transliterate(text);
    std::string latin;
    text.toUTF8String(latin);
    const std::vector<Phone> phones = phonesOf(asciiLower(latin));
    if (phones.empty())
        return {};
    const std::vector<std::size_t> starts = syllableStarts(phones);

    // Letters with their marks, dealt out evenly: scripts differ too much to align them one by one.
    std::vector<std::size_t> glyphs;
    for (const CodePoint& point : decode(run)) {
        const CharClass kind = classOf(point.value);
        if (glyphs.empty() || (kind != CharClass::Mark && kind != CharClass::Joiner))
            glyphs.push_back(point.offset);
    }
    std::vector<Syllable> result;
    for (std::size_t s = 0; s < starts.size(); ++s) {
        const std::size_t count = starts.size();
        const std::size_t first = (s * glyphs.size() + count - 1) / count;
        const std::size_t last = ((s + 1) * glyphs.size() + count - 1) / count;
        const std::size_t begin = first < glyphs.size() ? glyphs[first] : run.size();
        const std::size_t end = last < glyphs.size() ? glyphs[last] : run.size();
        Syllable syllable;
        syllable.text = run.substr(begin, end - begin);
        syllable.stress = s == 0 ? 1 : 0;
        syllable.guessed = true;
        const std::size_t stop = s + 1 < starts.size() ? starts[s + 1] : phones.size();
        for (std::size_t i = starts[s]; i < stop; ++i)
            syllable.phonemes.push_back(phones[i].name);
        result.push_back(std::move(syllable));
    }
    return result;
}

Syllable hummed(std::string_view text)
{
    Syllable syllable;
    syllable.text = text;
    syllable.phonemes = {"ax", "m"};
    syllable.guessed = true;
    return syllable;
}

} // namespace cantilena::language
