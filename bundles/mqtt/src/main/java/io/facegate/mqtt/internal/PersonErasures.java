// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.store.Person;
import io.facegate.mqtt.internal.delivery.Backlog;
import io.facegate.mqtt.internal.state.GatewayStates;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * People to be erased, handed to the publisher's thread, which alone knows what waits and what is
 * retained. {@link #ask} for any thread, the rest for the publisher's.
 */
final class PersonErasures {
    /** The publisher's thread waits for acknowledgements of the broker for at most five. */
    private static final long PATIENCE_SECONDS = 8;

    private final ConcurrentLinkedQueue<Request> asked = new ConcurrentLinkedQueue<>();
    private final List<Request> waiting = new ArrayList<>();
    private final GatewayStates states;
    private final Backlog backlog;

    private static final class Request {
        private final Person person;
        private final CompletableFuture<List<ErasedPart>> answer = new CompletableFuture<>();
        private int events;

        Request(Person person) {
            this.person = person;
        }
    }

    PersonErasures(GatewayStates states, Backlog backlog) {
        this.states = states;
        this.backlog = backlog;
    }

    /** Asks for an erasure and waits for its answer. */
    List<ErasedPart> ask(Person person, Runnable wake) throws IOException {
        Request request = new Request(person);
        asked.add(request);
        wake.run();
        try {
            return request.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the publisher is busy or stops", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Nobody answers any more. */
    void stop() {
        for (Request next = asked.poll(); next != null; next = asked.poll()) {
            next.answer.completeExceptionally(new IOException("the publisher stops"));
        }
    }

    /** Before states are sent: removes what waits here and prepares what is to be sent. */
    void begin() {
        for (Request next = asked.poll(); next != null; next = asked.poll()) {
            try {
                next.events = backlog.erase(next.person);
                states.erase(next.person.id());
                waiting.add(next);
            } catch (IOException | RuntimeException e) {
                next.answer.completeExceptionally(e);
            }
        }
    }

    /** After states were sent, or could not be. */
    void end(String whyNot) {
        for (Request request : waiting) {
            Optional<Integer> cleared = states.people().cleared(request.person.id());
            request.answer.complete(
                    List.of(
                            new ErasedPart("queued events", request.events, ""),
                            cleared.map(n -> new ErasedPart("retained topics", n, ""))
                                    .orElseGet(
                                            () ->
                                                    new ErasedPart(
                                                            "retained topics", 0, whyNot, true))));
        }
        waiting.clear();
    }
}
