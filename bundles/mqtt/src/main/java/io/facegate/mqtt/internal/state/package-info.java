// SPDX-License-Identifier: Apache-2.0
/** The retained messages: cameras, stages, models, and who is where. */
package io.facegate.mqtt.internal.state;
