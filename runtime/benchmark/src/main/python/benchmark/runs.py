# SPDX-License-Identifier: Apache-2.0
"""Whole programs: the commands as a user types them, the scripts of the peer, and the running gateway."""

import datetime
import json
import shutil
import time

import paho.mqtt.client as mqtt

from . import answers, machine
from .rows import Row
from .workers import Gateway, memory, peer_environment, peer_script, run_whole


class Frames(list):
    """Faces per frame as printed by recognize --json or the peer's scripts."""

    def __init__(self, text):
        for line in text.splitlines():
            self.append([{"box": f["box"], "name": f["name"], "won": f["won"] if "won" in f else f["votes"]["won"]}
                         for f in json.loads(line)["faces"]])


def clip(bench):
    """Every frame of the clip: recognize --video beside the peer's script, each a whole process."""
    file = bench.clip
    row = Row("clip/frames", f"clip frame by frame, upsample 1, {machine.cores()} cores", "fps")
    peak = Row("clip/memory", "peak memory of that", "MB")
    told = {}
    sides = {"peer": (peer_script("video.py", bench.pickle, file), peer_environment()),
             "facegate": (bench.installation.command(
                 "recognize", "--video", file, "--json", "--data", bench.people), None)}
    for number in range(bench.rounds(3)):
        for side, (command, environment) in sides.items():
            bench.progress(f"clip, run {number + 1}, {side}")
            result = run_whole(command, environment, watched=True)
            told[side] = Frames(result["out"])
            row.samples.setdefault(side, []).append(len(told[side]) / result["millis"] * 1e3)
            peak.samples.setdefault(side, []).append(result["peak_mb"])
    row.differ(answers.frames(told["peer"], told["facegate"]))
    row.figures.update(frames=len(told["peer"]), names=sorted(answers.names(told["peer"])))
    row.faster(2.4)
    row.note = f"{len(told['peer'])} frames"
    bench.peer_frames = told["peer"], row.median("peer")
    yield row
    yield peak


def peer_frames(bench):
    """What the peer says frame by frame, and its rate; from the clip stage when that was measured."""
    if not bench.peer_frames:
        bench.progress("clip, the peer frame by frame")
        result = run_whole(peer_script("video.py", bench.pickle, bench.clip), peer_environment())
        frames = Frames(result["out"])
        bench.peer_frames = frames, len(frames) / result["millis"] * 1e3
    return bench.peer_frames


def rate(bench):
    """Live processing as fast as it goes: the next frame when the last one's result was told."""
    frames, peer_rate = peer_frames(bench)
    row = Row("live/rate", "clip live, not throttled", "fps", samples={"peer": [peer_rate]})
    names = set()
    for number in range(1 + bench.rounds(3)):
        answer = bench.facegate.ask("live", clip=str(bench.clip))
        if number:  # the first warms up
            row.samples.setdefault("facegate", []).append(answer["frames"] / answer["millis"] * 1e3)
        names |= {event["name"] for event in answer["events"] if event.get("name")}
    row.differ(answers.people(answers.names(frames), names))
    row.faster(8)
    row.note = "peer: frame by frame"
    yield row


class Ears:
    """Hears what a gateway publishes, with the time of arrival."""

    def __init__(self, gateway):
        self.events, self.stats = [], []
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv311)
        self.client.on_connect = lambda client, *_: client.subscribe(
            [("facegate/+/events", 1), ("facegate/+/stats", 0)])
        self.client.on_message = self._hear
        for _ in range(600):
            try:
                self.client.connect("127.0.0.1", gateway.broker)
                break
            except OSError:
                if gateway.process.poll() is not None:
                    raise gateway.trouble("ended") from None
                time.sleep(0.1)
        else:
            raise gateway.trouble("has no broker after a minute")
        self.client.loop_start()

    def _hear(self, client, userdata, message):
        target = self.events if message.topic.endswith("/events") else self.stats
        target.append((time.time(), json.loads(message.payload)))

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()


def live(bench):
    """The clip as a camera plays it, through the running gateway, heard on MQTT."""
    frames, _ = peer_frames(bench)
    seconds = 12 if bench.quick else 60
    data = bench.copy_of_people("live")
    (data / "conf").mkdir(exist_ok=True)
    (data / "conf/io.facegate.mqtt.config").write_text('statsIntervalSeconds=I"2"\n')
    with Gateway(bench.installation, data, "--camera", bench.clip) as gateway:
        bench.progress(f"live, {seconds} s in real time after the start")
        ears = Ears(gateway)
        try:
            warm = await_frames(bench, ears, gateway, 200 if bench.quick else 300)
            begin = time.time()
            time.sleep(seconds)
            await_frames(bench, ears, gateway, 0, after=begin + seconds)
        finally:
            ears.close()
    last = ears.stats[-1][1]["cameras"]["cam"]
    yield superseded(warm, last, seconds)
    yield latency(ears, last, begin, answers.names(frames))


def await_frames(bench, ears, gateway, frames, after=0):
    """The camera's counters once so many frames were offered, heard after a time."""
    deadline = time.time() + 120
    while time.time() < deadline:
        for heard, stats in list(ears.stats):
            camera = stats["cameras"].get("cam")
            if camera and heard >= after and camera["frames"]["offered"] >= frames:
                return camera
        if gateway.process.poll() is not None:
            raise gateway.trouble("ended")
        time.sleep(0.1)
    raise gateway.trouble("told of no frames")


