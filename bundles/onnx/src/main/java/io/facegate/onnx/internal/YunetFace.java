// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A face as YuNet says it, in pixels of its picture.
 *
 * @param score 0 to 1
 * @param points x and y of the right eye, the left eye, the nose, the right and the left corner of
 *     the mouth; right and left as the person means them
 */
record YunetFace(
        double score, double left, double top, double width, double height, double[] points) {
    /** Cells of the network's answer are so many pixels apart. */
    private static final int[] STRIDES = {8, 16, 32};

    /** Of two boxes that have more than that part of their union in common the weaker one goes. */
    private static final double OVERLAP = 0.3;

    private static final int BOX = 4;
    private static final int POINTS = 10;

    /** Names of the network's outputs: each for each stride. */
    static final List<String> OUTPUTS =
            List.of("cls", "obj", "bbox", "kps").stream()
                    .flatMap(kind -> Arrays.stream(STRIDES).mapToObj(s -> kind + "_" + s))
                    .toList();

    /**
     * Reads the network's answer.
     *
     * @param outputs in the order of {@link #OUTPUTS}
     * @param threshold least score
     * @return best score first, each face once
     * @throws InferenceException the outputs are not of the size that belongs to the picture
     */
    static List<YunetFace> of(List<float[]> outputs, int rows, int columns, double threshold) {
        List<YunetFace> found = new ArrayList<>();
        for (int level = 0; level < STRIDES.length; level++) {
            var cells =
                    new Cells(
                            outputs.get(level),
                            outputs.get(STRIDES.length + level),
                            outputs.get(2 * STRIDES.length + level),
                            outputs.get(3 * STRIDES.length + level),
                            columns / STRIDES[level],
                            STRIDES[level]);
            cells.check(rows / STRIDES[level]);
            cells.addTo(found, threshold);
        }
        found.sort(Comparator.comparingDouble(YunetFace::score).reversed());
        return strongest(found);
    }

    private static List<YunetFace> strongest(List<YunetFace> found) {
        List<YunetFace> kept = new ArrayList<>();
        for (YunetFace face : found) {
            if (kept.stream().noneMatch(stronger -> stronger.overlap(face) > OVERLAP)) {
                kept.add(face);
            }
        }
        return kept;
    }

    private double overlap(YunetFace other) {
        double w = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
        double h = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        return w * h / (width * height + other.width * other.height - w * h);
    }

    /** The same in a picture of another scale. */
    YunetFace scaled(double x, double y) {
        double[] places = points.clone();
        for (int i = 0; i < places.length; i++) {
            places[i] *= i % 2 == 0 ? x : y;
        }
        return new YunetFace(score, left * x, top * y, width * x, height * y, places);
    }

    /** Mean of every second number of the points, from the given one. */
    double middle(int axis) {
        return IntStream.range(0, POINTS / 2)
                .mapToDouble(i -> points[2 * i + axis])
                .average()
                .orElseThrow();
    }

    /** The network's answer in one resolution. */
    private record Cells(
            float[] faces, float[] objects, float[] boxes, float[] points, int columns, int step) {
        void check(int rows) {
            int cells = rows * columns;
            if (faces.length != cells
                    || objects.length != cells
                    || boxes.length != BOX * cells
                    || points.length != POINTS * cells) {
                throw new InferenceException("its answer is not that of a YuNet");
            }
        }

        void addTo(List<YunetFace> found, double threshold) {
            for (int cell = 0; cell < faces.length; cell++) {
                double score = Math.sqrt(part(faces[cell]) * part(objects[cell]));
                if (score >= threshold) {
                    found.add(face(cell, score));
                }
            }
        }

        private static double part(float value) {
            return Math.max(0, Math.min(1, value));
        }

        private YunetFace face(int cell, double score) {
            int column = cell % columns;
            int row = cell / columns;
            double width = Math.exp(boxes[BOX * cell + 2]) * step;
            double height = Math.exp(boxes[BOX * cell + 3]) * step;
            double[] places = new double[POINTS];
            for (int i = 0; i < POINTS; i++) {
                places[i] = (points[POINTS * cell + i] + (i % 2 == 0 ? column : row)) * step;
            }
            return new YunetFace(
                    score,
                    (column + boxes[BOX * cell]) * step - width / 2,
                    (row + boxes[BOX * cell + 1]) * step - height / 2,
                    width,
                    height,
                    places);
        }
    }
}
