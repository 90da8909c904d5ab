// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib.call;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.Detection;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.Image;
import io.facegate.dlib.PixelFormat;
import io.facegate.dlib.Point;
import io.facegate.dlib.Rectangle;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls dlib with this project's values; its failures become those the api speaks of. */
public final class DlibCall {
    private DlibCall() {}

    /**
     * Runs a call of dlib.
     *
     * @param what is called, for messages
     * @throws StaleServiceException it was closed
     * @throws IllegalStateException dlib failed; the message has its words
     */
    public static <R> R run(String what, Supplier<R> call) {
        return run(what, "", call);
    }

    private static <R> R run(String what, String on, Supplier<R> call) {
        try {
            return call.get();
        } catch (DlibException e) {
            throw new IllegalStateException(what + " failed" + on + ": " + e.getMessage(), e);
        } catch (StaleServiceException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new StaleServiceException(what + " was closed");
        }
    }

    /**
     * Runs a detector on a frame.
     *
     * @param method name of the detector, for messages
     * @return in dlib's order, trimmed; what lies outside the frame is left out
     * @throws StaleServiceException the detector was closed
     * @throws IllegalStateException dlib failed; the message has its words
     */
    public static List<FaceDetection> detect(
            String method, Frame frame, Function<Image, List<Detection>> detector) {
        return run("detector " + method, " on " + frame, () -> detector.apply(image(frame)))
                .stream()
                .flatMap(
                        d ->
                                box(d.box(), frame.width(), frame.height())
                                        .map(box -> new FaceDetection(box, d.score()))
                                        .stream())
                .toList();
    }

    /** The frame's own pixels, not copied. */
    public static Image image(Frame frame) {
        PixelFormat format =
                switch (frame.format()) {
                    case RGB24 -> PixelFormat.RGB24;
                    case BGR24 -> PixelFormat.BGR24;
                    case GRAY8 -> PixelFormat.GRAY8;
                };
        return new Image(frame.pixels(), frame.width(), frame.height(), frame.stride(), format);
    }

    /** As {@link Box#trimmed}. */
    public static Optional<Box> box(Rectangle r, int width, int height) {
        return Box.trimmed(r.left(), r.top(), r.right(), r.bottom(), width, height);
    }

    /**
     * As face_recognition does: the same four numbers, though dlib means the last two inclusive.
     */
    public static Rectangle rectangle(Box box) {
        return new Rectangle(box.left(), box.top(), box.right(), box.bottom());
    }

    /** In dlib's order. */
    public static Landmarks landmarks(List<Point> points) {
        return new Landmarks(
                points.stream().map(p -> new io.facegate.api.encoder.Point(p.x(), p.y())).toList());
    }

    /** In dlib's order. */
    public static List<Point> points(Landmarks landmarks) {
        return landmarks.points().stream().map(p -> new Point(p.x(), p.y())).toList();
    }
}
