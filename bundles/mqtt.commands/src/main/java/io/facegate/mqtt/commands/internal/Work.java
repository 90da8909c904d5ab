// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** What a command does. */
interface Work {
    JsonElement run(JsonObject request) throws RefusedException;
}
