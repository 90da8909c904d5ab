# SPDX-License-Identifier: Apache-2.0
"""Compares answers: what is returned is what differs, in words; nothing may."""

import platform

import numpy as np

DESCRIPTOR = 5e-6  # Euclidean, between engines of the same weights
DISTANCE = 1e-6


def detections(peer, facegate, exact_scores):
    """Same boxes in the same order, and the same scores bit for bit where that is promised."""
    ours, theirs = [f["box"] for f in facegate], [f["box"] for f in peer]
    if ours != theirs:
        return [f"boxes {ours} instead of {theirs}"]
    if not exact_scores:
        return []
    return [f"score {a['score']!r} instead of {b['score']!r} at {b['box']}"
            for a, b in zip(facegate, peer) if a["score"] != b["score"]]


def exact_scores(method):
    """HOG scores equal dlib's x86-64 wheel to the last bit; other processors' compilers contract differently."""
    return method == "hog" and platform.machine() == "x86_64"


def drift(peer, facegate):
    """Largest Euclidean distance between the descriptors of the same faces."""
    ours, theirs = np.array(facegate, np.float32), np.array(peer, np.float32)
    if ours.shape != theirs.shape:
        return float("inf")
    return float(np.linalg.norm(ours.astype(np.float64) - theirs, axis=1).max())


def descriptors(peer, facegate):
    found = drift(peer, facegate)
    return [] if found <= DESCRIPTOR else [f"descriptors {found:.1e} apart, at most {DESCRIPTOR:.0e} is the same"]


def matches(peer, facegate, strategy, tolerance):
    """The same person, distance and votes as the plain loop over all encodings."""
    if strategy == "vote":
        owner = int(peer["name"].removeprefix("person ")) if peer["name"] else -1
        expected = {"owner": owner, "won": peer["votes"], "of": peer["within"]}
    else:
        known = peer["distance"] <= tolerance
        expected = {"owner": peer["owner"] if known else -1, "won": int(known)}
    differing = [f"{strategy}: {key} {facegate[key]} instead of {value}"
                 for key, value in expected.items() if facegate[key] != value]
    if strategy == "nearest" and abs(facegate["distance"] - peer["distance"]) > DISTANCE:
        differing.append(f"distance {facegate['distance']!r} instead of {peer['distance']!r}")
    return differing


def frames(peer, facegate):
    """The same faces with the same names and votes in every frame."""
    if len(peer) != len(facegate):
        return [f"{len(facegate)} frames instead of {len(peer)}"]

    def said(frame):
        return sorted((face["box"], face["name"], face["won"]) for face in frame)

    differing = [number for number, (a, b) in enumerate(zip(peer, facegate)) if said(a) != said(b)]
    return [f"frame {n}: {said(facegate[n])} instead of {said(peer[n])}" for n in differing[:5]] + (
        [f"and {len(differing) - 5} more frames"] if len(differing) > 5 else [])


def names(frames):
    """Everybody named in some frame."""
    return {face["name"] for frame in frames for face in frame if face["name"]}


def people(expected, found):
    return [] if found == expected else [f"named {sorted(found)} instead of {sorted(expected)}"]
