#include <sound/soundfont.h>

#include <array>
#include <fstream>

namespace cantilena::sound {

namespace {

bool isSoundFont(const std::filesystem::path& file)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return false;
    std::array<char, 12> head{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(head.data(), head.size());
    return stream && std::string_view(head.data(), 4) == "RIFF" &&
           std::string_view(head.data() + 8, 4) == "sfbk";
}

} // namespace

Result<std::filesystem::path> findSoundFont(const std::filesystem::path& preferred)
{
    if (!preferred.empty()) {
        if (isSoundFont(preferred))
            return preferred;
        return Error{"Cannot use the sound font " + preferred.string() +
                     ": it is missing or no sound font; install the package fluid-soundfont-gm or choose "
                     "another file."};
    }
    // FluidR3 first: the instruments' levels were measured with it.
    for (const char* candidate :
         {"/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/soundfonts/FluidR3_GM.sf2",
          "/usr/share/sounds/sf3/MuseScore_General.sf3", "/usr/share/sounds/sf2/default-GM.sf2",
          "/usr/share/sounds/sf3/default-GM.sf3", "/usr/share/soundfonts/default.sf2",
          "/usr/share/sounds/sf2/TimGM6mb.sf2"})
        if (isSoundFont(candidate))
            return std::filesystem::path(candidate);
    return Error{"No General MIDI sound font was found; install the package fluid-soundfont-gm."};
}

} // namespace cantilena::sound
