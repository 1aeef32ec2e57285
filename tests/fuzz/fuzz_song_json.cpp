#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <song/serialize.h>
#include <song/validate.h>

/// Texts of songs and of journal entries: whatever can be read is valid and survives writing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena::song;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto song = songOfJson(text)) {
        const auto again = songOfJson(toJson(**song));
        if (!validate(**song) || !again || !(**again == **song))
            std::abort();
    }
    if (const auto entry = entryOfJson(text)) {
        const auto again = entryOfJson(toJson(*entry));
        if (!again || !(*again == *entry))
            std::abort();
        (void)cantilena::song::apply(std::make_shared<const Song>(), entry->edits).hasValue();
    }
    return 0;
}
