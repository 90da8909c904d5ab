# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Tools the build and the tests need: found, or installed through apt.
# shellcheck disable=SC2154 # root is facegate's

# Purpose -> lines "check | packages | why". "a/b" among the packages: the first that apt knows; the last is the one
# that every Debian has.
tools_for() {
    case $1 in
        build)
            cat <<'LIST'
has_jdk       | openjdk-17-jdk/openjdk-21-jdk/openjdk-25-jdk/default-jdk | JDK 17 or newer: compiles and runs Facegate
has_maven     | maven          | Maven: builds the bundles
has g++       | g++            | C++ compiler: compiles dlib
has_eigen     | libeigen3-dev  | Eigen: dlib's matrix kernels
has python3   | python3        | Python: fetches dlib's source archive (pip)
has_pip       | python3-pip    | pip: fetches dlib's source archive
has_venv      | python3-venv   | venv: keeps pip out of the system's Python
has xz        | xz-utils       | xz: packs archives
LIST
            if [ "$(uname -m)" = aarch64 ]; then
                cat <<'LIST'
has_lib libva-drm.so.2  | libva2 libva-drm2 libdrm2 | libva: FFmpeg's hardware decoding
has_lib libxcb-shm.so.0 | libxcb1 libxcb-shm0       | libxcb: FFmpeg's screen devices
has_lib libpulse.so.0   | libpulse0                 | libpulse: FFmpeg's devices
LIST
            fi
            ;;
        test)
            tools_for build
            cat <<'LIST'
has mosquitto     | mosquitto         | Mosquitto: the broker of the end-to-end tests
has mosquitto_sub | mosquitto-clients | mosquitto_sub: reads what the gateway publishes
has_chromium      | chromium-browser/chromium | Chromium: opens the web console
has ffmpeg        | ffmpeg            | ffmpeg: cuts test footage
has Xvfb          | xvfb              | Xvfb: a screen for the display window
has import        | imagemagick       | ImageMagick: looks at that screen
LIST
            ;;
        benchmark)
            tools_for build
            # the compiler builds its probes, venv and pip hold the Python peer
            ;;
        dist)
            tools_for build
            if [ "$(uname -m)" = aarch64 ]; then
                echo 'has x86_64-linux-gnu-g++ | g++-x86-64-linux-gnu | cross compiler for x86_64'
            else
                echo 'has aarch64-linux-gnu-g++ | g++-aarch64-linux-gnu | cross compiler for arm64'
            fi
            ;;
        arm64)
            tools_for dist
            cat <<'LIST'
has mosquitto     | mosquitto         | Mosquitto: the broker of the test
has mosquitto_sub | mosquitto-clients | mosquitto_sub: reads what the gateway publishes
has_qemu       | qemu-user-static | qemu: runs arm64 programs
has mmdebstrap | mmdebstrap       | mmdebstrap: makes a small arm64 Debian with a Java for the test
has unzip      | unzip            | unzip: looks into the bundles
LIST
            ;;
        systems)
            cat <<'LIST'
has mmdebstrap | mmdebstrap       | mmdebstrap: makes the minimal Debians of the test
has git        | git              | git: clones this tree there
LIST
            ;;
    esac
}

has() {
    command -v "$1" >/dev/null
}

