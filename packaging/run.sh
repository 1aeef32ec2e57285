#!/usr/bin/env bash
# Installs what Cantilena needs, builds a release, and starts it: without arguments the studio, with arguments the
# command line, as in: packaging/run.sh compose --prompt "a rainy night" -o rain.cantilena
# Nothing is rebuilt or installed again without need.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(dirname "$here")
build="$source_dir/build/release"

"$here/setup.sh"

# What the program is built from, by name, time and size: when it is as at the last build, not even ninja is asked.
stamp() {
    find "$source_dir"/{CMakeLists.txt,CMakePresets.json,cmake,core,ui,app,resources} -type f -printf '%p %T@ %s\n' | sort | sha256sum
}
now=$(stamp)
if [ ! -x "$build/app/cantilena" ] || [ "$(cat "$build/stamp" 2>/dev/null)" != "$now" ]; then
    mkdir -p "$build"
    log="$build/build.log"
    echo "Building Cantilena (about ten minutes the first time on two cores; log: $log)." >&2
    if ! (cd "$source_dir" && cmake --preset release -DCANTILENA_TESTS=OFF &&
          cmake --build --preset release) >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "The build failed; the whole log is in $log." >&2
        exit 1
    fi
    echo "$now" >"$build/stamp"
fi
exec "$build/app/cantilena" "$@"
