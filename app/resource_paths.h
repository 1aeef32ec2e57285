#pragma once

#include <base/resources.h>
#include <base/result.h>

namespace cantilena::app {

/// The folders that the program works with, each from its environment variable or its usual place:
/// CANTILENA_MODELS and CANTILENA_RESOURCES (else share/cantilena beside the program's bin folder when
/// installed, else the source tree it was built from), CANTILENA_SOUNDFONT (else Debian's),
/// XDG_CACHE_HOME/cantilena, XDG_DATA_HOME/cantilena, XDG_CONFIG_HOME/cantilena. The first two are made.
/// Errors name the folder.
Result<ResourcePaths> findResourcePaths();

} // namespace cantilena::app
