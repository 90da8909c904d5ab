// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.status;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/**
 * Whiteboard service: each bundle says how its parts are; console, health check, shell and MQTT
 * show it. Thread-safe; returns a snapshot at once.
 */
@ConsumerType
public interface ConditionSource {
    /** The parts of this bundle, never empty while the bundle is active. */
    List<Condition> conditions();
}
