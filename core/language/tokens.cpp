#include "tokens.h"

#include "unicode.h"

namespace cantilena::language {

namespace {

class Tokeniser {
public:
    explicit Tokeniser(std::string_view line) : m_line(line), m_points(decode(line))
    {
        m_classes.reserve(m_points.size());
        for (const CodePoint& point : m_points)
            m_classes.push_back(classOf(point.value));
    }

    std::vector<Token> run()
    {
        while (m_at < m_points.size())
            step();
        return std::move(m_tokens);
    }

private:
    bool is(std::size_t i, CharClass kind) const { return i < m_classes.size() && m_classes[i] == kind; }
    bool isChar(std::size_t i, char32_t value) const
    {
        return i < m_points.size() && m_points[i].value == value;
    }
    bool isLetter(std::size_t i) const
    {
        return is(i, CharClass::Latin) || is(i, CharClass::OtherLetter) || is(i, CharClass::Han);
    }
    bool isCurrency(std::size_t i) const
    {
        return isChar(i, U'$') || isChar(i, U'€') || isChar(i, U'£') || isChar(i, U'¥');
    }
    /// A letter with its accents; the index after them, or `i` when there is no Latin letter.
    std::size_t skipLatin(std::size_t i) const
    {
        if (!is(i, CharClass::Latin))
            return i;
        ++i;
        while (is(i, CharClass::Mark))
            ++i;
        return i;
    }

    void emit(Token::Kind kind, std::size_t begin, std::size_t end)
    {
        const std::size_t first = m_points[begin].offset;
        const std::size_t last = m_points[end - 1].offset + m_points[end - 1].length;
        m_tokens.push_back({kind, std::string(m_line.substr(first, last - first)), first, m_space, m_stop});
        m_space = false;
        m_stop = false;
        m_at = end;
    }

    /// "U.S.A.", "p.m.": single letters, each with a dot.
    std::size_t endOfInitials(std::size_t i) const
    {
        std::size_t count = 0;
        while (is(i, CharClass::Latin) && isChar(i + 1, U'.')) {
            i += 2;
            ++count;
        }
        return count >= 2 && !is(i, CharClass::Latin) ? i : 0;
    }

    std::size_t endOfWord(std::size_t i) const
    {
        while (i < m_points.size()) {
            if (const std::size_t next = skipLatin(i); next != i) {
                i = next;
                continue;
            }
            const bool inner = is(i, CharClass::Apostrophe) || is(i, CharClass::Hyphen);
            if (!inner || !is(i + 1, CharClass::Latin))
                break;
            ++i;
        }
        // goin', ol', the girls': the apostrophe stays unless it closes a quotation, which english.cpp knows.
        if (is(i, CharClass::Apostrophe) && !isLetter(i + 1))
            ++i;
        return i;
    }

    std::size_t endOfNumber(std::size_t i) const
    {
        while (is(i, CharClass::Digit)) {
            ++i;
            const bool joint = isChar(i, U'.') || isChar(i, U',') || isChar(i, U':') || isChar(i, U'/') ||
                               isChar(i, U'-') || isChar(i, U'⁄');
            if (joint && is(i + 1, CharClass::Digit))
                ++i;
        }
        if (isChar(i, U'%'))
            return i + 1;
        // 1st 2nd 3rd 4th, 80s, 80's
        const std::size_t suffix = is(i, CharClass::Apostrophe) ? i + 1 : i;
        if (isChar(suffix, U's') && !isLetter(suffix + 1))
            return suffix + 1;
        if (is(i, CharClass::Latin) && is(i + 1, CharClass::Latin) && !isLetter(i + 2)) {
            const std::string pair = asciiLower(encode(m_points[i].value) + encode(m_points[i + 1].value));
            if (pair == "st" || pair == "nd" || pair == "rd" || pair == "th")
                return i + 2;
        }
        return i;
    }

    void step()
    {
        const std::size_t i = m_at;
        switch (m_classes[i]) {
        case CharClass::Latin:
            if (const std::size_t end = endOfInitials(i))
                return emit(Token::Kind::Latin, i, end);
            return emit(Token::Kind::Latin, i, endOfWord(skipLatin(i)));
        case CharClass::Apostrophe: {
            const bool fresh = i == 0 || m_space || m_tokens.empty();
            if (fresh && is(i + 1, CharClass::Latin))
                return emit(Token::Kind::Latin, i, endOfWord(i + 1));
            if (fresh && is(i + 1, CharClass::Digit))
                return emit(Token::Kind::Number, i, endOfNumber(i + 1));
            return skip(true);
        }
        case CharClass::Digit:
            return emit(Token::Kind::Number, i, endOfNumber(i));
        case CharClass::Han:
            return emitRun(Token::Kind::Han, CharClass::Han);
        case CharClass::OtherLetter:
            return emitRun(Token::Kind::Other, CharClass::OtherLetter);
        case CharClass::Symbol:
            return emitRun(Token::Kind::Symbol, CharClass::Symbol);
        case CharClass::Mark: // one without a letter before it
            return emitRun(Token::Kind::Other, CharClass::Mark);
        case CharClass::Space:
        case CharClass::Joiner:
            return skip(false);
        case CharClass::Hyphen:
            if ((i == 0 || m_space) && is(i + 1, CharClass::Digit))
                return emit(Token::Kind::Number, i, endOfNumber(i + 1));
            return skip(true);
        case CharClass::Punctuation:
            break;
        }
        if (isCurrency(i) && is(i + 1, CharClass::Digit))
            return emit(Token::Kind::Number, i, endOfNumber(i + 1));
        if (isChar(i, U'#') && is(i + 1, CharClass::Digit))
            return emit(Token::Kind::Number, i, endOfNumber(i + 1));
        // A row of them is a drawing, not a word.
        const bool repeated = (i > 0 && isChar(i - 1, m_points[i].value)) || isChar(i + 1, m_points[i].value);
        if (repeated)
            return skip(true);
        if (isChar(i, U'&') || isChar(i, U'@') || isChar(i, U'%') || isChar(i, U'+') || isChar(i, U'='))
            return emit(Token::Kind::Character, i, i + 1);
        skip(true);
    }

    void emitRun(Token::Kind kind, CharClass member)
    {
        std::size_t end = m_at + 1;
        while (is(end, member) || is(end, CharClass::Mark) || is(end, CharClass::Joiner))
            ++end;
        emit(kind, m_at, end);
    }

    void skip(bool stop)
    {
        m_space = true;
        m_stop = m_stop || stop;
        ++m_at;
    }

    std::string_view m_line;
    std::vector<CodePoint> m_points;
    std::vector<CharClass> m_classes;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    bool m_space = false;
    bool m_stop = false;
};

} // namespace

std::vector<Token> tokenise(std::string_view line)
{
    return Tokeniser(line).run();
}

} // namespace cantilena::language
