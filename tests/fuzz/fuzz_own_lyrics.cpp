#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <compose/lyrics.h>

/// The file that a person sings: what is read has words in every line and stays within its bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena;
    static const auto reader = language::Reader::open();
    if (!reader)
        std::abort();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto primary = size % 2 == 0 ? language::Language::English : language::Language::Mandarin;
    const auto sections = compose::readOwnLyrics(text, primary, **reader);
    if (!sections)
        return 0;
    std::size_t lines = 0;
    for (const compose::OwnSection& section : *sections) {
        for (const compose::LyricLine& line : section.lines) {
            if (line.text.empty() || line.syllables() < 1 || line.syllables() > 40)
                std::abort();
        }
        lines += section.lines.size();
    }
    if (lines == 0 || lines > 400)
        std::abort();
    return 0;
}
