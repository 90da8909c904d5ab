# SPDX-License-Identifier: Apache-2.0
"""Encoders and detectors beside each other: how well they do on pictures, how long they take, what they weigh.
Encoders are those of the installation and the bundles beside it (models/*.jar, or --bundles)."""

import contextlib
import json
import re
import zipfile
from xml.etree import ElementTree

import numpy as np

from .material import pictures_in
from .rows import Row
from .stages import interleave
from .workers import Trouble, gateway_worker, memory, peer

FALSE_ACCEPTS = (0, 1e-3, 1e-2)  # of different pairs, at which faces of one person are counted
OVERLAP = 0.3  # of what both boxes cover together: from there on a face was found
THREADS = 2
INSTALLED = "dlib-resnet-v1"
METHODS = (("hog", 0, "io.facegate.detector"), ("hog", 1, "io.facegate.detector"), ("cnn", 0, "io.facegate.onnx"),
           ("yunet", 0, "io.facegate.onnx"), ("yunet", 1, "io.facegate.onnx"))


def models(bench):
    with contextlib.ExitStack() as stack:
        bench.peer = stack.enter_context(peer())
        people, chips = faces_of_people(bench)
        workers = {}
        for name, jar in encoders(bench).items():
            bench.progress(f"starting a gateway with {name}")
            workers[name] = worker(bench, stack, name, jar)
        yield from measured_encoders(bench, workers, people, chips)
        yield from measured_detectors(bench, workers[INSTALLED])


def encoders(bench):
    """Bundles by the id of their encoder; the one of the installation has none of its own."""
    found = {INSTALLED: None}
    folder = bench.options.bundles or bench.installation.home / "models"
    for jar in sorted(folder.glob("*.jar")):
        with zipfile.ZipFile(jar) as archive:
            manifest = re.sub(r"\r?\n ", "", archive.read("META-INF/MANIFEST.MF").decode())
        model = re.search(r'facegate\.model;[^\n]*?\bmodel="?([^";,]+)', manifest)
        if model and re.search(r'\bkind="?encoder\b', manifest):
            found[model[1]] = jar
    return found


def worker(bench, stack, name, jar):
    data = bench.work / f"model-{name}"
    (data / "load").mkdir(parents=True)
    if jar:
        (data / "load" / jar.name).write_bytes(jar.read_bytes())
    benchmark = next((bench.root / "runtime/benchmark/target").glob("io.facegate.benchmark-*.jar"))
    gateway = stack.enter_context(gateway_worker(bench.installation, benchmark, data))
    gateway.ask("configure", onnx=True, threads=THREADS)
    gateway.said = gateway.ask("model.use", id=name)
    gateway.size = (jar or next(bench.installation.home.glob("bundle/io.facegate.model.onnx-resnet-*.jar"))).stat().st_size
    return gateway


def faces_of_people(bench):
    """Whom each picture shows, by its folder, and the chip of its largest face."""
    people, files = [], []
    for number, picture in enumerate(pictures_in(bench.material.labelled)):
        chip = bench.work / f"face-{number}.png"
        try:
            bench.peer.ask("chips", pictures=[[str(picture), str(chip)]])
        except Trouble:
            bench.progress(f"no face in {picture}")
            continue
        people.append(picture.parent.name)
        files.append(str(chip))
    return np.array(people), files


def measured_encoders(bench, workers, people, chips):
    first, second = np.triu_indices(len(people), 1)
    same = people[first] == people[second]
    for name, gateway in workers.items():
        row = Row(f"models/encoder/{name}", f"{name}: encode 1 face, {THREADS} threads")
        row.samples["eight"] = []
        vectors = np.array([encoded(gateway, name, [chip])["descriptors"][0] for chip in chips])
        distances = np.linalg.norm(vectors[first] - vectors[second], axis=1)
        row.figures = judged(distances, same, gateway.said)
        workers[name].row = row
    for _ in range(bench.rounds(30)):  # in turn, so that what else the machine does is shared by all
        for name, gateway in workers.items():
            gateway.row.add("facegate", encoded(gateway, name, chips[:1]))
            gateway.row.samples["eight"].append(encoded(gateway, name, chips[:8])["millis"])
    for gateway in workers.values():
        row, figures = gateway.row, gateway.row.figures
        figures.update(gateway.said, resident_mb=memory(gateway.process.pid, "VmRSS"), bundle_mb=gateway.size / 1e6,
                       faces=len(chips), same_pairs=int(same.sum()), different_pairs=int((~same).sum()))
        row.note = ("8 faces {eight:.1f} ms; {dimension} numbers, {metric}; of {same_pairs} same and {different_pairs} "
                    "different pairs wrong at {tolerance:g}: {errors}, at the best, {best:.3f}: {best_errors}; "
                    "ROC {roc}; gateway {resident_mb:.0f} MB, bundle {bundle_mb:.1f} MB").format(
                        eight=row.median("eight"), **figures)
        yield row


