#include "english.h"

#include <algorithm>
#include <array>
#include <limits>

#include <language/rhyme.h>

#include "unicode.h"

namespace cantilena::language {

namespace {

struct Spellings {
    std::string_view phone;
    std::array<std::string_view, 18> letters;
};

// Letters that commonly spell each phone.
constexpr Spellings kSpellings[] = {
    {"aa", {"a", "o", "ah", "au", "aw", "e", "ow", "ho", "oh", "aa", "ea"}},
    {"ae", {"a", "ai", "au", "ae"}},
    {"ah", {"u", "o", "ou", "oo", "a", "oe", "uh"}},
    {"ao", {"o", "a", "au", "aw", "ou", "oa", "oo", "ough", "augh"}},
    {"aw", {"ou", "ow", "ough", "au", "hou"}},
    {"ax",
     {"a", "e", "i", "o", "u", "ou", "ai", "ia", "io", "eo", "y", "ea", "ah", "oi", "ei", "ie", "eou",
      "iou"}},
    {"ay", {"i", "y", "ie", "ye", "igh", "eigh", "ei", "ai", "uy", "eye", "uye", "ig", "is"}},
    {"b", {"b", "bb"}},
    {"ch", {"ch", "tch", "t", "c", "ti", "cc", "tt", "q"}},
    {"d", {"d", "dd", "ed"}},
    {"dh", {"th"}},
    {"eh", {"e", "ea", "a", "ai", "ie", "eo", "ei", "u", "hei", "ae"}},
    {"er",
     {"er", "ir", "ur", "or", "ar", "our", "ear", "re", "yr", "err", "urr", "irr", "eur", "ure", "r", "rr",
      "oar"}},
    {"ey", {"a", "ai", "ay", "ei", "ey", "eigh", "ea", "e", "ae", "aigh", "au", "et"}},
    {"f", {"f", "ff", "ph", "gh"}},
    {"g", {"g", "gg", "gh", "gu", "gue"}},
    {"hh", {"h", "wh", "j"}},
    {"ih", {"i", "y", "e", "a", "u", "ui", "ee", "ea", "ia", "ie", "o", "ei"}},
    {"iy", {"e", "ee", "ea", "y", "i", "ie", "ey", "ei", "eo", "ay", "oe", "ae"}},
    {"jh", {"j", "g", "dg", "d", "dj", "gg", "gi", "zh"}},
    {"k", {"k", "c", "ck", "ch", "cc", "q", "qu", "cqu", "kk", "que", "cch", "lk"}},
    {"l", {"l", "ll"}},
    {"m", {"m", "mm", "mb", "mn", "lm"}},
    {"n", {"n", "nn", "kn", "gn", "pn"}},
    {"ng", {"ng", "n", "ngue"}},
    {"ow", {"o", "oa", "ow", "oe", "ough", "ou", "eau", "ew", "oh", "owe", "au"}},
    {"oy", {"oi", "oy", "uoy"}},
    {"p", {"p", "pp"}},
    {"r", {"r", "rr", "wr", "rh"}},
    {"s", {"s", "ss", "c", "sc", "st", "ps", "z", "sw"}},
    {"sh", {"sh", "ti", "ci", "s", "ss", "ch", "si", "sch", "c", "ssi", "xi", "x"}},
    {"t", {"t", "tt", "ed", "th", "bt", "pt"}},
    {"th", {"th"}},
    {"uh", {"u", "oo", "ou", "o", "oul"}},
    {"uw", {"u", "oo", "ou", "ew", "ue", "ui", "o", "oe", "ough", "eu", "wo", "ieu", "iew"}},
    {"v", {"v", "f", "vv", "ph", "lv"}},
    {"w", {"w", "wh", "u", "o"}},
    {"y", {"y", "i", "j"}},
    {"z", {"z", "zz", "s", "ss", "x"}},
    {"zh", {"z", "si", "g", "s", "ti"}}};

struct PairSpelling {
    std::string_view first;
    std::string_view second;
    std::array<std::string_view, 6> letters;
};

// Letters that spell two phones at once.
constexpr PairSpelling kPairs[] = {{"k", "s", {"x", "xc"}},
                                   {"g", "z", {"x"}},
                                   {"k", "sh", {"x", "xi", "cti"}},
                                   {"w", "ah", {"o", "oi"}},
                                   {"w", "aa", {"oi", "oir"}},
                                   {"y", "uw", {"u", "ew", "eu", "ue", "iew", "eau"}},
                                   {"y", "ax", {"u", "io", "ia", "eo"}},
                                   {"y", "er", {"ur", "ure", "or", "ior"}},
                                   {"y", "uh", {"u", "eu"}},
                                   {"ax", "l", {"le", "l"}},
                                   {"ax", "m", {"m"}},
                                   {"ax", "n", {"n"}},
                                   {"t", "s", {"zz", "z"}},
                                   {"ay", "er", {"ire", "yre"}},
                                   {"aw", "er", {"our"}},
                                   {"ax", "w", {"u"}}};

bool isOneOf(std::string_view phone, std::initializer_list<std::string_view> set)
{
    return std::find(set.begin(), set.end(), phone) != set.end();
}

bool isLegalOnset(const std::vector<Phone>& phones, std::size_t begin, std::size_t end)
{
    const std::size_t size = end - begin;
    if (size == 0)
        return true;
    const std::string_view a = phones[begin].name;
    if (size == 1)
        return a != "ng";
    const std::string_view b = phones[begin + 1].name;
    if (size == 2) {
        if (b == "r")
            return isOneOf(a, {"p", "b", "t", "d", "k", "g", "f", "th", "sh"});
        if (b == "l")
            return isOneOf(a, {"p", "b", "k", "g", "f", "s"});
        if (b == "w")
            return isOneOf(a, {"t", "d", "k", "g", "s", "th", "hh"});
        if (b == "y")
            return isOneOf(a, {"p", "b", "t", "d", "k", "g", "f", "v", "m", "n", "l", "hh", "th"});
        return a == "s" && isOneOf(b, {"p", "t", "k", "m", "n", "f"});
    }
    const std::string_view c = phones[begin + 2].name;
    if (size == 3 && a == "s") {
        return (b == "p" && isOneOf(c, {"r", "l", "y"})) || (b == "t" && isOneOf(c, {"r", "y"})) ||
               (b == "k" && isOneOf(c, {"r", "l", "w", "y"}));
    }
    return false;
}

/// The word's letters in ASCII, each with the character it comes from.
struct Letters {
    std::string text;
    std::vector<std::size_t> character; ///< of each letter
    std::vector<CodePoint> points;
};

Letters lettersOf(std::string_view typed)
{
    Letters letters;
    letters.points = decode(typed);
    for (std::size_t i = 0; i < letters.points.size(); ++i) {
        const CodePoint& point = letters.points[i];
        for (const char c : asciiLower(typed.substr(point.offset, point.length))) {
            letters.text.push_back(c);
            letters.character.push_back(i);
        }
    }
    return letters;
}

bool isVowelLetter(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Which letters spell each phone: the cheapest alignment, where known spellings cost nothing and silent
/// letters, phones without a letter and unlikely pairs cost more.
class Aligner {
public:
    Aligner(const std::string& letters, const std::vector<Phone>& phones)
        : m_letters(letters), m_phones(phones)
    {
    }

    std::vector<Span> run()
    {
        const std::size_t rows = m_letters.size() + 1;
        const std::size_t columns = m_phones.size() + 1;
        m_columns = columns;
        m_cost.assign(rows * columns, std::numeric_limits<float>::max());
        m_from.assign(rows * columns, {0, 0});
        m_cost[0] = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j)
                expand(i, j);
        }
        std::vector<Span> spans(m_phones.size());
        std::size_t i = m_letters.size();
        std::size_t j = m_phones.size();
        while (i > 0 || j > 0) {
            const auto [di, dj] = m_from[i * columns + j];
            for (std::size_t k = 0; k < dj; ++k)
                spans[j - 1 - k] = {i - di, i};
            i -= di;
            j -= dj;
        }
        return spans;
    }

private:
    void relax(std::size_t i, std::size_t j, std::size_t di, std::size_t dj, float cost)
    {
        if (i + di > m_letters.size() || j + dj > m_phones.size())
            return;
        float& best = m_cost[(i + di) * m_columns + j + dj];
        const float total = m_cost[i * m_columns + j] + cost;
        if (total < best) {
            best = total;
            m_from[(i + di) * m_columns + j + dj] = {static_cast<std::uint8_t>(di),
                                                     static_cast<std::uint8_t>(dj)};
        }
    }

