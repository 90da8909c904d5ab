#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sign.sh KEY FOLDER ARCHIVE.tar.xz...
#   Signs the bundles of archives with a key of 'facegate keys make', makes its certificate that of their maker, and
#   packs them anew into FOLDER, beside the models that lie beside them. The password of the key is in
#   FACEGATE_KEYS_PASSWORD. Takes a JDK and this tree's distribution. FACEGATE_LEVEL is for xz, 1 to 9 (the default).
set -euo pipefail

[ $# -ge 3 ] || { sed -n '3,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$(cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../../.." && pwd)
key=$(readlink -f -- "$1") into=$(mkdir -p "$2" && cd "$2" && pwd)
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

keys() { FACEGATE_DATA=$work/data "$root/runtime/target/facegate/bin/facegate" keys "$@" --key "$key" >&2; }

for archive in "$@"; do
  name=$(basename "$archive" .tar.xz)
  mkdir "$work/tree"
  tar -xf "$archive" -C "$work/tree"
  keys sign-installation "$work/tree/$name"
  "$root/runtime/src/archive.sh" "$work/tree/$name" "$into/$name.tar.xz" "${FACEGATE_LEVEL:-9}"
  rm -rf "$work/tree"
  printf '%s\n' "$into/$name.tar.xz"
  for model in "$(dirname "$archive")"/opencv-sface.jar; do
    [ -e "$model" ] || continue
    cp "$model" "$work/"
    keys sign "$work/opencv-sface.jar"
    mv "$work/opencv-sface.jar" "$into/"
  done
done
