// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

/** Version of the protocol. */
enum Version {
    MQTT_3_1_1,
    MQTT_5
}
