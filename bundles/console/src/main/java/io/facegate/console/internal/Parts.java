// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.metrics.engine.Engine;

import java.util.List;
import java.util.Optional;

/** The services one request sees; any may be missing while a bundle is swapped. */
record Parts(
        List<Camera> cameras,
        List<ConditionSource> conditions,
        Optional<Pipelines> pipelines,
        Optional<ModelRegistry> models,
        Optional<EncodingStore> store,
        Optional<Corrections> corrections,
        List<Engine> engines) {
    Parts {
        cameras = List.copyOf(cameras);
        conditions = List.copyOf(conditions);
        engines = List.copyOf(engines);
    }
}
