// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The self-test of a detector, whatever engine runs it: it must find the same boxes, with scores
 * within a bound.
 */
public final class DetectorSelfTest {
    /** Compilers, processors and engines move scores by a few 1e-6; a wrong model by much more. */
    private static final double SCORE_BOUND = 1e-3;

    private DetectorSelfTest() {}

    /**
     * @throws ModelRefusedException the detector finds something else, or the test is incomplete
     */
    public static void verify(FaceDetector detector, SelfTest test)
            throws ModelRefusedException, IOException {
        Frame picture = test.picture();
        int[] corners = test.integers("boxes");
        double[] scores = test.numbers("scores");
        if (corners.length != 4 * scores.length) {
            throw new ModelRefusedException("its self-test has not one score for each box");
        }
        List<FaceDetection> found = detector.detect(picture, DetectionOptions.LIVE);
        List<Box> expected = new ArrayList<>();
        for (int i = 0; i < corners.length; i += 4) {
            Box.trimmed(
                            corners[i],
                            corners[i + 1],
                            corners[i + 2],
                            corners[i + 3],
                            picture.width(),
                            picture.height())
                    .ifPresent(expected::add);
        }
        if (!found.stream().map(FaceDetection::box).toList().equals(expected)) {
            throw new ModelRefusedException(
                    "its self-test found " + found + " instead of " + expected);
        }
        for (int i = 0; i < scores.length; i++) {
            double off = Math.abs(found.get(i).score() - scores[i]);
            if (!(off <= SCORE_BOUND)) {
                throw new ModelRefusedException("its self-test found a score off by " + off);
            }
        }
    }
}
