// SPDX-License-Identifier: Apache-2.0
/** Who may give which command. */
package io.facegate.mqtt.commands.internal.right;
