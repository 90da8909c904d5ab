// SPDX-License-Identifier: Apache-2.0
/** The gateway as commands see it. */
package io.facegate.mqtt.commands.internal.part;
