// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.dlib.Image;
import io.facegate.dlib.ShapePredictor;
import io.facegate.dlib.call.DlibCall;

import java.util.List;

/** dlib's shape predictor. */
final class DlibLandmarkDetector implements LandmarkDetector, AutoCloseable {
    private static final String NAME = "landmark detector";

    private final ShapePredictor dlib;

    /** Takes over {@code dlib}. */
    DlibLandmarkDetector(ShapePredictor dlib) {
        this.dlib = dlib;
    }

    @Override
    public List<Landmarks> landmarks(Frame frame, List<Box> boxes) {
        Image image = DlibCall.image(frame);
        return DlibCall.run(
                        NAME,
                        () -> dlib.predict(image, boxes.stream().map(DlibCall::rectangle).toList()))
                .stream()
                .map(DlibCall::landmarks)
                .toList();
    }

    /** Later calls fail as stale; the last one inside frees the memory. */
    @Override
    public void close() {
        dlib.close();
    }
}
