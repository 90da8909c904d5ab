// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells all listeners; one that throws neither stops the others nor the pipeline, and is logged
 * once for each kind of exception. Thread-safe.
 */
final class Audience {
    private static final Logger log = LoggerFactory.getLogger(Audience.class);

    private final Supplier<List<RecognitionListener>> listeners;
    private final Map<RecognitionListener, Set<String>> logged = new WeakHashMap<>();

    Audience(Supplier<List<RecognitionListener>> listeners) {
        this.listeners = listeners;
    }

    void result(FrameResult result) {
        tell(listener -> listener.onResult(result));
    }

    void event(RecognitionEvent event) {
        tell(listener -> listener.onEvent(event));
    }

    private void tell(Consumer<RecognitionListener> news) {
        for (RecognitionListener listener : listeners.get()) {
            try {
                news.accept(listener);
            } catch (RuntimeException | Error e) {
                if (first(listener, e)) {
                    log.warn(
                            "recognition listener {} failed, it misses what it was told; further"
                                    + " failures of this kind are not logged",
                            listener.getClass().getName(),
                            e);
                }
            }
        }
    }

    private boolean first(RecognitionListener listener, Throwable e) {
        synchronized (logged) {
            return logged.computeIfAbsent(listener, l -> new HashSet<>())
                    .add(e.getClass().getName());
        }
    }
}
