#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What is downloaded for the build is used only when it is what cnf/setup/pins says, with SHA-256: of Maven's files by
# PinnedArtifactResolver, which stands before Maven's own resolver, as Maven 3.8 of Debian 12 has nothing of the kind.
# Sourced after build.sh, whose maven() it goes before; run as a program it prints what to give to Maven by hand.

pinned_here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
pinned_folder=$(cd "$pinned_here/../.." && pwd)/target/pinned

# Prints the options for Maven, after compiling what they name when it is not there.
pinned_options() {
    local source=$pinned_here/pinned/PinnedArtifactResolver.java libraries folder javac=javac
    [ -z "${JAVA_HOME-}" ] || javac=$JAVA_HOME/bin/javac
    libraries=$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v mvn)")")")/lib
    # a start script elsewhere, which leads to Maven in its own way
    [ -d "$libraries" ] || libraries=$(mvn -v </dev/null | sed -n 's/^.*Maven home: //p')/lib
    folder=$pinned_folder/$({ cat "$source" && ls -l -- "$libraries"; } | sha256sum | cut -c 1-16)
    if [ ! -f "$folder/META-INF/sisu/javax.inject.Named" ]; then
        rm -rf "$pinned_folder"
        mkdir -p "$folder/META-INF/sisu"
        # Maven reads components of such old classes in all its versions
        "$javac" --release 8 -Xlint:-options -nowarn -d "$folder" -cp "$libraries/*" "$source" >"$pinned_folder/log" 2>&1 || {
            cat "$pinned_folder/log" >&2
            printf 'facegate: what looks at downloads does not compile with the Maven in %s\n' "$libraries" >&2
            return 1
        }
        printf 'io.facegate.pinned.PinnedArtifactResolver\n' >"$folder/META-INF/sisu/javax.inject.Named"
    fi
    # "./facegate" takes whatever comes only when the list itself is made: cnf/setup/pins.sh update
    printf '%s\n' "-Dmaven.ext.class.path=$folder" "-Dfacegate.pins=$pinned_here/pins/maven"
    [ -z "${FACEGATE_PINS_RECORD-}" ] || printf '%s\n' "-Dfacegate.pins.record=$FACEGATE_PINS_RECORD"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    pinned_options
else
    eval "unpinned_$(declare -f maven)"

    # maven LOG FILTER ARGUMENT...: build.sh's, with the list
    maven() {
        local log=$1 filter=$2 options=()
        shift 2
        mapfile -t options < <(pinned_options)
        [ "${#options[@]}" -ge 2 ] || return 1
        unpinned_maven "$log" "$filter" "${options[@]}" "$@"
    }
fi
