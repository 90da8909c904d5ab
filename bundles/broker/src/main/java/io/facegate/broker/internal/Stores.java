// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.nio.file.Path;
import java.util.Optional;

/** What outlives the broker: messages that other devices retained, and sessions. */
record Stores(RetainedStore retained, SessionStore sessions) {
    /**
     * @param folder of the files; empty keeps nothing
     * @param gateway id
     */
    static Stores in(Optional<Path> folder, String gateway) {
        return new Stores(new RetainedStore(folder, gateway), new SessionStore(folder, gateway));
    }
}
