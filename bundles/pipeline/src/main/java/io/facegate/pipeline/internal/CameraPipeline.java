// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static java.util.stream.Collectors.toSet;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.status.Condition;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.AnalysisException;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.QualityGates;
import io.facegate.pipeline.internal.track.FaceTracker;
import io.facegate.pipeline.internal.track.LiveAnalyzer;
import io.facegate.pipeline.internal.track.TrackNews;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The pipeline of one camera: its mailbox, its worker and its tracks. {@link #offer} and the status
 * are thread-safe and never block; everything else happens on the worker.
 */
final class CameraPipeline {
    private static final Logger log = LoggerFactory.getLogger(CameraPipeline.class);
    private static final Comparator<RecognizedFace> LEFT_TO_RIGHT =
            Comparator.comparingInt(face -> face.detection().box().left());
    private static final long TICK_MILLIS = 50;

    private final String camera;
    private final Settings settings;
    private final Throttle throttle;
    private final LiveAnalyzer analyzer;
    private final Audience audience;
    private final EventFactory events;
    private final BooleanSupplier recognizing;
    private final Supplier<WatchedAreas> areas;
    private final Consumer<CameraPipeline> retired;
    private final Mailbox mailbox;
    private final PipelineHealth health;
    private final Latencies latencies = new Latencies();
    private final EncoderChange encoders = new EncoderChange();
    private final FaceTracker tracker;
    private final Thread worker;
    private volatile boolean abandoned;
    private CaptureTime lastCapture = CaptureTime.now();

    /**
     * @param recognizing whether recognition is switched on; {@link #wake()} when it changes
     * @param areas where in the picture faces are looked for, asked for each frame
     * @param throttle what is done less of, asked for each frame
     * @param retired told, on the worker, when no frames came for so long that it ends
     */
    CameraPipeline(
            String camera,
            Settings settings,
            FrameAnalyzer analyzer,
            Audience audience,
            EventFactory events,
            BooleanSupplier recognizing,
            Supplier<WatchedAreas> areas,
            Throttle throttle,
            Consumer<CameraPipeline> retired) {
        this.camera = camera;
        mailbox = new Mailbox(settings.tracks().qualityGates());
        health = new PipelineHealth(camera);
        this.settings = settings;
        this.analyzer =
                new LiveAnalyzer(
                        analyzer,
                        settings.recognition(),
                        settings.processingWidth(),
                        settings.live());
        this.audience = audience;
        this.events = events;
        this.recognizing = recognizing;
        this.areas = areas;
        this.throttle = throttle;
        this.retired = retired;
        boolean consensus = settings.recognition().strategy() == Strategy.CONSENSUS;
        tracker = new FaceTracker(settings.tracks(), consensus ? settings.tracks().minMargin() : 0);
        worker = new Thread(this::work, "facegate-pipeline-" + camera);
        worker.setDaemon(true);
    }

    void start() {
        worker.start();
    }

    String camera() {
        return camera;
    }

    /** Takes a frame; false when this pipeline has ended. */
    boolean offer(Frame frame) {
        return mailbox.offer(frame);
    }

    /** Lets the worker see a change at once. */
    void wake() {
        mailbox.wake();
    }

    /** The face of a track is not a person, from the next frame on. */
    void reject(String track, UUID person) {
        tracker.reject(track, person);
    }

    /** Ends the worker after the frame in progress; its tracks end with events. */
    void stop() {
        mailbox.close();
    }

    /**
     * Waits for the worker's end; after the deadline it is left to itself and tells nobody anything
     * any more.
     */
    void join(long deadlineNanos) {
        boolean interrupted = false;
        long left = deadlineNanos - System.nanoTime();
        try {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (worker.isAlive()) {
            abandoned = true;
            worker.interrupt();
            log.warn(
                    "camera {}: the frame in progress takes too long to wait for; its result is"
                            + " dropped",
                    camera);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    PipelineStatus status() {
        Mailbox.Counters counters = mailbox.counters();
        return new PipelineStatus(
                camera,
                recognizing.getAsBoolean(),
                counters.frames(),
                counters.work(),
                latencies.framesPerSecond(System.nanoTime()),
                latencies.stages(),
                health.missing(),
                counters.gates());
    }

    Condition condition() {
        return recognizing.getAsBoolean()
                ? health.condition()
                : new Condition(
                        "pipeline/" + camera, Condition.Level.OK, "recognition is switched off");
    }

    private void work() {
        long quietSince = System.nanoTime();
        try {
            while (true) {
                long wait = tracker.tracking() ? TICK_MILLIS : settings.retireMillis();
                Optional<Frame> frame = mailbox.take(wait);
                if (frame.isPresent()) {
                    long began = System.nanoTime();
                    process(frame.get());
                    quietSince = System.nanoTime();
                    mailbox.rest(throttle.restNanos(quietSince - began));
                } else if (idle(millisSince(quietSince))) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            log.debug("camera {}: worker interrupted", camera);
        } finally {
            mailbox.close();
            analyzer.close();
            publish(tracker.endAll(), lastCapture, StageTimes.ZERO);
            retired.accept(this);
        }
    }

    /** Whether the worker is to end. */
    private boolean idle(long quietMillis) {
        if (mailbox.closed()) {
            return true;
        }
        boolean on = recognizing.getAsBoolean();
        if (tracker.tracking() && (!on || quietMillis >= tracker.lostMillis())) {
            publish(
                    tracker.endAll(),
                    lastCapture.plus(Duration.ofMillis(on ? quietMillis : 0)),
                    StageTimes.ZERO);
        }
        if (quietMillis >= settings.retireMillis() && mailbox.closeIfEmpty()) {
            log.info("camera {}: no frames any more, its pipeline ends", camera);
            return true;
        }
        return false;
    }

    /** A frame's result and what it did to the tracks. */
    private record Done(FrameResult result, Optional<Analysis> analysis, List<TrackNews> news) {}

    private void process(Frame frame) {
        lastCapture = frame.captured();
        Done done = attempt(frame);
        done.analysis()
                .ifPresentOrElse(mailbox::finish, () -> mailbox.finish(done.result().outcome()));
        if (!abandoned) {
            audience.result(done.result());
        }
        publish(done.news(), frame.captured(), done.result().times());
    }

    /** Recognises; a failure becomes a result. */
    private Done attempt(Frame frame) {
        try {
            return recognizing.getAsBoolean() ? recognize(frame) : passOver(frame);
        } catch (AnalysisException e) {
            report(
                    () ->
                            health.failed(
                                    e.missing(),
                                    e.getMessage(),
                                    Optional.ofNullable(e.getCause())));
            FrameResult result = without(frame, e.outcome(), e.getMessage());
            return new Done(result, Optional.empty(), tracker.expire(frame.captured()));
        } catch (RuntimeException | Error e) {
            String message = "following faces failed, " + e;
            report(() -> health.failed(List.of(), message, Optional.of(e)));
            return new Done(without(frame, Outcome.FAILED, message), Optional.empty(), List.of());
        }
    }

    private Done recognize(Frame frame) throws AnalysisException {
        long started = System.nanoTime();
        Analysis analysis = analyze(frame);
        long before = System.nanoTime();
        FaceTracker.Tracked tracked = tracker.update(frame, analysis);
        analyzer.learn(frame, tracked.faces(), tracker.open());
        double tracking = (System.nanoTime() - before) / 1e6;
        FrameResult result =
                result(
                        frame,
                        analysis,
                        tracked,
                        Latencies.times(frame, started, analysis, tracking));
        latencies.record(result.times(), System.nanoTime());
        report(health::recognised);
        report(() -> tellOfAnotherEncoder(result));
        report(() -> health.ungated(settings.tracks().qualityGates() && !analysis.judged()));
        return new Done(result, Optional.of(analysis), tracked.news());
    }

    private void tellOfAnotherEncoder(FrameResult result) {
        Set<ModelKey> models =
                result.faces().stream()
                        .flatMap(face -> face.descriptor().stream())
                        .map(FaceDescriptor::model)
                        .collect(toSet());
        encoders.finished(models, System.nanoTime())
                .ifPresent(
                        change ->
                                log.info(
                                        "camera {}: faces are encoded with {} instead of {}; at"
                                                + " most {} ms between two finished frames meanwhile",
                                        camera,
                                        change.after().id(),
                                        change.before().id(),
                                        change.pauseMillis()));
    }

    private Done passOver(Frame frame) {
        health.clear();
        analyzer.close();
        FrameResult result = without(frame, Outcome.SKIPPED, "recognition is switched off");
        return new Done(result, Optional.empty(), tracker.endAll());
    }

    /** Waits for missing stages once for each gap, not again for every frame of it. */
    private Analysis analyze(Frame frame) throws AnalysisException {
        long wait = health.waiting() ? 0 : settings.stageWaitMillis();
        analyzer.use(throttle.options(), throttle.processingWidth());
        Analysis analysis = analyzer.analyze(frame, areas.get(), tracker.open(), wait);
        return settings.tracks().qualityGates() ? QualityGates.judge(analysis) : analysis;
    }

    private static FrameResult result(
            Frame frame, Analysis analysis, FaceTracker.Tracked tracked, StageTimes times) {
        List<RecognizedFace> faces = tracked.faces().stream().sorted(LEFT_TO_RIGHT).toList();
        return new FrameResult(frame, analysis.outcome(), faces, times, "");
    }

    private static FrameResult without(Frame frame, Outcome outcome, String message) {
        return new FrameResult(frame, outcome, List.of(), StageTimes.ZERO, message);
    }

    private void publish(List<TrackNews> news, CaptureTime timestamp, StageTimes times) {
        if (abandoned) {
            return;
        }
        for (RecognitionEvent event :
                events.of(news, tracker.open(), areas.get(), timestamp, times)) {
            if (!abandoned) {
                mailbox.countEvent();
                audience.event(event);
            }
        }
    }

    /** Nobody reads any more how an abandoned pipeline is. */
    private void report(Runnable news) {
        if (!abandoned) {
            news.run();
        }
    }

    private static long millisSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }
}
