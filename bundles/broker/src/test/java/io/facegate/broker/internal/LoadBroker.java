// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.nio.file.Path;
import java.util.Optional;

/** The embedded broker in the process of a gateway under load. */
public final class LoadBroker {
    private LoadBroker() {}

    /** Starts it; closing what is returned stops it. */
    public static AutoCloseable start(int port, Path folder) {
        BrokerLife life =
                new BrokerLife(
                        new BrokerSettings("127.0.0.1", port, "", ""),
                        new AccessFiles(Optional.empty()),
                        folder.resolve("waiting"),
                        Stores.in(Optional.of(folder), "load"));
        life.start();
        return life::stop;
    }

    /** Whether it knows that a client whose session it keeps is away. */
    public static boolean away(Path folder, String client) {
        return new SessionStore(Optional.of(folder), "load")
                .read().sessions().stream()
                        .anyMatch(s -> s.client().equals(client) && s.away() > 0);
    }
}
