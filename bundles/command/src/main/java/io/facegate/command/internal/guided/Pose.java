// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a face looks, by the person's own left and right; in the order they are asked for. */
public enum Pose {
    FRONT(true, "look straight into the camera"),
    LEFT(true, "turn your head to your left"),
    RIGHT(true, "turn your head to your right"),
    UP(false, "lift your chin"),
    DOWN(false, "lower your chin");

    private final boolean required;
    private final String request;

    Pose(boolean required, String request) {
        this.required = required;
        this.request = request;
    }

    /** Whether an enrolment without it has failed: how far a head nods is known too roughly. */
    boolean required() {
        return required;
    }

    /** What to do, said to the person. */
    String request() {
        return request;
    }

    /** As it is written in options, messages and sources. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code front, left}; {@code none}. */
    static String words(Collection<Pose> poses) {
        return poses.isEmpty()
                ? "none"
                : poses.stream().map(Pose::word).collect(Collectors.joining(", "));
    }
}
