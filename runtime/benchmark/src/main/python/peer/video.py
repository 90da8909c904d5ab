# SPDX-License-Identifier: Apache-2.0
"""Names the faces of every frame of a video: video.py PICKLE VIDEO."""

import pickle
import sys

import cv2

from naming import name_faces, tell

with open(sys.argv[1], "rb") as file:
    data = pickle.load(file)
video = cv2.VideoCapture(sys.argv[2])
while True:
    grabbed, frame = video.read()
    if not grabbed:
        break
    tell(name_faces(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), data))
