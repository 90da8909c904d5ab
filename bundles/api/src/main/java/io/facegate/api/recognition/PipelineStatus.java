// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import java.util.List;
import java.util.Objects;

/**
 * One pipeline as it is now.
 *
 * @param camera id of the camera it serves
 * @param recognizing whether recognition is switched on
 * @param counters what became of its frames
 * @param work how the faces of its frames were found
 * @param framesPerSecond frames processed per second, over the last seconds
 * @param stages p50 and p95 of each stage over the last frames
 * @param missing names of the parts it waits for or goes on without; empty when complete
 * @param gates what the gates of quality said of its faces
 */
public record PipelineStatus(
        String camera,
        boolean recognizing,
        PipelineCounters counters,
        WorkCounters work,
        double framesPerSecond,
        List<StageLatency> stages,
        List<String> missing,
        GateCounters gates) {
    public PipelineStatus {
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(counters, "counters");
        Objects.requireNonNull(work, "work");
        stages = List.copyOf(stages);
        missing = List.copyOf(missing);
        Objects.requireNonNull(gates, "gates");
    }

    /** Without gates of quality. */
    public PipelineStatus(
            String camera,
            boolean recognizing,
            PipelineCounters counters,
            WorkCounters work,
            double framesPerSecond,
            List<StageLatency> stages,
            List<String> missing) {
        this(
                camera,
                recognizing,
                counters,
                work,
                framesPerSecond,
                stages,
                missing,
                GateCounters.OFF);
    }
}
