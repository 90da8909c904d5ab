// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of what is kept of who was seen. */
@ObjectClassDefinition(
        name = "Facegate sightings",
        description = "Whether and how unknown people are told apart, and how long they are kept")
@interface SightingsConfig {
    /** The PID. */
    String PID = "io.facegate.sightings";

    @AttributeDefinition(
            name = "Keep unknown people",
            description =
                    "Whether unknown people are told apart; off: events have no unknown_id, nobody"
                            + " is ignored, and those kept before stay until their days are over")
    boolean keep() default true;

    @AttributeDefinition(
            name = "Tolerance",
            description =
                    "Faces nearer than this are the same unknown person, 0.1 to 1; lower parts one"
                            + " person into several, higher takes several for one; distances of dlib's"
                            + " encoder, of others in proportion to their tolerance")
    double tolerance() default 0.45;

    @AttributeDefinition(
            name = "People",
            description =
                    "Unknown people kept at most, 1 to 5000; past it those not seen for longest"
                            + " go, ignored ones last",
            min = "1",
            max = "5000")
    int people() default 500;

    @AttributeDefinition(
            name = "Faces of each",
            description = "Faces kept of each unknown person, 1 to 50",
            min = "1",
            max = "50")
    int faces() default 5;

    @AttributeDefinition(
            name = "Days",
            description =
                    "Days after the last sighting when an unknown person is forgotten, 1 to 3650",
            min = "1",
            max = "3650")
    int days() default 30;

    @AttributeDefinition(
            name = "Days of ignored people",
            description =
                    "The same for those who are ignored, 1 to 3650: who is forgotten raises events"
                            + " again",
            min = "1",
            max = "3650")
    int ignoredDays() default 365;

    @AttributeDefinition(
            name = "Smallest face",
            description = "Pixels of the shorter side from which on a face is kept, 0 to 10000",
            min = "0",
            max = "10000")
    int minFace() default 60;

    @AttributeDefinition(
            name = "Least sharpness",
            description =
                    "Sharpness from which on a face is kept, 0 or more, as the quality of faces is"
                            + " measured; below 2 a face is blurred")
    double minSharpness() default 2;
}
