# SPDX-License-Identifier: Apache-2.0
"""How encoders and detectors are judged."""

import json
import unittest

import numpy as np

from benchmark import models

FACE = [10, 10, 50, 50]


class ModelsTest(unittest.TestCase):
    def test_errors_are_counted_at_the_tolerance_of_the_encoder_and_at_the_best(self):
        distances = np.array([0.2, 0.5, 0.7, 0.65, 0.9, 1.0])
        same = np.array([True, True, True, False, False, False])
        told = models.judged(distances, same, {"tolerance": 0.6})
        self.assertEqual(1, told["errors"])
        self.assertEqual(1, told["best_errors"])
        self.assertEqual(0.6, told["best"])
        self.assertEqual({"0": 2 / 3, "0.001": 2 / 3, "0.01": 2 / 3}, json.loads(told["roc"]))

    def test_a_better_tolerance_is_found(self):
        told = models.judged(np.array([0.2, 0.7, 0.9]), np.array([True, True, False]), {"tolerance": 0.6})
        self.assertEqual((1, 0, 0.7), (told["errors"], told["best_errors"], told["best"]))

    def test_each_face_is_found_by_one_box_and_others_are_false_alarms(self):
        self.assertEqual((1, 0), models.matched([[12, 12, 52, 52]], [FACE], []))
        self.assertEqual((1, 1), models.matched([[12, 12, 52, 52], [9, 9, 49, 49]], [FACE], []))
        self.assertEqual((0, 1), models.matched([[45, 45, 90, 90]], [FACE], []))
        self.assertEqual((0, 0), models.matched([FACE], [], [FACE]))
        self.assertEqual((0, 0), models.matched([], [FACE], []))


if __name__ == "__main__":
    unittest.main()
