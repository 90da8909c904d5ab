// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.part;

import java.io.IOException;

/** A bundle of the framework. */
public interface InstalledBundle {
    String name();

    String version();

    /** As it is called in OSGi, lower case: {@code active}. */
    String state();

    /** Whether it has a life of its own: neither a fragment nor the framework. */
    boolean replaceable();

    /**
     * Reads it again from where it was installed from, and starts it if it was started.
     *
     * @throws IOException it cannot be read or started; the message says why
     */
    void update() throws IOException;
}
