#include "hints.h"

#include <language/text.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "pinyin.h"
#include "unicode.h"

namespace cantilena::language {

namespace {

constexpr std::size_t kLongest = 64; // bytes between the brackets

constexpr std::array<std::string_view, 15> kVowels{"aa", "ae", "ah", "ao", "aw", "ax", "ay", "eh",
                                                   "er", "ey", "ih", "iy", "ow", "oy", "uh"};
constexpr std::array<std::string_view, 25> kConsonants{"b",  "ch", "d", "dh", "f", "g",  "hh", "jh", "k",
                                                       "l",  "m",  "n", "ng", "p", "r",  "s",  "sh", "t",
                                                       "th", "v",  "w", "y",  "z", "zh", ""};

bool isVowel(std::string_view name)
{
    return name == "uw" || std::find(kVowels.begin(), kVowels.end(), name) != kVowels.end();
}

std::vector<std::string> pieces(std::string_view text)
{
    std::string plain;
    for (const char c : text)
        plain += c == '-' || c == '.' || c == ',' ? ' ' : c;
    std::istringstream stream(asciiLower(plain));
    std::vector<std::string> found;
    for (std::string piece; stream >> piece;)
        found.push_back(piece);
    return found;
}

/// CMU phones such as "ay1"; empty when a piece is none or there is no vowel.
std::vector<Phone> phonesOf(const std::vector<std::string>& parts)
{
    std::vector<Phone> phones;
    bool sung = false, stressed = false;
    for (std::string part : parts) {
        Phone phone;
        if (part.size() > 1 && part.back() >= '0' && part.back() <= '2') {
            phone.stress = part.back() - '0';
            part.pop_back();
        }
        const bool vowel = isVowel(part);
        if (!vowel &&
            (part.empty() || std::find(kConsonants.begin(), kConsonants.end(), part) == kConsonants.end()))
            return {};
        phone.name = part;
        sung = sung || vowel;
        stressed = stressed || phone.stress > 0;
        phones.push_back(phone);
    }
    if (!sung)
        return {};
    if (!stressed) // without digits the first vowel has the stress
        std::find_if(phones.begin(), phones.end(), [](const Phone& p) { return isVowel(p.name); })->stress =
            1;
    return phones;
}

/// Pinyin with tone numbers or marks; empty when a piece is none.
std::vector<Syllable> pinyinOf(const std::vector<std::string>& parts)
{
    std::vector<Syllable> syllables;
    for (const std::string& part : parts) {
        const bool numbered = !part.empty() && part.back() >= '1' && part.back() <= '5';
        const Pinyin pinyin = parsePinyin(numbered ? part : numberedPinyin(part));
        if (pinyin.final.empty())
            return {};
        Syllable syllable;
        if (!pinyin.initial.empty())
            syllable.phonemes.push_back(pinyin.initial);
        syllable.phonemes.push_back(pinyin.final);
        syllable.tone = syllable.sungTone = pinyin.tone;
        syllable.language = Language::Mandarin;
        syllables.push_back(std::move(syllable));
    }
    return syllables;
}

} // namespace

std::vector<Hint> takeHints(std::string& line)
{
    std::vector<Hint> hints;
    for (std::size_t open = line.find('['); open != std::string::npos; open = line.find('[', open + 1)) {
        const std::size_t close = line.find(']', open);
        if (close == std::string::npos)
            break;
        if (open == 0 || close - open - 1 > kLongest)
            continue;
        const std::vector<CodePoint> before = decode(std::string_view(line).substr(0, open));
        const CharClass touching = before.empty() ? CharClass::Space : classOf(before.back().value);
        const std::vector<std::string> parts =
            pieces(std::string_view(line).substr(open + 1, close - open - 1));
        Hint hint;
        hint.offset = open;
        if (touching == CharClass::Han)
            hint.mandarin = pinyinOf(parts);
        else if (touching != CharClass::Space)
            hint.english = phonesOf(parts);
        if (parts.empty() || (hint.english.empty() && hint.mandarin.empty()))
            continue;
        std::fill(line.begin() + static_cast<std::ptrdiff_t>(open),
                  line.begin() + static_cast<std::ptrdiff_t>(close) + 1, ' ');
        hints.push_back(std::move(hint));
    }
    return hints;
}

std::string withoutHints(std::string_view line)
{
    std::string marked(line);
    takeHints(marked);
    std::string shown;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '[' && marked[i] != '[')
            i = line.find(']', i);
        else
            shown += line[i];
    }
    return shown;
}

void applyHints(std::vector<Word>& words, const std::vector<Hint>& hints)
{
    for (const Hint& hint : hints) {
        const auto ending = std::find_if(words.begin(), words.end(), [&](const Word& word) {
            return word.offset < hint.offset && word.offset + word.text.size() == hint.offset;
        });
        if (ending == words.end())
            continue;
        if (!hint.english.empty()) {
            ending->syllables = englishSyllables(ending->text, hint.english);
            continue;
        }
        // From the last character backwards, over as many words as the pinyin reaches.
        auto word = ending;
        std::size_t at = word->syllables.size();
        for (auto reading = hint.mandarin.rbegin(); reading != hint.mandarin.rend(); ++reading) {
            while (at == 0 && word != words.begin()) {
                --word;
                at = word->syllables.size();
            }
            if (at == 0 || word->syllables[at - 1].language != Language::Mandarin)
                break;
            Syllable& syllable = word->syllables[--at];
            const std::string text = syllable.text;
            syllable = *reading;
            syllable.text = text;
        }
    }
}

} // namespace cantilena::language
