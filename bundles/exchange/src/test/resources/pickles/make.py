# SPDX-License-Identifier: Apache-2.0
"""Writes pickles of three encodings into a folder: python make.py FOLDER PREFIX"""
import pickle
import sys

import numpy as np


def value(i, j):
    """Exact in single precision."""
    return ((i * 128 + j) * 37 % 401 - 200) / 1024.0


def encodings(dtype="<f8"):
    return [np.array([value(i, j) for j in range(128)], dtype=dtype) for i in range(3)]


NAMES = [u"Ada Lovelace", u"Zo\u00eb", u"Ada Lovelace"]
OTHER = pickle.HIGHEST_PROTOCOL

folder, prefix = sys.argv[1:3]


def write(name, encodings, protocol, names=NAMES):
    with open("%s/%s-%s-p%d.pickle" % (folder, prefix, name, protocol), "wb") as f:
        f.write(pickle.dumps({"encodings": encodings, "names": names}, protocol=protocol))


for protocol in range(OTHER + 1):
    write("arrays", encodings(), protocol)
    write("lists", [e.tolist() for e in encodings()], protocol)
for protocol in sorted({0, 2, OTHER}):
    write("float32", encodings("<f4"), protocol)
    write("bigendian", encodings(">f8"), protocol)
    write("scalars", [list(e) for e in encodings()], protocol)
    write("tuples", tuple(tuple(e.tolist()) for e in encodings()), protocol, tuple(NAMES))
    write("matrix", np.array(encodings()), protocol)
    write("fortran", np.asfortranarray(np.array(encodings())), protocol)
    write("rows", list(np.array(encodings())), protocol)
    if sys.version_info[0] == 2:
        write("bytenames", encodings(), protocol, [n.encode("utf-8") for n in NAMES])
