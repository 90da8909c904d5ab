# SPDX-License-Identifier: Apache-2.0
"""The processes measured: the peer and a gateway, each answering one JSON line per request, and whole programs
watched for their time and memory."""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading
import time

SCRIPTS = pathlib.Path(__file__).resolve().parents[1] / "peer"


class Trouble(Exception):
    """Something failed; the message says what, for people."""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def peer_environment():
    """Without settings that hold numpy's matrix library back: the peer is measured at its best."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}


class Lines:
    """Requests and answers, a line each."""

    def __init__(self, name, reader, writer):
        self.name, self.reader, self.writer = name, reader, writer

    def ask(self, op, **request):
        try:
            self.writer.write(json.dumps({"op": op, **request}) + "\n")
            self.writer.flush()
            line = self.reader.readline()
        except OSError as failure:
            raise Trouble(f"{self.name} broke off at {op}: {failure}") from failure
        if not line:
            raise Trouble(f"{self.name} ended at {op}")
        answer = json.loads(line)
        if "error" in answer:
            raise Trouble(f"{self.name} failed at {op}: {answer['error']}")
        return answer


@contextlib.contextmanager
def peer():
    process = subprocess.Popen(
        [sys.executable, SCRIPTS / "worker.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=peer_environment())
    with process:
        yield Lines("The Python peer", process.stdout, process.stdin)
        process.stdin.close()


def peer_script(name, *words):
    return [sys.executable, str(SCRIPTS / name), *map(str, words)]


class Watch:
    """A program's peak memory while it runs, in MB, by the kernel's own count."""

    def __init__(self, process):
        self.pid, self.peak = process.pid, 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def _look(self):
        while not self.ended.wait(0.02):
            self.peak = max(self.peak, memory(self.pid, "VmHWM"))

    def end(self):
        self.ended.set()
        self.thread.join()
        return self.peak


def memory(pid, what):
    """VmHWM (peak), VmRSS (now) or a part of it, of a process in MB; 0 when it is gone."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(what + ":"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def run_whole(command, environment=None, watched=False):
    """Runs a program to its end: its standard output, time and, when watched, its peak memory."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    watch = Watch(process) if watched else None
    peak = None
    try:
        out, err = process.communicate()
        millis = (time.perf_counter() - start) * 1e3
    finally:
        process.kill()  # which does nothing unless it was interrupted
        if watch:
            peak = watch.end()
    if process.returncode != 0:
        raise Trouble(f"{' '.join(map(str, command[:3]))} ... failed:\n{err[-2000:]}")
    return {"out": out, "millis": millis, "peak_mb": peak}


class Installation:
    """A Facegate distribution and how to call it."""

    def __init__(self, home):
        self.home = pathlib.Path(home)

    def command(self, *words):
        return [str(self.home / "bin/facegate"), *map(str, words)]

    def has(self, bundle):
        return any(self.home.glob(f"bundle/{bundle}-*.jar"))


class Gateway:
    """A running gateway with a broker of its own on free ports; ends with the block."""

    def __init__(self, installation, data, *options, java="", heap=None):
        self.broker, self.data = free_port(), data
        environment = {**os.environ, "JAVA_OPTS": f"{os.environ.get('JAVA_OPTS', '')} {java}".strip()}
        if heap:
            environment["FACEGATE_HEAP"] = heap
        command = installation.command(
            "run", "--data", data, "--broker-port", self.broker, "--port", free_port(), *options)
        self.log = open(data / "gateway.log", "w")
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT, env=environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def heap(self):
        """The -Xmx it runs with."""
        words = pathlib.Path(f"/proc/{self.process.pid}/cmdline").read_text().split("\0")
        return ([word for word in words if word.startswith("-Xmx")] or ["no -Xmx"])[-1]

    def trouble(self, what):
        tail = "".join((self.data / "gateway.log").read_text().splitlines(True)[-15:])
        return Trouble(f"The gateway {what}; the end of {self.data / 'gateway.log'}:\n{tail}")


@contextlib.contextmanager
def gateway_worker(installation, jar, data, heap=None):
    """A gateway without a camera and with the benchmark's bundle in its load folder, to be asked."""
    (data / "load").mkdir(parents=True, exist_ok=True)
    (data / "conf").mkdir(exist_ok=True)
    shutil.copy2(jar, data / "load")
    (data / "conf/io.facegate.camera-none.config").write_text(
        'camera.id="none"\nlocation="none"\nenabled=B"false"\n')
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        port = server.getsockname()[1]
        with Gateway(installation, data, java=f"-Dfacegate.benchmark.port={port}", heap=heap) as gateway:
            for _ in range(300):
                try:
                    connection, _ = server.accept()
                    break
                except TimeoutError:
                    if gateway.process.poll() is not None:
                        raise gateway.trouble("ended") from None
            else:
                raise gateway.trouble("did not call back in five minutes")
            connection.settimeout(600)
            with connection, connection.makefile("r") as reader, connection.makefile("w") as writer:
                lines = Lines("Facegate", reader, writer)
                lines.process = gateway.process
                yield lines
