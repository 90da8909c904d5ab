// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.LandmarkPredictor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * dlib's {@code shape_predictor}: landmarks by an ensemble of regression trees. May be called from
 * several threads at once.
 */
public final class ShapePredictor extends NativeObject<LandmarkPredictor> {
    private final int parts;

    private ShapePredictor(LandmarkPredictor predictor) {
        super(predictor);
        parts = predictor.parts();
    }

    /**
     * @param model a file in dlib's format
     * @throws DlibException no such file, or not a shape predictor
     */
    public static ShapePredictor load(Path model) {
        String file = model.toString();
        return new ShapePredictor(DlibException.translate(() -> new LandmarkPredictor(file)));
    }

    /**
     * @param model the content of such a file; not kept
     * @throws DlibException not a shape predictor
     */
    public static ShapePredictor load(byte[] model) {
        return new ShapePredictor(
                DlibException.translate(() -> new LandmarkPredictor(model, model.length)));
    }

    /** Landmarks per face. */
    public int parts() {
        return parts;
    }

    /**
     * Finds the landmarks of every box.
     *
     * @param image any format
     * @param boxes as the detector gave them: the predictor was trained on them
     * @return per box, in the order of the boxes, {@link #parts()} points in the model's order
     * @throws IllegalStateException closed
     */
    public List<List<Point>> predict(Image image, List<Rectangle> boxes) {
        int[] corners =
                boxes.stream()
                        .flatMapToInt(b -> IntStream.of(b.left(), b.top(), b.right(), b.bottom()))
                        .toArray();
        int[] xy = new int[boxes.size() * parts * 2];
        call(
                predictor -> {
                    predictor.predict(
                            image.pixels(),
                            image.width(),
                            image.height(),
                            image.stride(),
                            image.format().layout(),
                            corners,
                            boxes.size(),
                            xy);
                    return null;
                });
        List<List<Point>> faces = new ArrayList<>(boxes.size());
        for (int face = 0; face < boxes.size(); face++) {
            List<Point> points = new ArrayList<>(parts);
            for (int i = face * parts; i < (face + 1) * parts; i++) {
                points.add(new Point(xy[2 * i], xy[2 * i + 1]));
            }
            faces.add(List.copyOf(points));
        }
        return List.copyOf(faces);
    }
}
