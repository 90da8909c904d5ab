// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The gates; docs/quality.md tells how the defaults were found. */
@ObjectClassDefinition(
        name = "Facegate face quality",
        description =
                "What a face must be like to be taken into the gallery without a warning, and, where"
                        + " recognition asks for it, to count for a name")
public @interface QualityConfig {
    @AttributeDefinition(
            name = "Smallest face",
            description =
                    "Shorter side of a face's box in pixels of its picture, 0 to 10000; 0 = any;"
                            + " default 60")
    int minSize() default 60;

    @AttributeDefinition(
            name = "Least sharpness",
            description =
                    "0 to 1000; 0 = any. Pictures in focus measure 2 to 70, the defaults' limit is"
                            + " a blur of about a hundredth of the face; default 2")
    double minSharpness() default 2;

    @AttributeDefinition(
            name = "Largest yaw",
            description = "Turned to a side, degrees, 0 to 90; 90 = any; default 35")
    double maxYaw() default 35;

    @AttributeDefinition(
            name = "Largest pitch",
            description =
                    "Lifted or lowered, degrees, 0 to 90; 90 = any; only roughly known from five"
                            + " points; default 35")
    double maxPitch() default 35;

    @AttributeDefinition(
            name = "Largest roll",
            description = "Tilted, degrees, 0 to 90; 90 = any; default 35")
    double maxRoll() default 35;

    @AttributeDefinition(
            name = "Smallest score",
            description = "The detector's confidence above its threshold, 0 to 100; default 0.1")
    double minScore() default 0.1;

    @AttributeDefinition(
            name = "Darkest",
            description = "Mean grey level of the face, 0 to 255; 0 = any; default 30")
    double minBrightness() default 30;

    @AttributeDefinition(
            name = "Brightest",
            description = "Mean grey level of the face, 0 to 255; 255 = any; default 225")
    double maxBrightness() default 225;
}
