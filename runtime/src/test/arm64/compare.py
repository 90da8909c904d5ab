#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare.py stores ARM HERE: every descriptor of two galleries, prints "COUNT LARGEST-DISTANCE"
compare.py names ARM HERE: two outputs of 'recognize --json': the same faces, names and distances

Fails, with the reasons, when anything differs by more than rounding."""
import json
import sqlite3
import struct
import sys

LARGEST = 5e-6  # what golden descriptors are allowed in the tests of x86 too
ANSWERS = """SELECT people.name, encodings.source, encodings.vector FROM encodings
             JOIN people ON people.seq = encodings.person ORDER BY encodings.id"""


def descriptors(folder):
    found = {}
    for name, source, vector in sqlite3.connect(folder + "/facegate.db").execute(ANSWERS):
        faces = found.setdefault((name, source), [])
        faces.append(struct.unpack("<%df" % (len(vector) // 4), vector))
    return {(*key, i): face for key, faces in found.items() for i, face in enumerate(faces)}


def distance(a, b):
    return sum((x - y) ** 2 for x, y in zip(a, b)) ** 0.5


def stores(arm, here):
    arm, here = descriptors(arm), descriptors(here)
    wrong = ["only one of them has " + str(key) for key in sorted(arm.keys() ^ here.keys())]
    both = sorted(arm.keys() & here.keys())
    distances = {key: distance(arm[key], here[key]) for key in both}
    wrong += ["%s is %.1e away" % (key, d) for key, d in distances.items() if not d < LARGEST]
    wrong += ["%s has %d values" % (key, len(arm[key])) for key in both if len(arm[key]) != 128]
    print("%d %.1e" % (len(both), max(distances.values(), default=0)))
    return wrong or ([] if both else ["there is nothing to compare"])


def faces(file):
    with open(file, encoding="utf-8") as lines:
        return {p["file"]: p["faces"] for p in map(json.loads, lines)}


def names(arm, here):
    arm, here = faces(arm), faces(here)
    wrong = ["only one of them saw " + picture for picture in sorted(arm.keys() ^ here.keys())]
    count = 0
    for picture in sorted(arm.keys() & here.keys()):
        seen = [[(f["box"], f["name"]) for f in x[picture]] for x in (arm, here)]
        if seen[0] != seen[1]:
            wrong.append("%s: %s is %s here" % (picture, *seen))
            continue
        for a, b in zip(arm[picture], here[picture]):
            count += 1
            if abs((a["distance"] or 0) - (b["distance"] or 0)) > LARGEST:
                wrong.append("%s: %s at %s is %s here" % (picture, a["name"], a["distance"], b["distance"]))
    print(count)
    return wrong or ([] if count else ["no face was found"])


if len(sys.argv) != 4 or sys.argv[1] not in ("stores", "names"):
    sys.exit(__doc__)
reasons = {"stores": stores, "names": names}[sys.argv[1]](*sys.argv[2:])
for reason in reasons[:20]:
    print(reason, file=sys.stderr)
sys.exit(1 if reasons else 0)
