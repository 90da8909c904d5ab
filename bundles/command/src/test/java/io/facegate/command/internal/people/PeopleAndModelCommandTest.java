// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.erasure.OpenErasures;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.command.internal.fake.FakeEraser;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.FakeUnknownPeople;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class PeopleAndModelCommandTest {
    private final FakeStore store = new FakeStore();
    private final FakeEraser eraser = new FakeEraser(store);
    private final FakeParts parts = new FakeParts(store, eraser);
    private final Terminal terminal = new Terminal(parts);

    @BeforeEach
    void people() {
        store.add("Zoë", List.of());
        store.add("Doe, Jane", List.of());
    }

    @Test
    void listIsATableInTheOrderOfAdding() {
        assertThat(terminal.run("people", "list")).isZero();
        assertThat(terminal.out().lines())
                .hasSize(3)
                .satisfies(
                        lines -> {
                            assertThat(lines.get(0)).matches("NAME +ENCODINGS  ADDED +LAST SEEN");
                            assertThat(lines.get(1)).startsWith("Zoë        0");
                            assertThat(lines.get(2)).startsWith("Doe, Jane  0");
                        });
    }

    @Test
    void aGalleryThatCannotBeReadIsNoEmptyOne() throws Exception {
        store.delete(List.of("Zoë", "Doe, Jane"));
        ConditionSource source =
                () -> List.of(new Condition("store", Condition.Level.FAILED, "wrong key"));
        parts.add(source);
        assertThat(terminal.run("people", "list")).isEqualTo(1);
        assertThat(terminal.err()).contains("the gallery cannot be used: wrong key");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void listSaysWhoNeedsPhotosForTheModelInUse() {
        ModelKey other = new ModelKey("older", "ef");
        store.add("Zoë", List.of(imported(other), imported(other)));
        store.add("Doe, Jane", List.of(imported(FakeStages.MODEL.key())));
        assertThat(terminal.run("people", "list")).isZero();
        assertThat(terminal.out()).doesNotContain("PHOTOS");
        parts.add(FakeStages.encoder());
        assertThat(terminal.run("people", "list")).isZero();
        assertThat(terminal.out().lines().skip(3))
                .satisfiesExactly(
                        head -> assertThat(head).endsWith("NEEDS PHOTOS"),
                        zoe -> assertThat(zoe).startsWith("Zoë").endsWith("  for 2"),
                        jane -> assertThat(jane).startsWith("Doe, Jane").doesNotContain("for"));
    }

    private static NewEncoding imported(ModelKey model) {
        return new NewEncoding(
                new FaceDescriptor(model, new float[] {1}), Optional.empty(), "import:x", "");
    }

    @Test
    void listAsJson() {
        assertThat(terminal.run("people", "list", "--json")).isZero();
        assertThat(terminal.out())
                .startsWith(
                        "{\"people\":[{\"id\":\""
                                + FakeStore.id("Zoë")
                                + "\",\"name\":\"Zoë\",\"encodings\":0,\"counter_examples\":0,"
                                + "\"created_at\":\"2026-11-23T21:30:00Z\"},")
                .endsWith("}]}\n");
    }

    @Test
    void listAsCsv() {
        assertThat(terminal.run("people", "list", "--csv")).isZero();
        assertThat(terminal.out().lines())
                .containsExactly(
                        "name,encodings,created_at,id,last_seen,last_camera",
                        "Zoë,0,2026-11-23T21:30:00Z," + FakeStore.id("Zoë") + ",,",
                        "\"Doe, Jane\",0,2026-11-23T21:30:00Z," + FakeStore.id("Doe, Jane") + ",,");
    }

    @Test
    void listSaysWhenAndWherePeopleWereLastSeen() {
        seen("Zoë");
        assertThat(terminal.run("people", "list")).isZero();
        assertThat(terminal.out().lines().toList().get(1)).endsWith(" door");
        assertThat(terminal.run("people", "list", "--csv")).isZero();
        assertThat(terminal.out()).contains(FakeStore.id("Zoë") + ",2026-11-24T08:15:30Z,door\n");
        assertThat(terminal.run("people", "list", "--json")).isZero();
        assertThat(terminal.out())
                .contains("\"last_seen\":\"2026-11-24T08:15:30Z\",\"last_camera\":\"door\"}")
                .containsOnlyOnce("\"last_seen\"");
    }

    private void seen(String name) {
        FakeUnknownPeople sightings = new FakeUnknownPeople(store);
        sightings.saw(List.of(new LastSeen(FakeStore.id(name), FakeUnknownPeople.SEEN, "door")));
        parts.add(sightings);
    }

    @Test
    void showsAPersonWithTheEncodings() {
        store.add("Zoë", List.of(imported(FakeStages.MODEL.key())));
        assertThat(terminal.run("people", "show", "Zoë")).isZero();
        assertThat(terminal.out())
                .startsWith("Zoë (1 encoding)\nid " + FakeStore.id("Zoë") + "\n")
                .contains("not seen yet\n")
                .endsWith("  no       import:x\n");
        seen("Zoë");
        assertThat(terminal.run("people", "show", "Zoë", "--json")).isZero();
        assertThat(terminal.out())
                .contains("\"last_camera\":\"door\"")
                .contains("\"encodings\":[{\"id\":1,\"source\":\"import:x\"")
                .endsWith("\"chip\":false}],\"counter_examples\":[],\"advice\":[]}\n");
    }

    @Test
    void showingNobodyIsRefused() {
        assertThat(terminal.run("people", "show", "Nobody")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("There is nobody called Nobody.\n");
    }

    @Test
    void renames() {
        assertThat(terminal.run("people", "rename", "Zoë", "Zoe B")).isZero();
        assertThat(store.find("Zoe B")).isPresent();
        assertThat(terminal.err()).isEqualTo("Zoë is now Zoe B (0 encodings).\n");
    }

    @Test
    void renamingNobodyIsRefused() {
        assertThat(terminal.run("people", "rename", "Nobody", "X")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("There is nobody called Nobody.\n");
    }

    @Test
    void deletesAllNamesOrNone() {
        assertThat(terminal.run("people", "delete", "Zoë", "Nobody")).isEqualTo(1);
        assertThat(store.gallery().people()).hasSize(2);
        assertThat(terminal.run("people", "delete", "Zoë", "Doe, Jane")).isZero();
        assertThat(store.gallery().people()).isEmpty();
    }

    private static String last(String lines) {
        return lines.strip().substring(lines.strip().lastIndexOf('\n') + 1);
    }

    @Test
    void erasuresThatAreNotCompleteAreListed() {
        assertThat(terminal.run("people", "erasures")).isZero();
        assertThat(terminal.err()).isEqualTo("Every erasure is complete.\n");
        assertThat(terminal.run("people", "erasures", "--json")).isZero();
        assertThat(terminal.out()).isEqualTo("{\"erasures\":[],\"damaged\":[]}\n");
        Person zoe = store.find("Zoë").orElseThrow();
        ErasedPart waits = new ErasedPart("retained topics", 0, "waiting for the broker", true);
        eraser.open =
                new OpenErasures(
                        List.of(
                                new ErasureReceipt(
                                        zoe,
                                        Instant.EPOCH,
                                        List.of(new ErasedPart("encodings", 2, ""), waits))),
                        List.of());
        assertThat(terminal.run("people", "erasures")).isZero();
        assertThat(terminal.out())
                .contains("Zoë (" + zoe.id() + "), asked for 19")
                .endsWith("\n  to come: retained topics: waiting for the broker\n");
        eraser.open = new OpenErasures(eraser.open.receipts(), List.of("erasures/x.json is torn"));
        assertThat(terminal.run("people", "erasures", "--json")).isEqualTo(1);
        assertThat(terminal.err()).contains("may not be complete: erasures/x.json is torn");
        JsonObject json = JsonParser.parseString(last(terminal.out())).getAsJsonObject();
        assertThat(json.getAsJsonArray("damaged")).hasSize(1);
        assertThat(json.getAsJsonArray("erasures").get(0).getAsJsonObject().get("waiting"))
                .hasToString(
                        "[{\"what\":\"retained topics\",\"left\":\"waiting for the broker\"}]");
    }

    @Test
    void aDeletionSaysWhatWasRemovedAndWhatIsLeft() {
        eraser.parts =
                List.of(
                        new ErasedPart("encodings", 2, ""),
                        new ErasedPart("queued events", 0, ""),
                        new ErasedPart("retained topics", 0, "the broker is away", true),
                        new ErasedPart("copies", 0, "delete x"));
        assertThat(terminal.run("people", "delete", "Zoë")).isZero();
        assertThat(terminal.err())
                .contains("Deleted Zoë (")
                .contains("  removed: encodings 2\n")
                .contains("  to come: retained topics: the broker is away\n")
                .contains("  left: copies: delete x\n")
                .contains("facegate people erasures lists what still waits")
                .contains("wrote elsewhere");
    }

    @Test
    void deletesEverybodyOnlyWhenAskedTo() {
        assertThat(terminal.run("people", "delete")).isEqualTo(2);
        assertThat(terminal.run("people", "delete", "--all", "Zoë")).isEqualTo(2);
        assertThat(store.gallery().people()).hasSize(2);
        assertThat(terminal.run("people", "delete", "--all")).isZero();
        assertThat(store.gallery().people()).isEmpty();
        assertThat(terminal.run("people", "delete", "--all")).isZero();
    }

    @Test
    void wrongUseIsUsage() {
        assertThat(terminal.run("people")).isEqualTo(2);
        assertThat(terminal.run("people", "rename", "Zoë")).isEqualTo(2);
        assertThat(terminal.run("people", "list", "--json", "--csv")).isEqualTo(2);
        assertThat(terminal.run("people", "clone", "Zoë")).isEqualTo(2);
        assertThat(terminal.run("model", "install", "x")).isEqualTo(2);
    }

    @Test
    void modelsAreListedWithTheirState() {
        parts.add(registry(ModelState.State.ACCEPTED, ""));
        assertThat(terminal.run("model", "list")).isZero();
        assertThat(terminal.out())
                .contains("dlib-resnet-v1  1.0.0    encoder  dlib    accepted")
                .doesNotContain("null");
        assertThat(terminal.run("model", "list", "--json")).isZero();
        assertThat(terminal.out()).contains("\"state\":\"accepted\"");
    }

    @Test
    void refusedModelSaysWhyAndFails() {
        parts.add(registry(ModelState.State.REFUSED, "its SHA-256 is wrong"));
        assertThat(terminal.run("model", "list")).isEqualTo(1);
        assertThat(terminal.out()).contains("refused  its SHA-256 is wrong");
    }

    @Test
    void listWaitsForTheModelsThatAreStillBeingLoaded() {
        ModelState landmarks = state("dlib-landmarks5-v1", ModelKind.LANDMARKS);
        ModelState encoder = state("dlib-resnet-v1", ModelKind.ENCODER);
        AtomicInteger asked = new AtomicInteger();
        ModelRegistry slow =
                () ->
                        asked.incrementAndGet() < 2
                                ? List.of(landmarks)
                                : List.of(landmarks, encoder);
        parts.add(slow);
        assertThat(terminal.run("model", "list")).isZero();
        assertThat(terminal.out()).contains("dlib-landmarks5-v1").contains("dlib-resnet-v1");
    }

    private static ModelState state(String id, ModelKind kind) {
        return new ModelState(
                new ModelInfo(id, kind, "dlib", "1.0.0", "ab", "cd"),
                ModelState.State.ACCEPTED,
                "");
    }

    private static ModelRegistry registry(ModelState.State state, String message) {
        ModelInfo info =
                new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "ab", "cd");
        return () -> List.of(new ModelState(info, state, message));
    }
}
