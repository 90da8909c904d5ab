// SPDX-License-Identifier: Apache-2.0
/** What smart homes may set by topics of their own, beside the commands. */
package io.facegate.mqtt.commands.internal.home;
