// SPDX-License-Identifier: Apache-2.0
/** What a command is: its parameters, what it does, how it is refused. */
package io.facegate.mqtt.commands.internal.request;
