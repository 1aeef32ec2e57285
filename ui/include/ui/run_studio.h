#pragma once

#include <base/resources.h>

/// The studio's window.
namespace cantilena::ui {

/// Opens the studio and returns the program's exit status when its window was closed. Call once, on the main
/// thread, before any other Qt application object exists. Errors that keep the window from opening go to
/// standard error in one sentence, with exit status 1.
int runStudio(int& argc, char** argv, const ResourcePaths& paths);

} // namespace cantilena::ui
