#include <language/text.h>

#include <memory>

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "unicode.h"

namespace cantilena::language {

namespace {

const icu::Normalizer2* normalizer(bool decompose)
{
    UErrorCode status = U_ZERO_ERROR;
    return decompose ? icu::Normalizer2::getNFKDInstance(status) : icu::Normalizer2::getNFKCInstance(status);
}

bool isInvisible(char32_t c)
{
    // Zero-width joiner and variation selectors stay: they hold emoji together.
    if (c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0020 && c <= 0xE007F))
        return false;
    return u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR;
}

} // namespace

std::vector<CodePoint> decode(std::string_view text)
{
    std::vector<CodePoint> result;
    result.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<int64_t>(text.size());
    int64_t i = 0;
    while (i < size) {
        const int64_t start = i;
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);
        result.push_back({c < 0 ? U'\uFFFD' : static_cast<char32_t>(c), static_cast<std::size_t>(start),
                          static_cast<std::size_t>(i - start)});
    }
    return result;
}

void append(std::string& text, char32_t value)
{
    std::uint8_t buffer[4];
    int32_t length = 0;
    UBool error = 0;
    U8_APPEND(buffer, length, 4, static_cast<UChar32>(value), error);
    if (error == 0)
        text.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length));
}

std::string encode(char32_t value)
{
    std::string text;
    append(text, value);
    return text;
}

int digitValue(char32_t value)
{
    return u_charDigitValue(static_cast<UChar32>(value));
}

CharClass classOf(char32_t value)
{
    const auto c = static_cast<UChar32>(value);
    if (value < 0x80) {
        if ((value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z'))
            return CharClass::Latin;
        if (value >= '0' && value <= '9')
            return CharClass::Digit;
        if (value == '\'')
            return CharClass::Apostrophe;
        if (value == '-')
            return CharClass::Hyphen;
        return value <= 0x20 || value == 0x7F ? CharClass::Space : CharClass::Punctuation;
    }
    switch (value) {
    case 0x2018: // single quotation marks and letters that people type for an apostrophe
    case 0x2019:
    case 0x02BC:
    case 0x2032:
        return CharClass::Apostrophe;
    case 0x2010:
    case 0x2011:
        return CharClass::Hyphen;
    case 0x200D:
    case 0x20E3:
        return CharClass::Joiner;
    case 0xFFFD: // what was there is lost
    case 0x2669: // musical notes are decoration in lyrics
    case 0x266A:
    case 0x266B:
    case 0x266C:
        return CharClass::Punctuation;
    default:
        break;
    }
    if ((value >= 0xFE00 && value <= 0xFE0F) || (value >= 0xE0020 && value <= 0xE007F) ||
        (value >= 0x1F3FB && value <= 0x1F3FF))
        return CharClass::Joiner;
    if (u_isUWhiteSpace(c))
        return CharClass::Space;
    if (u_charDigitValue(c) >= 0)
        return CharClass::Digit;
    const int8_t type = u_charType(c);
    switch (type) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
        return CharClass::Mark;
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
        return CharClass::Space;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_MODIFIER_SYMBOL:
    case U_MATH_SYMBOL:
    case U_CURRENCY_SYMBOL:
        return CharClass::Punctuation;
    case U_OTHER_SYMBOL:
    case U_UNASSIGNED:
    case U_PRIVATE_USE_CHAR:
        return CharClass::Symbol;
    default:
        break;
    }
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    if (script == USCRIPT_LATIN)
        return CharClass::Latin;
    if (script == USCRIPT_HAN)
        return CharClass::Han;
    return CharClass::OtherLetter;
}

std::string asciiLower(std::string_view latin)
{
    icu::UnicodeString text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(latin.data(), static_cast<int32_t>(latin.size())));
    text.toLower(icu::Locale::getRoot());
    UErrorCode status = U_ZERO_ERROR;
    text = normalizer(true)->normalize(text, status);
    std::string result;
    for (int32_t i = 0; i < text.length();) {
        const UChar32 c = text.char32At(i);
        i += U16_LENGTH(c);
        if (c < 0x80) {
            result.push_back(static_cast<char>(c));
            continue;
        }
        switch (c) {
        case 0x00DF:
            result += "ss";
            break;
        case 0x00E6:
            result += "ae";
            break;
        case 0x0153:
            result += "oe";
            break;
        case 0x00F8:
            result += "o";
            break;
        case 0x0142:
            result += "l";
            break;
        case 0x0111:
        case 0x00F0:
            result += "d";
            break;
        case 0x00FE:
            result += "th";
            break;
        case 0x0131:
            result += "i";
            break;
        case 0x0127:
            result += "h";
            break;
        case 0x014B:
            result += "ng";
            break;
        case 0x0259:
            result += "a";
            break;
        default:
            if (classOf(static_cast<char32_t>(c)) == CharClass::Apostrophe)
                result += '\'';
            else if (classOf(static_cast<char32_t>(c)) == CharClass::Hyphen)
                result += '-';
        }
    }
    return result;
}

std::string normalise(std::string_view line)
{
    std::string safe;
    safe.reserve(line.size());
    for (const CodePoint& point : decode(line)) {
        if (isInvisible(point.value))
            continue;
        const int8_t type = u_charType(static_cast<UChar32>(point.value));
        if (point.value == 0x00B4) // the acute accent typed for an apostrophe; NFKC would make it a space
            safe.push_back('\'');
        else if (point.value == 0x2010 || point.value == 0x2011)
            safe.push_back('-');
        else if (type == U_CONTROL_CHAR || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR)
            safe.push_back(' ');
        else
            append(safe, point.value);
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(safe);
    text = normalizer(false)->normalize(text, status);
    if (U_FAILURE(status))
        return safe;
    std::string result;
    text.toUTF8String(result);
    return result;
}

std::vector<std::string> segments(std::string_view text)
{
    std::vector<std::string> words;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> iterator(
        icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), status));
    if (U_FAILURE(status) || !iterator)
        return {std::string(text)};
    const icu::UnicodeString unicode =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    iterator->setText(unicode);
    for (int32_t begin = iterator->first(), end = iterator->next(); end != icu::BreakIterator::DONE;
         begin = end, end = iterator->next()) {
        words.emplace_back();
        unicode.tempSubStringBetween(begin, end).toUTF8String(words.back());
    }
    return words;
}

Language detect(std::string_view text)
{
    std::size_t han = 0;
    std::size_t latinWords = 0;
    bool inWord = false;
    for (const CodePoint& point : decode(text)) {
        const CharClass kind = classOf(point.value);
        if (kind == CharClass::Han)
            ++han;
        if (kind == CharClass::Latin && !inWord)
            ++latinWords;
        inWord = kind == CharClass::Latin ||
                 (inWord && (kind == CharClass::Mark || kind == CharClass::Apostrophe));
    }
    return han > 0 && han >= latinWords ? Language::Mandarin : Language::English;
}

} // namespace cantilena::language
