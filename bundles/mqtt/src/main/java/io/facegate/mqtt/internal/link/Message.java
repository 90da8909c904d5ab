// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

/**
 * A message of the broker.
 *
 * @param topic in full
 * @param payload as text
 * @param retained whether the broker kept it from earlier
 */
public record Message(String topic, String payload, boolean retained) {}
