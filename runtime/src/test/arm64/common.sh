# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the arm64 tests share, to be sourced: an arm64 Java of this machine's Debian, the distribution for arm64, and
# running it as on a Raspberry Pi.
# shellcheck disable=SC2034 # used by those who source it

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../../.." && pwd)
# shellcheck source=../../../../cnf/setup/build.sh
source "$root/cnf/setup/build.sh"

# Beside target/ of the modules, which stay this machine's
work=$root/target/arm64
source=$work/source
suite=$(. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || suite=
tree=${FACEGATE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/facegate}/arm64-$suite

# The natives, and what they are compiled with; all other bundles are the same on every platform.
readonly native_bundles=bytedeco.natives,dlib,matcher,onnxruntime

say() { printf '%s\n' "$*" >&2; }

# What keeps this machine from running arm64 programs, or nothing
missing_to_run() {
  if [ "$(uname -m)" = aarch64 ]; then echo "this is an arm64 machine: the ordinary tests run on it"
  elif ! command -v qemu-aarch64-static >/dev/null; then echo "no qemu-aarch64-static (package qemu-user-static)"
  elif ! command -v aarch64-linux-gnu-g++ >/dev/null; then echo "no aarch64-linux-gnu-g++ (package g++-aarch64-linux-gnu)"
  elif [ -z "$suite" ]; then echo "this is not Debian, whose arm64 Java it takes"
  elif ! can_describe; then
    echo "neither may this user make a mount namespace (unshare), nor does this qemu (before 8.2) describe an ARM processor" \
      "in /proc/cpuinfo, without which ONNX Runtime is not loaded"
  fi
}

can_mount() {
  [ -n "${mounts-}" ] ||
    { "${namespace[@]}" mount --bind "$here/pi-3b-plus.cpuinfo" /proc/cpuinfo 2>/dev/null && mounts=yes || mounts=no; }
  [ "$mounts" = yes ]
}

# root as it is, others as root of a namespace of users
namespace=(unshare --mount)
[ "$(id -u)" = 0 ] || namespace=(unshare --mount --map-root-user)

can_describe() { can_mount || describes_itself; }

# qemu 8.2 and newer have a /proc/cpuinfo of their own
describes_itself() {
  printf '8.2\n%s\n' "$(qemu-aarch64-static --version | sed -n '1s/.*version \([0-9.]*\).*/\1/p')" | sort -V -C
}

# A folder with an arm64 Java and the libraries FFmpeg needs, of this machine's Debian, from the mirror apt itself uses
make_tree() {
  local sources=/etc/apt/sources.list.d/debian.sources
  ! has_tree || return 0
  [ -s "$sources" ] || sources=/etc/apt/sources.list
  say "Fetching an arm64 Java of Debian $suite ..."
  rm -rf "$tree.new"
  mkdir -p "$(dirname "$tree")"
  mmdebstrap --quiet --arch=arm64 --variant=extract \
    --include=default-jre-headless,libva2,libva-drm2,libdrm2,libxcb1,libxcb-shm0,libpulse0,fonts-dejavu-core \
    "$suite" "$tree.new" "$sources"
  rm -rf "$tree"
  mv "$tree.new" "$tree"
}

has_tree() { [ -e "$tree/usr/lib/jvm/default-java/bin/java" ]; }

# A JAVA_HOME whose java is the arm64 one under qemu: nothing else is emulated
make_java() {
  mkdir -p "$work/jre/bin"
  printf '#!/bin/sh\nexec qemu-aarch64-static -L %q %q "$@"\n' "$tree" "$tree/usr/lib/jvm/default-java/bin/java" >"$work/jre/bin/java"
  chmod +x "$work/jre/bin/java"
}

# The inputs of the build in a folder of their own, with the times they have, so that Maven builds what changed
copy_source() {
  local list=$work/inputs file
  mkdir -p "$source"
  (cd "$root" && { list_inputs; printf '%s\0' runtime/gateway-linux-*.bndrun; } | LC_ALL=C sort -z -u |
    xargs -0 -r sh -c 'for file; do [ ! -f "$file" ] || printf "%s\0" "$file"; done' - >"$list")
  (cd "$source" && find . -name target -prune -o -type f -print0 | sed -z 's|^\./||' | LC_ALL=C sort -z |
    LC_ALL=C comm -z -23 - "$list" | xargs -0 -r rm -f --)
  tar -C "$root" -c --null --no-recursion -T "$list" | tar -x -C "$source"
}

# build_arm LOG ARGUMENT...: runs Maven on the copy, for arm64
build_arm() {
  local log=$work/$1
  shift
  (cd "$source" && mvn -B -Dstyle.color=never -P 'dist,linux-arm64,!linux-x86_64' -Dmaven.test.skip=true -Dfmt.skip=true "$@") >"$log" 2>&1 ||
    { tail -n 40 "$log" >&2; return 1; }
}

# build_natives LOG: the bundles with natives in target folders of the copy, unless they were built of the same inputs
build_natives() {
  local inputs
  inputs=$({ aarch64-linux-gnu-g++ -dumpfullversion && cd "$source" && find pom.xml bnd.bnd cnf/native cnf/testing \
    bundles/api bundles/bytedeco $(printf "bundles/%s " ${native_bundles//,/ }) -name target -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum)
  [ "$(cat "$work/natives.built" 2>/dev/null)" != "$inputs" ] || return 0
  rm -f "$work/natives.built"
  build_arm "$1" package -o -pl "bundles/${native_bundles//,/,bundles/}" -am || return 1
  echo "$inputs" >"$work/natives.built"
}

# A command waits that long for its parts: everything takes thirty times as long
readonly patience=-Dfacegate.patienceSeconds=300

# as_on PI COMMAND...: in a mount namespace where /proc/cpuinfo is that Raspberry Pi's, on a CPU like its; a Java that is
# started there is the arm64 one.
as_on() (
  description=$here/$1.cpuinfo
  export QEMU_CPU=${cpu_of[$1]} JAVA_HOME=$work/jre
  shift
  can_mount || exec "$@"
  # shellcheck disable=SC2016 # the inner shell's arguments
  exec "${namespace[@]}" sh -c 'mount --bind "$1" /proc/cpuinfo && shift && exec "$@"' - "$description" "$@"
)
declare -A cpu_of=([pi-3b-plus]=cortex-a53 [pi-4b]=cortex-a72 [pi-5b]=cortex-a76)
