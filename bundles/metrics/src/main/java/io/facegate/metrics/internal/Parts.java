// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.metrics.engine.Engine;

import java.util.List;
import java.util.Optional;

/**
 * The services of one moment; any may be missing.
 *
 * @param engines what computes, in use or standing by
 */
record Parts(
        Optional<Pipelines> pipelines,
        List<Camera> cameras,
        Optional<EncodingStore> store,
        Optional<ModelRegistry> models,
        List<Engine> engines,
        List<ConditionSource> conditions,
        Optional<Outbox> outbox) {}
