#!/usr/bin/env bash
# clang-tidy over the core, the interface and the program, two files at a time. core/inference is left out: parsing
# torch's headers takes a minute a file. The interface is a unity build, so the few files that include its sources are
# what the build knows, and what is checked.
set -euo pipefail
clang_tidy=$1
cd "$2"
{
    find core app -name '*.cpp' -not -path 'core/inference/*' | sort
    find "$3" -path '*/cantilena_ui.dir/Unity/*.cxx' | sort
} | xargs -P 2 -n 4 "$clang_tidy" -p "$3" --quiet --header-filter='/(core|ui|app)/.*' \
    --checks=-bugprone-suspicious-include 2> >(grep -v 'warnings generated\|Suppressed\|Use -header-filter' >&2)
