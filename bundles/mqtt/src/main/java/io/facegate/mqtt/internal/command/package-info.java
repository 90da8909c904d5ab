// SPDX-License-Identifier: Apache-2.0
/** What the gateway does on messages of the broker, and what it answers. */
package io.facegate.mqtt.internal.command;
