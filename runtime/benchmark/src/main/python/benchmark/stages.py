# SPDX-License-Identifier: Apache-2.0
"""Single stages: the peer's function and Facegate's service in turn, in processes that stay."""

import numpy as np

from . import answers, machine
from .material import HEIGHTS, gallery
from .rows import Row

SIZES = (10, 100, 1000, 10_000, 100_000)
TOLERANCE = 0.6


def interleave(rounds, warm_ups, row, **sides):
    """Calls the sides in turn: A B A B ...; the first rounds warm up and are not counted. A side is a call that
    returns an answer with its time. Returns the last answers."""
    last = {}
    for number in range(warm_ups + rounds):
        for side, call in sides.items():
            last[side] = call()
            if number >= warm_ups:
                row.add(side, last[side])
    return last


def detect(bench):
    """HOG, on one thread and on two; the peer has one."""
    heights = (240, 480) if bench.quick else HEIGHTS
    for threads in sorted({1, min(2, machine.cores())}):
        bench.use("dlib", threads)
        for height in heights:
            for upsample in (0, 1):
                row = Row(f"detect/hog/{height}p/upsample{upsample}/threads{threads}",
                          f"HOG {height}p, upsample {upsample}, {threads} thread{'s'[:threads - 1]}",
                          one_thread=threads == 1)
                detect_on(bench, row, "hog", bench.material.picture(height), upsample, "io.facegate.detector")
                if upsample == 1 and height in (480, 1080):
                    row.faster(1.05 if threads == 1 else 1.65)
                yield row


def cnn(bench):
    """MMOD by each engine."""
    picture = bench.material.vga()
    for engine in bench.engines():
        bench.use(engine, 1)
        row = Row(f"detect/cnn/{engine}", f"MMOD 640x480, {engine}, 1 thread", one_thread=True)
        detect_on(bench, row, "cnn", picture, 0, bundle(engine, "detector"), rounds=3)
        if engine == bench.engines()[0]:
            row.faster(14)
        yield row


def bundle(engine, stage):
    return "io.facegate.onnx" if engine == "onnx" else f"io.facegate.{stage}"


def detect_on(bench, row, method, picture, upsample, bundle, rounds=11):
    request = {"method": method, "picture": str(picture), "upsample": upsample}
    last = interleave(
        bench.rounds(rounds), 1 if bench.quick else 2, row,
        peer=lambda: bench.peer.ask("detect", **request, scores=False),
        facegate=lambda: bench.facegate.ask("detect", **request, bundle=bundle))
    peer = bench.peer.ask("detect", **request, scores=True)["faces"]
    row.figures["faces"] = len(peer)
    row.differ(answers.detections(peer, last["facegate"]["faces"], answers.exact_scores(method)))


def encode(bench):
    """Aligned faces to descriptors by each engine, and the share of what a core can do."""
    chips = bench.material.chips(bench.peer)
    for engine in bench.engines():
        bench.use(engine, 1)
        for count in (1, 8):
            yield encode_chips(bench, engine, chips[:count])
        yield whole_encoding(bench, engine)


def encode_chips(bench, engine, chips):
    count = len(chips)
    row = Row(f"encode/{engine}/{count}", f"encode {count}, {engine}, 1 thread", one_thread=True)
    vector = machine.widest(engine)
    program = machine.compile_peak(bench.work, vector)
    peaks = []
    last = interleave(
        bench.rounds(15), 2 if bench.quick else 10, row,
        peer=lambda: bench.peer.ask("encode", chips=chips),
        facegate=lambda: peaks.append(machine.peak(program)) or bench.facegate.ask(
            "encode", chips=chips, bundle=bundle(engine, "encoder")))
    share(row, machine.macs_per_face() * count, float(np.median(peaks)), vector)
    row.differ(answers.descriptors(last["peer"]["descriptors"], last["facegate"]["descriptors"]))
    if engine == bench.engines()[0]:
        row.faster(10 if count == 1 else 12)
        row.at_least("share of the core's peak", row.figures["share_of_peak"], 0.7 if count == 1 else 0.85)
    return row


def share(row, macs, peak, vector):
    rate = macs / row.median("facegate") / 1e6
    on_cpu = macs / np.median(row.cpu["facegate"]) / 1e6
    row.figures.update(gmac=macs / 1e9, gmac_per_second=rate, peak_gmac_per_second=peak, vectors=vector,
                       share_of_peak=rate / peak, share_of_peak_on_cpu=on_cpu / peak)
    row.note = f"{rate / peak:.0%} of {peak:.0f} GMAC/s ({vector})"


def whole_encoding(bench, engine):
    """What face_encodings does with known boxes: landmarks, alignment, network."""
    picture = str(bench.material.picture(480))
    found = bench.peer.ask("detect", picture=picture, method="hog", upsample=1, scores=False)["faces"]
    request = {"picture": picture, "boxes": [face["box"] for face in found][:1]}
    row = Row(f"encode/{engine}/face", f"landmarks, chip and encode 1, {engine}, 1 thread", one_thread=True)
    if not found:
        row.note = "no face in the picture"
        return row
    last = interleave(
        bench.rounds(15), 2, row, peer=lambda: bench.peer.ask("faces", **request),
        facegate=lambda: bench.facegate.ask("faces", **request, bundle=bundle(engine, "encoder")))
    row.differ(answers.descriptors(last["peer"]["descriptors"], last["facegate"]["descriptors"]))
    return row


def match(bench):
    """Nearest and vote in galleries of several sizes; beside the peer a plain native scan."""
    chips = bench.material.chips(bench.peer)
    known = np.array([bench.peer.ask("encode", chips=[chip])["descriptors"][0] for chip in chips])
    library = machine.compile_native(
        "scan.cpp", bench.work / "scan.so", "-march=native", "-fopenmp-simd", "-fPIC", "-shared")
    for count in SIZES[:3] if bench.quick else SIZES:
        vectors, owners, queries = gallery(count, known)
        files = write_gallery(bench.work, vectors, owners, queries)
        bench.peer.ask("gallery", **files, library=str(library))
        bench.facegate.ask("gallery", **{key: value.replace(".npy", ".raw") for key, value in files.items()})
        for strategy in ("nearest", "vote"):
            yield match_in(bench, count, strategy)


def write_gallery(folder, *arrays):
    files = {}
    for key, array in zip(("vectors", "owners", "queries"), arrays):
        files[key] = str(folder / f"{key}.npy")
        np.save(files[key], array)
        array.tofile(folder / f"{key}.raw")
    return files


def match_in(bench, count, strategy):
    row = Row(f"match/{count}/{strategy}", f"match 1 in {count:,}, {strategy}")
    warm_ups = max(5, min(500, 100_000 // count))
    for number in range(warm_ups + max(20, bench.rounds(60))):
        call = {"strategy": strategy, "tolerance": TOLERANCE, "query": number % 20}
        said = {"peer": bench.peer.ask("match", **call), "native scan": bench.peer.ask("scan", **call),
                "facegate": bench.facegate.ask("match", **call)}
        row.differ(answers.matches(said["peer"], said["facegate"], strategy, TOLERANCE))
        for side, answer in said.items():
            if number >= warm_ups:
                row.add(side, answer)
    row.differing = sorted(set(row.differing))
    part = row.median("facegate") / row.median("native scan")
    row.note = f"{part:.2f} of a plain native scan ({row.median('native scan'):.3g} ms)"
    row.figures["of_native_scan"] = part
    if count == 100_000:
        row.at_most("of a plain native scan", part, 0.7)
    return row

