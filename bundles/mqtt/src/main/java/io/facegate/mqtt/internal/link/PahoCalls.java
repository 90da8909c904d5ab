// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of a Paho client: each version of the protocol has exceptions of its own. */
final class PahoCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PahoCalls.class);

    private PahoCalls() {}

    /** A call of either client. */
    interface Call {
        void run() throws Exception;
    }

    /** Sends something; a client that cannot takes the connection for broken. */
    static void send(Call call) throws LinkException {
        try {
            call.run();
        } catch (Exception e) {
            throw MqttLink.broken(e);
        }
    }

    /** Takes the steps to the end of a connection, each whatever became of those before. */
    static void leave(Call... steps) {
        for (Call step : steps) {
            try {
                step.run();
            } catch (Exception e) {
                LOG.debug("Leaving", e);
            }
        }
    }
}
