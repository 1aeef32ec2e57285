#include <exchange/lrc.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <base/file.h>
#include <language/text.h>

namespace cantilena::exchange {

namespace {

std::string timeTag(double seconds)
{
    const long long hundredths = std::max(0LL, std::llround(seconds * 100));
    char text[32];
    std::snprintf(text, sizeof text, "[%02lld:%02lld.%02lld]", hundredths / 6000, hundredths / 100 % 60,
                  hundredths % 100);
    return text;
}

/// LRC knows no line breaks inside a line.
std::string oneLine(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

} // namespace

std::string writeLrc(const song::Song& song)
{
    const music::TempoMap& tempo = song.head.tempo;
    std::string result;
    if (!song.head.title.empty())
        result += "[ti:" + oneLine(song.head.title) + "]\n";
    const long long length = std::llround(tempo.toSeconds(song.length()).value);
    char text[48];
    std::snprintf(text, sizeof text, "[length:%02lld:%02lld]\n", length / 60, length % 60);
    result += text;
    const song::TrackPtr melody = song.melody();
    for (const song::SectionPtr& section : song.sections) {
        const music::Tick start = song.sectionStart(section->id);
        for (const song::Line& line : section->lines) {
            music::Tick at = start + line.start;
            bool found = false;
            for (const song::Word& word : line.words)
                for (const song::Syllable& syllable : word.syllables) {
                    if (found || !melody)
                        continue;
                    const auto note =
                        std::find_if(melody->notes.begin(), melody->notes.end(),
                                     [&](const song::Note& n) { return n.syllable == syllable.id; });
                    if (note == melody->notes.end())
                        continue;
                    at = note->onset + note->shift;
                    found = true;
                }
            result += timeTag(tempo.toSeconds(at).value) + oneLine(language::withoutHints(line.text)) + "\n";
        }
    }
    return result;
}

Result<void> saveLrc(const song::Song& song, const std::filesystem::path& file)
{
    return writeFile(file, writeLrc(song));
}

} // namespace cantilena::exchange
