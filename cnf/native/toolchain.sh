# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the builds of native libraries share; to be sourced with `part` set to the name for messages and the cache.
# shellcheck disable=SC2154 # part is the caller's

cache=${FACEGATE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/facegate}/$part

say() { echo "[$part] $*" >&2; }
fail() { say "error: $*"; exit 1; }
hash() { sha256sum | cut -c1-32; }

# use_platform PLATFORM: sets cxx and readelf, cross-compiling where it is not this machine's.
use_platform() {
  local host prefix=
  host=linux-$(uname -m); host=${host/aarch64/arm64}
  case $1 in
    linux-x86_64) [ "$host" = "$1" ] || prefix=x86_64-linux-gnu- ;;
    linux-arm64) [ "$host" = "$1" ] || prefix=aarch64-linux-gnu- ;;
    *) fail "unknown platform '$1': linux-x86_64 or linux-arm64" ;;
  esac
  cxx=${prefix}g++ readelf=${prefix}readelf
}

# require TOOL... : all of them, or the way to get them.
require() {
  local tool
  for tool; do
    command -v "$tool" > /dev/null || fail "$tool is missing; on Debian: apt-get install g++ python3-venv libeigen3-dev" \
      "(and g++-aarch64-linux-gnu for the other platform)"
  done
}

# What a library may need of glibc when it is for other machines too (FACEGATE_PORTABLE, as 'facegate dist' sets it);
# what is built for this machine alone may need what is there.
readonly oldest_glibc=2.35

# Compiler flags of every unit: see old_glibc.h. In words without a folder, whose name may have spaces: that is $native.
portable_flags="-include old_glibc.h"
native=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The library needs libc and libm only, nothing newer than it may, and has no search path.
check_library() {
  local needed newest
  needed=$("$readelf" -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE '^(libc|libm)\.so\.6$|^ld-linux' || true)
  [ -z "$needed" ] || fail "$1 needs $needed"
  ! "$readelf" -dW "$1" | grep -qE 'RPATH|RUNPATH' || fail "$1 has a search path"
  [ -n "${FACEGATE_PORTABLE-}" ] || return 0
  newest=$("$readelf" -VW "$1" | grep -oE 'GLIBC_2\.[0-9]+' | sort -uV | tail -1)
  [ "$(printf '%s\nGLIBC_%s\n' "$newest" "$oldest_glibc" | sort -V | tail -1)" = "GLIBC_$oldest_glibc" ] ||
    fail "$1 needs $newest: an archive made of it would not run where glibc is older. Make archives on Debian 12."
}

# link LIBRARY OBJECT...: links, checks and puts in place.
link() {
  local library=$1
  shift
  # shellcheck disable=SC2086
  "$cxx" -iquote "$native" $portable_flags -O2 -fPIC -ffunction-sections -c "$native/old_glibc.cpp" -o "$library.glibc.$$.o" ||
    fail "compiling old_glibc failed"
  "$cxx" -shared -o "$library.$$" "$@" "$library.glibc.$$.o" -static-libstdc++ -static-libgcc -s -Wl,--gc-sections \
    -Wl,--exclude-libs,ALL -Wl,--no-undefined -Wl,--build-id=none || fail "linking failed"
  rm -f "$library.glibc.$$.o"
  check_library "$library.$$"
  mv "$library.$$" "$library"
}
