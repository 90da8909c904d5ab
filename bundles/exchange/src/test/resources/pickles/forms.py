# SPDX-License-Identifier: Apache-2.0
"""Writes the forms in which other scripts keep encodings: python forms.py FOLDER PREFIX

Every file holds the same three encodings of two people, but those with "no-" in their name: they
are to be refused. Files with "thirds" hold the values divided by three, which no type has exactly.
"""
import collections
import datetime
import pathlib
import pickle
import sys

import numpy as np

ADA, ZOE = "Ada Lovelace", "Zo\u00eb"
NAMES = [ADA, ZOE, ADA]
PATHS = ["/home/pi/dataset/%s/%05d.jpg" % (n, i) for i, n in enumerate(NAMES)]
FILES = ["known/%s.jpg" % ADA, "known/%s.PNG" % ZOE, "known/%s.jpeg" % ADA]
ALL = (0, 1, 2, 3, 4, 5)
SOME = (0, 2, 5)

folder, prefix = sys.argv[1:3]
numpy2 = np.__version__ > "2"
VALUES = ((np.arange(3 * 128) * 37 % 401 - 200) / 1024.0).reshape(3, 128)
ROWS = list(VALUES)
THIRDS = VALUES / 3


def write(name, value, protocols=(5,)):
    """With numpy 1, what differs with the protocol alone."""
    for protocol in protocols if numpy2 else {2, 5}.intersection(protocols[1:]):
        with open("%s/%s-%s-p%d.pickle" % (folder, prefix, name, protocol), "wb") as f:
            pickle.dump(value, f, protocol=protocol)


def both(name, encodings=ROWS, names=NAMES, protocols=(5,)):
    write(name, {"encodings": encodings, "names": names}, protocols)


def objects(items):
    """An array of objects, whatever they are."""
    array = np.empty(len(items), dtype=object)
    for i, item in enumerate(items):
        array[i] = item
    return array


# names
both("names-fixed", names=np.array(NAMES), protocols=ALL)
both("names-fixed-bigendian", names=np.array(NAMES).astype(">U12"))
both("names-bytes", names=np.array([n.encode() for n in NAMES]), protocols=SOME)
both("names-object", names=np.array(NAMES, dtype=object), protocols=SOME)
both("names-masked", names=np.ma.array(NAMES, mask=[False] * 3), protocols=SOME)
both("names-scalars", names=[np.str_(n) for n in NAMES], protocols=ALL)
both("names-byte-scalars", names=[np.bytes_(n.encode()) for n in NAMES])
both("names-single-arrays", names=[np.array(n) for n in NAMES])
if numpy2:
    both("names-stringdtype", names=np.array(NAMES, dtype=np.dtypes.StringDType()), protocols=ALL)
    both("names-stringdtype-na", names=np.array(NAMES, dtype=np.dtypes.StringDType(na_object=None)))
    both("names-stringdtype-nan",
         names=np.array(NAMES, dtype=np.dtypes.StringDType(na_object=np.nan, coerce=False)))
both("names-paths", names=PATHS)
both("names-paths-fixed", names=np.array(PATHS), protocols=SOME)
both("names-paths-windows", names=[p.replace("/", "\\") for p in PATHS])
both("names-paths-pathlib", names=[pathlib.PurePosixPath(p) for p in PATHS], protocols=SOME)
both("names-paths-pathlib-windows", names=[pathlib.PureWindowsPath("C:" + p) for p in PATHS])
both("names-files", names=FILES)
both("names-files-bare", names=[f[6:] for f in FILES])

# encodings
half = VALUES.astype(np.float16)
both("thirds-float16", list(THIRDS.astype(np.float16)), protocols=SOME)
both("thirds-float16-matrix", THIRDS.astype(np.float16))
both("float16-scalars", [list(row) for row in half])
both("float16-bigendian", list(half.astype(">f2")))
both("thirds-longdouble", list(THIRDS.astype(np.longdouble)), protocols=ALL)
both("thirds-longdouble-bigendian", list(THIRDS.astype(np.longdouble).astype(">f16")))
both("thirds-longdouble-fortran", np.asfortranarray(THIRDS.astype(np.longdouble)))
both("longdouble", VALUES.astype(np.longdouble))
both("longdouble-scalars", [list(row) for row in VALUES.astype(np.longdouble)], protocols=(2, 5))
both("thirds-float32", list(THIRDS.astype(np.float32)))
both("masked", [np.ma.array(row) for row in ROWS], protocols=ALL)
both("masked-matrix", np.ma.array(VALUES, mask=np.zeros((3, 128), bool), fill_value=7))
both("masked-fortran", np.ma.array(np.asfortranarray(VALUES)))
both("object-matrix", VALUES.astype(object), protocols=SOME)
both("object-array", objects(ROWS), protocols=SOME)
both("object-array-of-lists", objects([row.tolist() for row in ROWS]))
both("object-rows", [row.astype(object) for row in ROWS])
both("object-array-and-names", objects(ROWS), objects(NAMES))
both("np-matrix", np.matrix(VALUES))
both("lists-of-one", [[row] for row in ROWS])
both("rows-of-one", [row.reshape(1, 128) for row in ROWS])
both("three-dimensions", VALUES.reshape(3, 1, 128))
both("columns", [row.reshape(128, 1) for row in ROWS])

