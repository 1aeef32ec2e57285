#!/usr/bin/env bash
# Installs the Debian packages that the given lists name and the machine lacks: setup.sh [LIST...]
# As root, or through sudo. Does nothing, in well under a second, when all are there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lists=("$@")
[ ${#lists[@]} -gt 0 ] || lists=("$here/packages.txt")

mapfile -t wanted < <(grep -hv '^#' "${lists[@]}" | sort -u)
mapfile -t present < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null |
    awk '$2 == "installed" {print $1}' | sort -u)
mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}") <(printf '%s\n' "${present[@]}"))
[ ${#missing[@]} -gt 0 ] || exit 0

root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Cantilena needs ${#missing[@]} Debian packages; run $0 as root, or install sudo." >&2
        exit 1
    fi
    root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages." >&2
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get update -qq >&2
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 "${missing[@]}" >&2
