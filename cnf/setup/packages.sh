#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# packages.sh names             the Debian packages this project tells its users to install, and where it does
# packages.sh check             whether each of them is in every suite of packages.tsv
# packages.sh keep SUITE=FILE…  writes packages.tsv: FILE has the names that this suite knows, one a line
#   apt knows what is in a suite, and only where that suite is; 'test systems' asks it and keeps the answer, so that the
#   normal run needs no network. "a/b" are alternatives: every suite must have one of them.
set -euo pipefail

cd "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.."
readonly list=cnf/setup/packages.tsv
readonly suites="bookworm trixie"
# not in Debian: a repository that Raspberry Pi OS has in addition
readonly of_raspberry_pi_os=rpicam-apps-lite

# Names that look like nothing else, and whatever follows a word that asks to install packages
readonly shape='lib[a-z0-9+.-]*[a-z+-][0-9]+(-[a-z0-9]+)?|libeigen3-dev|openjdk-[0-9]+-[a-z-]+|default-j[rd][a-z-]+|fonts-[a-z-]+|g\+\+[a-z0-9-]*|python3-[a-z-]+|rpicam-apps[a-z-]*'
readonly asking="apt(-get)? install( -[a-z-]+)*|install the packages|install Debian's package"

sources() {
    printf '%s\n' README.md docs/*.md bundles/*/README.md cnf/native/*.sh runtime/src/dist/bin/facegate \
        runtime/src/dist/systemd/*
    # messages of the program
    grep -rlE "install " --include='*.java' bundles/*/src/main
}

names() {
    local file
    for file in $(sources); do
        tr -s "()\`|,;:'\"[:space:]" '\n' <"$file" | sed 's/\.$//' | grep -xE "$shape" | sed "s:\$:\t$file:" || true
        grep -oE "($asking)( [a-z0-9][a-z0-9+.-]+)+" "$file" | sed -E "s/^($asking) //" | tr ' ' '\n' |
            sed -e 's/\.$//' -e "s:\$:\t$file:" || true
    done
    awk -F ' *[|] *' -v OFS='\t' '/^ *(echo .)?has[ _][^|]*[|] *[a-z]/ {
        count = split($2, words, " ")
        for (i = 1; i <= count; i++) print words[i], FILENAME
    }' cnf/setup/tools.sh
}

check() {
    names | sort -u | awk -F '\t' -v suites="$suites" -v elsewhere="$of_raspberry_pi_os" -v list="$list" '
        FILENAME == list { known[$1] = " " $2 " "; next }
        $1 == elsewhere { next }
        {
            named++
            count = split($1, alternatives, "/")
            split(suites, suite, " ")
            for (s in suite) {
                found = 0
                for (i = 1; i <= count; i++) found += index(known[alternatives[i]], " " suite[s] " ") > 0
                if (found) continue
                printf "%s: no package %s is known in Debian %s\n", $2, $1, suite[s]
                bad = 1
            }
        }
        END {
            if (bad) print list " is what was seen there; ./facegate test systems --packages writes it anew."
            exit bad || !named
        }' "$list" -
}

keep() {
    local name suite known
    {
        printf '# Debian packages named to users, and the suites that have them. Written by ./facegate test systems --packages.\n'
        for name in $(names | cut -f 1 | tr / '\n' | LC_ALL=C sort -u); do
            known=
            for suite in "$@"; do ! grep -q -x -F "$name" "${suite#*=}" || known+=" ${suite%%=*}"; done
            printf '%s\t%s\n' "$name" "${known# }"
        done
    } >"$list.new"
    mv "$list.new" "$list"
}

case ${1-} in
    names) names | sort -u ;;
    check) check ;;
    keep) shift && keep "$@" ;;
    *)
        sed -n '3,5s/^# //p' "$0" >&2
        exit 2
        ;;
esac
