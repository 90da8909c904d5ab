// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.Detection;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.Image;
import io.facegate.dlib.PixelFormat;
import io.facegate.dlib.Rectangle;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The border between this project's values and dlib's. */
final class DlibCall {
    private DlibCall() {}

    /**
     * Runs a detector on a frame.
     *
     * @param method name of the detector, for messages
     * @return in dlib's order, trimmed; what lies outside the frame is left out
     * @throws StaleServiceException the detector was closed
     * @throws IllegalStateException dlib failed; the message has its words
     */
    static List<FaceDetection> detect(
            String method, Frame frame, Function<Image, List<Detection>> detector) {
        List<Detection> found;
        try {
            found = detector.apply(image(frame));
        } catch (DlibException e) {
            throw new IllegalStateException(
                    "detector " + method + " failed on " + frame + ": " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new StaleServiceException("detector " + method + " was closed");
        }
        return found.stream()
                .flatMap(
                        d ->
                                box(d.box(), frame.width(), frame.height())
                                        .map(box -> new FaceDetection(box, d.score()))
                                        .stream())
                .toList();
    }

    /**
     * face_recognition's box: dlib's four numbers, trimmed to the picture, of which right and
     * bottom are taken as exclusive although dlib means them inclusive.
     *
     * @return empty when nothing of the rectangle is in the picture
     */
    static Optional<Box> box(Rectangle r, int width, int height) {
        int left = Math.max(r.left(), 0);
        int top = Math.max(r.top(), 0);
        int right = Math.min(r.right(), width);
        int bottom = Math.min(r.bottom(), height);
        return left < right && top < bottom
                ? Optional.of(new Box(left, top, right, bottom))
                : Optional.empty();
    }

    private static Image image(Frame frame) {
        PixelFormat format =
                switch (frame.format()) {
                    case RGB24 -> PixelFormat.RGB24;
                    case BGR24 -> PixelFormat.BGR24;
                    case GRAY8 -> PixelFormat.GRAY8;
                };
        return new Image(frame.pixels(), frame.width(), frame.height(), frame.stride(), format);
    }
}
