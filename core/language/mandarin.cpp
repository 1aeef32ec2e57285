#include "mandarin.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <fstream>
#include <optional>
#include <sstream>
#include <unordered_map>

#include <opencc/SimpleConverter.hpp>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "mandarin_words.h"
#include "pinyin.h"
#include "unicode.h"

namespace cantilena::language {

namespace {

struct Entry {
    std::string_view pinyin;
    float weight = 0;    ///< per cent of the readings of the same characters
    bool shared = false; ///< another reading has the same weight
};

constexpr std::size_t kLongestWord = 8; ///< characters; longer entries are sayings that split well

bool isHanMark(std::string_view glyph)
{
    return glyph == "々" || glyph == "〻";
}

} // namespace

struct Mandarin::State {
    std::string text;                ///< the dictionary file; the views below point into it
    std::deque<std::string> phrases; ///< keys of songPhrases() in traditional characters
    std::unordered_map<std::string_view, Entry> entries;
    std::unique_ptr<opencc::SimpleConverter> toTraditional;
    std::unique_ptr<opencc::SimpleConverter> toSimplified;
    std::unique_ptr<icu::Transliterator> hanLatin;
    bool triedHanLatin = false;

    void parse();
    std::vector<std::string> traditional(const std::vector<std::string_view>& glyphs,
                                         std::string_view run) const;
    const Entry* find(const std::string& key) const
    {
        const auto it = entries.find(key);
        return it == entries.end() ? nullptr : &it->second;
    }
    std::string single(const std::string& traditionalGlyph, std::string_view typed);
    std::string transliterated(std::string_view glyph);
};

void Mandarin::State::parse()
{
    entries.reserve(110'000);
    std::string_view rest = text;
    const std::size_t header = rest.find("\n...");
    rest.remove_prefix(header == std::string_view::npos ? 0 : header + 4);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t tab = line.find('\t');
        if (tab == std::string_view::npos || tab == 0 || line.front() == '#')
            continue;
        const std::string_view key = line.substr(0, tab);
        if (key.size() > kLongestWord * 4)
            continue;
        std::string_view pinyin = line.substr(tab + 1);
        float weight = 100;
        if (const std::size_t second = pinyin.find('\t'); second != std::string_view::npos) {
            const std::string_view number = pinyin.substr(second + 1);
            weight = 0;
            std::from_chars(number.data(), number.data() + number.size(), weight);
            pinyin = pinyin.substr(0, second);
        }
        if (!pinyin.empty() && pinyin.back() == '\r')
            pinyin.remove_suffix(1);
        if (isAccidentalWord(key))
            continue;
        const auto [it, fresh] = entries.try_emplace(key, Entry{pinyin, weight, false});
        if (fresh)
            continue;
        Entry& entry = it->second;
        if (weight > entry.weight) {
            entry = {pinyin, weight, false};
        } else if (weight == entry.weight) {
            entry.shared = true;
            // 孩子: the suffix is neutral. Elsewhere the first, full reading is the one that is sung.
            if (key.ends_with("子") && pinyin.ends_with("zi5"))
                entry.pinyin = pinyin;
        }
    }
}

std::vector<std::string> Mandarin::State::traditional(const std::vector<std::string_view>& glyphs,
                                                      std::string_view run) const
{
    const std::string converted = toTraditional->Convert(std::string(run));
    const std::vector<CodePoint> points = decode(converted);
    std::vector<std::string> result;
    result.reserve(glyphs.size());
    const bool aligned = points.size() == glyphs.size();
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        std::string glyph =
            aligned ? converted.substr(points[i].offset, points[i].length) : std::string(glyphs[i]);
        if (isHanMark(glyph) && i > 0) {
            glyph = result.back();
        } else if (!find(glyph)) {
            // A variant such as 裡: by way of its simplified form.
            std::string other = toTraditional->Convert(toSimplified->Convert(glyph));
            if (find(other))
                glyph = std::move(other);
        }
        result.push_back(std::move(glyph));
    }
    return result;
}

std::string Mandarin::State::transliterated(std::string_view glyph)
{
    if (!triedHanLatin) { // compiling the rules is slow and rarely needed
        triedHanLatin = true;
        UErrorCode status = U_ZERO_ERROR;
        hanLatin.reset(icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
    }
    if (!hanLatin)
        return {};
    icu::UnicodeString text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(glyph.data(), static_cast<int32_t>(glyph.size())));
    hanLatin->transliterate(text);
    std::string latin;
    text.toUTF8String(latin);
    if (latin == glyph)
        return {};
    return numberedPinyin(latin);
}

