// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.frame.Box;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.store.NewEncoding;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found in a picture of a person; nothing is kept of it before {@link Enroller#accept}.
 *
 * @param name whom it shows
 * @param source where it came from
 * @param tolerance largest distance at which faces are of one person
 * @param faces the faces to be taken, as asked; empty when unchanged
 * @param facesFound faces in the picture
 * @param unchanged whether the person has the encodings of this picture, from this source and by
 *     the model in use, already
 * @param warnings of the faces to be taken; what can only be told by comparing with the gallery is
 *     missing here
 */
public record Examination(
        String name,
        String source,
        double tolerance,
        List<Face> faces,
        int facesFound,
        boolean unchanged,
        List<EnrolmentWarning> warnings) {
    /**
     * A face to be taken.
     *
     * @param box in pixels of the picture
     * @param encoding what is kept
     * @param quality empty when nobody is there to measure it
     */
    public record Face(Box box, NewEncoding encoding, Optional<FaceQuality> quality) {
        public Face {
            Objects.requireNonNull(box, "box");
            Objects.requireNonNull(encoding, "encoding");
            Objects.requireNonNull(quality, "quality");
        }
    }

    public Examination {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        faces = List.copyOf(faces);
        warnings = List.copyOf(warnings);
    }
}
