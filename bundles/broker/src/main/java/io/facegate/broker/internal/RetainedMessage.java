// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.util.Arrays;

/**
 * A message that is told to new subscribers.
 *
 * @param qos 0, 1 or 2
 * @param expires when it does, in milliseconds since 1970; 0 for never
 */
@SuppressWarnings("ArrayRecordComponent")
record RetainedMessage(String topic, int qos, long expires, byte[] payload) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RetainedMessage that
                && topic.equals(that.topic)
                && qos == that.qos
                && expires == that.expires
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + Arrays.hashCode(payload);
    }
}
