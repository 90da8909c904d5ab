# SPDX-License-Identifier: Apache-2.0
"""The Python peer as a process that answers one JSON request per line: face_recognition's own functions, timed
from arrays in memory to Python values, as a script's author would call them. Whatever is only there to compare
answers (scores) is outside the timed part."""

import ctypes
import json
import sys
import time

import dlib
import face_recognition
import numpy as np
from face_recognition import api

pictures = {}
state = {}


def timed(call):
    cpu, start = time.process_time(), time.perf_counter()
    result = call()
    end = time.perf_counter()
    return result, {"millis": (end - start) * 1e3, "cpu_millis": (time.process_time() - cpu) * 1e3}


def picture(path):
    if path not in pictures:
        pictures[path] = face_recognition.load_image_file(path)
    return pictures[path]


def detect(request):
    image, upsample, method = picture(request["picture"]), request["upsample"], request["method"]
    found, answer = timed(lambda: face_recognition.face_locations(image, upsample, method))
    if request["scores"]:
        if method == "hog":
            scores = list(api.face_detector.run(image, upsample, 0.0)[1])
        else:
            scores = [face.confidence for face in api.cnn_face_detector(image, upsample)]
    else:
        scores = [None] * len(found)
    answer["faces"] = [{"box": [left, top, right, bottom], "score": score}
                       for (top, right, bottom, left), score in zip(found, scores, strict=True)]
    return answer


def encode(request):
    chips = [picture(path) for path in request["chips"]]
    if len(chips) == 1:
        result, answer = timed(lambda: [np.array(api.face_encoder.compute_face_descriptor(chips[0], 0))])
    else:
        result, answer = timed(lambda: np.array(api.face_encoder.compute_face_descriptor(chips, 0)))
    answer["descriptors"] = [list(map(float, one)) for one in result]
    return answer


def faces(request):
    image = picture(request["picture"])
    boxes = [(top, right, bottom, left) for left, top, right, bottom in request["boxes"]]
    result, answer = timed(lambda: face_recognition.face_encodings(image, boxes))
    answer["descriptors"] = [list(map(float, one)) for one in result]
    return answer


def chips(request):
    """Not timed: writes the aligned face of each picture, 150 x 150."""
    from PIL import Image
    for source, target in request["pictures"]:
        image = picture(source)
        boxes = api.face_detector(image, 1)
        shape = api.pose_predictor_5_point(image, max(boxes, key=lambda box: box.area()))
        Image.fromarray(dlib.get_face_chip(image, shape, size=150, padding=0.25)).save(target)
    return {}


def gallery(request):
    """Not timed: takes a gallery of N x 128 floats and the owner of each, and the plain native scan."""
    vectors = np.load(request["vectors"])
    state.update(
        plain=np.ascontiguousarray(vectors), encodings=vectors.astype(np.float64),
        owners=np.load(request["owners"]), queries=np.load(request["queries"]),
        scan=ctypes.CDLL(request["library"]))
    state["names"] = [f"person {owner}" for owner in state["owners"].tolist()]
    state["scan"].nearest.restype = state["scan"].votes.restype = ctypes.c_double
    return {}


def match(request):
    """What the scripts do: compare_faces and a count, or the smallest face_distance."""
    query = state["queries"][request["query"]].astype(np.float64)
    encodings, names = state["encodings"], state["names"]

    def nearest():
        distances = face_recognition.face_distance(encodings, query)
        return int(np.argmin(distances))

    def vote():
        matches = face_recognition.compare_faces(encodings, query, request["tolerance"])
        counts = {}
        for i in [i for (i, matched) in enumerate(matches) if matched]:
            counts[names[i]] = counts.get(names[i], 0) + 1
        return counts

    result, answer = timed(nearest if request["strategy"] == "nearest" else vote)
    distances = np.sqrt(((encodings - query) ** 2).sum(axis=1))
    answer["index"] = int(np.argmin(distances))
    answer["distance"] = float(distances.min())
    answer["owner"] = int(state["owners"][answer["index"]])
    if request["strategy"] == "vote":
        won = max(result, key=result.get) if result else None
        answer["name"] = won
        answer["votes"] = result.get(won, 0)
        answer["within"] = sum(result.values())
    return answer


def scan(request):
    """The plain native scan of the same gallery."""
    pointer = lambda array, kind: array.ctypes.data_as(ctypes.POINTER(kind))
    query = np.ascontiguousarray(state["queries"][request["query"]])
    plain, owners = state["plain"], state["owners"]
    floats = pointer(plain, ctypes.c_float), pointer(query, ctypes.c_float)
    count = ctypes.c_long(len(plain))
    if request["strategy"] == "nearest":
        index, distance = ctypes.c_long(), ctypes.c_float()
        nanos = state["scan"].nearest(floats[0], count, floats[1], ctypes.byref(index), ctypes.byref(distance))
        return {"millis": nanos / 1e6, "index": index.value}
    won = np.zeros(int(owners.max()) + 1, dtype=np.int32)
    nanos = state["scan"].votes(
        floats[0], pointer(owners, ctypes.c_int), count, floats[1], ctypes.c_float(request["tolerance"]),
        pointer(won, ctypes.c_int))
    return {"millis": nanos / 1e6, "within": int(won.sum())}


OPERATIONS = {f.__name__: f for f in (detect, encode, faces, chips, gallery, match, scan)}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = OPERATIONS[request["op"]](request)
    except Exception as failure:  # the driver says what failed and ends
        answer = {"error": f"{type(failure).__name__}: {failure}"}
    print(json.dumps(answer), flush=True)
