#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lyricist_answer.h"

/// What a language model answers: lines stay within their bounds and hold nothing but one line of text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena;
    using namespace cantilena::compose::lyric;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto language = size % 2 == 0 ? language::Language::English : language::Language::Mandarin;
    const auto check = [](const std::string& line) {
        if (line.size() > 240 || line.find_first_of("\r\n\t<>{}[]\\") != std::string::npos)
            std::abort();
    };
    const ModelAnswer answer = readAnswer(text, language);
    check(answer.title);
    std::size_t lines = answer.sections.size();
    for (const auto& section : answer.sections) {
        lines += section.size();
        for (const std::string& line : section)
            check(line);
    }
    if (lines > 4000)
        std::abort();
    const std::size_t count = size % 5;
    const auto wordings = readWordings(text, count, language);
    if (wordings.size() != count)
        std::abort();
    for (const auto& several : wordings) {
        if (several.size() > 8)
            std::abort();
        for (const std::string& line : several)
            check(line);
    }
    return 0;
}
