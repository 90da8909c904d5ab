// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.frame.Box;
import io.facegate.api.store.Person;

import java.util.List;
import java.util.Objects;

/**
 * A picture taken into the gallery.
 *
 * @param person whose encodings they are, as the person is now
 * @param boxes the faces taken, in source pixels
 * @param facesFound faces in the picture; more than taken when the largest was chosen
 * @param unchanged whether the store had this picture's encodings already and nothing was done
 * @param warnings why it is doubtful; empty for a good picture
 */
public record Enrolment(
        Person person,
        List<Box> boxes,
        int facesFound,
        boolean unchanged,
        List<EnrolmentWarning> warnings) {
    /** Without a warning. */
    public Enrolment(Person person, List<Box> boxes, int facesFound, boolean unchanged) {
        this(person, boxes, facesFound, unchanged, List.of());
    }

    public Enrolment {
        Objects.requireNonNull(person, "person");
        boxes = List.copyOf(boxes);
        warnings = List.copyOf(warnings);
    }
}
