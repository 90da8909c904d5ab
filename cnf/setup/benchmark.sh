# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Speed beside the Python peer, which is installed into a virtual environment of its own; the measuring is
# runtime/benchmark's.
# shellcheck disable=SC2154 # root is facegate's

readonly benchmark_python=$root/runtime/benchmark/src/main/python

usage_benchmark() {
    cat <<'TEXT'
Usage: ./facegate benchmark [OPTION]...
Measures Facegate beside face_recognition 1.3.0 with dlib-bin, in turn on the same pictures and clip, and says
which answers differ (none may). The first call installs the Python packages (490 MB) into a virtual environment
in the cache folder (FACEGATE_CACHE, or ~/.cache/facegate). The whole run takes about 30 minutes on a PC; leave
the machine alone meanwhile. What the peer has nothing like is measured alone: "store", a gallery of 10,000
people with 10 encodings each, clear and encrypted, on the disk of --data; or beside the ffmpeg program:
"decoding", CPU time of a frame from files and streams to RGB. So are "models": errors, time, memory and size of
the encoders that are installed or lie in models/ (or in --bundles DIR), and what the detectors find.

  --quick          fewer sizes, rounds and frames: whether it works, not how fast it is
  --only STAGE,... of: detect, cnn, encode, match, clip, live, rate, start, pictures,
                   decoding, memory, store, models
  --rounds N       how often each is measured (default: 3 to 60, as the stage needs)
  --output DIR     where benchmark.json and benchmark.png go (default: target/benchmark)
  --pictures DIR   one folder of pictures per person: who is in the gallery; faces are looked for in the largest
                   (default: samples)
  --clip FILE      a video, at best with these people in it (default: a sample); its first 300 frames are used
  --bundles DIR    "models": jars of encoders to be measured beside the installed one
  --data DIR       where the data folders of the gateways it starts are made and removed (default: a temporary
                   folder)

Progress goes to stderr, the table to stdout. Exit code: 0 done, 1 an answer differs or something failed, 2 usage.
TEXT
}

benchmark() {
    local word
    for word in "$@"; do
        case $word in -h | --help) usage_benchmark && return ;; esac
    done
    require_tools benchmark
    export PYTHONPATH=$benchmark_python PYTHONDONTWRITEBYTECODE=1
    python3 -m benchmark.options "$@" || exit $?
    build_when_needed
    install_peer
    FACEGATE_ROOT=$root exec "$(peer_folder)/bin/python" -m benchmark "$@"
}

# Where the peer's virtual environment is.
peer_folder() {
    if [ -n "${FACEGATE_CACHE-}" ]; then
        printf '%s\n' "$FACEGATE_CACHE/peer"
    elif [ -w "${HOME-}" ]; then
        printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/facegate/peer"
    else
        printf '%s\n' "$root/target/cache/peer"
    fi
}

# Makes the virtual environment, anew when what it is to hold changed; without a network nothing is lost.
install_peer() {
    local folder log=$root/target/peer.log wanted
    folder=$(peer_folder)
    wanted=$(python3 --version && cat "$benchmark_python/requirements.txt")
    [ "$(cat "$folder/installed" 2>/dev/null)" != "$wanted" ] || return 0
    say "Installing the Python peer into $folder (log: target/peer.log) ..."
    mkdir -p "$root/target" "$folder" || fail_with 1 "Cannot write to $folder."
    rm -f "$folder/installed"
    if ! fill_peer "$folder" >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        fail_with 1 "The Python peer could not be installed (above: the end of target/peer.log)."
    fi
    printf '%s\n' "$wanted" >"$folder/installed"
}

fill_peer() {
    python3 -m venv --clear "$1" &&
        "$1/bin/pip" install --disable-pip-version-check -r "$benchmark_python/requirements.txt" &&
        "$1/bin/pip" install --disable-pip-version-check --no-deps face_recognition==1.3.0
}