std::string Mandarin::State::single(const std::string& traditionalGlyph, std::string_view typed)
{
    // Where the dictionary has the rarer reading first or no weight, and in song the other one is meant.
    struct Preferred {
        std::string_view glyph, pinyin;
    };
    static constexpr Preferred kPreferred[] = {
        {"著", "zhe5"}, {"着", "zhe5"},  {"地", "di4"},   {"得", "de5"},    {"过", "guo4"},  {"還", "hai2"},
        {"都", "dou1"}, {"誰", "shei2"}, {"那", "na4"},   {"哪", "na3"},    {"麼", "me5"},   {"呢", "ne5"},
        {"啊", "a5"},   {"吧", "ba5"},   {"嗎", "ma5"},   {"啦", "la5"},    {"兒", "er2"},   {"嗯", "en5"},
        {"一", "yi1"},  {"不", "bu4"},   {"喔", "o1"},    {"哦", "o4"},     {"噢", "o1"},    {"呀", "ya5"},
        {"哇", "wa5"},  {"欸", "ei1"},   {"誒", "ei1"},   {"個", "ge4"},    {"看", "kan4"},  {"只", "zhi3"},
        {"隻", "zhi1"}, {"彈", "tan2"},  {"擰", "ning3"}, {"场", "chang3"}, {"干", "gan1"},  {"漂", "piao1"},
        {"倒", "dao4"}, {"應", "ying4"}, {"曲", "qu3"},   {"削", "xiao1"},  {"扇", "shan4"}, {"中", "zhong1"},
        {"好", "hao3"}, {"少", "shao3"}, {"行", "xing2"}, {"剥", "bao1"},   {"薄", "bao2"},  {"喲", "yo1"},
        {"色", "se4"}};
    for (const Preferred& preferred : kPreferred) {
        if (preferred.glyph == traditionalGlyph || preferred.glyph == typed)
            return std::string(preferred.pinyin);
    }
    const Entry* entry = find(traditionalGlyph);
    if (!entry)
        entry = find(std::string(typed));
    if (entry && !entry->shared)
        return std::string(entry->pinyin);
    std::string other = transliterated(typed);
    if (!other.empty() && !parsePinyin(other).final.empty())
        return other;
    return entry ? std::string(entry->pinyin) : std::string();
}

