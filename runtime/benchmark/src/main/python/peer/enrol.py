# SPDX-License-Identifier: Apache-2.0
"""As the Python walk-through encodes a data set: enrol.py DATASET PICKLE, one folder per person."""

import pathlib
import pickle
import sys

import face_recognition

encodings, names = [], []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*/*")):
    image = face_recognition.load_image_file(path)
    boxes = face_recognition.face_locations(image, model="hog")
    for encoding in face_recognition.face_encodings(image, boxes):
        encodings.append(encoding)
        names.append(path.parent.name)
with open(sys.argv[2], "wb") as file:
    pickle.dump({"encodings": encodings, "names": names}, file)
