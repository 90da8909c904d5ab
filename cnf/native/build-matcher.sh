#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build-matcher.sh PLATFORM OUTPUT JAVA_HOME
#   Builds OUTPUT/libfacegate_matcher.so for PLATFORM (linux-x86_64 or linux-arm64) from bundles/matcher/src/main/native.
#   It chooses among instruction sets at run time. Kept under ${FACEGATE_CACHE:-~/.cache/facegate}/matcher by the hash
#   of all that goes into it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
sources=$here/../../bundles/matcher/src/main/native
part=matcher
. "$here/toolchain.sh"

[ $# -eq 3 ] || { sed -n '3,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
platform=$1 output=$2 java_home=$3
use_platform "$platform"
require "$cxx" "$readelf" sha256sum

case $platform in
  linux-x86_64) machine=-msse4.1 ;;
  linux-arm64) machine="-march=armv8-a -mno-outline-atomics" ;;
esac
# No contraction and no reassociation: the proof of the bounds counts roundings, and every instruction set gives the
# same numbers.
flags="-std=c++17 -O3 $machine -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra -Werror -fPIC \
  -fvisibility=hidden -fvisibility-inlines-hidden -ffunction-sections -fdata-sections -DNDEBUG"

key=$({ "$cxx" -dumpfullversion -dumpmachine; echo "$flags"; cat "$here"/toolchain.sh "$here"/old_glibc.* "$sources"/*; } | hash)
kept=$cache/$key.so
mkdir -p "$cache" "$output"
find "$cache" -name '*.so' -mtime +60 -delete
if [ ! -f "$kept" ]; then
  say "compiling ($platform)"
  work=$(mktemp -d "$cache/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  for file in "$sources"/*.cpp; do
    # shellcheck disable=SC2086
    "$cxx" $flags -iquote "$native" $portable_flags -isystem "$java_home/include" -isystem "$java_home/include/linux" -c "$file" \
      -o "$work/$(basename "$file" .cpp).o" || fail "compiling $(basename "$file") failed"
  done
  link "$work/library.so" "$work"/*.o
  mv "$work/library.so" "$kept"
fi
check_library "$kept"
touch "$kept"
cp "$kept" "$output/libfacegate_matcher.so.$$"
mv "$output/libfacegate_matcher.so.$$" "$output/libfacegate_matcher.so"
