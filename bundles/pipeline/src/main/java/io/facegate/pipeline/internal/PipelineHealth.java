// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.status.Condition;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the last frame of a camera went; a change is logged, not every frame. Written by the
 * pipeline's worker, read by everybody.
 */
final class PipelineHealth {
    private static final Logger log = LoggerFactory.getLogger(PipelineHealth.class);
    private static final String UNGATED =
            "the quality gates wait for quality: start the bundle that provides it";

    private final String camera;
    private volatile List<String> missing = List.of();
    private volatile String failure = "";
    private volatile boolean ungated;

    PipelineHealth(String camera) {
        this.camera = camera;
    }

    /** Whether the last frame was skipped because a part was missing. */
    boolean waiting() {
        return !missing.isEmpty();
    }

    /** The parts that are missing, also such as the pipeline goes on without. */
    List<String> missing() {
        if (!ungated) {
            return missing;
        }
        List<String> all = new ArrayList<>(missing);
        all.add("quality");
        return all;
    }

    Condition condition() {
        String part = "pipeline/" + camera;
        if (!failure.isEmpty()) {
            return new Condition(part, Condition.Level.DEGRADED, failure);
        }
        return ungated
                ? new Condition(
                        part,
                        Condition.Level.DEGRADED,
                        "recognising, every face counts: " + UNGATED)
                : new Condition(part, Condition.Level.OK, "recognising");
    }

    /** A frame was recognised. */
    void recognised() {
        boolean changed = !failure.isEmpty();
        missing = List.of();
        failure = "";
        if (changed) {
            log.info("camera {}: recognising again", camera);
        }
    }

    /** Whether faces count unjudged although they should be judged. */
    void ungated(boolean now) {
        boolean changed = now != ungated;
        ungated = now;
        if (changed && now) {
            log.warn("camera {}: {}; every face counts until then", camera, UNGATED);
        } else if (changed) {
            log.info("camera {}: faces are judged again", camera);
        }
    }

    /** Nothing is recognised, on purpose. */
    void clear() {
        missing = List.of();
        failure = "";
        ungated = false;
    }

    /**
     * A frame could not be recognised.
     *
     * @param parts that are missing; empty when a stage failed
     */
    void failed(List<String> parts, String message, Optional<Throwable> cause) {
        boolean changed = !parts.equals(missing) || failure.isEmpty();
        missing = List.copyOf(parts);
        failure = message;
        if (changed && cause.isPresent()) {
            log.warn("camera {}: {}", camera, message, cause.get());
        } else if (changed) {
            log.warn("camera {}: {}; frames are skipped until then", camera, message);
        }
    }
}
