// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoredEncoding;
import io.facegate.command.internal.fake.FakeCounterExamples;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeRecognizer;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class RejectCommandTest {
    @TempDir Path folder;

    private final FakeStore store = new FakeStore();
    private final FakeCounterExamples kept = new FakeCounterExamples();
    private final FakeRecognizer recognizer = new FakeRecognizer();
    private final Remembering remembering = new Remembering();
    private final Terminal terminal =
            new Terminal(
                    new FakeParts(
                            store,
                            kept,
                            recognizer,
                            remembering,
                            new FakeReader(),
                            FakeStages.encoder(),
                            FakeStages.landmarks(),
                            FakeStages.detector("hog")));

    /** Remembers what it is told to. */
    private final class Remembering implements Corrections {
        final List<RecentRecognition> recent = new ArrayList<>();

        @Override
        public List<RecentRecognition> recent() {
            return recent;
        }

        @Override
        public StoredEncoding reject(String eventId, Optional<UUID> person) {
            return kept.reject(person.orElseThrow(), encoding(eventId));
        }

        void add(String id, String name) {
            recent.add(
                    new RecentRecognition(id, "front", FakeStore.ADDED, FakeStore.id(name), name));
        }
    }

    private static NewEncoding encoding(String source) {
        return new NewEncoding(descriptor(), Optional.empty(), source, "");
    }

    private static FaceDescriptor descriptor() {
        return new FaceDescriptor(FakeStages.MODEL.key(), new float[1]);
    }

    private static RecognizedFace encoded(RecognizedFace face) {
        return new RecognizedFace(
                face.detection(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(descriptor()),
                face.match(),
                Optional.empty());
    }

    private Path picture(String name, RecognizedFace... faces) throws IOException {
        recognizer.with(name, faces);
        return Files.writeString(folder.resolve(name), "a picture");
    }

    private List<String> sources(String name) {
        return kept.counterExamples(FakeStore.id(name)).stream()
                .map(StoredEncoding::source)
                .toList();
    }

    @BeforeEach
    void people() {
        store.add("Ann", List.of());
        store.add("Bob", List.of());
    }

    @Test
    void faceOfAPictureThatIsTakenForThePersonBecomesACounterExample() throws IOException {
        Path door =
                picture(
                        "door.jpg",
                        encoded(FakeRecognizer.known("Bob", 0.3, 0)),
                        encoded(FakeRecognizer.known("Ann", 0.5, 90)));
        assertThat(terminal.run("people", "reject", "Ann", door)).isZero();
        assertThat(terminal.err()).isEqualTo("door.jpg: not Ann (counter-example 1)\n");
        assertThat(sources("Ann")).containsExactly("door.jpg");
        assertThat(sources("Bob")).isEmpty();
    }

    @Test
    void oneOfSeveralFacesIsChosen() throws IOException {
        Path two =
                picture(
                        "two.jpg",
                        encoded(FakeRecognizer.known("Ann", 0.5, 90)),
                        encoded(FakeRecognizer.known("Ann", 0.3, 5)));
        assertThat(terminal.run("people", "reject", "Ann", two)).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo(
                        "refused two.jpg: 2 faces are taken for Ann, from the left at 5,10, 90,10:"
                                + " choose one with --face N\n");
        assertThat(terminal.run("people", "reject", "Ann", two, "--face", "3")).isEqualTo(1);
        assertThat(sources("Ann")).isEmpty();
        assertThat(terminal.run("people", "reject", "Ann", two, "--face", "2")).isZero();
        assertThat(sources("Ann")).hasSize(1);
    }

    @Test
    void pictureOfNobodyTakenForThePersonIsRefused() throws IOException {
        Path bob = picture("bob.jpg", encoded(FakeRecognizer.known("Bob", 0.3, 0)));
        assertThat(terminal.run("people", "reject", "Ann", bob)).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("refused bob.jpg: nobody in it is taken for Ann\n");
        assertThat(terminal.run("people", "reject", "Eve", bob)).isEqualTo(1);
        assertThat(terminal.err()).contains("nobody called Eve");
    }

    @Test
    void recognitionsAreListedAndCorrectedByTheBeginningOfTheirId() {
        assertThat(terminal.run("people", "reject")).isZero();
        assertThat(terminal.err()).contains("Nobody was recognised lately");

        remembering.add("11112222-aaaa", "Ann");
        remembering.add("11113333-bbbb", "Bob");
        assertThat(terminal.run("people", "reject")).isZero();
        assertThat(terminal.out().lines().toList().get(1))
                .startsWith("11112222  2026-11-2")
                .endsWith("front   Ann");
        assertThat(terminal.run("people", "reject", "--event", "1111")).isEqualTo(1);
        assertThat(terminal.err()).contains("Several events begin with 1111");
        assertThat(terminal.run("people", "reject", "--event", "11113")).isZero();
        assertThat(terminal.err()).endsWith("The face at front is not Bob (counter-example 1).\n");
        assertThat(sources("Bob")).containsExactly("11113333-bbbb");
        assertThat(terminal.run("people", "reject", "--event", "11112222-aaaa", "Bob"))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("11112222-aaaa and of Bob is remembered");
        assertThat(terminal.run("people", "reject", "--event", "9")).isEqualTo(1);
    }

    @Test
    void counterExamplesAreShownAndDeletedByNumber() {
        store.add("Ann", List.of(encoding("ann.jpg")));
        assertThat(terminal.run("people", "show", "Ann")).isZero();
        assertThat(terminal.out()).doesNotContain("Counter-examples");
        kept.reject(FakeStore.id("Ann"), encoding("front 2026-11-23T21:30:00Z"));
        assertThat(terminal.run("people", "show", "Ann")).isZero();
        assertThat(terminal.out())
                .contains("Counter-examples, faces that are not Ann:\n")
                .contains("front 2026-11-23T21:30:00Z");
        assertThat(terminal.run("people", "show", "Ann", "--json")).isZero();
        String json =
                terminal.out()
                        .substring(terminal.out().lastIndexOf("{\"id\":\"" + FakeStore.id("Ann")));
        assertThat(
                        JsonParser.parseString(json)
                                .getAsJsonObject()
                                .getAsJsonArray("counter_examples"))
                .hasSize(1);

        assertThat(terminal.run("people", "reject", "--undo", "1", "2")).isZero();
        assertThat(terminal.err()).endsWith("1 counter-example deleted.\n");
        assertThat(sources("Ann")).isEmpty();
        assertThat(terminal.run("people", "reject", "--undo", "1")).isEqualTo(1);
        assertThat(terminal.err()).contains("no such counter-example");
    }

    @Test
    void whatDoesNotGoTogetherIsAMistake() {
        assertThat(terminal.run("people", "reject", "Ann")).isEqualTo(2);
        assertThat(terminal.run("people", "reject", "--undo", "1", "--event", "2")).isEqualTo(2);
        assertThat(terminal.run("people", "reject", "--undo", "x")).isEqualTo(2);
    }
}
