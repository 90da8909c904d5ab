// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.Image;
import io.facegate.dlib.PixelFormat;
import io.facegate.dlib.Point;
import io.facegate.dlib.Rectangle;

import java.util.List;
import java.util.function.Supplier;

/** The border between this project's values and dlib's. */
final class DlibCall {
    private DlibCall() {}

    /**
     * Runs a call of dlib.
     *
     * @param what is called, for messages
     * @throws StaleServiceException it was closed
     * @throws IllegalStateException dlib failed; the message has its words
     */
    static <R> R run(String what, Supplier<R> call) {
        try {
            return call.get();
        } catch (DlibException e) {
            throw new IllegalStateException(what + " failed: " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new StaleServiceException(what + " was closed");
        }
    }

    static Image image(Frame frame) {
        PixelFormat format =
                switch (frame.format()) {
                    case RGB24 -> PixelFormat.RGB24;
                    case BGR24 -> PixelFormat.BGR24;
                    case GRAY8 -> PixelFormat.GRAY8;
                };
        return new Image(frame.pixels(), frame.width(), frame.height(), frame.stride(), format);
    }

    /**
     * As face_recognition does: the same four numbers, though dlib means the last two inclusive.
     */
    static Rectangle rectangle(Box box) {
        return new Rectangle(box.left(), box.top(), box.right(), box.bottom());
    }

    static Landmarks landmarks(List<Point> points) {
        return new Landmarks(
                points.stream().map(p -> new io.facegate.api.encoder.Point(p.x(), p.y())).toList());
    }

    static List<Point> points(Landmarks landmarks) {
        return landmarks.points().stream().map(p -> new Point(p.x(), p.y())).toList();
    }
}
