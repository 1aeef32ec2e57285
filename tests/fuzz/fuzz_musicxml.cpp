#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <exchange/tune.h>

using namespace cantilena::exchange;

/// Whatever the bytes are: an error, or notes one at a time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto tune = readMusicXml({reinterpret_cast<const char*>(data), size});
    if (!tune)
        return 0;
    std::int64_t end = 0;
    for (const TuneNote& note : tune->notes) {
        if (note.onset.value < end || note.duration.value <= 0 || note.pitch < 0 || note.pitch > 127)
            std::abort();
        end = note.onset.value + note.duration.value;
    }
    return 0;
}
