// SPDX-License-Identifier: Apache-2.0
/** The rest of the gateway as the publisher sees it. */
package io.facegate.mqtt.internal.gateway;
