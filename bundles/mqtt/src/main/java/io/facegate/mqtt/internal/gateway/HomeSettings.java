// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import java.util.Objects;

/**
 * What smart homes are shown.
 *
 * @param single whether each entity has a message of its own, for those that do not know the
 *     message of a whole device
 * @param people entities are announced for at most so many people, those enrolled first
 * @param trackers whether people are device trackers, too
 * @param area where the gateway is; empty when it is not said
 * @param url of the web console as others reach it; empty when they do not
 * @param pictures of the last face
 * @param picturesStay whether the broker keeps them
 */
public record HomeSettings(
        boolean single,
        int people,
        boolean trackers,
        String area,
        String url,
        Pictures pictures,
        boolean picturesStay) {
    /** What is shown of a face. */
    public enum Pictures {
        /** Nothing. */
        NONE,
        /** The face with its surroundings. */
        CROP,
        /** The whole frame. */
        FRAME
    }

    /** What is shown when nothing is set. */
    public static final HomeSettings DEFAULT =
            new HomeSettings(false, 100, false, "", "", Pictures.NONE, false);

    public HomeSettings {
        people = Math.max(0, people);
        Objects.requireNonNull(area, "area");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(pictures, "pictures");
    }
}
