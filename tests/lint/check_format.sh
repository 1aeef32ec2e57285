#!/usr/bin/env bash
# Fails, naming the files, when a C++ source is not formatted as .clang-format says.
set -euo pipefail
clang_format=$1
cd "$2"
find core ui app tests -name '*.cpp' -o -name '*.h' | sort | xargs "$clang_format" --dry-run --Werror
