# SPDX-License-Identifier: Apache-2.0
"""Measures Facegate beside the Python peer; started by ./facegate benchmark in the peer's virtual environment."""

import contextlib
import importlib.metadata
import itertools
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from . import decoding, machine, models, options, report, runs, stages, store
from .material import Material
from .workers import Installation, Trouble, gateway_worker, peer, peer_environment, peer_script, run_whole

PACKAGES = ("face_recognition", "dlib-bin", "numpy", "opencv-python-headless")
IN_PROCESS = {"detect": stages.detect, "cnn": stages.cnn, "encode": stages.encode, "match": stages.match,
              "rate": runs.rate}
WHOLE = {"clip": runs.clip, "live": runs.live, "start": runs.start, "pictures": runs.pictures,
         "decoding": decoding.decoding, "memory": runs.memory_of_gateway, "store": store.store,
         "models": models.models}


class Bench:
    """What all stages share."""

    def __init__(self, root, chosen, work):
        self.root, self.options, self.work = root, chosen, work
        self.quick = chosen.quick
        self.installation = Installation(root / "runtime/target/facegate")
        self.peer_frames = None
        self.pickle, self.people = work / "encodings.pickle", work / "data"
        self.begin = time.monotonic()
        self.material = Material(root, work, chosen)

    def progress(self, text):
        seconds = int(time.monotonic() - self.begin)
        print(f"{seconds // 60:3d}:{seconds % 60:02d}  {text}", file=sys.stderr, flush=True)

    def rounds(self, usual):
        """How often something is measured: as asked, or as usual."""
        return self.options.rounds or (min(usual, 3) if self.quick else usual)

    def engines(self):
        """What runs the networks, best first."""
        return ["onnx", "dlib"] if self.installation.has("io.facegate.onnx") else ["dlib"]

    def use(self, engine, threads):
        """Lets Facegate compute with an engine and so many threads in what follows."""
        self.facegate.ask("configure", onnx=engine == "onnx", threads=threads)

    def prepare_people(self):
        """The same people in a gallery of Facegate and in a pickle of the peer."""
        self.progress("enrolling the people of the pictures")
        run_whole(peer_script("enrol.py", self.material.people, self.pickle), peer_environment())
        run_whole(self.installation.command("encode", "--dataset", self.material.people, "--data", self.people))

    def copy_of_people(self, name):
        target = self.work / name
        if self.people.exists():
            shutil.copytree(self.people, target)
        target.mkdir(exist_ok=True)
        return target

    def prepare_clip(self):
        # a sample begins with people nobody knows
        self.clip = self.material.shorten(40, first=90) if self.quick else self.material.shorten(300)


def measure(bench):
    """Stage after stage; the processes that stay are there only while they are measured."""
    chosen = bench.options.only
    if set(chosen) & {"clip", "live", "rate", "start", "pictures", "memory"}:
        bench.prepare_people()
        bench.prepare_clip()
    for where, group in itertools.groupby(chosen, place):
        yield from where(bench, list(group))


def place(stage):
    return measure_whole if stage in WHOLE else measure_alone if stage == "rate" else measure_inside


def measure_whole(bench, chosen):
    for stage in chosen:
        bench.progress(stage)
        yield from WHOLE[stage](bench)


def measure_alone(bench, chosen):
    """With the settings a gateway has by itself, and without the peer computing beside it."""
    runs.peer_frames(bench)
    yield from measure_inside(bench, chosen)


def measure_inside(bench, chosen):
    data = bench.copy_of_people("worker-" + chosen[0])
    jar = next((bench.root / "runtime/benchmark/target").glob("io.facegate.benchmark-*.jar"))
    with peer() as bench.peer, gateway_worker(bench.installation, jar, data, heap="1g") as bench.facegate:
        for stage in chosen:
            bench.progress(stage)
            yield from IN_PROCESS[stage](bench)


def about(bench):
    version = bench.installation.home / "conf/config.properties"
    lines = version.read_text().splitlines()
    facegate = next(line.split("=")[1] for line in lines if line.startswith("facegate.version="))
    commit = subprocess.run(["git", "-C", bench.root, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return {
        "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": machine.describe(),
        "versions": {"facegate": facegate, "commit": commit.stdout.strip() or None, "python": sys.version.split()[0],
                     **{package: importlib.metadata.version(package) for package in PACKAGES}},
        "clip": bench.material.clip.name, "picture": bench.material.source.name,
        "quick": bench.quick, "only": bench.options.only,
        "network_gmac_per_face": machine.macs_per_face() / 1e9,
    }


def main():
    root = pathlib.Path(os.environ["FACEGATE_ROOT"])
    chosen = options.parse(sys.argv[1:])
    output = chosen.output or root / "target/benchmark"
    rows, failed = [], None
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended, too
    with contextlib.ExitStack() as stack:
        try:
            output.mkdir(parents=True, exist_ok=True)
            if chosen.data:
                chosen.data.mkdir(parents=True, exist_ok=True)
            work = stack.enter_context(tempfile.TemporaryDirectory(prefix="facegate-benchmark-", dir=chosen.data))
            bench = Bench(root, chosen, pathlib.Path(work))
            facts = about(bench)
            if facts["machine"]["load_at_start"] > 0.5:
                bench.progress(f"the machine is busy (load {facts['machine']['load_at_start']:.1f}): figures are rough")
            for row in stack.enter_context(contextlib.closing(measure(bench))):
                rows.append(row)
                bench.progress("  " + next(line for line in list(report.table([row]))[1:]))
        except (Trouble, OSError, subprocess.CalledProcessError) as trouble:
            failed = trouble
        except KeyboardInterrupt:
            failed = "interrupted"
    if rows:
        report.write_json(output / "benchmark.json", facts, rows)
        report.plot(output / "benchmark.png", facts, rows)
        print(*report.table(rows), *report.conclusion(rows), sep="\n")
        print(f"facegate: figures in {output}/benchmark.json, plot in {output}/benchmark.png", file=sys.stderr)
    if failed:
        print(f"facegate: the benchmark did not end: {failed}", file=sys.stderr)
    return 1 if failed or any(row.differing for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
