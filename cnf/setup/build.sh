# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Building with Maven: only when an input changed, with progress, the whole log in target/.
# shellcheck disable=SC2154 # root and distribution are facegate's

readonly stamp=$root/target/built
# What it was built from, file by file, so that the next build can tell which modules changed.
readonly built_from=$root/target/built.inputs

# dlib's largest file takes 1.8 GB to compile.
readonly least_memory_kib=1757812

# The architecture, and a line with SHA-256 and name of each input: in a git checkout the tracked and the new files,
# otherwise everything outside target folders.
inputs() {
    (
        cd "$root" || exit 1
        uname -m
        # a file that is gone but still in git's index counts by its absence
        list_inputs | LC_ALL=C sort -z -u | xargs -0 -r sha256sum -- 2>/dev/null || true
    )
}

inputs_hash() {
    inputs | sha256sum | cut -d ' ' -f 1
}

# Only what the build reads (a user may keep a data folder in the tree), without the lists of bundles it writes.
list_inputs() {
    local inputs=(pom.xml bnd.bnd LICENSE NOTICE README.md cnf bundles models runtime)
    {
        if ! { [ -e .git ] && git ls-files -z --cached --others --exclude-standard -- "${inputs[@]}" 2>/dev/null; }
        then
            find "${inputs[@]}" -name target -prune -o -type f -print0 2>/dev/null
        fi
    } | grep -z -v '^runtime/gateway-linux-.*\.bndrun$'
}

build_when_needed() {
    local inputs
    inputs=$(inputs_hash)
    if has_jdk && is_built "$inputs"; then
        return
    fi
    require_tools build
    lock_tree
    is_built "$inputs" || build "$inputs" "$(own_profiles)" package -Dmaven.test.skip=true -Dfmt.skip=true
    unlock_tree
}

# One build at a time in this tree.
lock_tree() {
    if ! mkdir -p "$root/target" 2>/dev/null || [ ! -w "$root/target" ]; then
        fail_with 1 "Cannot write to $root/target: build as the user it belongs to, or give it away (chown -R)."
    fi
    exec 9>"$root/target/build.lock"
    if ! flock -n 9; then
        say "Another build of this tree is running; waiting for it ..."
        flock 9
    fi
}

unlock_tree() {
    exec 9>&-
}

