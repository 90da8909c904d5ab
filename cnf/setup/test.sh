# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# All tests, and a summary out of the reports Surefire and Failsafe write.
# shellcheck disable=SC2154 # root and stamp are facegate's and build.sh's

test_everything() {
    local inputs failed=
    require_tools test
    lock_tree
    inputs=$(inputs_hash)
    inputs >"$built_from.new"
    require_room
    reports -delete
    forget_build
    # in a shell of its own: without a network only the benchmark's tests are skipped
    if (install_peer); then
        FACEGATE_PEER=$(peer_folder)
        export FACEGATE_PEER FACEGATE_PYTHON=${FACEGATE_PYTHON:-$FACEGATE_PEER/bin/python}
    fi
    say "Building and testing everything (log: target/test.log)"
    # three modules at a time: many tests wait for brokers, streams and time-outs
    if maven test.log test_lines -T 3 -P "ci,$(own_profiles)" --fail-at-end verify; then
        keep_build "$inputs"
    else
        failed=yes
        show_failure test.log
    fi
    unlock_tree
    list_tests skipped 'Skipped:'
    list_tests 'failure\|error' 'Failed:'
    summary "$failed"
}

# test_soak [MINUTES]: the gateway's memory over minutes of a stream, printed as a curve
test_soak() {
    local minutes=${1:-10}
    [[ $minutes =~ ^[1-9][0-9]{0,3}$ ]] || usage_error "'test soak' takes minutes, 1 to 9999, not '$minutes'"
    build_when_needed
    require_tools test
    lock_tree
    forget_build
    reports -delete
    say "Playing a stream for $minutes minutes (log: target/soak.log)"
    if maven soak.log soak_lines -P "$(own_profiles)" -pl runtime/e2e -am verify -Dfmt.skip=true \
        -DskipTests -Dfacegate.skipITs=false -Dfacegate.soak.minutes="$minutes" \
        -Dit.test=SoakIT#memoryIsFlatOverMinutes -Dfailsafe.failIfNoSpecifiedTests=false; then
        unlock_tree
        summary ''
    else
        show_failure soak.log
        unlock_tree
        summary failed
    fi
}

# Filter: the curve and the result
soak_lines() {
    grep --line-buffered -E '^ *[0-9]+ s  |Tests run:.*SoakIT|^\[ERROR\]' || true
}

# test_kills [N]: what the ordinary tests do a few hundred times: processes killed, power cut, disks failing
test_kills() {
    local times=${1:-1000}
    [[ $times =~ ^[1-9][0-9]{1,5}$ ]] || usage_error "'test kills' takes a number, 10 to 999999, not '$times'"
    require_tools test
    lock_tree
    forget_build
    reports -delete
    say "Killing the store's process, cutting its power, letting its disk fail, $times times each (log: target/kills.log)"
    if maven kills.log kill_lines -P "$(own_profiles)" -pl bundles/store,bundles/outbox -am verify \
        -Dfmt.skip=true -Dtest='StoreKillTest,StoreScrubTest,ReencodingKillTest,UpdateKillTest,ExchangeKillTest,StorePowerCutTest,StoreFailingDiskTest,OutboxPowerCutTest' \
        -Dsurefire.failIfNoSpecifiedTests=false \
        -Dfacegate.kills="$times" -Dfacegate.cuts="$times" -Dfacegate.faults="$times" \
        -Dfacegate.rounds=20 -Dfacegate.people=1000; then
        unlock_tree
        summary ''
    else
        show_failure kills.log
        unlock_tree
        summary failed
    fi
}

# Filter: the counts and the results
kill_lines() {
    grep --line-buffered -E ' (kills|cuts|faults) |Tests run:.* in io|^\[ERROR\]' || true
}

# test_reconnects [N]: each kind of stream lost and opened again N times, and what the process holds then
test_reconnects() {
    local times=${1:-200}
    [[ $times =~ ^[1-9][0-9]{2,4}$ ]] || usage_error "'test reconnects' takes a number, 100 to 99999, not '$times'"
    require_tools test
    lock_tree
    forget_build
    reports -delete
    say "Losing and opening each kind of stream $times times (log: target/reconnects.log)"
    if maven reconnects.log reconnect_lines -P "$(own_profiles)" -pl bundles/camera -am verify \
        -Dfmt.skip=true -Dtest=ReconnectTest -Dsurefire.failIfNoSpecifiedTests=false \
        -Dfacegate.reconnects="$times"; then
        unlock_tree
        summary ''
    else
        show_failure reconnects.log
        unlock_tree
        summary failed
    fi
}

# Filter: what was held before and after, and the results
reconnect_lines() {
    grep --line-buffered -E ' reconnects, |Tests run:.* in io|^\[ERROR\]' || true
}

