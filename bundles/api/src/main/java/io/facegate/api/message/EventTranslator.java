// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.message;

import io.facegate.api.recognition.RecognitionEvent;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/**
 * Whiteboard service: tells of recognitions on topics of its own, in shapes that others know. What
 * it says is sent with QoS 1, not retained, beside the gateway's own message of the event, when the
 * broker is there: who understands these shapes acts on what is true now, so events that waited for
 * the broker are not translated.
 */
@ConsumerType
public interface EventTranslator {
    /**
     * Messages that tell of an event; none is fine.
     *
     * <p>Called on the publisher's thread; returns at once. Exceptions are logged by the publisher
     * and do not stop it. Topics are whole ones, without wildcards.
     *
     * @param gateway id of this gateway
     */
    List<TopicMessage> messages(RecognitionEvent event, String gateway);
}