    void expand(std::size_t i, std::size_t j)
    {
        if (m_cost[i * m_columns + j] == std::numeric_limits<float>::max())
            return;
        const std::string_view rest = std::string_view(m_letters).substr(i);
        if (!rest.empty()) {
            const char c = rest.front();
            const bool quiet = c == 'e' || c == 'h' || c == '\'' || c == '-';
            relax(i, j, 1, 0, quiet ? 0.6F : 1.0F);
        }
        if (j == m_phones.size())
            return;
        const std::string_view phone = m_phones[j].name;
        relax(i, j, 0, 1, 2.0F);
        if (rest.empty())
            return;
        const bool sameKind = isVowelLetter(rest.front()) == isEnglishVowel(phone);
        relax(i, j, 1, 1, sameKind ? 1.8F : 3.5F);
        const auto* entry = std::lower_bound(
            std::begin(kSpellings), std::end(kSpellings), phone,
            [](const Spellings& spellings, std::string_view key) { return spellings.phone < key; });
        if (entry != std::end(kSpellings) && entry->phone == phone) {
            for (const std::string_view spelling : entry->letters) {
                if (spelling.empty())
                    break;
                if (rest.starts_with(spelling))
                    relax(i, j, spelling.size(), 1, 0.0F);
            }
        }
        if (j + 1 == m_phones.size())
            return;
        for (const PairSpelling& pair : kPairs) {
            if (pair.first != phone || pair.second != m_phones[j + 1].name)
                continue;
            for (const std::string_view spelling : pair.letters) {
                if (spelling.empty())
                    break;
                if (rest.starts_with(spelling))
                    relax(i, j, spelling.size(), 2, 0.3F);
            }
        }
    }