Mandarin::Mandarin(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Mandarin::~Mandarin() = default;

Result<std::unique_ptr<Mandarin>> Mandarin::open(const std::filesystem::path& dictionary,
                                                 const std::filesystem::path& simplifiedToTraditional)
{
    auto state = std::make_unique<State>();
    std::ifstream file(dictionary, std::ios::binary);
    std::ostringstream content;
    if (!file || !(content << file.rdbuf())) {
        return Error{"The Mandarin dictionary " + dictionary.string() +
                     " cannot be read; install the package rime-data-terra-pinyin."};
    }
    state->text = std::move(content).str();
    state->parse();
    if (state->entries.size() < 10'000) {
        return Error{"The Mandarin dictionary " + dictionary.string() +
                     " is not complete; install the package rime-data-terra-pinyin again."};
    }
    try {
        state->toTraditional = std::make_unique<opencc::SimpleConverter>(simplifiedToTraditional.string());
        state->toSimplified = std::make_unique<opencc::SimpleConverter>("t2s.json");
    } catch (const std::exception&) {
        return Error{"OpenCC cannot load " + simplifiedToTraditional.string() +
                     ", which Mandarin lyrics need; install the package libopencc-data."};
    }
    for (const PhraseReading& phrase : songPhrases()) {
        state->phrases.push_back(state->toTraditional->Convert(std::string(phrase.phrase)));
        state->entries.insert_or_assign(state->phrases.back(), Entry{phrase.pinyin, 100, false});
    }
    return std::unique_ptr<Mandarin>(new Mandarin(std::move(state)));
}

std::vector<Word> Mandarin::read(std::string_view run) const
{
    std::vector<std::string_view> glyphs;
    std::vector<std::size_t> offsets;
    for (const CodePoint& point : decode(run)) {
        const CharClass kind = classOf(point.value);
        if (!glyphs.empty() && (kind == CharClass::Mark || kind == CharClass::Joiner)) {
            glyphs.back() = run.substr(offsets.back(), point.offset + point.length - offsets.back());
            continue;
        }
        glyphs.push_back(run.substr(point.offset, point.length));
        offsets.push_back(point.offset);
    }
    const std::size_t size = glyphs.size();
    const std::vector<std::string> keys = m_state->traditional(glyphs, run);

    // Fewest words; among those, fewest single characters; among those, the longer word later, as Chinese
    // builds.
    struct Best {
        int words = 0;
        int singles = 0;
        std::size_t length = 0;
        const Entry* entry = nullptr;
    };
    std::vector<Best> best(size + 1);
    for (std::size_t i = size; i-- > 0;) {
        Best choice{best[i + 1].words + 1, best[i + 1].singles + 1, 1, nullptr};
        std::string key = keys[i];
        for (std::size_t length = 2; length <= kLongestWord && i + length <= size; ++length) {
            key += keys[i + length - 1];
            const Entry* entry = m_state->find(key);
            if (!entry)
                continue;
            const Best& after = best[i + length];
            const int words = after.words + 1;
            if (words < choice.words || (words == choice.words && after.singles < choice.singles))
                choice = {words, after.singles, length, entry};
        }
        best[i] = choice;
    }

    std::vector<Word> words;
    for (std::size_t i = 0; i < size;) {
        const std::size_t length = best[i].length;
        std::vector<std::string> readings;
        if (best[i].entry) {
            std::string_view pinyin = best[i].entry->pinyin;
            while (!pinyin.empty()) {
                const std::size_t end = std::min(pinyin.find(' '), pinyin.size());
                readings.emplace_back(pinyin.substr(0, end));
                pinyin.remove_prefix(std::min(end + 1, pinyin.size()));
            }
        }
        Word word;
        word.offset = offsets[i];
        for (std::size_t k = 0; k < length; ++k) {
            const std::string_view glyph = glyphs[i + k];
            word.text += glyph;
            const std::string_view before = i + k > 0 ? glyphs[i + k - 1] : std::string_view();
            const std::string_view after = i + k + 1 < size ? glyphs[i + k + 1] : std::string_view();
            std::string reading = readings.size() == length ? readings[k] : std::string();
            if (reading.empty())
                reading = readingInContext(glyph, before, after,
                                           words.empty() ? std::string_view() : words.back().text);
            if (reading.empty())
                reading = m_state->single(keys[i + k], glyph);
            reading = mainlandReading(keys[i + k], reading);
            if (reading == "r5" && !word.syllables.empty()) {
                word.syllables.back().text += glyph;
                word.syllables.back().phonemes.emplace_back("r");
                continue;
            }
            const Pinyin pinyin = parsePinyin(reading);
            Syllable syllable;
            syllable.text = glyph;
            syllable.language = Language::Mandarin;
            syllable.guessed = pinyin.final.empty();
            syllable.tone = pinyin.tone;
            // In phrases the dictionary writes 一 and 不 as they are said; the lexical tone is fixed.
            if (keys[i + k] == "一")
                syllable.tone = 1;
            else if (keys[i + k] == "不")
                syllable.tone = 4;
            syllable.sungTone = pinyin.tone;
            if (!pinyin.initial.empty())
                syllable.phonemes.push_back(pinyin.initial);
            syllable.phonemes.push_back(pinyin.final.empty() ? "en" : pinyin.final);
            word.syllables.push_back(std::move(syllable));
        }
        words.push_back(std::move(word));
        i += length;
    }
    return words;
}

void applySandhi(std::vector<Word>& words, const std::vector<bool>& linked)
{
    struct Place {
        Syllable* syllable;
        bool linkedToPrevious;
        bool startsWord;
        std::size_t wordSize;
    };
    std::vector<Place> places;
    for (std::size_t w = 0; w < words.size(); ++w) {
        for (std::size_t s = 0; s < words[w].syllables.size(); ++s) {
            Syllable& syllable = words[w].syllables[s];
            if (syllable.language == Language::Mandarin)
                places.push_back({&syllable, s > 0 || linked[w], s == 0, words[w].syllables.size()});
            else
                places.push_back({nullptr, false, true, 1});
        }
    }
    const auto next = [&](std::size_t i) -> Syllable* {
        return i + 1 < places.size() && places[i + 1].linkedToPrevious ? places[i + 1].syllable : nullptr;
    };
    const auto previous = [&](std::size_t i) -> Syllable* {
        return i > 0 && places[i].linkedToPrevious ? places[i - 1].syllable : nullptr;
    };
    const auto isNumeral = [](const Syllable* s) {
        static constexpr std::string_view kNumerals = "〇零一二三四五六七八九十第";
        return s && kNumerals.find(s->text) != std::string_view::npos;
    };

    for (std::size_t i = 0; i < places.size(); ++i) {
        Syllable* syllable = places[i].syllable;
        if (!syllable || places[i].wordSize > 1)
            continue; // the dictionary's phrases have it already
        const Syllable* after = next(i);
        if (syllable->text == "一") {
            const bool ordinalOrDigit = isNumeral(previous(i)) || isNumeral(after) || !after;
            syllable->sungTone = ordinalOrDigit ? 1 : after->tone == 4 || after->tone == 5 ? 2 : 4;
        } else if (syllable->text == "不") {
            syllable->sungTone = after && after->tone == 4 ? 2 : 4;
        }
    }
    // Third tones: within words first, from the left, then across words.
    for (const bool inside : {true, false}) {
        for (std::size_t i = 0; i + 1 < places.size(); ++i) {
            const Place& after = places[i + 1];
            if (!places[i].syllable || !after.syllable || !after.linkedToPrevious ||
                after.startsWord == inside)
                continue;
            if (places[i].syllable->sungTone == 3 && after.syllable->tone == 3 &&
                (after.syllable->sungTone == 3 || after.syllable->sungTone == 2))
                places[i].syllable->sungTone = 2;
        }
    }
}

} // namespace cantilena::language
