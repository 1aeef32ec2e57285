#include <cstdio>

#include "command_line.h"
#include "resource_paths.h"

#ifdef CANTILENA_WITH_UI
#include <ui/run_studio.h>
#endif

int main(int argc, char** argv)
{
    const auto paths = cantilena::app::findResourcePaths();
    if (!paths) {
        std::fprintf(stderr, "cantilena: %s\n", paths.error().message.c_str());
        return 1;
    }
#ifdef CANTILENA_WITH_UI
    // One argument that is a song's file opens the studio with it, as a file manager does.
    if (argc == 1 || (argc == 2 && std::string_view(argv[1]).ends_with(".cantilena")))
        return cantilena::ui::runStudio(argc, argv, *paths);
#endif
    return cantilena::app::runCommandLine(argc, argv, *paths);
}