    const std::string& m_letters;
    const std::vector<Phone>& m_phones;
    std::size_t m_columns = 0;
    std::vector<float> m_cost;
    std::vector<std::pair<std::uint8_t, std::uint8_t>> m_from;
};

/// Letters of an ending that hyphenation keeps whole: -ing(s), -ed, -es after a hissing sound; 0 when there
/// is none.
std::size_t endingLength(const std::string& letters, const std::vector<Phone>& phones)
{
    const auto endsIn = [&](std::string_view a, std::string_view b) {
        return phones.size() > 2 && phones[phones.size() - 2].name == a && phones.back().name == b;
    };
    const std::string_view word = letters;
    const bool plural = word.ends_with("ings");
    if (plural || (word.ends_with("ing") && endsIn("ih", "ng"))) {
        const std::string_view stem = word.substr(0, word.size() - (plural ? 4 : 3));
        const bool diminutive = stem.size() > 2 && stem.back() == 'l' &&
                                !isVowelLetter(stem[stem.size() - 2]) &&
                                stem[stem.size() - 2] != 'l'; // dar·ling
        return stem.ends_with("th") || diminutive || !pinyinNamePhones(word).empty()
                   ? 0
                   : word.size() - stem.size();
    }
    if (word.ends_with("ed") && (endsIn("ax", "d") || endsIn("ih", "d")))
        return word.ends_with("dred") || word.ends_with("cred") ? 0 : 2;
    if (word.ends_with("es") && (endsIn("ax", "z") || endsIn("ih", "z"))) {
        const std::string_view stem = word.substr(0, word.size() - 2);
        const bool hissing =
            stem.ends_with("ch") || stem.ends_with("sh") || stem.ends_with("ss") || stem.ends_with("x");
        return hissing ? 2 : 0;
    }
    return 0;
}

/// Where the letters of the syllable that starts at phone `start` begin.
std::size_t cutBefore(const std::string& letters, const std::vector<Phone>& phones,
                      const std::vector<Span>& spans, std::size_t start, bool lastSyllable)
{
    const Span here = spans[start];
    const Span before = spans[start - 1];
    if (here.begin == before.begin && here.end > here.begin && here.end == before.end)
        return here.end; // one letter for both sides: ex·it
    std::size_t cut = here.begin;
    const std::string_view spelled = std::string_view(letters).substr(here.begin, here.end - here.begin);
    const bool vowelStart = isEnglishVowel(phones[start].name);
    if (vowelStart) {
        const bool doubleR = cut >= 2 && letters[cut - 1] == 'r' && letters[cut - 2] == 'r';
        return doubleR ? cut - 1 : cut; // hur·ri·cane
    }

    const std::string_view suffix = std::string_view(letters).substr(std::min(here.begin, letters.size()));
    const bool doubled = spelled.size() == 2 && spelled[0] == spelled[1];
    if (lastSyllable) {
        // sing·ing, want·ed, fall·ing, wish·es; but run·ning
        const std::size_t ending = letters.size() - std::min(letters.size(), endingLength(letters, phones));
        const bool stem =
            !doubled || spelled[0] == 'l' || spelled[0] == 's' || spelled[0] == 'f' || spelled[0] == 'z';
        if (stem && ending < letters.size() && ending > before.begin && ending >= here.begin &&
            ending - here.begin <= std::max<std::size_t>(spelled.size(), 2))
            return ending;
    }
    if (doubled)
        return here.begin + 1;
    if (spelled == "ck" || spelled == "tch")
        return here.end; // back·ward
    const bool nextIsVowel = start + 1 < phones.size() && isEnglishVowel(phones[start + 1].name);
    if (!nextIsVowel && start + 1 < phones.size() && spans[start + 1].begin > here.end &&
        letters[here.end] == 'e')
        return here.end + 1; // like·wise: a silent e closes the stem

    const Phone& previous = phones[start - 1];
    const bool checked = previous.stress > 0 && (isOneOf(previous.name, {"ae", "eh", "ih", "ah", "uh"}) ||
                                                 (previous.name == "aa" && letters[before.begin] == 'o'));
    if (checked && nextIsVowel && !spelled.empty()) {
        const bool syllabicL =
            phones[start + 1].name == "ax" && suffix.ends_with("le") && suffix.size() <= spelled.size() + 3;
        if (syllabicL)
            return spelled.size() >= 2 && spelled != "ck" && spelled != "th" ? here.begin + 1
                   : spelled == "ck"                                         ? here.end
                                                                             : here.begin;
        const bool softened = spelled.size() > 1 && spelled.back() == 'i';
        if (!softened && here.end < letters.size())
            return here.end; // moth·er, riv·er
    }
    if (previous.stress > 0 && !nextIsVowel && phones[start].name == "s" && spelled == "s")
        return here.end; // sis·ter
    if (checked && start + 1 < phones.size() && phones[start + 1].name == "y")
        return here.end; // fig·ure
    // A silent e stays with its stem (some·thing), but not before r (ev·ery).
    if (spelled == "r" && here.begin > before.end && letters[here.begin - 1] == 'e')
        --cut;
    return cut;
}

} // namespace

