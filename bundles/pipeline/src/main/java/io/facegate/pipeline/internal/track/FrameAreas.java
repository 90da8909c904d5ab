// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import java.util.List;
import java.util.Optional;

/** A camera's watched areas in the pixels of its frames. Immutable. */
final class FrameAreas {
    /** Points looked at, in each direction, to see which part of the frame is watched. */
    private static final int POINTS = 80;

    /**
     * Of the watched part's size, around it: as much of a face that has its middle at the edge, and
     * is as large as that part, lies outside.
     */
    private static final double MARGIN = 0.5;

    /** Part of the frame from which on cutting it out saves nothing worth. */
    private static final double MOST = 0.7;

    private final WatchedAreas areas;
    private final int width;
    private final int height;
    private final Optional<Box> extent;

    private FrameAreas(WatchedAreas areas, int width, int height) {
        this.areas = areas;
        this.width = width;
        this.height = height;
        extent = areas.everywhere() ? Optional.of(new Box(0, 0, width, height)) : searched();
    }

    /** The areas in frames of this size. */
    static FrameAreas of(WatchedAreas areas, Frame frame) {
        return new FrameAreas(areas, frame.width(), frame.height());
    }

    /** Whether this is what {@link #of} would give. */
    boolean isOf(WatchedAreas other, Frame frame) {
        return areas.equals(other) && width == frame.width() && height == frame.height();
    }

    /** The part of the frame to search for faces; empty when nothing is watched. */
    Optional<Box> extent() {
        return extent;
    }

    /** Whether a pixel is watched. */
    boolean watches(int x, int y) {
        return areas.everywhere() || areas.watches((x + 0.5) / width, (y + 0.5) / height);
    }

    /** Whether a face there counts: the middle of its box decides. */
    boolean watches(Box face) {
        return watches((face.left() + face.right()) / 2, (face.top() + face.bottom()) / 2);
    }

    /** Those of the faces that count. */
    List<FaceDetection> watched(List<FaceDetection> faces) {
        return areas.everywhere()
                ? faces
                : faces.stream().filter(face -> watches(face.box())).toList();
    }

    private Optional<Box> searched() {
        int left = width;
        int top = height;
        int right = 0;
        int bottom = 0;
        for (int row = 0; row < POINTS; row++) {
            for (int column = 0; column < POINTS; column++) {
                if (areas.watches((column + 0.5) / POINTS, (row + 0.5) / POINTS)) {
                    left = Math.min(left, column * width / POINTS);
                    top = Math.min(top, row * height / POINTS);
                    right = Math.max(right, (column + 1) * width / POINTS);
                    bottom = Math.max(bottom, (row + 1) * height / POINTS);
                }
            }
        }
        if (left >= right || top >= bottom) {
            return Optional.empty();
        }
        Box part = Regions.grown(new Box(left, top, right, bottom), MARGIN, width, height);
        boolean most = part.area() > MOST * width * height;
        return Optional.of(most ? new Box(0, 0, width, height) : part);
    }
}