has_maven() {
    # 3.6.3 is the oldest the plugins run on
    has mvn && [ "$(printf '%s\n' 3.6.3 "$(mvn -v </dev/null 2>/dev/null |
        sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')" | sort -V | head -n 1)" = 3.6.3 ]
}

has_eigen() {
    [ -f /usr/include/eigen3/Eigen/Core ] || [ -f /usr/local/include/eigen3/Eigen/Core ]
}

has_pip() {
    python3 -m pip --version >/dev/null 2>&1
}

has_venv() {
    python3 -c 'import ensurepip, venv' >/dev/null 2>&1
}

has_chromium() {
    has chromium || has chromium-browser || has google-chrome
}

has_qemu() {
    has qemu-aarch64-static || [ "$(uname -m)" = aarch64 ]
}

has_lib() {
    [[ $(ldconfig -p) == *"$1"* ]]
}

# Major version of the JDK in a folder; 0 when there is none. Reads its release file: starting a Java
# only to ask it takes half a second on a Pi.
jdk_version() {
    local version=
    if [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    fi
    echo "${version:-0}"
}

# Finds a JDK >= 17 (JAVA_HOME, the PATH, /usr/lib/jvm; 17 first, which it is tested with) and exports
# JAVA_HOME for Maven and the distribution.
has_jdk() {
    local home candidates=()
    [ -z "${JAVA_HOME-}" ] || candidates+=("$JAVA_HOME")
    if has javac; then
        candidates+=("$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v javac)")")")")
    fi
    candidates+=(/usr/lib/jvm/java-17-openjdk-* /usr/lib/jvm/*)
    for home in "${candidates[@]}"; do
        if [ "$(jdk_version "$home")" -ge 17 ]; then
            export JAVA_HOME=$home
            return 0
        fi
    done
    return 1
}

# Splits a line of tools_for into $check, $packages and $why.
split_tool() {
    IFS='|' read -r check packages why <<<"$1"
    read -r check <<<"$check"
    read -r packages <<<"$packages"
    read -r why <<<"$why"
}

# Makes sure that all tools for a purpose (build, test, dist, arm64, systems, benchmark) are there, or ends the script.
require_tools() {
    local tool check packages why wanted=() reasons=()
    require_64_bit
    while IFS= read -r tool; do
        split_tool "$tool"
        # shellcheck disable=SC2086 # the check is a function and its argument
        if ! $check; then
            # shellcheck disable=SC2206 # several packages
            wanted+=($packages)
            reasons+=("$why")
        fi
    done < <(tools_for "$1")
    [ ${#wanted[@]} -gt 0 ] || return 0
    say "Missing on this machine:"
    printf '  - %s\n' "${reasons[@]}" >&2
    install_packages "${wanted[@]}"
    while IFS= read -r tool; do
        split_tool "$tool"
        # shellcheck disable=SC2086
        $check || fail_with 1 "Still missing after installing '$packages': $why. Please install it by hand."
    done < <(tools_for "$1")
}

require_64_bit() {
    case "$(uname -s) $(uname -m) $(getconf LONG_BIT)" in
        'Linux x86_64 64' | 'Linux aarch64 64') ;;
        *) fail_with 1 "Facegate runs on 64-bit Linux (x86_64 or arm64), not on $(uname -s) $(uname -m) with" \
            "$(getconf LONG_BIT)-bit programs. On a Raspberry Pi install the 64-bit Raspberry Pi OS." ;;
    esac
}

install_packages() {
    local become log=$root/target/setup.log
    if ! has apt-get; then
        fail_with 1 "Facegate installs on Debian and Raspberry Pi OS only; please install the above" \
            "(Debian's names: ${*//\// or }) and run it again."
    fi
    if [ "$(id -u)" -eq 0 ]; then
        become=()
    elif has sudo && sudo -n true 2>/dev/null; then
        become=(sudo -n)
    elif has sudo && [ -t 0 ] && [ -t 2 ]; then
        say "Installing them needs sudo, which may ask for your password."
        become=(sudo)
    else
        tell_line_to_type "$@"
    fi
    mkdir -p "$root/target"
    say "Installing with apt, which may take some minutes (log: target/setup.log) ..."
    apt_get update >"$log" 2>&1 || say "apt-get update failed; going on with the lists there are."
    mapfile -t packages_known < <(known_packages "$@")
    say "  ${packages_known[*]}"
    if ! apt_get install "${packages_known[@]}" >>"$log" 2>&1; then
        tail -n 15 "$log" >&2
        fail_with 1 "apt could not install them (above: the end of target/setup.log)."
    fi
}

apt_get() {
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 \
        "$1" ${2:+--no-install-recommends} "${@:2}" </dev/null
}

# Of each "a/b" the first that apt can install; the last when it knows none, as before the first apt-get update.
known_packages() {
    local alternatives package chosen
    for alternatives in "$@"; do
        chosen=${alternatives##*/}
        for package in ${alternatives//\// }; do
            if [[ $(LC_ALL=C apt-cache policy "$package" 2>/dev/null) == *'Candidate: '[^\(]* ]]; then
                chosen=$package
                break
            fi
        done
        printf '%s\n' "$chosen"
    done
}

tell_line_to_type() {
    local line
    line="apt-get update && apt-get install -y --no-install-recommends $(known_packages "$@" | xargs)"
    if has sudo; then
        line="sudo sh -c '$line'"
    else
        line="su -c '$line'"
    fi
    say "Facegate may not install them itself here (not root, no sudo without a password). Type this line," \
        "then run it again:"
    printf '  %s\n' "$line" >&2
    exit 1
}
