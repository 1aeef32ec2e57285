#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <exchange/midi.h>

using namespace cantilena::exchange;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto file = readMidi({reinterpret_cast<const char*>(data), size});
    if (file && !readMidi(writeMidi(*file)))
        std::abort(); // what could be read can be written and read again
    return 0;
}
