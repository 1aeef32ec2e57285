#include "english.h"

#include <algorithm>
#include <iterator>

#include <flite/flite.h>

#include <language/rhyme.h>

#include "unicode.h"

extern "C" cst_lexicon* cmu_lex_init(void);

namespace cantilena::language {

namespace {

std::vector<Phone> parsePhones(std::string_view text)
{
    std::vector<Phone> phones;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        std::string_view name = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (name.empty())
            continue;
        Phone phone;
        if (name.back() >= '0' && name.back() <= '9') {
            phone.stress = name.back() - '0';
            name.remove_suffix(1);
        }
        phone.name = name;
        phones.push_back(std::move(phone));
    }
    return phones;
}

bool hasVowel(const std::vector<Phone>& phones)
{
    return std::any_of(phones.begin(), phones.end(), [](const Phone& p) { return isEnglishVowel(p.name); });
}

void extend(std::vector<Phone>& phones, const std::vector<Phone>& more)
{
    phones.insert(phones.end(), more.begin(), more.end());
}

std::vector<Phone> fromFlite(std::string_view letters)
{
    static cst_lexicon* const lexicon = cmu_lex_init();
    const std::string word(letters);
    cst_val* const list = lex_lookup(lexicon, word.c_str(), nullptr, nullptr);
    std::string text;
    for (const cst_val* item = list; item != nullptr; item = val_cdr(item)) {
        text += val_string(val_car(item));
        text += ' ';
    }
    delete_val(list);
    return parsePhones(text);
}

/// The lexicon marks every stressed vowel alike. The strongest is the last one before endings that draw the
/// stress
/// ("-ation", "-ic", "-ity"), else the first ("grandmother").
void rankStress(std::vector<Phone>& phones, std::string_view word)
{
    std::vector<std::size_t> vowels;
    std::vector<std::size_t> stressed;
    for (std::size_t i = 0; i < phones.size(); ++i) {
        if (!isEnglishVowel(phones[i].name))
            continue;
        vowels.push_back(i);
        if (phones[i].stress > 0)
            stressed.push_back(i);
    }
    if (vowels.empty())
        return;
    if (stressed.empty()) {
        const auto full =
            std::find_if(vowels.begin(), vowels.end(), [&](std::size_t i) { return phones[i].name != "ax"; });
        phones[full != vowels.end() ? *full : vowels.front()].stress = 1;
        return;
    }
    const auto ends = [&](std::string_view suffix) { return word.ends_with(suffix); };
    const auto begins = [&](std::string_view prefix) { return word.starts_with(prefix); };
    const bool late = ends("tion") || ends("sion") || ends("tions") || ends("ic") || ends("ical") ||
                      ends("ity") || ends("ology") || ends("ial") || ends("ious") || ends("ette") ||
                      ends("ettes") || ends("eer") || ends("ese") || ends("self") || ends("selves") ||
                      ends("oline") || ends("ourine") || (ends("ever") && begins("w")) || begins("under") ||
                      begins("disapp") || begins("goodb") || begins("afternoon") || begins("hallelu") ||
                      word == "anymore" || word == "okay" || word == "july" || word == "amen" ||
                      word == "although" || word == "interrupt";
    const std::size_t primary = late ? stressed.back() : stressed.front();
    for (const std::size_t i : stressed)
        phones[i].stress = i == primary ? 1 : 2;
}

bool isOneOf(std::string_view phone, std::initializer_list<std::string_view> set)
{
    return std::find(set.begin(), set.end(), phone) != set.end();
}

/// Endings after an apostrophe. False when the word has none that is known.
bool pronounceContraction(std::string_view word, std::vector<Phone>& phones)
{
    const auto base = [&](std::size_t drop) {
        phones = pronounceEnglish(word.substr(0, word.size() - drop));
        return !phones.empty();
    };
    if (word.size() > 3 && word.ends_with("n't")) {
        if (!base(3))
            return false;
        const std::string last = phones.back().name;
        const bool open = isEnglishVowel(last) || last == "r" || last == "n";
        extend(phones, parsePhones(open ? "n t" : "ax0 n t"));
        return true;
    }
    if (word.size() > 3 && (word.ends_with("'ll") || word.ends_with("'ve") || word.ends_with("'re"))) {
        const char kind = word[word.size() - 2];
        if (!base(3))
            return false;
        const bool open = isEnglishVowel(phones.back().name);
        if (kind == 'l')
            extend(phones, parsePhones(open ? "l" : "ax0 l"));
        else if (kind == 'v')
            extend(phones, parsePhones(open ? "v" : "ax0 v"));
        else
            extend(phones, parsePhones(open && phones.back().name != "er" ? "r" : "er0"));
        return true;
    }
    if (word.size() > 2 && word[word.size() - 2] == '\'') {
        const char kind = word.back();
        if (kind != 's' && kind != 'd' && kind != 'm')
            return false;
        if (!base(2))
            return false;
        const std::string last = phones.back().name;
        if (kind == 'm')
            extend(phones, parsePhones("m"));
        else if (kind == 'd')
            extend(phones, parsePhones(isOneOf(last, {"t", "d"}) ? "ax0 d" : "d"));
        else if (isOneOf(last, {"s", "z", "sh", "zh", "ch", "jh"}))
            extend(phones, parsePhones("ax0 z"));
        else
            extend(phones, parsePhones(isOneOf(last, {"p", "t", "k", "f", "th"}) ? "s" : "z"));
        return true;
    }
    if (word.size() > 3 && word.ends_with("in'")) {
        phones = pronounceEnglish(std::string(word.substr(0, word.size() - 1)) + "g");
        if (!phones.empty() && phones.back().name == "ng")
            phones.back().name = "n";
        return true;
    }
    if (word.size() > 2 && word.ends_with("s'"))
        return base(1);
    if (const std::size_t at = word.find("'n'");
        at != std::string_view::npos && at > 0 && at + 3 < word.size()) {
        phones = pronounceEnglish(word.substr(0, at));
        extend(phones, parsePhones("ax0 n"));
        extend(phones, pronounceEnglish(word.substr(at + 3)));
        return true;
    }
    return false;
}

/// British endings as the lexicon spells them; empty when there is nothing to change.
std::string americanSpelling(std::string_view word)
{
    std::string result(word);
    for (const auto& [british, american] :
         std::initializer_list<std::pair<std::string_view, std::string_view>>{{"olour", "olor"},
                                                                              {"avour", "avor"},
                                                                              {"arbour", "arbor"},
                                                                              {"umour", "umor"},
                                                                              {"onour", "onor"},
                                                                              {"metre", "meter"},
                                                                              {"theatre", "theater"},
                                                                              {"jewell", "jewel"},
                                                                              {"ravell", "ravel"}}) {
        if (const std::size_t at = result.find(british); at != std::string::npos)
            return result.replace(at, british.size(), american);
    }
    return {};
}

constexpr std::size_t kLongestWord =
    28; ///< flite's buffers are small; longer strings of letters are read in parts

constexpr std::string_view kLetterNames[26] = {"ey1",
                                               "b iy1",
                                               "s iy1",
                                               "d iy1",
                                               "iy1",
                                               "eh1 f",
                                               "jh iy1",
                                               "ey1 ch",
                                               "ay1",
                                               "jh ey1",
                                               "k ey1",
                                               "eh1 l",
                                               "eh1 m",
                                               "eh1 n",
                                               "ow1",
                                               "p iy1",
                                               "k y uw1",
                                               "aa1 r",
                                               "eh1 s",
                                               "t iy1",
                                               "y uw1",
                                               "v iy1",
                                               "d ah1 b ax0 l y uw0",
                                               "eh1 k s",
                                               "w ay1",
                                               "z iy1"};

/// Whether letters typed in capitals are read by name.
bool isInitials(std::string_view typed, std::string_view lower, bool shouting)
{
    if (typed.find('.') != std::string_view::npos)
        return true;
    if (shouting || lower.size() < 2 || lower.size() > 5)
        return false;
    for (const char c : typed) {
        if (c < 'A' || c > 'Z')
            return false;
    }
    if (isCommonShortWord(lower))
        return false;
    const bool vowel = lower.find_first_of("aeiouy") != std::string_view::npos;
    return lower.size() <= 3 || !vowel;
}

std::vector<Syllable> readInitials(std::string_view typed)
{
    std::vector<Syllable> result;
    for (const CodePoint& point : decode(typed)) {
        const std::string_view glyph = typed.substr(point.offset, point.length);
        const std::string lower = asciiLower(glyph);
        if (lower.empty() || lower[0] < 'a' || lower[0] > 'z') {
            if (!result.empty())
                result.back().text += glyph;
            continue;
        }
        std::vector<Syllable> letter =
            englishSyllables(lower == "w" ? "double-u" : glyph, spellEnglish(lower));
        result.insert(result.end(), letter.begin(), letter.end());
    }
    return result;
}

} // namespace

