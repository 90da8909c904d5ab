// SPDX-License-Identifier: Apache-2.0
/** What is published about the gateway itself besides its states: statistics and errors. */
package io.facegate.mqtt.internal.report;
