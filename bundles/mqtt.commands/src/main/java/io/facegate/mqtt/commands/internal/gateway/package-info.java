// SPDX-License-Identifier: Apache-2.0
/** Commands about the gateway: models, configuration, bundles, cameras. */
package io.facegate.mqtt.commands.internal.gateway;
