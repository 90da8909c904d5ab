// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.status.Condition;
import io.facegate.api.store.EncodingStore;

import java.util.List;
import java.util.Optional;

/** The parts of the gateway a banner tells of, as they are at the moment of asking. Thread-safe. */
interface Parts {
    Optional<EncodingStore> store();

    List<Camera> cameras();

    /** What every part says about itself, by name of the part. */
    List<Condition> conditions();
}
