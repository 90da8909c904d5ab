// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What runs models of one kind and format, registered while it can. Several engines may be able to
 * run the same model, each in a format of its own: this service tells them of each other, so that
 * only the best one keeps it in memory and another takes over when that one goes. Its properties,
 * which change with its state, are {@value #RANK} and {@value #SERVING}.
 */
@ProviderType
public interface ModelEngine {
    /**
     * Service property, Integer: the service ranking of what the engine serves or is about to load;
     * absent when it has nothing. The highest of a kind serves, the others stand by.
     */
    String RANK = "engine.rank";

    /** Service property, Boolean: whether a service of that ranking is registered already. */
    String SERVING = "engine.serving";

    /** What its models are for. */
    ModelKind kind();

    /** How its model files are written: {@code dlib} or {@code onnx}. */
    String format();
}