std::vector<Phone> spellEnglish(std::string_view lower)
{
    std::vector<Phone> phones;
    for (const char c : lower) {
        if (c >= 'a' && c <= 'z')
            extend(phones, parsePhones(kLetterNames[c - 'a']));
    }
    return phones;
}

std::vector<Phone> pronounceEnglish(std::string_view lower)
{
    if (const std::string_view exception = englishException(lower); !exception.empty())
        return parsePhones(exception);
    std::vector<Phone> phones;
    if (lower.find('\'') != std::string_view::npos && pronounceContraction(lower, phones))
        return phones;

    std::string letters;
    for (const char c : lower) {
        if (c >= 'a' && c <= 'z')
            letters.push_back(c);
    }
    if (letters.empty())
        return {};
    if (letters.size() < lower.size()) {
        if (const std::string_view exception = englishException(letters); !exception.empty())
            return parsePhones(exception);
    }
    if (const std::string plain = withoutDrawnLetters(letters); !plain.empty())
        return pronounceEnglish(plain);
    if (letters.size() > kLongestWord) {
        for (std::size_t at = 0; at < letters.size(); at += kLongestWord)
            extend(phones, pronounceEnglish(std::string_view(letters).substr(at, kLongestWord)));
        return phones;
    }
    if (const std::string name = pinyinNamePhones(letters); !name.empty())
        return parsePhones(name);
    const std::string american = americanSpelling(letters);
    phones = fromFlite(american.empty() ? letters : american);
    if (!hasVowel(phones)) {
        const bool initials = letters.size() <= 5;
        phones = initials ? spellEnglish(letters) : phones;
        if (!hasVowel(phones))
            phones.insert(phones.begin() +
                              static_cast<std::ptrdiff_t>(std::min<std::size_t>(1, phones.size())),
                          Phone{"ax", 1});
        return phones;
    }
    rankStress(phones, letters);
    return phones;
}

