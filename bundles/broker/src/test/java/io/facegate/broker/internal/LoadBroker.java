// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.nio.file.Path;
import java.util.Optional;

/** The embedded broker in the process of a gateway under load. */
public final class LoadBroker {
    private LoadBroker() {}

    public static void start(int port, Path folder) {
        new BrokerLife(
                        new BrokerSettings("127.0.0.1", port, "", ""),
                        new AccessFiles(Optional.empty()),
                        folder.resolve("waiting"),
                        new RetainedStore(Optional.of(folder), "load"))
                .start();
    }
}
