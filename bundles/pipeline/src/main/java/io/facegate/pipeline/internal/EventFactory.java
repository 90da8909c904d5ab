// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.StageTimes;
import io.facegate.pipeline.internal.track.Track;
import io.facegate.pipeline.internal.track.TrackNews;

import java.time.Instant;
import java.util.Optional;

/** Makes the events of one camera's tracks, each with a number of its own. */
final class EventFactory {
    private final String camera;
    private final RecognitionOptions options;
    private final EventSequence sequence;

    EventFactory(String camera, RecognitionOptions options, EventSequence sequence) {
        this.camera = camera;
        this.options = options;
        this.sequence = sequence;
    }

    /**
     * An event of a decided track.
     *
     * @param timestamp capture time of the frame that brought the news
     * @param times of that frame
     */
    RecognitionEvent of(TrackNews news, Instant timestamp, StageTimes times) {
        Track track = news.track();
        return new RecognitionEvent(
                news.type(),
                track.id(),
                sequence.next(),
                camera,
                timestamp,
                track.startTime(),
                news.type() == Type.END ? Optional.of(track.lastSeen()) : Optional.empty(),
                track.decided().orElseThrow(),
                options.tolerance(),
                options.strategy(),
                track.box(),
                track.frameWidth(),
                track.frameHeight(),
                track.model(),
                options.detectionMethod(),
                times);
    }
}
