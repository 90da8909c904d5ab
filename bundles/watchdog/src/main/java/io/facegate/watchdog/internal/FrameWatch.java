// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import io.facegate.api.recognition.PipelineStatus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells a frame that is worked on for too long from cameras that send none: a pipeline is stuck
 * while the same frame is in progress at every look. For one thread.
 */
final class FrameWatch {
    /** What is to be done. */
    enum Verdict {
        /** Every frame that was begun is finished in time. */
        GOING_ON,
        /** Recognition is to be started anew. */
        RESTART,
        /** It was, and is stuck again. */
        HOPELESS
    }

    private final long longestNanos;
    private final Map<String, Frame> inProgress = new HashMap<>();
    private long restarted;
    private boolean hasRestarted;
    private List<String> stuck = List.of();

    /** The frame of one camera, by its number, and when it was seen first. */
    private record Frame(long number, long since) {}

    /**
     * @param longestSeconds how long one frame may be worked on, 0: any time
     */
    FrameWatch(long longestSeconds) {
        longestNanos = TimeUnit.SECONDS.toNanos(longestSeconds);
    }

    /** Ids of the cameras whose frame was stuck at the last look. */
    List<String> stuck() {
        return stuck;
    }

    /**
     * @param now of {@link System#nanoTime()}
     */
    Verdict look(List<PipelineStatus> pipelines, long now) {
        inProgress
                .keySet()
                .removeIf(id -> pipelines.stream().noneMatch(p -> p.camera().equals(id)));
        pipelines.forEach(pipeline -> note(pipeline, now));
        stuck =
                longestNanos == 0
                        ? List.of()
                        : inProgress.entrySet().stream()
                                .filter(e -> now - e.getValue().since >= longestNanos)
                                .map(Map.Entry::getKey)
                                .sorted()
                                .toList();
        if (stuck.isEmpty()) {
            return Verdict.GOING_ON;
        }
        return lately(now) ? Verdict.HOPELESS : Verdict.RESTART;
    }

    /** Recognition was started anew: what was in progress is no more. */
    void restarted(long now) {
        restarted = now;
        hasRestarted = true;
        inProgress.clear();
    }

    /** Whether the last new start is so short ago that it has not helped when a frame is stuck. */
    boolean lately(long now) {
        return hasRestarted && now - restarted < 3 * longestNanos;
    }

    private void note(PipelineStatus pipeline, long now) {
        if (pipeline.counters().inProgress() == 0) {
            inProgress.remove(pipeline.camera());
            return;
        }
        long number = pipeline.counters().accepted();
        Frame known = inProgress.get(pipeline.camera());
        if (known == null || known.number != number) {
            inProgress.put(pipeline.camera(), new Frame(number, now));
        }
    }
}
