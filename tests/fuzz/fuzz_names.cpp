#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <music/chord.h>
#include <music/pitch.h>

/// Names of keys and chords as people type them: what is read can be written and is read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena::music;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto key = Key::parse(text); key && Key::parse(key->name()) != key)
        std::abort();
    if (const auto chord = Chord::parse(text)) {
        for (const bool flats : {false, true}) {
            if (Chord::parse(chord->symbol(flats)) != chord)
                std::abort();
        }
        if (!chord->contains(chord->root) || !chord->contains(chord->bass))
            std::abort();
    }
    return 0;
}
