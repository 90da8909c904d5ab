// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import java.util.ArrayList;
import java.util.List;

/** The parts of a frame around faces, where a detector looks for them again. */
final class Regions {
    /** Of the face's size, on each side: how far it may have moved. */
    private static final double MARGIN = 0.8;

    /** Detectors need some surroundings. */
    private static final int SMALLEST = 128;

    /** Faces that overlap by more are one, found in two parts. */
    private static final double SAME = 0.4;

    private Regions() {}

    /** The parts around these faces; those that touch each other are one. */
    static List<Box> around(List<Box> faces, int width, int height) {
        List<Box> regions = new ArrayList<>();
        for (Box face : faces) {
            Box region = around(face, width, height);
            boolean joined = true;
            while (joined) {
                joined = false;
                for (Box other : List.copyOf(regions)) {
                    if (region.overlap(other) > 0) {
                        regions.remove(other);
                        region = hull(region, other);
                        joined = true;
                    }
                }
            }
            regions.add(region);
        }
        return regions;
    }

    /** The part of a frame, with pixels of its own. */
    static Frame cut(Frame frame, Box region) {
        int row = region.width() * frame.format().bytesPerPixel();
        byte[] pixels = new byte[row * region.height()];
        for (int y = 0; y < region.height(); y++) {
            int from =
                    (region.top() + y) * frame.stride()
                            + region.left() * frame.format().bytesPerPixel();
            System.arraycopy(frame.pixels(), from, pixels, y * row, row);
        }
        return new Frame(
                frame.sourceId(),
                frame.sequence(),
                frame.captured(),
                frame.format(),
                region.width(),
                region.height(),
                row,
                pixels);
    }

    /** Adds faces found in a part, unless they were found in another. */
    static void add(List<FaceDetection> found, Box region, List<FaceDetection> more) {
        for (FaceDetection face : more) {
            Box b = face.box();
            Box box =
                    new Box(
                            b.left() + region.left(),
                            b.top() + region.top(),
                            b.right() + region.left(),
                            b.bottom() + region.top());
            if (found.stream().noneMatch(other -> other.box().overlap(box) > SAME)) {
                found.add(new FaceDetection(box, face.score()));
            }
        }
    }

    /** Whether most of the frame is to be searched. */
    static boolean cover(List<Box> regions, Frame frame) {
        long area = regions.stream().mapToLong(Box::area).sum();
        return 2 * area > (long) frame.width() * frame.height();
    }

    /** A box larger by a part of its size on each side, inside the frame. */
    static Box grown(Box box, double part, int width, int height) {
        int x = (int) Math.round(part * box.width());
        int y = (int) Math.round(part * box.height());
        return inside(
                box.left() - x, box.top() - y, box.right() + x, box.bottom() + y, width, height);
    }

    private static Box around(Box face, int width, int height) {
        int x = Math.max((int) (MARGIN * face.width()), (SMALLEST - face.width()) / 2);
        int y = Math.max((int) (MARGIN * face.height()), (SMALLEST - face.height()) / 2);
        return inside(
                face.left() - x,
                face.top() - y,
                face.right() + x,
                face.bottom() + y,
                width,
                height);
    }

    private static Box inside(int left, int top, int right, int bottom, int width, int height) {
        int l = Math.min(Math.max(0, left), width - 1);
        int t = Math.min(Math.max(0, top), height - 1);
        return new Box(
                l,
                t,
                Math.max(l + 1, Math.min(width, right)),
                Math.max(t + 1, Math.min(height, bottom)));
    }

    private static Box hull(Box a, Box b) {
        return new Box(
                Math.min(a.left(), b.left()),
                Math.min(a.top(), b.top()),
                Math.max(a.right(), b.right()),
                Math.max(a.bottom(), b.bottom()));
    }
}
