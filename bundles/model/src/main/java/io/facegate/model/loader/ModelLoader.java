// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.model.ModelData;

import java.io.IOException;

/**
 * Makes a service of a model.
 *
 * @param <T> the service; closing it makes later calls fail and frees what it holds when the last
 *     call has left
 */
public interface ModelLoader<T extends AutoCloseable> {
    /**
     * Loads the model and runs its self-test; leaves nothing open when it throws. Blocks.
     *
     * @throws ModelRefusedException the model is no good; the message says why
     * @throws IOException the model bundle could not be read
     */
    T load(ModelData model) throws ModelRefusedException, IOException;
}
