// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.message;

import java.util.Optional;

/**
 * Names of topics.
 *
 * @param prefix first part, such as {@code facegate}
 * @param gateway id of this gateway
 */
public record Topics(String prefix, String gateway) {
    /** Below the gateway: every event. */
    public static final String EVENTS = "events";

    /** Whether a message can be published there. */
    public static boolean names(String topic) {
        return !topic.isEmpty() && topic.chars().noneMatch(c -> c == '+' || c == '#' || c == 0);
    }

    /** A topic of this gateway. */
    public String of(String below) {
        return prefix + "/" + gateway + "/" + below;
    }

    /** A topic of one camera. */
    public String camera(String camera, String below) {
        return of(camera + "/" + below);
    }

    /** Whether the gateway is there. */
    public String available() {
        return of("available");
    }

    /** What stands below the gateway's own topic; empty for a topic of somebody else. */
    public Optional<String> below(String topic) {
        String base = of("");
        return topic.startsWith(base)
                ? Optional.of(topic.substring(base.length()))
                : Optional.empty();
    }

    /** The same topic as the outbox keeps it: below the prefix. */
    public String belowPrefix(String below) {
        return gateway + "/" + below;
    }
}
