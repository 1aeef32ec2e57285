#include <compose/lyrics.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include <language/text.h>

namespace cantilena::compose {

namespace {

/// The kind that a mark such as "Verse 2", "pre-chorus" or "副歌" names.
std::optional<song::SectionKind> kindOfMark(std::string mark)
{
    std::transform(mark.begin(), mark.end(), mark.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    struct Name {
        std::string_view text;
        song::SectionKind kind;
    };
    static constexpr Name kNames[] = {
        {"pre", song::SectionKind::PreChorus},    {"导歌", song::SectionKind::PreChorus},
        {"预副歌", song::SectionKind::PreChorus}, {"verse", song::SectionKind::Verse},
        {"主歌", song::SectionKind::Verse},       {"chorus", song::SectionKind::Chorus},
        {"refrain", song::SectionKind::Chorus},   {"副歌", song::SectionKind::Chorus},
        {"bridge", song::SectionKind::Bridge},    {"桥", song::SectionKind::Bridge},
        {"intro", song::SectionKind::Intro},      {"前奏", song::SectionKind::Intro},
        {"outro", song::SectionKind::Outro},      {"ending", song::SectionKind::Outro},
        {"尾", song::SectionKind::Outro},         {"hook", song::SectionKind::Hook},
        {"solo", song::SectionKind::Solo},        {"interlude", song::SectionKind::Interlude},
        {"间奏", song::SectionKind::Interlude},
    };
    for (const Name& name : kNames) {
        if (mark.find(name.text) != std::string::npos)
            return name.kind;
    }
    return std::nullopt;
}

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
            section.kind = kindOfMark(line).value_or(song::SectionKind::Verse);
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
