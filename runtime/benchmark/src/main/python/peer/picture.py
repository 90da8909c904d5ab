# SPDX-License-Identifier: Apache-2.0
"""Names the faces of one picture: picture.py PICKLE PICTURE."""

import pickle
import sys

import face_recognition

from naming import name_faces, tell

with open(sys.argv[1], "rb") as file:
    data = pickle.load(file)
tell(name_faces(face_recognition.load_image_file(sys.argv[2]), data))
