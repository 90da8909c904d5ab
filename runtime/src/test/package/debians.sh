# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Debians with the package, booted by systemd-nspawn: what 'run' and 'power' have in common.

root=$(cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../../../.." && pwd)
store=${FACEGATE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/facegate}/package
logs=$root/target/package
architecture=$(dpkg --print-architecture)
passed=0 failed=0

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
fail() { printf 'facegate: %s\n' "$1" >&2; exit 1; }
good() { passed=$((passed + 1)); say "ok      $1"; }
bad() { failed=$((failed + 1)); say "FAILED  $1${2:+: see $2}"; }

# check WHAT COMMAND...: one result; the command's output is kept
check() {
  local what="$suite: $1" log=$logs/$suite-$((passed + failed)).log
  shift
  if "$@" >"$log" 2>&1; then good "$what"; else bad "$what" "$log"; fi
}

require() {
  [ "$(id -u)" = 0 ] || fail 'this takes the rights of root: it boots other Debians. Run it as root: sudo ./facegate test package'
  local word
  for word in systemd-nspawn:systemd-container mmdebstrap:mmdebstrap dh:debhelper apt-ftparchive:apt-utils gpg:gpg lintian:lintian; do
    command -v "${word%:*}" >/dev/null || fail "this takes ${word#*:}; type: sudo apt install systemd-container mmdebstrap debhelper apt-utils gpg lintian"
  done
  [ -d "$root/runtime/target/facegate/bundle" ] || fail 'there is no distribution yet; type: ./facegate run --help'
  mkdir -p "$store" "$logs"
}

# What this machine's apt is set to, for another suite
sources_of() {
  local file codename
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    [ -n "$codename" ] && grep -q "$codename" "$file" 2>/dev/null || continue
    sed "s/\b$codename\b/$1/g" "$file"
    return
  done
}

# make_base SUITE: a Debian with systemd and Java, made anew when a month old
make_base() {
  local base=$store/$1-$architecture.tar sources
  [ -z "$(find "$base" -mtime -30 2>/dev/null)" ] || return 0
  say "Making a Debian $1 with systemd and Java ..."
  apt-config dump Acquire >"$store/apt.conf"
  sources=$store/$1.sources
  sources_of "$1" >"$sources"
  grep -q '^Types:' "$sources" || { mv "$sources" "${sources%.sources}.list"; sources=${sources%.sources}.list; }
  [ -s "$sources" ] || sources=
  mmdebstrap --quiet --variant=minbase --include=ca-certificates,systemd-sysv,dbus,procps,adduser,default-jre-headless,sqlite3 \
    --aptopt="$store/apt.conf" --format=tar "$1" "$base.new" ${sources:+"$sources"} >"$logs/$1-base.log" 2>&1 ||
    { tail -n 12 "$logs/$1-base.log" >&2; fail "there is no Debian $1: see $logs/$1-base.log"; }
  mv "$base.new" "$base"
}

# The packages, an older and a newer one, and one whose store is older than what is there; as an archive of apt signed by a key made here
make_packages() {
  local work=$store/packages deb archive=$store/facegate.tar.xz
  rm -rf "$work"
  mkdir -p "$work/first" "$work/later" "$work/older"
  say 'Making the packages ...'
  bash "$root/runtime/src/archive.sh" "$root/runtime/target/facegate" "$archive" 0
  FACEGATE_LEVEL=0 "$root/runtime/src/package/make.sh" "$archive" "$architecture" "$work/first" >"$logs/make.log" 2>&1 ||
    { tail -n 20 "$logs/make.log" >&2; fail "the package could not be made: see $logs/make.log"; }
  deb=$(echo "$work"/first/facegate_*.deb)
  dpkg-deb --raw-extract "$deb" "$work/tree"
  sed -i 's/^Version: .*/Version: 9.0.0/' "$work/tree/DEBIAN/control"
  dpkg-deb -Zgzip -z1 --build "$work/tree" "$work/later/facegate_9.0.0_$architecture.deb" >/dev/null
  sed -i 's/^Version: .*/Version: 0.1.0/' "$work/tree/DEBIAN/control"
  sed -i 's/^newest=.*/newest=1/' "$work/tree/DEBIAN/preinst"
  dpkg-deb -Zgzip -z1 --build "$work/tree" "$work/older/facegate_0.1.0_$architecture.deb" >/dev/null
  rm -rf "$work/tree"
  export GNUPGHOME=$work/gnupg
  mkdir -m 700 "$GNUPGHOME"
  gpg --batch --quiet --passphrase '' --quick-generate-key 'Facegate test <test@localhost>' rsa2048 sign never 2>>"$logs/make.log"
  "$root/runtime/src/package/repository.sh" "$work/first" 'test@localhost' >>"$logs/make.log" 2>&1 || fail "there is no archive of apt: see $logs/make.log"
}

# boot SUITE: its systemd, in a fresh root at $place; inside WORD...: a command there
boot() {
  place=$store/$1-root
  rm -rf --one-file-system "$place"
  mkdir -p "$place"
  tar -xf "$store/$1-$architecture.tar" -C "$place" --numeric-owner --exclude='./dev/*'
  cp -r "$root/runtime/target/facegate/demo/people" "$root/runtime/target/facegate/demo/demo.mp4" "$place/srv/"
  cp -r "$store/packages" "$place/srv/packages"
  rm -rf "$place/srv/packages/gnupg"
  chmod -R a+rX "$place/srv"
  rm -f "$place/etc/machine-id"
  : >"$place/etc/machine-id"
  systemd-nspawn --quiet --register=no --keep-unit --private-network --console=pipe --directory="$place" --boot \
    </dev/null >"$logs/$1-boot.log" 2>&1 &
  nspawn=$!
  leader=
  local i
  for ((i = 0; i < 240; i++)); do
    leader=${leader:-$(pgrep -P "$nspawn" | head -n 1)}
    [ -z "$leader" ] || ! inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded' || return 0
    kill -0 "$nspawn" 2>/dev/null || break
    sleep 0.5
  done
  tail -n 5 "$logs/$1-boot.log" >&2
  return 1
}

inside() {
  nsenter --target "$leader" --mount --uts --ipc --pid --net --root --wd \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"
}

down() {
  [ -z "${nspawn:-}" ] || { kill "$nspawn" 2>/dev/null && wait "$nspawn" 2>/dev/null; } || true
  nspawn=
}
trap down EXIT

# within SECONDS COMMAND: until it succeeds
within() {
  local end=$((SECONDS + $1))
  shift
  until inside sh -c "$*"; do [ "$SECONDS" -lt "$end" ] || return 1; sleep 0.5; done
}
