// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.status;

import java.util.Objects;

/**
 * The state of one part of the gateway at one moment.
 *
 * @param part what it is about, such as {@code camera/front}, {@code detector/hog}, {@code broker}
 * @param level how well it is
 * @param message what is wrong and what to do, or what it is doing; one line
 */
public record Condition(String part, Level level, String message) {
    /** How well a part is. */
    public enum Level {
        /** Works. */
        OK,
        /** Works with less than it should, or waits for something. */
        DEGRADED,
        /** Does not work until a person acts. */
        FAILED
    }

    public Condition {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(message, "message");
    }
}
