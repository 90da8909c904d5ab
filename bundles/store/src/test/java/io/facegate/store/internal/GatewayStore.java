// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.nio.file.Path;
import java.util.Optional;

/** A store as its users in the gateway see it, without a framework. */
public final class GatewayStore extends StoreServices implements AutoCloseable {
    public GatewayStore(Path file, Optional<Path> keyFile) {
        super(new SqliteStore(file, keyFile));
        store().open();
    }

    /** To be called now and then. */
    public void poll() {
        store().poll();
    }

    @Override
    public void close() {
        store().close();
    }
}
