#pragma once

#include <filesystem>

namespace cantilena {

/// Where the program finds what it ships with. Filled in by the composition root, passed down by value.
struct ResourcePaths {
    std::filesystem::path models;    ///< folder with one folder a model family
    std::filesystem::path resources; ///< folder with styles, singers, ...
    std::filesystem::path soundFont; ///< a General MIDI sound font (.sf2, .sf3)
    std::filesystem::path cache;     ///< writable; may be deleted at any time
    std::filesystem::path data;      ///< writable; the library database and songs not saved by the person yet
    std::filesystem::path config; ///< made when something is kept there; what stays on this computer: a key
};

} // namespace cantilena
