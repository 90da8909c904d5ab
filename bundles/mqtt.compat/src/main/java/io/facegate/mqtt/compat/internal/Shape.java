// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.compat.internal;

import io.facegate.api.message.TopicMessage;
import io.facegate.api.recognition.RecognitionEvent;

import java.util.List;

/** How another program tells of a recognition. Immutable. */
interface Shape {
    /** Its messages of an event. */
    List<TopicMessage> of(RecognitionEvent event);

    /** A name as one level of a topic. */
    static String level(String name) {
        return name.replaceAll("[/+#\\p{Cntrl}]", "_");
    }

    /** How sure the name is, 0 to 1. */
    static double score(RecognitionEvent event) {
        return event.score();
    }
}
