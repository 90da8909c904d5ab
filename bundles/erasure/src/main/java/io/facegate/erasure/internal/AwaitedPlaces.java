// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.erasure.ErasedPart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The places that are waited for when they are not there: a gateway's start and the update of a
 * bundle take their time, and a single command runs without most of the gateway.
 */
final class AwaitedPlaces {
    /** Written before anything is retained at a broker. */
    private static final String RETAINED = "mqtt.people";

    private final Set<String> places;
    private final Path data;
    private final String when;

    /**
     * @param places as {@link io.facegate.api.erasure.PersonDataHolder#place()} names them
     * @param data the data folder
     * @param command whether a single command runs here
     */
    AwaitedPlaces(Set<String> places, Path data, boolean command) {
        this.data = data;
        this.places = new TreeSet<>(places);
        when =
                command
                        ? "by the gateway within a minute, or at its next start"
                        : "once that part of the gateway runs";
    }

    /** Without those that have nothing of anybody: no broker was ever reached. */
    Set<String> places() {
        Set<String> result = new TreeSet<>(places);
        if (!Files.exists(data.resolve(RETAINED))) {
            result.remove("mqtt");
        }
        return result;
    }

    /** What a record says of a place that is not there. */
    ErasedPart missing(String place) {
        return new ErasedPart(place, 0, "removed " + when, true);
    }
}
