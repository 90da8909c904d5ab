// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.part;

import io.facegate.api.status.Condition;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What commands are done with, as it is now; every call returns at once. Thread-safe. */
public interface Parts {
    /** The best service of a kind. */
    <T> Optional<T> find(Class<T> service);

    /** All services of a kind. */
    <T> List<T> all(Class<T> service);

    /**
     * The best service of a kind.
     *
     * @param bundle that provides it
     */
    default <T> T require(Class<T> service, String bundle) throws RefusedException {
        return find(service).orElseThrow(() -> RefusedException.missing(bundle));
    }

    /** Offers a service until what is returned is closed. */
    <T> Offered offer(Class<T> service, T object);

    /** Conditions of every part of the gateway. */
    List<Condition> conditions();

    /** The bundles there are. */
    List<InstalledBundle> bundles();

    /** What can be configured, by PID. */
    List<Definition> definitions();

    /** Folder of the distribution; empty when nobody says. */
    Optional<Path> home();

    /** The data folder. */
    Path data();

    /** A service that is offered. */
    interface Offered extends AutoCloseable {
        @Override
        void close();
    }
}