is_built() {
    [ -x "$distribution/bin/facegate" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$1" ]
}

# build INPUTS-HASH PROFILES MAVEN-ARGUMENT...
build() {
    local inputs=$1 profiles=$2
    shift 2
    require_room
    inputs >"$built_from.new"
    if [ -f "$stamp" ]; then
        say "Building, as something changed (log: target/build.log)"
        ! mark_unchanged || set -- -Dfacegate.incremental "$@"
    else
        say "Building for the first time: downloads about 250 MB and compiles dlib, which takes some minutes" \
            "(log: target/build.log)"
    fi
    forget_build
    if ! maven build.log progress -T "$(modules_at_once)" -P "$profiles" "$@"; then
        show_failure build.log
        fail_with 1 "The build failed (above: the end of target/build.log)."
    fi
    [ -x "$distribution/bin/facegate" ] ||
        fail_with 1 "The build left no $distribution/bin/facegate; see target/build.log."
    keep_build "$inputs"
    say "Built in $(clock "$SECONDS")."
}

keep_build() {
    [ ! -f "$built_from.new" ] || mv "$built_from.new" "$built_from"
    printf '%s\n' "$1" >"$stamp"
}

forget_build() {
    rm -f "$stamp" "$built_from"
}

# Marks (target/unchanged) the modules that are not to be compiled again: neither their sources nor those of a module
# they are compiled with changed since the last build. Fails where anything but sources changed.
mark_unchanged() {
    local module file artifact modules=() changed=' ' artifacts='' before=none
    [ -f "$built_from" ] || return 1
    mapfile -t modules < <(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$root/pom.xml")
    (cd "$root" && printf '%s/target/unchanged\0' "${modules[@]}" | xargs -0 rm -f)
    while read -r file; do
        module=${file%%/src/main/java/*}
        [ "$module" != "$file" ] && [ -f "$root/$module/pom.xml" ] || return 1
        [[ $changed == *" $module "* ]] || changed+="$module "
    done < <(diff "$built_from" "$built_from.new" | sed -n 's/^[<>] [0-9a-f]*  //p')
    while [ "$changed" != "$before" ]; do
        before=$changed
        for module in $changed; do
            artifact=$(sed -n '/<parent>/d; s:^ *<artifactId>\(.*\)</artifactId>.*:\1:p' "$root/$module/pom.xml" | head -n 1)
            [[ $artifacts == *" -e >$artifact<"* ]] || artifacts+=" -e >$artifact<"
        done
        for module in "${modules[@]}"; do
            # shellcheck disable=SC2086 # names of artifacts have no spaces
            [[ $changed == *" $module "* ]] || ! grep -q -F $artifacts "$root/$module/pom.xml" || changed+="$module "
        done
    done
    for module in "${modules[@]}"; do
        [[ $changed != *" $module "* ]] && [ -d "$root/$module/target/classes" ] || continue
        # changed and changed back, and compiled in between without this script
        [ -z "$(find "$root/$module/src/main" -newer "$built_from" -print -quit 2>/dev/null)" ] || continue
        : >"$root/$module/target/unchanged"
    done
}

# maven LOG FILTER ARGUMENT...: runs Maven on the whole tree; its output goes to target/LOG and through the
# function FILTER. Returns Maven's exit code.
maven() {
    local log=$root/target/$1 filter=$2 home
    shift 2
    if [ -z "${HOME-}" ] || ! mkdir -p "$HOME/.cache" 2>/dev/null || [ ! -w "$HOME/.cache" ]; then
        # where compiled dlib is kept between builds
        export FACEGATE_CACHE=${FACEGATE_CACHE:-$root/target/cache}
    fi
    home=$(getent passwd "$(id -u)" | cut -d : -f 6) || home=
    if [ -z "$home" ] || ! mkdir -p "$home/.m2" 2>/dev/null || [ ! -w "$home/.m2" ]; then
        # Java takes the home from the user database, not from HOME; some users have none
        set -- "-Dmaven.repo.local=$root/target/repository" "$@"
    fi
    # a build is over before the second compiler, or collecting its garbage, pays
    export MAVEN_OPTS=${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmn256m}
    SECONDS=0
    # Maven leaves the last line unfinished
    { mvn -B -Dstyle.color=never -f "$root/pom.xml" "$@" </dev/null 2>&1 && printf '\nMaven succeeded\n'; } |
        tee "$log" | "$filter"
    [ "$(tail -n 1 "$log")" = "Maven succeeded" ]
}

# Filter: one line for each module, and a sign of life in between; to stderr.
progress() {
    local line module='' files=0 status
    while true; do
        status=0
        IFS= read -r -t 20 line || status=$?
        if [ "$status" -gt 128 ]; then
            printf '         %s still at %s; %d files downloaded\n' "$(clock "$SECONDS")" \
                "${module:-the start}" "$files" >&2
        elif [ "$status" -ne 0 ]; then
            return 0
        elif [[ $line == *'Downloaded from '* ]]; then
            files=$((files + 1))
        elif [[ $line =~ ^\[INFO\]\ Building\ (.*[^ ])\ +\[([0-9]+)/([0-9]+)\]$ ]]; then
            module=${BASH_REMATCH[1]% *}
            printf ' %2d of %d  %s  %s\n' "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}" "$(clock "$SECONDS")" \
                "$module" >&2
        fi
    done
}

# The errors, and the warnings where one counts as an error; without errors the end of the log.
show_failure() {
    local log=$root/target/$1
    if grep -q '^\[ERROR\]' "$log"; then
        grep '^\[ERROR\] .' "$log" | grep -v -e '\[Help 1\]' -e 'Re-run Maven' -e 'full stack trace' \
            -e 'For more information about the errors' | awk '!seen[$0]++' | head -n 30 >&2
        if grep -q -F 'warnings found and -Werror' "$log"; then
            grep '^\[WARNING\].*\.java:' "$log" | head -n 10 >&2
        fi
    else
        tail -n 30 "$log" >&2
    fi
}

# Memory and disk that the build needs at its peak.
require_room() {
    local memory limit free
    memory=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
    limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || true)
    if [[ $limit =~ ^[0-9]+$ ]] && [ $((limit / 1024)) -lt "$memory" ]; then
        memory=$((limit / 1024))
    fi
    if [ "$memory" -lt "$least_memory_kib" ] && [ -z "${FACEGATE_BUILD_ANYWAY-}" ]; then
        fail_with 1 "Building takes 1.8 GB of memory, this machine has $((memory / 1000)) MB. Make an archive with" \
            "'./facegate dist' on another machine, unpack it here and use its bin/facegate." \
            "(FACEGATE_BUILD_ANYWAY=1 builds anyway.)"
    fi
    free=$(df -Pk "$root" | awk 'NR == 2 { print $4 }')
    if [ "$free" -lt 1500000 ]; then
        fail_with 1 "Building takes 1.5 GB of disk, $root has $((free / 1000)) MB left: make room there."
    fi
}

# Beside dlib's compilers: as many as there are processors, up to three.
modules_at_once() {
    local processors
    processors=$(nproc)
    echo $((processors < 3 ? processors : 3))
}

own_platform() {
    if [ "$(uname -m)" = aarch64 ]; then echo linux-arm64; else echo linux-x86_64; fi
}

# Maven does not switch off the profile of this machine's architecture when another is named.
own_profiles() {
    if [ "$(own_platform)" = linux-arm64 ]; then
        echo 'linux-arm64,!linux-x86_64'
    else
        echo 'linux-x86_64,!linux-arm64'
    fi
}

# Archives for both platforms; this machine's own comes last, so that runtime/target/facegate is its.
make_archives() {
    local platform
    export FACEGATE_PORTABLE=1
    require_tools dist
    lock_tree
    forget_build
    if [ "$(own_platform)" = linux-arm64 ]; then
        build "$(inputs_hash)" 'dist,linux-x86_64,!linux-arm64' package -Dmaven.test.skip=true -Dfmt.skip=true
    else
        build "$(inputs_hash)" 'dist,linux-arm64,!linux-x86_64' package -Dmaven.test.skip=true -Dfmt.skip=true
    fi
    forget_build
    build "$(inputs_hash)" "dist,$(own_profiles)" package -Dmaven.test.skip=true -Dfmt.skip=true
    unlock_tree
    for platform in linux-x86_64 linux-arm64; do
        [ -f "$root/runtime/target/facegate-$(version)-$platform.tar.xz" ] ||
            fail_with 1 "There is no archive for $platform in runtime/target; see target/build.log."
        printf '%s\n' "$root/runtime/target/facegate-$(version)-$platform.tar.xz"
    done
}
