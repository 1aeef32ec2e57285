#include <compose/section_mark.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace cantilena::compose {

std::optional<song::SectionKind> sectionKindOfMark(std::string mark)
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

} // namespace cantilena::compose
