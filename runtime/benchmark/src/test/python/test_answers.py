# SPDX-License-Identifier: Apache-2.0
"""What counts as the same answer, and what is told of another one."""

import unittest

from benchmark import answers, machine
from benchmark.report import conclusion
from benchmark.rows import Row

FACE = {"box": [1, 2, 30, 40], "score": 0.5}
NEAREST = {"owner": 3, "distance": 0.25}
VOTE = {"owner": 3, "distance": 0.25, "name": "person 3", "votes": 4, "within": 6}


class AnswersTest(unittest.TestCase):
    def test_a_moved_box_another_score_and_another_order_differ(self):
        other = {"box": [1, 2, 30, 41], "score": 0.5}
        self.assertEqual([], answers.detections([FACE], [FACE], True))
        self.assertTrue(answers.detections([FACE], [other], True))
        self.assertTrue(answers.detections([FACE], [], True))
        self.assertTrue(answers.detections([FACE, other], [other, FACE], True))
        self.assertTrue(answers.detections([FACE], [{**FACE, "score": 0.5000000000000001}], True))
        self.assertEqual([], answers.detections([FACE], [{**FACE, "score": 0.6}], False))

    def test_a_descriptor_that_moved_differs(self):
        self.assertEqual([], answers.descriptors([[0.1] * 128], [[0.1] * 128]))
        self.assertTrue(answers.descriptors([[0.1] * 128], [[0.10001] * 128]))
        self.assertTrue(answers.descriptors([[0.1] * 128], [[0.1] * 128] * 2))

    def test_another_person_distance_or_count_differs(self):
        same = {"owner": 3, "distance": 0.25, "won": 1, "of": 1}
        self.assertEqual([], answers.matches(NEAREST, same, "nearest", 0.6))
        self.assertTrue(answers.matches(NEAREST, {**same, "owner": 4}, "nearest", 0.6))
        self.assertTrue(answers.matches(NEAREST, {**same, "distance": 0.250002}, "nearest", 0.6))
        self.assertTrue(answers.matches(NEAREST, same, "nearest", 0.2))
        same = {"owner": 3, "distance": 0.25, "won": 4, "of": 6}
        self.assertEqual([], answers.matches(VOTE, same, "vote", 0.6))
        self.assertTrue(answers.matches(VOTE, {**same, "won": 3}, "vote", 0.6))
        self.assertTrue(answers.matches(VOTE, {**same, "of": 5}, "vote", 0.6))

    def test_a_frame_with_another_name_is_named(self):
        face = {"box": [1, 2, 3, 4], "name": "Alice", "won": 2}
        self.assertEqual([], answers.frames([[face], []], [[face], []]))
        differing = answers.frames([[], [face]], [[], [{**face, "name": "Bob"}]])
        self.assertEqual(1, len(differing))
        self.assertTrue(differing[0].startswith("frame 1:"))
        self.assertTrue(answers.frames([[face]], [[face], []]))
        self.assertTrue(answers.people({"Alice"}, {"Alice", "Bob"}))

    def test_a_row_that_differs_is_told(self):
        row = Row("x", "a row")
        row.differ(["boxes"])
        self.assertIn("DIFFERS: a row: boxes", list(conclusion([row])))

    def test_the_network_has_271_million_multiply_adds(self):
        self.assertAlmostEqual(0.271, machine.macs_per_face() / 1e9, places=3)


if __name__ == "__main__":
    unittest.main()
