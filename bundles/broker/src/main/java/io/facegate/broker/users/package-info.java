// SPDX-License-Identifier: Apache-2.0
/**
 * The file of the embedded broker's users. Not exported: the build copies this package into {@code
 * command} too ({@code -conditionalpackage}), so that no bundle depends on another.
 */
package io.facegate.broker.users;
