// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

/** Told how far a command is. */
public interface Progress {
    /**
     * Tells it to whoever asked.
     *
     * @param done of {@code of}
     * @param of 0 when it is not known
     * @param message one line for a person
     */
    void tell(int done, int of, String message);
}
