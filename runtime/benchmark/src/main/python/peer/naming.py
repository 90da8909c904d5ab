# SPDX-License-Identifier: Apache-2.0
"""What the scripts of the Python walk-through do with each picture or frame."""

import json

import face_recognition


def name_faces(image, data):
    boxes = face_recognition.face_locations(image, model="hog")
    faces = []
    for box, encoding in zip(boxes, face_recognition.face_encodings(image, boxes)):
        matches = face_recognition.compare_faces(data["encodings"], encoding, tolerance=0.6)
        name, counts = None, {}
        if True in matches:
            for i in [i for (i, matched) in enumerate(matches) if matched]:
                counts[data["names"][i]] = counts.get(data["names"][i], 0) + 1
            name = max(counts, key=counts.get)
        top, right, bottom, left = box
        faces.append({"box": [left, top, right, bottom], "name": name, "won": counts.get(name, 0)})
    return sorted(faces, key=lambda face: face["box"][0])


def tell(faces):
    print(json.dumps({"faces": faces}), flush=True)
