#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# stamps.sh check [TEST]     whether this long test, or each, succeeded with the files as they are
# stamps.sh take TEST        prints the stamp of a long test, to be taken before it starts
# stamps.sh keep TEST STAMP  writes that stamp into cnf/setup/stamps/TEST when the test succeeded: STAMP is a file
#   What the normal run cannot repeat it guards: 'test systems' and 'test arm64' take long, and are needed again only
#   when one of the files below changed. Shell scripts count without comments, help texts, the options of 'run' and the
#   lists of commands and bundles, which the normal run tries; pom.xml counts with its properties of versions only.
set -euo pipefail

cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.."
readonly stamps=cnf/setup/stamps
readonly tests="systems arm64"

# What decides whether a build starts on another system: set-up, native toolchain, launcher, distribution.
files_of() {
    printf '%s\n' facegate cnf/setup/tools.sh cnf/setup/build.sh \
        cnf/native/toolchain.sh cnf/native/build-dlib.sh cnf/native/build-matcher.sh cnf/native/dlib.sha256 \
        cnf/native/old_glibc.h cnf/native/old_glibc.cpp runtime/src/dist/bin/facegate runtime/src/distribution.xml \
        runtime/src/assembly.xml runtime/src/archive.sh "runtime/src/test/$1/"* pom.xml
}

# what_counts FILE
what_counts() {
    case $1 in
        pom.xml) grep -E '^ *<[a-z]+\.version>' "$1" ;;
        facegate | *.sh | */facegate | */run)
            sed -E -e "/<<'TEXT'/,/^TEXT/d" -e '/^(main|bundle_level|needed|kind_of|parse_run|check_run|tolerance_value)\(\) \{/,/^\}/d' \
                -e '/^ *(#|$)/d' "$1"
            ;;
        *) cat "$1" ;;
    esac
}

take() {
    local file
    printf '# Written by ./facegate test %s when it succeeded: the files it was tried with. Not to be edited.\n' "$1"
    for file in $(files_of "$1"); do
        printf '%s  %s\n' "$(what_counts "$file" | sha256sum | cut -c 1-32)" "$file"
    done
}

# Names what changed since a test succeeded; fails when something did
check() {
    local changed
    changed=$(diff <(cat "$stamps/$1" 2>/dev/null) <(take "$1") | sed -n 's/^> [0-9a-f]*  //p' | xargs) || true
    [ -n "$changed" ] || return 0
    printf 'The last success of ./facegate test %s was with another: %s\n' "$1" "$changed"
    printf 'Run ./facegate test %s and commit %s, which it writes.\n' "$1" "$stamps/$1"
    return 1
}

case ${1-} in
    check)
        stale=0
        for test in ${2-$tests}; do check "$test" || stale=1; done
        exit $stale
        ;;
    take) take "$2" ;;
    keep)
        mkdir -p "$stamps"
        cp -- "$3" "$stamps/$2"
        ;;
    *)
        sed -n '3,5s/^# //p' "$0" >&2
        exit 2
        ;;
esac
