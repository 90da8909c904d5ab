// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelData;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.ShapePredictor;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Loads shape predictors; the self-test must give the same points on every machine. */
final class LandmarksLoader implements ModelLoader<DlibLandmarkDetector> {
    @Override
    public DlibLandmarkDetector load(ModelData model) throws ModelRefusedException, IOException {
        SelfTest test = SelfTest.of(model);
        DlibLandmarkDetector detector;
        try {
            detector = new DlibLandmarkDetector(ShapePredictor.load(model.read()));
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

    private static void verify(DlibLandmarkDetector detector, SelfTest test)
            throws ModelRefusedException, IOException {
        int[] corners = test.integers("box");
        int[] xy = test.integers("points");
        if (corners.length != 4 || xy.length == 0 || xy.length % 2 != 0) {
            throw new ModelRefusedException("its self-test has no box of 4 numbers or no points");
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) {
            points.add(new Point(xy[i], xy[i + 1]));
        }
        var box = new Box(corners[0], corners[1], corners[2], corners[3]);
        List<Landmarks> found = detector.landmarks(test.picture(), List.of(box));
        if (!found.equals(List.of(new Landmarks(points)))) {
            throw new ModelRefusedException(
                    "its self-test found " + found.get(0).points() + " instead of " + points);
        }
    }
}
