#!/usr/bin/env bash
# Installs what building and testing Cantilena needs, builds the dev preset, runs every test and check.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$(dirname "$here")"

"$here/setup.sh" "$here/packages.txt" "$here/packages-test.txt"

cmake --preset dev
cmake --build --preset dev

# Two tests at a time, each without a screen or a sound device of its own.
ctest --preset dev -j2

# clang-tidy over every source but those that include torch; some minutes.
cmake --build --preset dev --target tidy
