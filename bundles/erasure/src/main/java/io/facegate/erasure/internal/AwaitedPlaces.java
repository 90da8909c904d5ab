// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.erasure.ErasedPart;

import java.util.Set;
import java.util.TreeSet;

/**
 * The places that are waited for when they are not there: a gateway's start and the update of a
 * bundle take their time, and a single command runs without most of the gateway.
 */
final class AwaitedPlaces {
    private final Set<String> places;
    private final String when;

    /**
     * @param places as {@link io.facegate.api.erasure.PersonDataHolder#place()} names them
     * @param command whether a single command runs here
     */
    AwaitedPlaces(Set<String> places, boolean command) {
        this.places = new TreeSet<>(places);
        when =
                command
                        ? "by the gateway within a minute, or at its next start"
                        : "once that part of the gateway runs";
    }

    Set<String> places() {
        return places;
    }

    /** What a record says of a place that is not there. */
    ErasedPart missing(String place) {
        return new ErasedPart(place, 0, "removed " + when, true);
    }
}
