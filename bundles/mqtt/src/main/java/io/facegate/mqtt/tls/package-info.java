// SPDX-License-Identifier: Apache-2.0
/**
 * Certificates and keys as people keep them, for TLS. Not exported: the build copies this package
 * into {@code broker} too ({@code -conditionalpackage}), so that no bundle depends on another.
 */
package io.facegate.mqtt.tls;
