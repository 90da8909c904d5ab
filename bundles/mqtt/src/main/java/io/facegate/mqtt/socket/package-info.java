// SPDX-License-Identifier: Apache-2.0
/**
 * The way to an MQTT broker as people name it: URL, TLS, WebSocket, and a greeting. Not exported:
 * the build copies this package into {@code broker} and {@code command} too ({@code
 * -conditionalpackage}), so that no bundle depends on another.
 */
package io.facegate.mqtt.socket;