def encoded(gateway, name, chips):
    answer = gateway.ask("encode", chips=chips, bundle="")
    if answer["model"] != name:
        raise Trouble(f"The gateway of {name} encoded with {answer['model']}")
    return answer


def judged(distances, same, said):
    """Errors at the shipped tolerance and at the best one, and how many pairs of one person are found at some parts
    of wrongly taken pairs."""
    def errors(tolerance):
        return int(((distances <= tolerance) != same).sum())

    candidates = np.concatenate([np.sort(distances), [said["tolerance"]]])
    best = min(candidates, key=lambda t: (errors(t), abs(t - said["tolerance"])))
    different = np.sort(distances[~same])
    points = {}
    for part in FALSE_ACCEPTS:
        allowed = int(part * len(different))
        limit = different[allowed] if allowed < len(different) else np.inf
        points[f"{part:g}"] = float((distances[same] < limit).mean()) if same.any() else None
    return {"errors": errors(said["tolerance"]), "best": float(best), "best_errors": errors(best), "roc": json.dumps(points)}


def measured_detectors(bench, gateway):
    pictures = labelled_boxes(bench)
    for method, upsample, bundle in METHODS:
        row = Row(f"models/detector/{method}/upsample{upsample}", f"{method}, upsample {upsample}, {THREADS} threads")
        found = alarms = faces = 0
        for picture, (wanted, ignored) in pictures.items():
            request = {"method": method, "picture": str(picture), "upsample": upsample, "bundle": bundle}
            last = interleave(bench.rounds(5), 1, row, facegate=lambda: gateway.ask("detect", **request))
            boxes = [face["box"] for face in last["facegate"]["faces"]]
            hit, wrong = matched(boxes, wanted, ignored)
            found, alarms, faces = found + hit, alarms + wrong, faces + len(wanted)
        row.figures.update(found=found, faces=faces, false_alarms=alarms, pictures=len(pictures))
        row.note = f"{found} of {faces} faces in {len(pictures)} pictures found, {alarms} false alarms"
        yield row


def labelled_boxes(bench):
    """Pictures with the boxes of their faces: dlib's own labels where its examples are, what HOG of the peer finds at
    upsample 1 otherwise."""
    labels = bench.material.labels
    pictures = {}
    for file in labels:
        for image in ElementTree.parse(file).getroot().iter("image"):
            boxes = [(box.get("ignore") == "1", corners(box)) for box in image.iter("box")]
            pictures[file.parent / image.get("file")] = (
                [box for skip, box in boxes if not skip], [box for skip, box in boxes if skip])
    if not pictures:
        for picture in pictures_in(bench.material.labelled):
            found = bench.peer.ask("detect", picture=str(picture), method="hog", upsample=1, scores=False)
            pictures[picture] = ([face["box"] for face in found["faces"]], [])
    return pictures


def corners(box):
    left, top, width, height = (int(box.get(key)) for key in ("left", "top", "width", "height"))
    return [left, top, left + width, top + height]


def matched(boxes, wanted, ignored):
    """How many of those wanted were found, each by one box, and how many boxes are of none."""
    left, wrong = list(wanted), 0
    for box in boxes:
        best = max(left, key=lambda other: overlap(box, other), default=None)
        if best is not None and overlap(box, best) >= OVERLAP:
            left.remove(best)
        elif not any(overlap(box, other) >= OVERLAP for other in ignored):
            wrong += 1
    return len(wanted) - len(left), wrong


def overlap(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0
    common = width * height
    return common / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common)
