// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.status.SystemClock;
import io.facegate.pipeline.internal.track.Track;
import io.facegate.pipeline.internal.track.TrackNews;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the events of one camera's tracks, each with a number of its own. */
final class EventFactory {
    private final String camera;
    private final RecognitionOptions options;
    private final EventSequence sequence;
    private final Strangers strangers;
    private final RecentRecognitions recent;
    private final Supplier<Optional<SystemClock>> clock;

    /**
     * @param recent is told who was recognised
     * @param clock who knows whether timestamps can be relied on
     */
    EventFactory(
            String camera,
            RecognitionOptions options,
            EventSequence sequence,
            Strangers strangers,
            RecentRecognitions recent,
            Supplier<Optional<SystemClock>> clock) {
        this.camera = camera;
        this.options = options;
        this.sequence = sequence;
        this.strangers = strangers;
        this.recent = recent;
        this.clock = clock;
    }

    /**
     * What listeners are to be told.
     *
     * @param open tracks after the news
     * @param areas of the camera
     * @param timestamp capture time of the frame that brought the news
     * @param times of that frame
     */
    List<RecognitionEvent> of(
            List<TrackNews> news,
            List<Track> open,
            WatchedAreas areas,
            CaptureTime timestamp,
            StageTimes times) {
        recent.note(camera, open);
        return strangers.tell(news, open).stream()
                .map(told -> event(told, areas, timestamp, times))
                .toList();
    }

    private RecognitionEvent event(
            Strangers.Told told, WatchedAreas areas, CaptureTime timestamp, StageTimes times) {
        TrackNews news = told.news();
        Track track = news.track();
        boolean end = news.type() == Type.END;
        return new RecognitionEvent(
                news.type(),
                track.id(),
                sequence.next(),
                camera,
                timestamp.clock(),
                track.firstSeen().by(timestamp),
                end ? Optional.of(track.lastSeen().by(timestamp)) : Optional.empty(),
                track.firstSeen().until(track.lastSeen()),
                isSynchronized(timestamp),
                track.decided().orElseThrow(),
                told.unknownId(),
                options.tolerances().of(track.model()),
                options.strategy(),
                track.box(),
                track.frameWidth(),
                track.frameHeight(),
                zone(track, areas),
                track.model(),
                options.detectionMethod(),
                times);
    }

    /** Name of the zone the face was last in. */
    private static Optional<String> zone(Track track, WatchedAreas areas) {
        double x = (track.box().left() + track.box().right()) / 2.0 / track.frameWidth();
        double y = (track.box().top() + track.box().bottom()) / 2.0 / track.frameHeight();
        return areas.zoneAt(x, y);
    }

    /** A clock that was put right a moment ago was wrong when the frame came. */
    private Optional<Boolean> isSynchronized(CaptureTime timestamp) {
        return clock.get()
                .flatMap(SystemClock::isSynchronized)
                .map(now -> now && !timestamp.steppedUntil(CaptureTime.now()));
    }
}