std::vector<Syllable> englishSyllables(std::string_view typed, const std::vector<Phone>& phones)
{
    const std::vector<std::size_t> starts = syllableStarts(phones);
    const std::vector<std::string> pieces = splitSpelling(typed, phones, starts);
    std::vector<Syllable> result;
    for (std::size_t s = 0; s < starts.size(); ++s) {
        const std::size_t end = s + 1 < starts.size() ? starts[s + 1] : phones.size();
        Syllable syllable;
        syllable.text = pieces[s];
        for (std::size_t i = starts[s]; i < end; ++i) {
            syllable.phonemes.push_back(phones[i].name);
            if (isEnglishVowel(phones[i].name))
                syllable.stress = phones[i].stress;
        }
        result.push_back(std::move(syllable));
    }
    return result;
}

std::vector<Syllable> readEnglish(std::string_view typed, bool shouting)
{
    const std::string lower = asciiLower(typed);
    if (isInitials(typed, lower, shouting))
        return readInitials(typed);
    if (typed.find('-') != std::string_view::npos) {
        std::vector<Syllable> result;
        while (!typed.empty()) {
            const std::size_t hyphen = std::min(typed.find('-'), typed.size());
            std::vector<Syllable> part = readEnglish(typed.substr(0, hyphen), shouting);
            std::move(part.begin(), part.end(), std::back_inserter(result));
            if (hyphen < typed.size() && !result.empty())
                result.back().text += '-';
            typed.remove_prefix(std::min(hyphen + 1, typed.size()));
        }
        return result;
    }
    // Letters without end are no word: in parts, since aligning them takes the square of their number.
    const std::string plain = withoutDrawnLetters(lower);
    if ((plain.empty() ? lower : plain).size() > 2 * kLongestWord) {
        std::vector<Syllable> result;
        std::size_t begin = 0;
        std::size_t count = 0;
        for (const CodePoint& point : decode(typed)) {
            const std::size_t end = point.offset + point.length;
            if (++count % kLongestWord != 0 && end < typed.size())
                continue;
            std::vector<Syllable> part = readEnglish(typed.substr(begin, end - begin), shouting);
            std::move(part.begin(), part.end(), std::back_inserter(result));
            begin = end;
        }
        return result;
    }
    const std::vector<Phone> phones = pronounceEnglish(lower);
    if (phones.empty())
        return {};
    std::vector<Syllable> result = englishSyllables(lower == "w" ? "double-u" : typed, phones);
    if (result.size() == 1 && isFunctionWord(lower))
        result.front().stress = 0;
    return result;
}

} // namespace cantilena::language
