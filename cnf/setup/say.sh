# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Messages: always on stderr, stdout is for data.

say() {
    printf 'facegate: %s\n' "$*" >&2
}

fail_with() {
    local code=$1
    shift
    say "$@"
    exit "$code"
}

usage_error() {
    fail_with 2 "$1; ./facegate --help lists the commands."
}

# Seconds as m:ss.
clock() {
    printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}
