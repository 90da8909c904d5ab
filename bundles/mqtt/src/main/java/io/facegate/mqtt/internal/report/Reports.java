// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.report;

import io.facegate.api.status.Condition;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.Topics;

import java.util.List;

/** What is published about the gateway itself besides its states. For one thread. */
public final class Reports {
    private final Topics topics;
    private final Surroundings around;
    private final ErrorReports errors;
    private final long statsNanos;
    private long nextStats = System.nanoTime();

    /**
     * @param statsSeconds between statistics; 0 for none
     */
    public Reports(Topics topics, Surroundings around, ErrorReports errors, int statsSeconds) {
        this.topics = topics;
        this.around = around;
        this.errors = errors;
        this.statsNanos = statsSeconds * 1_000_000_000L;
    }

    /** Errors that are new, and statistics when it is time. */
    public void publish(MqttLink link, List<Condition> conditions, StatsJson.Own own, long now)
            throws LinkException {
        for (String payload : errors.changes(conditions)) {
            link.publish(topics.of("errors"), payload, 1, false);
        }
        if (statsNanos > 0 && now - nextStats >= 0) {
            nextStats = now + statsNanos;
            link.publish(topics.of("stats"), StatsJson.of(topics.gateway(), around, own), 0, false);
        }
    }
}