std::vector<std::size_t> syllableStarts(const std::vector<Phone>& phones)
{
    std::vector<std::size_t> starts;
    std::size_t previousVowel = 0;
    for (std::size_t i = 0; i < phones.size(); ++i) {
        if (!isEnglishVowel(phones[i].name))
            continue;
        if (starts.empty()) {
            starts.push_back(0);
        } else {
            std::size_t start = previousVowel + 1;
            while (!isLegalOnset(phones, start, i))
                ++start;
            starts.push_back(start);
        }
        previousVowel = i;
    }
    if (starts.empty() && !phones.empty())
        starts.push_back(0);
    return starts;
}

std::vector<std::string> splitSpelling(std::string_view typed, const std::vector<Phone>& phones,
                                       const std::vector<std::size_t>& starts)
{
    if (starts.size() <= 1)
        return {std::string(typed)};
    const Letters letters = lettersOf(typed);
    const std::vector<Span> spans = Aligner(letters.text, phones).run();

    // Cuts as indices of characters, strictly growing as long as there are characters enough.
    const std::size_t characters = letters.points.size();
    std::vector<std::size_t> cuts;
    std::size_t previous = 0;
    for (std::size_t s = 1; s < starts.size(); ++s) {
        const std::size_t letter = cutBefore(letters.text, phones, spans, starts[s], s + 1 == starts.size());
        std::size_t cut = letter < letters.character.size() ? letters.character[letter] : characters;
        const std::size_t left = starts.size() - s;
        cut = std::max(cut, previous + 1);
        cut = std::min(cut, characters > left ? std::max(characters - left, previous) : previous);
        cuts.push_back(std::min(cut, characters));
        previous = cuts.back();
    }
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    for (std::size_t s = 0; s <= cuts.size(); ++s) {
        const std::size_t end = s < cuts.size() ? cuts[s] : characters;
        const std::size_t first = begin < characters ? letters.points[begin].offset : typed.size();
        const std::size_t last = end < characters ? letters.points[end].offset : typed.size();
        pieces.emplace_back(typed.substr(first, last - first));
        begin = end;
    }
    return pieces;
}

} // namespace cantilena::language
