#pragma once

#include <base/resources.h>

namespace cantilena::app {

/// Runs one command (compose, render, export, info, models). Returns the exit status: 0 done, 1 failed with
/// one sentence on standard error, 2 wrong usage. Progress goes to standard error, results to standard
/// output.
int runCommandLine(int argc, char** argv, const ResourcePaths& paths);

} // namespace cantilena::app
