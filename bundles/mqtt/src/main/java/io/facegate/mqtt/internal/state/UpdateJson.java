// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.mqtt.json.Json;

import java.util.Optional;

/**
 * The payload of {@code model/update}: the encoder in use and the one offered, in the form of Home
 * Assistant's update entity. A version is the model's id with its version, as models of the same
 * number differ.
 */
final class UpdateJson {
    /** Home Assistant's longest. */
    private static final int SUMMARY = 255;

    private UpdateJson() {}

    /**
     * @param version of the encoder in use; empty when none is
     */
    static String of(UpdateStatus status, String version) {
        Optional<Offer> offer = offer(status);
        String installed =
                status.inUse()
                        .map(key -> version.isEmpty() ? key.id() : key.id() + " " + version)
                        .orElse("none");
        JsonObject o = new JsonObject();
        o.addProperty("installed_version", installed);
        o.addProperty(
                "latest_version",
                offer.map(x -> x.model().id() + " " + x.model().version()).orElse(installed));
        o.addProperty("release_summary", offer.map(UpdateJson::summary).orElse(""));
        boolean working =
                offer.map(Offer::phase)
                        .filter(phase -> phase == Phase.LOADING || phase == Phase.ENCODING)
                        .isPresent();
        o.add(
                "update_percentage",
                working && offer.get().of() > 0
                        ? new JsonPrimitive(100L * offer.get().done() / offer.get().of())
                        : JsonNull.INSTANCE);
        o.addProperty("in_progress", working);
        return Json.text(o);
    }

    /** The one that can be installed. */
    static Optional<Offer> offer(UpdateStatus status) {
        return status.offer().filter(offer -> offer.phase() != Phase.REFUSED);
    }

    private static String summary(Offer offer) {
        String text =
                switch (offer.phase()) {
                    case LOADING -> "It is being loaded.";
                    case ENCODING -> "Everybody is encoded with it.";
                    case SHADOW -> "It looks at the same faces as the one in use.";
                    case WAITING, REFUSED -> offer.message();
                };
        return text.length() <= SUMMARY ? text : text.substring(0, SUMMARY - 1) + "…";
    }
}
