// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.message;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/**
 * Whiteboard service: told of the messages that others publish for this gateway. While it is
 * registered and a broker is connected, what it filters is subscribed to.
 *
 * <p>All topics are those below the gateway's own: {@code cmd/status}, not {@code
 * facegate/pi-3f2a/cmd/status}.
 */
@ConsumerType
public interface MessageListener {
    /** Comes instead of a payload that is too large to be read. */
    String TOO_LARGE = "too large";

    /**
     * Filters as in MQTT 3.1.1, section 4.7, such as {@code cmd/+}; always the same. Returns at
     * once.
     */
    List<String> filters();

    /**
     * A message arrived that one of the filters matches. Messages that the broker had retained do
     * not come: an order is given once.
     *
     * <p>Called on the publisher's thread, one message after the other: what takes its time is done
     * on a thread of the listener's own. Afterwards the publisher looks at the gateway's states
     * again. Exceptions are logged by the publisher and do not stop it.
     *
     * @param replies for answers, also later and from any thread
     */
    void onMessage(String topic, String payload, Replies replies);
}
