// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;

import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Plays a clip as a camera does, but not in real time: a frame is offered as soon as the result of
 * the one before was told; the next is decoded meanwhile. Frames carry the times they have in the
 * clip, so that whatever the pipeline does by time it does as it would live.
 */
final class LiveCalls {
    private static final long RESULT_SECONDS = 60;

    private final Services services;
    private int played;

    LiveCalls(Services services) {
        this.services = services;
    }

    /** {@code clip}; frames, events and how long it took. */
    JsonObject play(JsonObject request) throws Exception {
        String camera = "benchmark-" + ++played;
        Ears ears = new Ears(camera);
        ServiceRegistration<RecognitionListener> registration =
                services.context().registerService(RecognitionListener.class, ears, null);
        JsonObject answer = new JsonObject();
        try (FrameSource source =
                services.await(FrameSourceFactory.class)
                        .open(request.get("clip").getAsString(), camera)) {
            int frames = Timing.timed(answer, () -> offerAll(source, ears));
            answer.addProperty("frames", frames);
        } finally {
            registration.unregister();
        }
        answer.add("events", ears.events());
        return answer;
    }

    private int offerAll(FrameSource source, Ears ears) throws Exception {
        Instant start = Instant.now();
        int frames = 0;
        for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
            Frame frame = at(next.get(), start.plusMillis(source.positionMillis()));
            ears.awaitResult();
            List<ServiceReference<FrameListener>> listeners =
                    services.references(FrameListener.class, null);
            for (ServiceReference<FrameListener> listener : listeners) {
                services.context().getService(listener).onFrame(frame);
            }
            frames++;
        }
        ears.awaitResult();
        return frames;
    }

    private static Frame at(Frame frame, Instant time) {
        return new Frame(
                frame.sourceId(),
                frame.sequence(),
                time,
                frame.format(),
                frame.width(),
                frame.height(),
                frame.stride(),
                frame.pixels());
    }

    /** Hears when a frame's result is told, and what events come. */
    private static final class Ears implements RecognitionListener {
        private final String camera;
        private final Semaphore idle = new Semaphore(1);
        private final List<JsonObject> events = new ArrayList<>();

        Ears(String camera) {
            this.camera = camera;
        }

        void awaitResult() throws InterruptedException {
            if (!idle.tryAcquire(RESULT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no result of a frame came");
            }
        }

        synchronized JsonArray events() {
            JsonArray array = new JsonArray();
            events.forEach(array::add);
            return array;
        }

        @Override
        public void onResult(FrameResult result) {
            if (result.frame().sourceId().equals(camera)) {
                idle.release();
            }
        }

        @Override
        public synchronized void onEvent(RecognitionEvent event) {
            if (event.camera().equals(camera)) {
                JsonObject one = new JsonObject();
                one.addProperty("type", event.type().name().toLowerCase(Locale.ROOT));
                one.addProperty("name", event.match().name().orElse(null));
                events.add(one);
            }
        }
    }
}
