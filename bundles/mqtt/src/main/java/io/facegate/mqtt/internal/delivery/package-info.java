// SPDX-License-Identifier: Apache-2.0
/** Nothing is lost: what the broker did not acknowledge waits here, in order. */
package io.facegate.mqtt.internal.delivery;
