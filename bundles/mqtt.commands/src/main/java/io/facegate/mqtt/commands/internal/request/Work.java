// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

import com.google.gson.JsonObject;

import java.io.IOException;

/** What a command does. */
public interface Work {
    /**
     * Does it.
     *
     * @param request has what the command takes
     * @return what is answered
     * @throws RefusedException it cannot be done; nothing changed
     * @throws IOException it failed
     * @throws InterruptedException the gateway stops
     */
    JsonObject run(Request request, Progress progress)
            throws RefusedException, IOException, InterruptedException;
}
