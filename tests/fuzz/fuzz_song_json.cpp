#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include <song/serialize.h>
#include <song/validate.h>

using namespace cantilena::song;

namespace {

void mustSurvive(const Song& song)
{
    const auto again = songOfJson(toJson(song));
    if (!validate(song) || !again || !(**again == song))
        std::abort();
}

} // namespace

/// Texts of songs and of journal entries: whatever can be read is valid and survives writing, and so does
/// what an entry makes of a song.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto song = songOfJson(text))
        mustSurvive(**song);
    if (const auto entry = entryOfJson(text)) {
        const auto again = entryOfJson(toJson(*entry));
        if (!again || !(*again == *entry))
            std::abort();
        // Bit by bit, so that what fits is made although something else does not.
        SongPtr song = std::make_shared<const Song>();
        for (const Edit& edit : entry->edits) {
            const auto after = cantilena::song::apply(song, {edit});
            if (!after)
                continue;
            mustSurvive(**after);
            const auto back = cantilena::song::apply(*after, {inverse(edit)});
            if (!back)
                std::abort();
            Song restored = **back;
            restored.ids = song->ids; // the counter never goes back
            if (!(restored == *song))
                std::abort();
            song = *after;
        }
        (void)cantilena::song::apply(std::make_shared<const Song>(), entry->edits).hasValue();
    }
    return 0;
}
