#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <compose/chord_line.h>

/// Typed chords: what is read lies within its bounds, in its places, and reads the same in every key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const music::Key key{static_cast<int>(size % 12),
                         size % 2 == 0 ? music::Mode::Major : music::Mode::Minor};
    const auto sections = compose::readChordLine(text, key);
    if (sections.hasValue() != compose::readChordLine(text, {}).hasValue())
        std::abort();
    if (!sections) {
        if (sections.error().message.empty())
            std::abort();
        return 0;
    }
    if (!compose::keyOfChordLine(text))
        std::abort();
    compose::Form form;
    form.meter = {3 + static_cast<int>(size % 3), 4};
    form.sections = {{song::SectionKind::Verse, "", 5, 0.5, 1, -1, {}},
                     {song::SectionKind::Chorus, "", 3, 0.5, 2, -1, {}}};
    music::Tick last;
    for (const compose::LockedChord& chord : compose::placeChords(*sections, form)) {
        if (chord.begin < last || chord.end <= chord.begin ||
            chord.end > form.meter.barLength() * form.totalBars() || chord.chord.root < 0 ||
            chord.chord.root > 11 || chord.chord.bass < 0 || chord.chord.bass > 11)
            std::abort();
        last = chord.end;
    }
    return 0;
}
