#include <song/word_ranges.h>

#include <string>
#include <string_view>

#include <language/text.h>

namespace cantilena::song {

namespace {

/// The bytes of a UTF-8 character that begins at `at`; one where there is none.
std::size_t characterLength(std::string_view text, std::size_t at)
{
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80)
        ++length;
    return length;
}

/// A normalised text, and for each of its bytes the place of the character that it came from.
struct Normalised {
    std::string text;
    std::vector<TextRange> origin;
};

Normalised normalisedWithOrigin(std::string_view raw)
{
    Normalised result;
    for (std::size_t at = 0; at < raw.size();) {
        // A letter and its combining marks are composed together.
        std::size_t end = at + characterLength(raw, at);
        std::string piece = language::normalise(raw.substr(at, end - at));
        while (end < raw.size()) {
            const std::size_t next = characterLength(raw, end);
            const std::string both = language::normalise(raw.substr(at, end + next - at));
            if (both == piece + language::normalise(raw.substr(end, next)))
                break;
            piece = both;
            end += next;
        }
        result.text += piece;
        result.origin.insert(result.origin.end(), piece.size(), {at, end});
        at = end;
    }
    return result;
}

} // namespace

std::vector<std::optional<TextRange>> wordRanges(const Line& line)
{
    // Most texts are normalised already.
    const bool plain = language::normalise(line.text) == line.text;
    const Normalised seen = plain ? Normalised{line.text, {}} : normalisedWithOrigin(line.text);
    std::vector<std::optional<TextRange>> ranges;
    std::size_t from = 0;
    for (const Word& word : line.words) {
        const std::size_t at = word.text.empty() ? std::string::npos : seen.text.find(word.text, from);
        if (at == std::string::npos) {
            ranges.emplace_back();
            continue;
        }
        from = at + word.text.size();
        ranges.push_back(plain ? TextRange{at, from}
                               : TextRange{seen.origin[at].start, seen.origin[from - 1].end});
    }
    return ranges;
}

} // namespace cantilena::song
