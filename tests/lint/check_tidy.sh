#!/usr/bin/env bash
# clang-tidy over the core, the interface and the program, two files at a time. core/inference is left out: parsing
# torch's headers takes a minute a file.
set -euo pipefail
clang_tidy=$1
cd "$2"
find core ui app -name '*.cpp' -not -path 'core/inference/*' | sort |
    xargs -P 2 -n 4 "$clang_tidy" -p "$3" --quiet 2> >(grep -v 'warnings generated\|Suppressed\|Use -header-filter' >&2)
