#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# g++ 14.2.0 and libstdc++ of Debian 13 (trixie), glibc 2.41; to be run as root, takes 600 MB
#
# Guess before the run: a library without a number parsed in its own code, linked with -static-libstdc++ so that it
#   depends on libc alone, needs no newer glibc than its own calls do.
# Seen: it needs GLIBC_2.38. The static libstdc++.a itself calls __isoc23_strtoul, to read the settings of its memory
#   pools for exceptions, and every library that throws has that part. No flag of one's own units changes it: not an
#   older language standard, which keeps one's own calls from being redirected. The library then does not load on
#   Debian 12 and Ubuntu 22.04. Linked against the shared libstdc++ the same source needs nothing of glibc.
# Why it matters here: natives for JavaCPP are linked that way, to run on any Debian, and were built on the newest.
set -euo pipefail

[ "$(id -u)" = 0 ] || { echo "run as root: it makes a Debian root"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
command -v mmdebstrap >/dev/null || { apt-get -qq update && apt-get -qqy install mmdebstrap >/dev/null; }
sources=
for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
  [ -z "$sources" ] && grep -qs "$codename" "$file" || continue
  sources=$work/mirror.${file##*.}
  sed "s/\b$codename\b/trixie/g" "$file" >"$sources"
done
apt-config dump Acquire >"$work/apt.conf"
mmdebstrap --quiet --variant=apt --include=g++-14,binutils --aptopt="$work/apt.conf" trixie "$work/root" ${sources:+"$sources"}

cat >"$work/root/thrower.cpp" <<'CPP'
extern "C" int thrower(int value) {
  if (value > 1) throw value;
  return value;
}
CPP
newest() { # FLAG...: the newest glibc that the library needs
  chroot "$work/root" g++-14 -std=c++11 -shared -fPIC -s -o /thrower.so /thrower.cpp "$@"
  chroot "$work/root" readelf -VW /thrower.so | sed -n 's/.*Name: \(GLIBC_2\.[0-9]*\).*/\1/p' | sort -uV | tail -n 1
}
expect() { # WHAT EXPECTED SEEN
  printf '%-52s %s\n' "$1" "$3"
  [ "$2" = "$3" ] || { echo "changed: expected $2"; exit 1; }
}

printf 'g++ %s, glibc %s\n' "$(chroot "$work/root" g++-14 -dumpfullversion)" \
  "$(chroot "$work/root" dpkg-query -f '${Version}' -W libc6)"
static=$(newest -static-libstdc++ -static-libgcc)
shared=$(newest)
expect "-static-libstdc++ -static-libgcc needs" GLIBC_2.38 "$static"
expect "shared libstdc++ needs of glibc" nothing "${shared:-nothing}"
calls=$(chroot "$work/root" sh -c 'nm -A "$(g++-14 -print-file-name=libstdc++.a)" 2>/dev/null' |
  sed -n 's/.*:\([a-z_]*\.o\):.* U __isoc23_strtoul$/\1/p' | sort -u | xargs)
echo "parts of libstdc++.a that call __isoc23_strtoul: $calls"
[ -n "$calls" ] || { echo "changed: none calls it"; exit 1; }
