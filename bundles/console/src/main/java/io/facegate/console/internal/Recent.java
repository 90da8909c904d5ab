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
    private final Map<String, FrameResult> results = new ConcurrentHashMap<>();
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
        results.put(result.frame().sourceId(), result);
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

    /** The newest result of a camera. */
    Optional<FrameResult> result(String camera) {
        return Optional.ofNullable(results.get(camera));
    }

    /** Ids of the cameras with a result, in order. */
    List<String> cameras() {
        return results.keySet().stream().sorted().toList();
    }

    /** The last events, newest first. */
    List<RecognitionEvent> events() {
        synchronized (events) {
            return new ArrayList<>(events);
        }
    }
}
