#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# pins.sh update [MAVEN...]  writes cnf/setup/pins/maven anew: builds for both platforms, with their tests' libraries but
#                            without the tests, and lists the SHA-256 of each file of others that Maven took, from the
#                            network or from the local repository. MAVEN is a program; more than one, as Mavens differ in
#                            what they take (default: mvn). What the list had before and Maven did not ask for goes.
# pins.sh check              whether the files of the list that lie in the local repository are those of the list
#   Look at what changed in the lists before they are committed: from then on it is what is trusted.
set -euo pipefail

cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.."
readonly list=cnf/setup/pins/maven

update() {
    local maven record options=() one=linux-x86_64 other=linux-arm64
    [ $# -gt 0 ] || set -- mvn
    mkdir -p target
    record=$(mktemp -p "$PWD/target")
    for maven in "$@"; do
        rm -rf target/pinned
        mapfile -t options < <(PATH=$(dirname -- "$(command -v "$maven")"):$PATH FACEGATE_PINS_RECORD=$record cnf/setup/pinned.sh)
        [ "${#options[@]}" -ge 3 ]
        # no test has these names, but what runs tests is looked up
        "$maven" -B -q "${options[@]}" -P "ci,$one,!$other" -Darchive.skip=true -Dresolve.failOnChanges=false verify \
            -Dtest=NoSuchTest -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=NoSuchIT -Dfailsafe.failIfNoSpecifiedTests=false
        "$maven" -B -q "${options[@]}" -P "$other,!$one" package -Dmaven.test.skip=true -Dfmt.skip=true
        "$maven" -B -q "${options[@]}" -P "$one,!$other" package -Dmaven.test.skip=true -Dfmt.skip=true
    done
    {
        printf '# SHA-256 of each file that Maven may take from elsewhere, and its path in the local repository.\n'
        printf '# Written by cnf/setup/pins.sh update.\n'
        LC_ALL=C sort -u -k 2 "$record"
    } >"$list"
    rm -f "$record" target/built
    if [ -n "$(grep -v '^#' "$list" | cut -c 67- | uniq -d)" ]; then
        printf 'Two files had the same name in the local repository: it changed meanwhile.\n' >&2
        return 1
    fi
    printf '%d files are listed in %s.\n' "$(grep -vc '^#' "$list")" "$list"
}

check() {
    local repository sum name wrong=0
    repository=${FACEGATE_REPOSITORY:-$HOME/.m2/repository}
    while read -r sum name; do
        [ -f "$repository/$name" ] || continue
        printf '%s  %s\n' "$sum" "$repository/$name" | sha256sum --check --status && continue
        printf '%s: wanted SHA-256 %s, found %s\n' "$repository/$name" "$sum" "$(sha256sum "$repository/$name" | cut -c 1-64)"
        wrong=1
    done < <(grep -v '^#' "$list")
    return $wrong
}

case ${1-} in
    update) shift && update "$@" ;;
    check) check ;;
    *)
        sed -n '3,9s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
