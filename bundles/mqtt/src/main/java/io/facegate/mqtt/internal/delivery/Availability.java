// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.Topics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the gateway is there, as the broker has it. The gateway hears what it says, so that it
 * can mend it: the will of an older connection may land after the new one said {@code online}. For
 * one thread.
 */
public final class Availability {
    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
    private static final long PAUSE_NANOS = 1_000_000_000L;
    private static final String ONLINE = "online";

    private final String topic;
    private final String gateway;
    private final Namesake namesake = new Namesake(System.nanoTime());
    private boolean said;
    private int unheard;
    private boolean wrong;
    private long mended;

    public Availability(Topics topics) {
        topic = topics.available();
        gateway = topics.gateway();
    }

    /** A new connection: nothing was said on it yet. */
    public void connected() {
        said = false;
        unheard = 0;
        wrong = false;
        mended = System.nanoTime() - PAUSE_NANOS;
    }

    /** Says that the gateway is there. */
    public void online(MqttLink link) throws LinkException {
        link.publish(topic, ONLINE, 1, true);
        said = true;
        unheard++;
        wrong = false;
    }

    /** Says that the gateway ended as it should. */
    public void stopped(MqttLink link) throws LinkException {
        link.publish(topic, "stopped", 1, true);
        said = false;
    }

    /**
     * Takes what is said; what comes before the echo of our own word is older.
     *
     * @param retained whether it is of before the subscription
     */
    public void heard(String payload, boolean retained) {
        if (retained) {
            return;
        }
        if (!payload.equals(ONLINE)) {
            wrong |= said && unheard == 0;
        } else if (unheard > 0) {
            unheard--;
            wrong = false;
        } else {
            wrong = false;
            if (said) {
                namesake.heard(System.nanoTime());
            }
        }
    }

    /** What is to be done about another gateway with the same id; empty when there is none. */
    public String namesake() {
        return namesake.there(System.nanoTime())
                ? "another gateway says that it is "
                        + gateway
                        + ", so that events of both are mixed up: does a copied card run? Stop one"
                        + " of them, or delete gateway.id from its data folder, so that it gets an"
                        + " id of its own"
                : "";
    }

    /**
     * Says it again where it stands wrong, at most once a second, as two may quarrel; and where
     * another gateway with the same id is to hear of this one.
     */
    public void mend(MqttLink link) throws LinkException {
        long now = System.nanoTime();
        if (wrong && now - mended >= PAUSE_NANOS) {
            mended = now;
            LOG.info("MQTT: the gateway was said to be gone; online is said again.");
            online(link);
        } else if (said && namesake.answer(now)) {
            online(link);
        }
    }
}
