// SPDX-License-Identifier: Apache-2.0
/**
 * How values are written in payloads. Not exported: the build copies this package into {@code
 * mqtt.commands} too ({@code -conditionalpackage}), so that no bundle depends on another.
 */
package io.facegate.mqtt.json;