# what is around them
PLAIN = {"encodings": ROWS, "names": NAMES}
write("ordered", collections.OrderedDict(PLAIN), ALL)
write("default", collections.defaultdict(list, PLAIN), ALL)
write("default-none", collections.defaultdict(None, PLAIN))
write("known", {"known_face_encodings": ROWS, "known_face_names": NAMES}, SOME)
write("known-short", {"known_encodings": ROWS, "known_names": NAMES})
write("more-keys", dict(PLAIN, model="hog", boxes=np.zeros((3, 4), np.int32), count=np.int64(3),
                        image=np.zeros((2, 2, 3), np.uint8), flags=np.array([True, False]),
                        labels={0: ADA, 1: ZOE}))
write("tuple", (ROWS, NAMES), ALL)
write("tuple-names-first", (NAMES, ROWS))
write("list", [ROWS, NAMES], ALL)
write("list-names-first", [NAMES, ROWS])
write("tuple-arrays", (VALUES, np.array(NAMES)))
write("tuple-arrays-names-first", (np.array(NAMES), VALUES))
write("object-pair", objects([ROWS, NAMES]))
PICTURES = [{"imagePath": p, "loc": (9, 90, 99, 8), "encoding": e} for p, e in zip(PATHS, ROWS)]
write("pictures", PICTURES, ALL)
write("pictures-array", np.array(PICTURES))
write("pictures-ordered", [collections.OrderedDict(p) for p in PICTURES])
write("pictures-pathlib", [dict(p, imagePath=pathlib.Path(p["imagePath"])) for p in PICTURES])
write("pictures-cascade", [dict(p, loc=tuple(np.int32(x) for x in p["loc"])) for p in PICTURES])
write("pictures-files", [{"imagePath": p, "encoding": e} for p, e in zip(FILES, ROWS)])
write("named", [{"name": n, "encoding": e} for n, e in zip(NAMES, ROWS)])
write("pairs", list(zip(NAMES, ROWS)))
write("pairs-names-last", list(zip(ROWS, NAMES)))
write("people", {ADA: [ROWS[0], ROWS[2]], ZOE: [ROWS[1]]})
write("people-one-vector", {ADA: VALUES[[0, 2]], ZOE: VALUES[1]}, SOME)
byname = collections.defaultdict(list)
for n, e in zip(NAMES, ROWS):
    byname[np.str_(n)].append(e)
write("people-default", byname, SOME)

# two pickles in one file
for protocol in SOME[1:]:
    for name, parts in (("two-dumps", (ROWS, NAMES)), ("two-dumps-names-first", (NAMES, VALUES)),
                        ("no-three-dumps", (ROWS, NAMES, [])), ("no-two-dicts", (PLAIN, PLAIN))):
        if numpy2:
            with open("%s/%s-%s-p%d.pickle" % (folder, prefix, name, protocol), "wb") as f:
                for part in parts:
                    pickle.dump(part, f, protocol=protocol)

# what is to be refused
write("no-embeddings", {"embeddings": ROWS, "names": NAMES})
write("no-names", {"encodings": ROWS})
write("no-encodings", {"names": NAMES})
write("no-other-keys", {"X": VALUES, "y": NAMES, "date": 1})
write("no-rows-alone", ROWS)
write("no-matrix-alone", VALUES)
write("no-text", "encodings")
write("no-three", (ROWS, NAMES, 1))
write("no-numbers-as-names", {"encodings": ROWS, "names": np.arange(3)})
write("no-masked", {"encodings": np.ma.array(VALUES, mask=VALUES == VALUES[2, 5]), "names": NAMES})
write("no-masked-name", {"encodings": ROWS, "names": np.ma.array(NAMES, mask=[False, True, False])})
write("no-missing-name", {"encodings": ROWS, "names": np.array([ADA, None, ADA], dtype=object)})
write("no-complex", {"encodings": VALUES.astype(complex), "names": NAMES})
write("no-record", {"encodings": VALUES.view([("x", "f8")]), "names": NAMES})
write("no-date", dict(PLAIN, date=datetime.datetime(2024, 1, 2)))
write("no-short-vectors", {"encodings": VALUES[:, :64], "names": NAMES})
write("no-two-faces", {"encodings": [ROWS[:2], ROWS[2:], ROWS[:1]], "names": NAMES})
write("no-numbered-pictures", [{"imagePath": "dataset/%08d.jpg" % i, "encoding": e}
                               for i, e in enumerate(8 * VALUES)])
write("no-picture-alone", [{"imagePath": p} for p in PATHS])
write("no-int-keys", {1: ROWS[0], 2: ROWS[1]})
