// SPDX-License-Identifier: Apache-2.0
/** Home Assistant's discovery. */
package io.facegate.mqtt.internal.discovery;
