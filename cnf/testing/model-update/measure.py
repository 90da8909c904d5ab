#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Updates the encoder of a gateway with a full gallery while a stream runs, and tells what that cost.

measure.py DISTRIBUTION DATA CLIP MODEL: the gateway runs with DATA, plays CLIP over and over, and gets the bundle MODEL in
load/. Prints one line for each phase. Needs mosquitto and its clients.
"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

BASELINE_SECONDS = 60
AFTER_SECONDS = 30
SFACE, DLIB = "opencv-sface", "dlib-resnet-v1"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def idle_seconds():
    """Of all processors together, waiting for disks included."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    return (int(fields[3]) + int(fields[4])) / os.sysconf("SC_CLK_TCK")


class Broker:
    def __init__(self, folder):
        self.port = free_port()
        conf = folder / "mosquitto.conf"
        conf.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
        self.process = subprocess.Popen([shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin"), "-c", conf],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.lock, self.heard = threading.Lock(), []
        time.sleep(1)
        self.subscriber = None

    def listen(self, *topics):
        arguments = ["mosquitto_sub", "-p", str(self.port), "-F", "%U %t %p", "-q", "1"]
        for topic in topics:
            arguments += ["-t", topic]
        self.subscriber = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.subscriber.stdout:
            at, topic, payload = line.rstrip("\n").split(" ", 2)
            try:
                message = json.loads(payload)
            except ValueError:
                continue
            with self.lock:
                self.heard.append((float(at), topic, message))

    def after(self, start, ending):
        with self.lock:
            return [(at, m) for at, topic, m in self.heard if at >= start and topic.endswith(ending)]

    def publish(self, topic, message):
        subprocess.run(["mosquitto_pub", "-p", str(self.port), "-q", "1", "-t", topic, "-m", json.dumps(message)], check=True)

    def close(self):
        self.subscriber.terminate()
        self.process.terminate()


class Gateway:
    def __init__(self, distribution, data, clip, broker):
        self.data, self.broker = data, broker
        conf = data / "conf"
        conf.mkdir(exist_ok=True)
        (conf / "io.facegate.mqtt.config").write_text('statsIntervalSeconds=I"1"\n')
        (conf / "io.facegate.mqtt.commands.config").write_text('allow=["*"]\n')
        self.process = subprocess.Popen(
            [distribution / "bin/facegate", "run", "--data", data, "--camera", clip, "--port", str(free_port()),
             "--broker", f"tcp://127.0.0.1:{broker.port}"], stdout=subprocess.DEVNULL, stderr=open(data / "stderr", "w"))
        self.name = wait(lambda: (data / "gateway.id").read_text().strip())
        self.number = 0

    def ask(self, command, patience=60, **what):
        self.number += 1
        start = time.time()
        self.broker.publish(f"facegate/{self.name}/cmd/{command}", {"request_id": f"m{self.number}", **what})

        def answer():
            return next((m for _, m in self.broker.after(start, f"/reply/m{self.number}") if m["ok"] is not None), None)
        return wait(answer, patience)

    def status(self):
        answer = self.ask("model")
        return answer["result"] if answer["ok"] else {}

    def changes(self):
        log = (self.data / "logs/facegate.log").read_text(errors="replace")
        return re.findall(r"faces are encoded with (\S+) instead of (\S+); at most (\d+) ms", log)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def wait(what, patience=600):
    end = time.time() + patience
    while time.time() < end:
        try:
            found = what()
            if found:
                return found
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("waited too long")


class Phase:
    """Frames, events and the processor's time between two moments."""

    def __init__(self, name, broker):
        self.name, self.broker, self.start, self.idle = name, broker, time.time(), idle_seconds()

    def end(self, expected):
        seconds = time.time() - self.start
        idle = (idle_seconds() - self.idle) / seconds / os.cpu_count()
        stats = [m for _, m in self.broker.after(self.start, "/stats") if m["cameras"]]
        first, last = stats[0], stats[-1]
        frames = {k: v - next(iter(first["cameras"].values()))["frames"][k]
                  for k, v in next(iter(last["cameras"].values()))["frames"].items()}
        share = frames["superseded"] / max(1, frames["offered"])
        cpu = (last["process"]["cpu_seconds"] - first["process"]["cpu_seconds"]) / max(
            1, last["process"]["uptime_seconds"] - first["process"]["uptime_seconds"])
        names = [m.get("name") for _, m in self.broker.after(self.start, "/events")]
        wrong = sorted({n for n in names if n and n not in expected})
        print(f"{self.name}: {seconds:.0f} s, {frames['offered']} frames offered, superseded {100 * share:.2f} %, "
              f"skipped {frames['skipped']}, failed {frames['failed']}; {len(names)} events, "
              f"{sum(1 for n in names if n in expected)} with a right name, wrong names: {wrong or 'none'}; "
              f"gateway {cpu:.2f} processors, machine idle {100 * idle:.0f} % of {os.cpu_count()}", flush=True)
        return share


def main():
    distribution, data, clip, model = (Path(a) for a in sys.argv[1:5])
    expected = {p.name for p in (distribution / "demo/people").iterdir() if p.is_dir()}
    broker = Broker(data)
    gateway = Gateway(distribution, data, clip, broker)
    try:
        broker.listen(f"facegate/{gateway.name}/events", f"facegate/{gateway.name}/stats",
                      f"facegate/{gateway.name}/reply/+")
        start = time.time()
        wait(lambda: any(m.get("name") in expected for _, m in broker.after(start, "/events")))
        wait(lambda: gateway.status().get("faces_encoded") == gateway.status().get("faces"))
        print(gateway.status(), flush=True)
        time.sleep(10)
        phase = Phase("before the update", broker)
        time.sleep(BASELINE_SECONDS)
        own = phase.end(expected)
        phase = Phase("encoding", broker)
        (data / "load").mkdir(exist_ok=True)
        shutil.copy(model, data / "part.jar")
        os.rename(data / "part.jar", data / "load" / model.name)
        last, told = "", time.time()
        whole = phase
        while True:
            now = gateway.status()
            offer = now.get("offered", {})
            here = "in use" if now.get("in_use") == SFACE else offer.get("phase", last)
            if here != last:
                if last:
                    phase.end(expected)
                print(f"-> {here} {offer.get('message', '')}", flush=True)
                phase, last = Phase(here, broker), here
            if here == "in use":
                break
            if here == "waiting":
                print("a person uses it:", gateway.ask("model", 600, action="activate", model=SFACE)["ok"], flush=True)
            if time.time() - told > 60:
                told = time.time()
                print(f"   {offer.get('faces_encoded')} of {offer.get('faces')} faces", flush=True)
            time.sleep(1)
        time.sleep(AFTER_SECONDS)
        phase.end(expected)
        share = whole
        share.name = "the whole update"
        print(f"superseded above the stream's own: {100 * (share.end(expected) - own):.2f} % of frames", flush=True)
        phase, start = Phase("rolled back", broker), time.time()
        answer = gateway.ask("model", action="rollback")
        wait(lambda: gateway.status().get("in_use") == DLIB)
        print(f"rollback: {answer['ok']}, in use again after {time.time() - start:.2f} s (with the clients' own time)", flush=True)
        time.sleep(AFTER_SECONDS)
        phase.end(expected)
        for after, before, pause in gateway.changes():
            print(f"pause {before} -> {after}: at most {pause} ms between two frames")
    finally:
        gateway.stop()
        broker.close()


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
main()
