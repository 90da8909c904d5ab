// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import io.facegate.api.camera.Camera;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.message.EventTranslator;
import io.facegate.api.message.MessageListener;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.Condition;
import io.facegate.api.store.EncodingStore;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rest of the gateway as the publisher sees it now; every call returns at once. */
public interface Surroundings {
    /** Whether everything that starts with the gateway has been started, cameras last. */
    boolean started();

    List<Camera> cameras();

    Optional<Pipelines> pipelines();

    Optional<ModelRegistry> models();

    Optional<EncodingStore> store();

    Optional<Outbox> outbox();

    Optional<Eraser> eraser();

    /** What smart homes are shown beside all this. */
    Optional<Home> home();

    /** Who tells of events in other shapes. */
    List<EventTranslator> translators();

    /** Who is told of messages of the broker. */
    List<MessageListener> listeners();

    /** Conditions of every other bundle. */
    List<Condition> otherConditions();

    /** The bundles installed, by symbolic name. */
    Map<String, BundleInfo> bundles();

    /**
     * A bundle.
     *
     * @param version of the bundle
     * @param state in lower case, such as {@code active}
     */
    record BundleInfo(String version, String state) {}
}
