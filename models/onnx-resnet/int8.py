#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what dlib's ResNet would be with 8-bit numbers; run by hand, nothing of it is part of a bundle.

    int8.py RESNET.onnx CALIBRATION TEST... > figures

RESNET.onnx is this bundle's model, CALIBRATION a folder of pictures, each TEST another one. Needs the PyPI packages
dlib-bin (20.0.1), numpy, onnx (1.23.2), onnxruntime (1.32.0) and pillow, and dlib's shape_predictor_5_face_landmarks.dat
beside this bundle. docs/models.md has what came out.

Each convolution, sum and pool computes on unsigned 8-bit numbers between the smallest and the largest that the calibration
pictures gave, with signed weights of 8 or of 7 bits for each channel. With 8 bits, processors with AVX2 and without VNNI
add two products in 16 bits and cut off what does not fit (so ONNX Runtime's documentation says, too); 7 bits always fit.
"""
import pathlib
import sys
import tempfile
import time

import dlib
import numpy
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from PIL import Image

ENDINGS = (".jpg", ".jpeg", ".png")
LANDMARKS = pathlib.Path(__file__).parents[1] / "dlib-landmarks5/src/main/resources/model/shape_predictor_5_face_landmarks.dat"
TOLERANCE = 0.6
LONGEST = 1600


def chips(folders):
    """Aligned faces that HOG finds at upsample 1."""
    detector, landmarks = dlib.get_frontal_face_detector(), dlib.shape_predictor(str(LANDMARKS))
    for folder in folders:
        for file in sorted(path for path in pathlib.Path(folder).rglob("*") if path.suffix.lower() in ENDINGS):
            picture = Image.open(file).convert("RGB")
            picture.thumbnail((LONGEST, LONGEST))
            pixels = numpy.asarray(picture)
            for box in detector(pixels, 1):
                yield dlib.get_face_chip(pixels, landmarks(pixels, box), 150, 0.25)


def varied(faces):
    """The same mirrored, brighter and darker: a few faces stand for many."""
    for face in faces:
        for side in (face, face[:, ::-1]):
            for gamma in (1, 0.6, 1.7):
                yield (255 * (side / 255.0) ** gamma).round().astype(numpy.uint8)


class Faces(CalibrationDataReader):
    def __init__(self, faces):
        self.left = iter([{"chips": numpy.ascontiguousarray(face)[None]} for face in faces])

    def get_next(self):
        return next(self.left, None)


def session(file, threads, level=onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL, written=None):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.graph_optimization_level = threads, level
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if written:
        options.optimized_model_filepath = str(written)
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def descriptors(file, faces):
    run = session(file, 2).run
    return numpy.concatenate([run(None, {"chips": face[None]})[0] for face in faces])


def main():
    resnet, calibration, *tests = sys.argv[1:]
    known = list(varied(chips([calibration])))
    faces = numpy.stack(list(chips(tests)))
    pairs = numpy.triu_indices(len(faces), 1)
    work = pathlib.Path(tempfile.mkdtemp())
    files = {"fp32": resnet}
    basic = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session(resnet, 1, basic, work / "folded.onnx")  # products and sums behind convolutions go into their weights
    for bits in (8, 7):
        files[f"int8, {bits}-bit weights"] = file = work / f"w{bits}.onnx"
        quantize_static(work / "folded.onnx", file, Faces(known), quant_format=QuantFormat.QDQ, per_channel=True,
                        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=bits == 7)

    def distances(vectors):
        return numpy.linalg.norm(vectors[pairs[0]] - vectors[pairs[1]], axis=1)

    exact = descriptors(resnet, faces)
    before = distances(exact)
    print(f"{len(known)} calibration chips; {len(faces)} faces, {len(before)} pairs; nearest to the tolerance",
          *numpy.sort(abs(before - TOLERANCE))[:5].round(4))
    for name, file in files.items():
        moved = numpy.linalg.norm(descriptors(file, faces) - exact, axis=1)
        after = distances(descriptors(file, faces))
        print(f"{name}: {pathlib.Path(file).stat().st_size / 1e6:.1f} MB, descriptors moved by {moved.mean():.3f} (at most"
              f" {moved.max():.3f}), distances by at most {abs(after - before).max():.3f},"
              f" {((after <= TOLERANCE) != (before <= TOLERANCE)).sum()} decisions differ")
    for threads in (1, 2):
        for count in (1, 8):
            runs = {name: session(file, threads).run for name, file in files.items()}
            took = {name: [] for name in files}
            for _ in range(60):  # in turn
                for name, run in runs.items():
                    start = time.perf_counter()
                    run(None, {"chips": faces[:count]})
                    took[name].append((time.perf_counter() - start) * 1e3)
            print(f"{threads} threads, {count} faces:", "; ".join(
                f"{name} {numpy.median(times):.1f} ms (shortest {min(times):.1f})" for name, times in took.items()))


main()