def superseded(first, last, seconds):
    row = Row("live/superseded", "clip live in real time, frames superseded", "%")
    offered = last["frames"]["offered"] - first["frames"]["offered"]
    lost = last["frames"]["superseded"] - first["frames"]["superseded"]
    row.samples["facegate"] = [100 * lost / max(1, offered)]
    row.figures.update(offered=offered, superseded=lost, whole_run=last["frames"], seconds=seconds)
    row.at_most("% superseded", row.median("facegate"), 1)
    row.note = f"{lost} of {offered} frames, the start left out"
    return row


def latency(ears, last, begin, expected):
    """From a frame's capture to the arrival of the event it brought; over MQTT, on one clock."""
    row = Row("live/latency", "clip live in real time, frame to event, p95")
    news = [(heard, event) for heard, event in ears.events if event["type"] != "end"]
    row.samples["facegate"] = [
        (heard - datetime.datetime.fromisoformat(event["timestamp"]).timestamp()) * 1e3
        for heard, event in [one for one in news if one[0] >= begin] or news]
    names = {event["name"] for _, event in news if event["name"]}
    row.differ(answers.people(expected, names))
    row.figures["stages"] = last["stages"]
    if row.samples["facegate"]:
        p95 = percentile(row.samples["facegate"], 95)
        row.figures["p95"] = p95
        row.samples = {"facegate": [p95], "each event": row.samples["facegate"]}
        row.at_most("ms", p95, 150)
        row.note = f"{len(row.samples['each event'])} events; frame to result p95 {last['stages']['total']['p95']} ms"
    else:
        row.differ(["no event was heard"] if expected else [])
    return row


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def start(bench):
    """From nothing to the names in the first picture, each a whole process; memory at its peak."""
    picture = bench.material.picture(480)
    row = Row("start/picture", "start to first recognised picture")
    first = Row("start/first", "the very first run, caches empty")
    peak = Row("start/memory", "peak memory of that", "MB")
    data = bench.copy_of_people("start")
    shutil.rmtree(data / "cache", ignore_errors=True)
    sides = {"peer": (peer_script("picture.py", bench.pickle, picture), peer_environment()),
             "facegate": (bench.installation.command(
                 "recognize", "--image", picture, "--json", "--data", data), None)}
    bench.progress("start to first recognised picture")
    first.add("facegate", run_whole(sides["facegate"][0]))
    told = {}
    for _ in range(bench.rounds(11)):
        for side, (command, environment) in sides.items():
            result = run_whole(command, environment, watched=True)
            told[side] = Frames(result["out"])
            row.add(side, result)
            peak.samples.setdefault(side, []).append(result["peak_mb"])
    row.differ(answers.frames(told["peer"], told["facegate"]))
    row.faster(1)
    first.note = "natives unpacked; the system's file cache is warm"
    yield from (row, first, peak)


def pictures(bench):
    """A large photo from its file to the names in it, each a whole process. The peer looks at every pixel; boxes are
    not compared, since Facegate looks at the photo scaled down."""
    megapixels = 8 if bench.quick else 24
    picture = bench.material.photo(megapixels)
    row = Row("pictures/photo", f"JPEG of {megapixels} megapixels to names")
    peak = Row("pictures/memory", "peak memory of that", "MB")
    told = {}
    sides = {"peer": (peer_script("picture.py", bench.pickle, picture), peer_environment()),
             "facegate": (bench.installation.command(
                 "recognize", "--image", picture, "--json", "--data", bench.people), None)}
    for number in range(bench.rounds(5)):
        for side, (command, environment) in sides.items():
            bench.progress(f"photo of {megapixels} megapixels, run {number + 1}, {side}")
            result = run_whole(command, environment, watched=True)
            told[side] = Frames(result["out"])
            row.add(side, result)
            peak.samples.setdefault(side, []).append(result["peak_mb"])
    row.differ(answers.people(answers.names(told["peer"]), answers.names(told["facegate"])))
    row.faster(4)
    peak.at_most("MB", max(peak.samples["facegate"]), 450)
    yield from (row, peak)


def memory_of_gateway(bench):
    """Resident memory of the running gateway after a while of the clip, by what it runs."""
    variants = [("HOG and dlib's encoder", 'enabled=B"false"\n', (), 300),
                ("HOG and ONNX encoder", "", (), 350),
                ("MMOD", "", ("--detection-method", "cnn"), 450)]
    if "onnx" not in bench.engines():
        del variants[1]
    for number, (title, onnx, options, limit) in enumerate(variants):
        data = bench.copy_of_people(f"memory{number}")
        (data / "conf").mkdir(exist_ok=True)
        (data / "conf/io.facegate.onnx.config").write_text(onnx)
        seconds = 8 if bench.quick else 40
        bench.progress(f"memory of the gateway with {title}, {seconds} s")
        with Gateway(bench.installation, data, "--camera", bench.clip, *options) as gateway:
            ears = Ears(gateway)
            try:
                await_frames(bench, ears, gateway, 1)
                time.sleep(seconds)
            finally:
                ears.close()
            if gateway.process.poll() is not None:
                raise gateway.trouble("ended")
            parts = {what: memory(gateway.process.pid, what) for what in ("VmRSS", "VmHWM", "RssAnon", "RssFile")}
            heap = gateway.heap()
        resident, peak = parts["VmRSS"], parts["VmHWM"]
        row = Row(f"memory/gateway{number}", f"memory of the running gateway, {title}", "MB",
                  {"facegate": [resident]}, figures={**parts, "options": options, "heap": heap})
        row.note = f"peak {peak:.0f} MB, {heap}, {seconds} s of the clip"
        row.at_most("MB", resident, limit)
        yield row
