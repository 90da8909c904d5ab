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
 */
public record Enrolment(Person person, List<Box> boxes, int facesFound, boolean unchanged) {
    public Enrolment {
        Objects.requireNonNull(person, "person");
        boxes = List.copyOf(boxes);
    }
}