# test_archive: an archive for this machine, used from a fresh folder as a stranger would
test_archive() {
    local archive
    require_tools build
    lock_tree
    forget_build
    FACEGATE_PORTABLE=1 build "$(inputs_hash)" "dist,$(own_profiles)" package -Dmaven.test.skip=true -Dfmt.skip=true
    unlock_tree
    archive=$root/runtime/target/facegate-$(version)-$(own_platform).tar.xz
    exec "$root/runtime/src/test/archive/run" "$archive" "$JAVA_HOME"
}

# test_arm64 [PI...]: the archive for arm64 on emulated Raspberry Pis, all of them or those named
test_arm64() {
    local board
    for board in "$@"; do
        [ -f "$root/runtime/src/test/arm64/$board.cpuinfo" ] ||
            usage_error "'test arm64' takes pi-3b-plus, pi-4b and pi-5b, not '$board'"
    done
    build_when_needed
    require_tools arm64
    # it builds in a copy of this tree, and looks at this machine's distribution meanwhile
    lock_tree
    exec "$root/runtime/src/test/arm64/run" "$@"
}

# test_systems [--run-only] [SUITE]...: both commands of the README in fresh Debians
test_systems() {
    local word
    for word in "$@"; do
        [[ $word =~ ^(--run-only|--packages|bookworm|trixie)$ ]] ||
            usage_error "'test systems' takes --run-only or --packages, bookworm and trixie, not '$word'"
    done
    require_tools systems
    exec "$root/runtime/src/test/systems/run" "$@"
}

# test_home_assistant [TEST]...: the gateway beside the newest Home Assistant, all tests or those named
test_home_assistant() {
    build_when_needed
    require_tools systems
    require_tools test
    exec "$root/cnf/testing/home-assistant/run" "$@"
}

# test_package [SUITE]...: the Debian package in Debians 12 and 13 with their systemd, or those named
test_package() {
    build_when_needed
    exec "$root/runtime/src/test/package/run" "$@"
}

# test_power [CUTS] [SUITE]: power cuts of the service that package installs
test_power() {
    build_when_needed
    exec "$root/runtime/src/test/package/power" "$@"
}

# find, over all reports
reports() {
    find "$root" -path '*/target/*-reports/TEST-*.xml' -not -path '*/.git/*' "$@"
}

# Filter: modules, test classes with their counts, warnings about tests and errors; to stdout.
test_lines() {
    local line
    while IFS= read -r line; do
        if [[ $line =~ ^\[INFO\]\ Building\ (.*[^ ])\ +\[([0-9]+/[0-9]+)\]$ ]]; then
            printf '%s  [%s]  %s\n' "$(clock "$SECONDS")" "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]% *}"
        elif [[ $line == *'Tests run:'* || $line == '[ERROR]'* || $line == *'BUILD '* ]]; then
            printf '%s\n' "${line#\[INFO\] }"
        fi
    done
}

# list_tests ELEMENT TITLE: the test cases that contain an element, with its message
list_tests() {
    reports -exec cat {} + | awk -v element="<($1)[ >]" -v title="$2" '
        BEGIN { gsub(/\\\|/, "|", element) }
        function attribute(line, name) {
            if (!match(line, " " name "=\"[^\"]*\"")) return ""
            return substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
        }
        /<testcase / { test = attribute($0, "classname") "." attribute($0, "name") }
        $0 ~ element {
            message = attribute($0, "message")
            if (message == "") {
                # JUnit says why a test was skipped in the text only
                message = $0; sub(/.*<[^>]*>(<!\[CDATA\[)?/, "", message); sub(/^[a-zA-Z0-9_.$]*: /, "", message)
            }
            gsub(/&#10;.*/, "", message); gsub(/&quot;/, "\"", message); gsub(/&apos;/, "\047", message)
            gsub(/&lt;/, "<", message); gsub(/&gt;/, ">", message); gsub(/&amp;/, "\\&", message)
            if (!shown++) print title
            if (shown <= 40) print "  " test ": " substr(message, 1, 200)
        }
        END { if (shown > 40) print "  ... and " shown - 40 " more" }'
}

# The last line: N passed, N failed, N skipped. Fails when a test failed, none passed, or $1 is not empty.
summary() {
    local tests=0 failed=0 skipped=0 attributes
    while IFS= read -r attributes; do
        tests=$((tests + $(count "$attributes" tests)))
        failed=$((failed + $(count "$attributes" failures) + $(count "$attributes" errors)))
        skipped=$((skipped + $(count "$attributes" skipped)))
    done < <(reports -exec grep -h -o '<testsuite [^>]*' {} +)
    if [ -n "$1" ] && [ "$failed" -eq 0 ]; then
        say "No test failed, but the build did (above; whole log: target/test.log)."
    elif [ "$tests" -le "$skipped" ]; then
        say "No test ran, which counts as a failure."
        set -- failed
    fi
    printf '%d passed, %d failed, %d skipped\n' $((tests - failed - skipped)) "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ -z "$1" ]
}

count() {
    if [[ $1 =~ \ $2=\"([0-9]+)\" ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}
