// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelData;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.MmodFaceDetector;
import io.facegate.dlib.Rectangle;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Loads MMOD models; the self-test must find the same boxes, with scores within a bound. */
final class CnnLoader implements ModelLoader<CnnDetector> {
    /** Compilers and processors move scores by a few 1e-6; a wrong model by much more. */
    private static final double SCORE_BOUND = 1e-3;

    @Override
    public CnnDetector load(ModelData model) throws ModelRefusedException, IOException {
        SelfTest test = SelfTest.of(model);
        CnnDetector detector;
        try {
            detector = new CnnDetector(MmodFaceDetector.load(model.read()));
        } catch (DlibException e) {
            throw new ModelRefusedException("dlib cannot load it: " + e.getMessage(), e);
        }
        try {
            verify(detector, test);
            return detector;
        } catch (ModelRefusedException | IOException | RuntimeException e) {
            detector.close();
            throw e;
        }
    }

    private static void verify(CnnDetector detector, SelfTest test)
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
            var r = new Rectangle(corners[i], corners[i + 1], corners[i + 2], corners[i + 3]);
            DlibCall.box(r, picture.width(), picture.height()).ifPresent(expected::add);
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
