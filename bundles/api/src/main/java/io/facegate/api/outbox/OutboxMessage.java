// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.outbox;

import java.time.Instant;
import java.util.Objects;

/**
 * A message that waits to be delivered.
 *
 * @param id rises in the order of appending; 0 before it is appended
 * @param topic where it goes, below the publisher's prefix
 * @param payload what is published
 * @param createdAt when it was made
 */
public record OutboxMessage(long id, String topic, String payload, Instant createdAt) {
    public OutboxMessage {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}
