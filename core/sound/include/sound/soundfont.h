#pragma once

#include <filesystem>

#include <base/result.h>

namespace cantilena::sound {

/// The General MIDI sound font to play with: `preferred` when it is not empty (an error when it is no
/// readable sound font), else the best of those that Debian's packages install. Missing: one sentence that
/// names the package. Any thread.
Result<std::filesystem::path> findSoundFont(const std::filesystem::path& preferred = {});

} // namespace cantilena::sound
