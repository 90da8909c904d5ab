// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The faces of a picture, encoded, from left to right.
 *
 * @param file as the user named it
 * @param width columns of the picture
 * @param height rows of the picture
 */
record FoundFaces(Path file, int width, int height, List<Face> faces) {
    /** One of them. */
    record Face(Box box, FaceDescriptor descriptor) {}

    /**
     * Finds them, without any gallery.
     *
     * @throws PictureException the picture is no good
     */
    static FoundFaces in(Path file, String method, DetectionOptions options, Session session)
            throws PictureException, MissingPartException {
        Frame frame = session.require(PictureReader.class).read(file, true);
        LandmarkDetector landmarks = session.require(LandmarkDetector.class);
        FaceEncoder encoder = session.require(FaceEncoder.class);
        FaceDetector detector = session.requireDetector(method);
        List<Box> boxes =
                detector.detect(frame, options.scaled(frame.width(), frame.sourceWidth())).stream()
                        .map(FaceDetection::box)
                        .sorted(Comparator.comparingInt(Box::left))
                        .toList();
        List<Face> faces = new ArrayList<>();
        if (!boxes.isEmpty()) {
            List<FaceDescriptor> descriptors =
                    encoder.encode(encoder.align(frame, landmarks.landmarks(frame, boxes)));
            for (int i = 0; i < boxes.size(); i++) {
                faces.add(new Face(frame.inSource(boxes.get(i)), descriptors.get(i)));
            }
        }
        return new FoundFaces(file, frame.sourceWidth(), frame.sourceHeight(), List.copyOf(faces));
    }

    /** With the largest face only. */
    FoundFaces largest() {
        return new FoundFaces(
                file,
                width,
                height,
                faces.stream()
                        .max(Comparator.comparingLong(face -> face.box().area()))
                        .map(List::of)
                        .orElse(List.of()));
    }
}
