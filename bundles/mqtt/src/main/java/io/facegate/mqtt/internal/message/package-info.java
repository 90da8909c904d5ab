// SPDX-License-Identifier: Apache-2.0
/** Names of topics, and how events and values are written in payloads. */
package io.facegate.mqtt.internal.message;
