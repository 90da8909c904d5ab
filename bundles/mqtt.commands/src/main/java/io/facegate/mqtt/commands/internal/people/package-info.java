// SPDX-License-Identifier: Apache-2.0
/** Commands about people and faces. */
package io.facegate.mqtt.commands.internal.people;
