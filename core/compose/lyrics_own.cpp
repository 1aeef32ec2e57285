#include <compose/lyrics.h>

#include <algorithm>

#include <compose/section_mark.h>
#include <language/text.h>

namespace cantilena::compose {

namespace {

std::string trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\r'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r'))
        text.remove_suffix(1);
    return std::string(text);
}

} // namespace

int LyricLine::syllables() const
{
    int sum = 0;
    for (const language::Word& word : words)
        sum += static_cast<int>(word.syllables.size());
    return sum;
}

Result<std::vector<OwnSection>> readOwnLyrics(std::string_view text, language::Language language,
                                              const language::Reader& reader)
{
    std::vector<OwnSection> sections;
    bool open = false;
    std::size_t lines = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string line = trimmed(language::normalise(text.substr(0, end)));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty()) {
            open = false;
            continue;
        }
        if (line.front() == '[' && line.back() == ']') {
            OwnSection section;
            section.named = true;
            section.kind = sectionKindOfMark(line).value_or(song::SectionKind::Verse);
            sections.push_back(std::move(section));
            open = true;
            continue;
        }
        LyricLine lyric;
        lyric.text = line;
        lyric.words = reader.read(line, language);
        lyric.origin = LineOrigin::Person;
        if (lyric.words.empty())
            continue;
        if (lyric.syllables() > 40)
            return Error{"Line " + std::to_string(lines + 1) +
                         " of the lyrics has more than 40 syllables; break it into shorter lines."};
        if (++lines > 400)
            return Error{"The lyrics have more than 400 lines; a song holds fewer, please shorten them."};
        if (!open) {
            sections.emplace_back();
            open = true;
        }
        sections.back().lines.push_back(std::move(lyric));
    }
    if (lines == 0)
        return Error{"The lyrics hold nothing that can be sung; type at least one line of words."};
    return sections;
}

} // namespace cantilena::compose
