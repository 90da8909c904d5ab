// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/** The listeners of one camera; a failing one is logged once and stops nothing. For one thread. */
final class Receivers {
    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

    private final String camera;
    private final Supplier<List<FrameListener>> listeners;
    private final Set<FrameListener> failing = Collections.newSetFromMap(new WeakHashMap<>());

    Receivers(String camera, Supplier<List<FrameListener>> listeners) {
        this.camera = camera;
        this.listeners = listeners;
    }

    void offer(Frame frame) {
        for (FrameListener listener : listeners.get()) {
            try {
                listener.onFrame(frame);
            } catch (RuntimeException | LinkageError e) {
                if (failing.add(listener)) {
                    LOG.error(
                            "Camera {}: a receiver of frames fails ({}): {}",
                            camera,
                            listener.getClass().getName(),
                            e.toString());
                }
            }
        }
    }
}
