// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest result of each camera and the last events. Keeps references only: nothing is drawn or
 * encoded unless somebody looks at the page.
 */
@Component(
        service = {RecognitionListener.class, Recent.class},
        immediate = true,
        configurationPid = ConsoleConfig.PID)
@Designate(ocd = ConsoleConfig.class)
public final class Recent implements RecognitionListener {
    /** A picture older than this is not shown any more. */
    static final long LIFETIME_NANOS = 60_000_000_000L;

    private record Seen(FrameResult result, long atNanos) {}

    private final Map<String, Seen> results = new ConcurrentHashMap<>();
    private final Deque<RecognitionEvent> events = new ArrayDeque<>();
    private final int kept;

    @Activate
    public Recent(ConsoleConfig config) {
        this.kept = Math.max(1, Math.min(1000, config.events()));
    }

    /** Frees the frames. */
    @Deactivate
    public void close() {
        results.clear();
    }

    @Override
    public void onResult(FrameResult result) {
        results.put(result.frame().sourceId(), new Seen(result, System.nanoTime()));
    }

    @Override
    public void onEvent(RecognitionEvent event) {
        synchronized (events) {
            events.addFirst(event);
            if (events.size() > kept) {
                events.removeLast();
            }
        }
    }

    /** The newest result of a camera; empty when it sent none for a while. */
    Optional<FrameResult> result(String camera) {
        forgetOld(System.nanoTime());
        return Optional.ofNullable(results.get(camera)).map(Seen::result);
    }

    /** Ids of the cameras with a result, in order. */
    List<String> cameras() {
        forgetOld(System.nanoTime());
        return results.keySet().stream().sorted().toList();
    }

    /** Frees the frames of cameras that are gone or silent. */
    void forgetOld(long now) {
        results.values().removeIf(seen -> now - seen.atNanos() > LIFETIME_NANOS);
    }

    /** The last events, newest first. */
    List<RecognitionEvent> events() {
        synchronized (events) {
            return new ArrayList<>(events);
        }
    }
}
