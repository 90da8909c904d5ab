// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.frame.Frame;
import io.facegate.api.load.LoadLimit;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.Condition;
import io.facegate.api.status.SystemClock;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The pipelines of all cameras, each made on its camera's first frame. Thread-safe. */
final class CameraPipelines implements AutoCloseable {
    private static final long STOP_MILLIS = 3000;

    private final Settings settings;
    private final FrameAnalyzer analyzer;
    private final Audience audience;
    private final EventSequence sequence;
    private final Supplier<Optional<UnknownPeople>> unknown;
    private final Function<String, WatchedAreas> areas;
    private final Supplier<Optional<SystemClock>> clock;
    private final RecentRecognitions recent;
    private final Throttle throttle;
    private final Map<String, CameraPipeline> pipelines = new ConcurrentHashMap<>();
    private final Set<String> switchedOff = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Of a machine that is never to be spared. */
    CameraPipelines(
            Settings settings,
            FrameAnalyzer analyzer,
            Audience audience,
            EventSequence sequence,
            Supplier<Optional<UnknownPeople>> unknown,
            Function<String, WatchedAreas> areas,
            Supplier<Optional<SystemClock>> clock,
            RecentRecognitions recent) {
        this(
                settings,
                analyzer,
                audience,
                sequence,
                unknown,
                areas,
                clock,
                recent,
                new Throttle(settings, () -> LoadLimit.NONE));
    }

    /**
     * @param unknown who tells unknown people apart, asked anew each time
     * @param areas where in a camera's picture faces are looked for, asked for each frame
     * @param clock who knows whether the clock can be relied on, asked anew each time
     * @param recent is told who was recognised
     * @param throttle what is done less of, asked for each frame
     */
    CameraPipelines(
            Settings settings,
            FrameAnalyzer analyzer,
            Audience audience,
            EventSequence sequence,
            Supplier<Optional<UnknownPeople>> unknown,
            Function<String, WatchedAreas> areas,
            Supplier<Optional<SystemClock>> clock,
            RecentRecognitions recent,
            Throttle throttle) {
        this.settings = settings;
        this.analyzer = analyzer;
        this.audience = audience;
        this.sequence = sequence;
        this.unknown = unknown;
        this.areas = areas;
        this.clock = clock;
        this.recent = recent;
        this.throttle = throttle;
    }

    /** Hands a frame to its camera's pipeline; dropped when closed. */
    void offer(Frame frame) {
        while (!closed) {
            CameraPipeline pipeline = pipelines.get(frame.sourceId());
            if (pipeline == null) {
                pipeline = pipelines.computeIfAbsent(frame.sourceId(), this::open);
            }
            if (pipeline.offer(frame)) {
                return;
            }
            pipelines.remove(frame.sourceId(), pipeline);
        }
    }

    /** A snapshot, by camera id. */
    List<PipelineStatus> status() {
        return sorted().stream().map(CameraPipeline::status).toList();
    }

    /** How each pipeline is. */
    List<Condition> conditions() {
        return sorted().stream().map(CameraPipeline::condition).toList();
    }

    /** Holds for cameras, whether or not they sent a frame yet. */
    void setRecognizing(String camera, boolean recognizing) {
        if (recognizing) {
            switchedOff.remove(camera);
        } else {
            switchedOff.add(camera);
        }
        CameraPipeline pipeline = pipelines.get(camera);
        if (pipeline != null) {
            pipeline.wake();
        }
    }

    /** A face was not who it was recognised as. */
    void reject(RecentRecognition recognition) {
        CameraPipeline pipeline = pipelines.get(recognition.camera());
        if (pipeline != null) {
            pipeline.reject(recognition.eventId(), recognition.personId());
        }
    }

    /** Ends all workers within 3 seconds; their tracks end with events. */
    @Override
    public void close() {
        closed = true;
        List<CameraPipeline> ending = new ArrayList<>(pipelines.values());
        ending.forEach(CameraPipeline::stop);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        ending.forEach(pipeline -> pipeline.join(deadline));
        pipelines.clear();
    }

    private List<CameraPipeline> sorted() {
        return pipelines.values().stream()
                .sorted(Comparator.comparing(CameraPipeline::camera))
                .toList();
    }

    private CameraPipeline open(String camera) {
        EventFactory events =
                new EventFactory(
                        camera,
                        settings.recognition(),
                        sequence,
                        new Strangers(camera, unknown),
                        recent,
                        clock);
        CameraPipeline pipeline =
                new CameraPipeline(
                        camera,
                        settings,
                        analyzer,
                        audience,
                        events,
                        () -> !switchedOff.contains(camera),
                        () -> areas.apply(camera),
                        throttle,
                        ended -> pipelines.remove(camera, ended));
        pipeline.start();
        if (closed) {
            pipeline.stop();
        }
        return pipeline;
    }
}
