// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

/** Where a command is done, by how long it takes. */
public enum Lane {
    /** At once: it only looks at what is in memory. */
    QUICK,
    /** It waits for the disk, a picture, a camera: seconds. */
    SLOW,
    /** It goes on for minutes or hours. */
    LONG
}
