// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

/**
 * Names of topics.
 *
 * @param prefix first part, such as {@code facegate}
 * @param gateway id of this gateway
 */
record Topics(String prefix, String gateway) {
    static final String EVENTS = "events";

    /** A topic of this gateway. */
    String of(String below) {
        return prefix + "/" + gateway + "/" + below;
    }

    /** A topic of one camera. */
    String camera(String camera, String below) {
        return of(camera + "/" + below);
    }

    String available() {
        return of("available");
    }

    /** The same topic as the outbox keeps it: below the prefix. */
    String belowPrefix(String below) {
        return gateway + "/" + below;
    }
}
