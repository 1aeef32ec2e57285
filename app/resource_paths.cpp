#include "resource_paths.h"

#include <cstdlib>
#include <system_error>

namespace cantilena::app {

namespace fs = std::filesystem;

namespace {

std::optional<fs::path> environment(const char* name)
{
    const char* value = std::getenv(name);
    if (!value || !*value)
        return std::nullopt;
    return fs::path(value);
}

fs::path shipped(const char* variable, const char* folder)
{
    if (const auto chosen = environment(variable))
        return *chosen;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        fs::path installed = program.parent_path().parent_path() / "share/cantilena" / folder;
        if (fs::is_directory(installed, error))
            return installed;
    }
    return fs::path(CANTILENA_SOURCE_DIR) / folder;
}

/// The first that is set and absolute, as the XDG Base Directory Specification wants it.
fs::path home(const char* variable, const char* underHome)
{
    if (const auto chosen = environment(variable); chosen && chosen->is_absolute())
        return *chosen / "cantilena";
    if (const auto folder = environment("HOME"))
        return *folder / underHome / "cantilena";
    return fs::temp_directory_path() / "cantilena";
}

} // namespace

Result<ResourcePaths> findResourcePaths()
{
    ResourcePaths paths;
    paths.models = shipped("CANTILENA_MODELS", "models");
    paths.resources = shipped("CANTILENA_RESOURCES", "resources");
    if (const auto font = environment("CANTILENA_SOUNDFONT"))
        paths.soundFont = *font;
    paths.cache = home("XDG_CACHE_HOME", ".cache");
    paths.data = home("XDG_DATA_HOME", ".local/share");
    paths.config = home("XDG_CONFIG_HOME", ".config");
    for (const fs::path& folder : {paths.cache, paths.data}) {
        std::error_code error;
        fs::create_directories(folder, error);
        if (error)
            return Error{"The folder " + folder.string() + " cannot be made (" + error.message() +
                         "); check the disk and its permissions."};
    }
    return paths;
}

} // namespace cantilena::app
