// SPDX-License-Identifier: Apache-2.0
/** One connection to the broker after the other: Paho, TLS, waiting, and advice when it fails. */
package io.facegate.mqtt.internal.link;
