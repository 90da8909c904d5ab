// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.watchdog.internal.FrameWatch.Verdict;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks again and again whether frames are finished. A stage that does not come back is left to
 * itself: recognition is started anew, cameras and broker go on. When the new one gets stuck as
 * well, systemd hears nothing any more and starts the gateway anew.
 */
@Component(immediate = true, configurationPid = WatchdogConfig.PID)
@Designate(ocd = WatchdogConfig.class)
public final class WatchdogComponent implements ConditionSource {
    private static final Logger log = LoggerFactory.getLogger(WatchdogComponent.class);
    private static final String PART = "watchdog";
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final long TICK_MILLIS = 500;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 3600;
    private static final int DEFAULT = 120;

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final ServiceManager systemd;
    private final FrameWatch watch;
    private final int frameSeconds;
    private final String complaint;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(WatchdogComponent::thread);

    // Of the thread that looks.
    private boolean ready;
    private long lastLook;
    private int restarts;

    private volatile Condition condition;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ServiceReference<Pipelines> pipelines;

    @Activate
    public WatchdogComponent(
            BundleContext context,
            WatchdogConfig config,
            @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
        systemd = ServiceManager.own();
        int asked = config.frameSeconds();
        boolean fits = asked == 0 || asked >= SHORTEST && asked <= LONGEST;
        frameSeconds = fits ? asked : DEFAULT;
        complaint =
                fits
                        ? ""
                        : "frameSeconds is %d to %d, or 0, not %d; %d is used"
                                .formatted(SHORTEST, LONGEST, asked, DEFAULT);
        watch = new FrameWatch(frameSeconds);
        condition = new Condition(PART, Condition.Level.OK, "the gateway starts");
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "facegate-watchdog");
        thread.setDaemon(true);
        return thread;
    }

    @Activate
    void start() {
        if (!complaint.isEmpty()) {
            log.warn("configuration {}: {}", WatchdogConfig.PID, complaint);
        }
        looks.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        looks.shutdownNow();
    }

    @Override
    public List<Condition> conditions() {
        return Stream.concat(
                        Stream.of(condition),
                        LogCondition.of(LoggerFactory.getILoggerFactory()).stream())
                .toList();
    }

    private void tick() {
        try {
            if (!ready) {
                if (started()) {
                    ready = true;
                    look(true);
                }
            } else if (System.nanoTime() - lastLook >= interval().toNanos()) {
                look(false);
            }
        } catch (RuntimeException e) {
            // Such as services that are just going: the next look is soon.
            log.debug("the watchdog could not look", e);
        }
    }

    /** Whether everything that is to start was told to. */
    private boolean started() {
        String beginning = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
        int level = beginning == null ? 1 : Integer.parseInt(beginning);
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        return framework.adapt(FrameworkStartLevel.class).getStartLevel() >= level;
    }

    private Duration interval() {
        Duration least = systemd.watchdog().map(d -> d.dividedBy(3)).orElse(USUAL);
        Duration stuck = frameSeconds == 0 ? USUAL : Duration.ofSeconds(frameSeconds).dividedBy(2);
        return Stream.of(least, stuck, USUAL).min(Comparator.naturalOrder()).orElseThrow();
    }

    private void look(boolean first) {
        List<PipelineStatus> status = status();
        lastLook = System.nanoTime();
        Verdict verdict = watch.look(status, lastLook);
        if (verdict == Verdict.RESTART && !restartRecognition()) {
            verdict = Verdict.HOPELESS;
        }
        condition = condition(verdict);
        String text = verdict == Verdict.HOPELESS ? condition.message() : summary(status);
        if (first) {
            systemd.ready(text);
        } else if (verdict == Verdict.HOPELESS) {
            systemd.status(text);
        } else {
            systemd.alive(text);
        }
    }

    private List<PipelineStatus> status() {
        ServiceReference<Pipelines> reference = pipelines;
        Pipelines service = reference == null ? null : context.getService(reference);
        if (service == null) {
            return List.of();
        }
        try {
            return service.status();
        } finally {
            context.ungetService(reference);
        }
    }

    /** The stuck thread is left to itself; false when that takes too long as well. */
    private boolean restartRecognition() {
        String cameras = String.join(", ", watch.stuck());
        log.error(
                "camera {}: one frame has been worked on for {} seconds. Recognition is started"
                        + " anew.",
                cameras,
                frameSeconds);
        ServiceReference<Pipelines> reference = pipelines;
        if (reference == null) {
            return true;
        }
        ComponentDescriptionDTO component =
                components.getComponentDescriptionDTO(
                        reference.getBundle(),
                        (String) reference.getProperty(ComponentConstants.COMPONENT_NAME));
        try {
            components.disableComponent(component).timeout(PATIENCE_MILLIS).getValue();
            components.enableComponent(component).timeout(PATIENCE_MILLIS).getValue();
        } catch (InvocationTargetException e) {
            log.error("recognition cannot be started anew", e.getCause());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        restarts++;
        watch.restarted(System.nanoTime());
        return true;
    }

    private Condition condition(Verdict verdict) {
        if (verdict == Verdict.HOPELESS) {
            return new Condition(
                    PART,
                    Condition.Level.FAILED,
                    "camera %s: one frame has been worked on for %d seconds, also after recognition was started anew. %s"
                            .formatted(
                                    String.join(", ", watch.stuck()),
                                    frameSeconds,
                                    systemd.watchdog().isPresent()
                                            ? "systemd restarts the gateway"
                                            : "Restart the gateway"));
        }
        if (!complaint.isEmpty()) {
            return new Condition(PART, Condition.Level.DEGRADED, complaint);
        }
        if (watch.lately(System.nanoTime())) {
            return new Condition(
                    PART,
                    Condition.Level.DEGRADED,
                    "recognition was started anew, as a frame was worked on for %d seconds"
                            .formatted(frameSeconds));
        }
        String past =
                restarts == 0 ? "" : "; recognition was started anew %d times".formatted(restarts);
        return new Condition(PART, Condition.Level.OK, "frames are finished in time" + past);
    }

    private static String summary(List<PipelineStatus> status) {
        double rate = status.stream().mapToDouble(PipelineStatus::framesPerSecond).sum();
        return String.format(
                Locale.ROOT,
                "%d %s, %.1f frames a second",
                status.size(),
                status.size() == 1 ? "camera" : "cameras",
                rate);
    }
}
