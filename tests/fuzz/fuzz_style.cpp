#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <compose/style.h>

/// Style files: what is read is within the bounds that the stages rely on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cantilena::compose;
    const auto style = parseStyle({reinterpret_cast<const char*>(data), size}, "style");
    if (!style)
        return 0;
    if (style->meters.empty() || style->parts.size() < 2 || !(style->slowest <= style->usual) ||
        !(style->usual <= style->fastest) || !(style->swing >= 0.5 && style->swing <= 0.75))
        std::abort();
    for (const StylePart& part : style->parts) {
        if (part.program < 0 || part.program > 127 || part.low.midi < 0 || part.high.midi > 127 ||
            part.high.midi - part.low.midi < 12 || part.voices < 1 || !std::isfinite(part.loudness))
            std::abort();
    }
    return 0;
}
