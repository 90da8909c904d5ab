#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# ONNX Runtime 1.29.0 (the wheel of PyPI; the Java package of Maven Central leaves the same files), Linux
#
# Guess before the run: on Linux an inference library leaves nothing in the home. Reporting is a matter of its Windows
#   builds, and whoever calls the switch of the API, or tests in CI, sees what users will see.
# Seen: one session of a model with a single node leaves ~/.cache/Microsoft/DeveloperTools/.onnxruntime with an
#   identifier of the machine and an SQLite file of events to be sent. The API's switch comes after the first of them.
#   ORT_DISABLE_TELEMETRY=1 stops all of it. With CI set in the environment nothing is written either, so an automatic
#   test does not notice what the same program does at home.
# Why it matters here: a gateway that promises that faces stay in the house has to set that variable before the
#   library is loaded, in the environment: neither Java nor Python code that runs later can.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install onnxruntime==1.29.0 onnx==1.19.0 numpy==2.3.5
cat >"$work/session.py" <<'PYTHON'
import sys
import time

import numpy
import onnxruntime
from onnx import TensorProto, helper

if sys.argv[1:] == ["off"]:
    onnxruntime.disable_telemetry_events()
values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("in", "out")]
graph = helper.make_graph([helper.make_node("Relu", ["in"], ["out"])], "one", values[:1], values[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
assert session.run(None, {"in": numpy.array([-1], numpy.float32)})[0][0] == 0
time.sleep(1)
PYTHON

# files NAME=VALUE [off]: what a session leaves in an empty home, without a network
files() {
  rm -rf "$work/home" && mkdir "$work/home"
  env -u CI -u XDG_CACHE_HOME -u ORT_DISABLE_TELEMETRY HOME="$work/home" "$1" \
    unshare --map-root-user --net "$work/venv/bin/python" "$work/session.py" "${@:2}"
  (cd "$work/home" && find . -type f -name '[do]*' ! -name '*-*' | LC_ALL=C sort | xargs)
}
expect() { # WHAT EXPECTED SEEN
  printf '%-34s %s\n' "$1" "${3:-nothing}"
  [ "$2" = "$3" ] || { echo "changed: expected '$2'"; exit 1; }
}

kept=./.cache/Microsoft/DeveloperTools/.onnxruntime
kept="$kept/deviceid $kept/onnxruntime.db"
expect "as installed" "$kept" "$(files NOTHING=1)"
expect "switched off by the API" "$kept" "$(files NOTHING=1 off)"
expect "ORT_DISABLE_TELEMETRY=1" "" "$(files ORT_DISABLE_TELEMETRY=1)"
expect "CI=true" "" "$(files CI=true)"
