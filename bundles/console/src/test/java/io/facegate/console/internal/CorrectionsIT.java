// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Not this person, over HTTP and in a real browser. */
class CorrectionsIT {
    private static final UUID ALICE = Fakes.match("Alice", 0).personId().orElseThrow();

    @TempDir static Path folder;
    static final Kept kept = new Kept();

    /** Remembers the first event's face, which was taken for Alice. */
    private static final class Kept implements Corrections, CounterExamples {
        final List<StoredEncoding> faces = new CopyOnWriteArrayList<>();
        volatile boolean corrected;

        @Override
        public List<RecentRecognition> recent() {
            return corrected
                    ? List.of()
                    : List.of(new RecentRecognition("track-1", "front", Instant.now(), ALICE, "A"));
        }

        @Override
        public StoredEncoding reject(String eventId, Optional<UUID> person) throws StoreException {
            if (corrected || !eventId.equals("track-1") || !person.equals(Optional.of(ALICE))) {
                throw new StoreException("no such recognition is remembered");
            }
            corrected = true;
            FaceDescriptor face = new FaceDescriptor(Fakes.ENCODER.key(), new float[1]);
            StoredEncoding example =
                    new StoredEncoding(3, ALICE, face, "front <now>", "", true, Instant.EPOCH);
            faces.add(example);
            ConsoleIT.store.reject(List.of(new CounterExample(3, ALICE, face)));
            return example;
        }

        @Override
        public List<StoredEncoding> counterExamples(UUID person) {
            return person.equals(ALICE) ? List.copyOf(faces) : List.of();
        }

        @Override
        public Optional<FaceChip> counterChip(long id) {
            return id == 3 ? Optional.of(new FaceChip(4, new byte[48])) : Optional.empty();
        }

        @Override
        public StoredEncoding reject(UUID person, NewEncoding face) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int removeCounterExamples(Collection<Long> ids) {
            ConsoleIT.store.reject(List.of());
            return faces.removeIf(e -> ids.contains(e.id())) ? 1 : 0;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        ConsoleIT.launch(folder);
        ConsoleIT.felix.context().registerService(Corrections.class, kept, null);
        ConsoleIT.felix.context().registerService(CounterExamples.class, kept, null);
        RecognitionListener listener = ConsoleIT.listeners().get(0);
        listener.onEvent(Fakes.event(Type.NEW, 1, Fakes.match("Alice", 0.41)));
        listener.onEvent(Fakes.event(Type.NEW, 2, Fakes.match("Alice", 0.41)));
        listener.onEvent(Fakes.event(Type.END, 1, Fakes.match("Alice", 0.41)));
    }

    @AfterAll
    static void stop() throws Exception {
        ConsoleIT.stop();
    }

    private static HttpResponse<String> ask(String form) throws Exception {
        return ConsoleIT.send(
                ConsoleIT.request("/correction", ConsoleIT.login())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Facegate", "1")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    @Test
    void whatIsWrongIsRefused() throws Exception {
        assertThat(ask("action=reject&event=track-1&person=x").statusCode()).isEqualTo(400);
        assertThat(ask("action=reject&event=track-9&person=" + ALICE).body())
                .contains("no such recognition");
        assertThat(ask("action=undo&id=x").statusCode()).isEqualTo(400);
        assertThat(ask("action=undo&id=4").statusCode()).isEqualTo(409);
        assertThat(ask("action=dance").statusCode()).isEqualTo(400);
        HttpResponse<String> foreign =
                ConsoleIT.send(
                        ConsoleIT.request("/correction", ConsoleIT.login())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("action=undo&id=3")));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(ConsoleIT.get("/rejected.json?person=x", ConsoleIT.login()).statusCode())
                .isEqualTo(400);
        assertThat(ConsoleIT.get("/face.png?rejected=4", ConsoleIT.login()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void wrongRecognitionIsCorrectedAndTheCorrectionTakenBack() throws Exception {
        assumeTrue(
                Files.isExecutable(Browser.program()),
                "no browser: install Debian's package chromium");
        Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")));
        try {
            browser.open(ConsoleIT.felix.address(), ConsoleIT.login(), 1280, 1500, false);
            browser.awaitTrue(
                    "String(document.querySelectorAll('#fg-events button').length === 1)");
            browser.evaluate("window.confirm = () => true; 1");
            browser.evaluate("document.querySelector('#fg-events button').click(); 1");
            browser.awaitTrue(
                    "String(document.querySelectorAll('#fg-events button').length === 0)");
            assertThat(browser.evaluate("document.querySelector('#fg-note').textContent"))
                    .startsWith("Corrected.");
            assertThat(kept.faces).hasSize(1);

            String rejected =
                    "[...document.querySelectorAll('#fg-people button')]"
                            + ".find(b => b.textContent === '1 rejected')";
            browser.awaitTrue("String(!!" + rejected + ")");
            browser.evaluate(rejected + ".click(); 1");
            browser.awaitTrue(
                    "String(document.querySelectorAll('#fg-rejected[open] img').length === 1)");
            assertThat(browser.evaluate("document.querySelector('#fg-rejected').textContent"))
                    .contains("Faces that are not Alice", "front <now>");
            browser.screenshot(
                    Path.of(System.getProperty("facegate.bundle"))
                            .resolveSibling("console-rejected.png"));
            browser.evaluate("document.querySelector('#fg-rejected-faces button').click(); 1");
            browser.awaitTrue("String(!document.querySelector('#fg-rejected').open)");
            assertThat(kept.faces).isEmpty();
            browser.awaitTrue("String(!" + rejected + ")");
        } finally {
            browser.close();
        }
    }

    @Test
    void pictureAndListAreSent() throws Exception {
        assertThat(ConsoleIT.get("/face.png?rejected=3", ConsoleIT.login()).body()).contains("PNG");
        JsonObject list =
                JsonParser.parseString(
                                ConsoleIT.get(
                                                "/rejected.json?person=" + UUID.randomUUID(),
                                                ConsoleIT.login())
                                        .body())
                        .getAsJsonObject();
        assertThat(list.getAsJsonArray("faces")).isEmpty();
    }
}
