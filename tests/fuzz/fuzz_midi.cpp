#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <exchange/midi.h>

using namespace cantilena::exchange;

/// What could be read can be written and read again, and from then on stays as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto file = readMidi({reinterpret_cast<const char*>(data), size});
    if (!file)
        return 0;
    const auto again = readMidi(writeMidi(*file));
    if (!again)
        std::abort();
    const auto third = readMidi(writeMidi(*again));
    if (!third || !(*third == *again))
        std::abort();
    return 0;
}
