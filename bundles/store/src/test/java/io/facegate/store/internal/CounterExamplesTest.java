// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Faces that are known not to be somebody. */
class CounterExamplesTest {
    @TempDir Path folder;
    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("data/facegate.db");
    }

    private SqliteStore opened(Optional<Path> key) {
        SqliteStore store = new SqliteStore(path, key);
        store.open();
        return store;
    }

    private SqliteStore opened() {
        return opened(Optional.empty());
    }

    private static List<CounterExample> served(SqliteStore store) {
        return store.gallery().section(Faces.MODEL).orElseThrow().counterExamples();
    }

    private static List<StoredEncoding> kept(SqliteStore store, Person person) throws Exception {
        return store.counterExamples().counterExamples(person.id());
    }

    @Test
    void rejectedFaceIsInTheNextSnapshotAndThereAfterReopening() throws Exception {
        Person ann;
        StoredEncoding rejected;
        try (SqliteStore store = opened()) {
            ann = store.add("Ann", List.of(Faces.encoding(1)));
            Gallery before = store.gallery();
            rejected = store.counterExamples().reject(ann.id(), Faces.withChip(9, "door"));

            assertThat(before.section(Faces.MODEL).orElseThrow().counterExamples()).isEmpty();
            assertThat(store.gallery().revision()).isGreaterThan(before.revision());
            assertThat(served(store))
                    .containsExactly(
                            new CounterExample(rejected.id(), ann.id(), Faces.descriptor(9)));
            assertThat(store.gallery().section(Faces.MODEL).orElseThrow().blocks())
                    .isEqualTo(before.section(Faces.MODEL).orElseThrow().blocks());
        }
        try (SqliteStore store = opened()) {
            assertThat(served(store)).extracting(CounterExample::id).containsExactly(rejected.id());
            assertThat(kept(store, ann)).containsExactly(rejected);
            assertThat(rejected.source()).isEqualTo("door");
            assertThat(store.counterExamples().counterChip(rejected.id()).orElseThrow().rgb())
                    .isEqualTo(Faces.chip(9).rgb());
            assertThat(store.encodings(ann.id())).hasSize(1);
            assertThat(store.find("Ann").orElseThrow().encodings()).isEqualTo(1);
        }
    }

    @Test
    void sameFaceIsKeptOnceForEachPerson() throws Exception {
        try (SqliteStore store = opened()) {
            Person ann = store.add("Ann", List.of(Faces.encoding(1)));
            Person ben = store.add("Ben", List.of(Faces.encoding(2)));
            StoredEncoding first = store.counterExamples().reject(ann.id(), Faces.encoding(9));
            long revision = store.gallery().revision();
            assertThat(store.counterExamples().reject(ann.id(), Faces.encoding(9)))
                    .isEqualTo(first);
            assertThat(store.gallery().revision()).isEqualTo(revision);
            store.counterExamples().reject(ben.id(), Faces.encoding(9));
            assertThat(served(store)).hasSize(2);
            assertThatThrownBy(
                            () ->
                                    store.counterExamples()
                                            .reject(UUID.randomUUID(), Faces.encoding(9)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("not in the gallery");
        }
    }

    @Test
    void snapshotAfterEachChangeIsThatOfTheFile() throws Exception {
        try (SqliteStore store = opened()) {
            Person ann = store.add("Ann", List.of(Faces.encoding(1), Faces.encoding(2)));
            Person ben = store.add("Ben", List.of(Faces.encoding(3)));
            store.add("Cy", List.of(Faces.encoding(4)));
            StoredEncoding gone = store.counterExamples().reject(ann.id(), Faces.encoding(8));
            store.counterExamples().reject(ann.id(), Faces.encoding(9));
            store.counterExamples().reject(ben.id(), Faces.encoding(9));
            // of a model that has no encoding yet
            store.counterExamples().reject(ann.id(), other(7));
            assertAsReopened(store);
            store.add("Ann", List.of(other(1)));
            assertAsReopened(store);
            assertThat(store.gallery().section(Faces.OTHER).orElseThrow().counterExamples())
                    .hasSize(1);
            assertThat(store.counterExamples().removeCounterExamples(List.of(gone.id(), 4711L)))
                    .isEqualTo(1);
            assertAsReopened(store);
            store.rename("Cy", "Cyd");
            store.add("Ben", List.of(Faces.encoding(5)));
            assertAsReopened(store);
            store.delete(List.of("Cyd"));
            assertAsReopened(store);
            store.rename("Ann", "Ben");
            assertAsReopened(store);
            assertThat(served(store)).allMatch(e -> e.personId().equals(ben.id())).hasSize(2);
            store.delete(List.of("Ben"));
            assertThat(store.gallery().sections()).isEmpty();
            assertThat(kept(store, ben)).isEmpty();
        }
    }

    private static NewEncoding other(long seed) {
        FaceDescriptor descriptor = Faces.descriptor(Faces.OTHER, seed);
        return new NewEncoding(descriptor, Optional.empty(), "", "");
    }

    private void assertAsReopened(SqliteStore store) {
        try (SqliteStore again = opened()) {
            store.gallery()
                    .sections()
                    .forEach(
                            (model, section) ->
                                    assertThat(section.counterExamples())
                                            .isEqualTo(
                                                    again.gallery()
                                                            .section(model)
                                                            .orElseThrow()
                                                            .counterExamples()));
        }
    }

    @Test
    void copyBringsThemBack() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (SqliteStore store = opened()) {
            Person ann = store.add("Ann", List.of(Faces.encoding(1)));
            store.counterExamples().reject(ann.id(), Faces.withChip(9, "door"));
            store.copyTo(copy);
            store.delete(List.of("Ann"));
            store.restore(copy, RestoreMode.MERGE);
            store.restore(copy, RestoreMode.MERGE);
            assertThat(kept(store, ann)).hasSize(1);
            store.restore(copy, RestoreMode.REPLACE);
            StoredEncoding back = kept(store, ann).get(0);
            assertThat(back.descriptor()).isEqualTo(Faces.descriptor(9));
            assertThat(back.source()).isEqualTo("door");
            assertThat(store.counterExamples().counterChip(back.id()).orElseThrow().rgb())
                    .isEqualTo(Faces.chip(9).rgb());
            assertThat(served(store)).hasSize(1);
        }
    }

    @Test
    void comeInWithTheirPerson() throws Exception {
        try (SqliteStore store = opened()) {
            NewPerson ann =
                    new NewPerson(
                            Optional.empty(),
                            "Ann",
                            List.of(Faces.encoding(1)),
                            List.of(Faces.encoding(9)));
            store.addAll(List.of(ann));
            assertThat(served(store)).hasSize(1);
            store.counterExamples().removeCounterExamples(List.of(served(store).get(0).id()));
            store.addAll(List.of(ann));
            assertThat(served(store)).hasSize(1);
        }
    }

    @Test
    void areEncryptedAndLeaveNothingWithTheirPerson() throws Exception {
        Path keyFile = folder.resolve("store.key");
        StoreKey.make(keyFile);
        Person ann;
        try (SqliteStore store = opened()) {
            ann = store.add("Ann", List.of(Faces.encoding(1)));
            store.counterExamples().reject(ann.id(), Faces.withChip(9, "door"));
            assertThat(files()).contains(raw(9)).contains("IHDR");
        }
        try (SqliteStore store = opened(Optional.of(keyFile))) {
            store.counterExamples().reject(ann.id(), Faces.withChip(10, "door"));
            store.file().scrub();
            assertThat(kept(store, ann)).hasSize(2);
            assertThat(store.counterExamples().counterChip(kept(store, ann).get(0).id()))
                    .isPresent();
            assertThat(files()).doesNotContain(raw(9), raw(10), "IHDR");
        }
    }

    @Test
    void areOverwrittenWithTheirPersonAndAlone() throws Exception {
        try (SqliteStore store = opened()) {
            Person ann = store.add("Ann", List.of(Faces.encoding(1)));
            Person ben = store.add("Ben", List.of(Faces.encoding(2)));
            store.counterExamples().reject(ann.id(), Faces.withChip(9, "door"));
            StoredEncoding one =
                    store.counterExamples().reject(ben.id(), Faces.withChip(10, "door"));
            store.counterExamples().removeCounterExamples(List.of(one.id()));
            store.delete(List.of("Ann"));
            assertThat(store.file().scrub()).isEmpty();
            assertThat(files()).contains(raw(2)).doesNotContain(raw(9), raw(10), "IHDR");
        }
    }

    @Test
    void thoseThatShowAnotherPersonAreFound() throws Exception {
        try (SqliteStore store = opened()) {
            Person ann = store.add("Ann", List.of(Faces.encoding(1)));
            Person ben = store.add("Ben", List.of(Faces.encoding(2)));
            float[] nearBen = Faces.values(2, 128);
            nearBen[0] += 0.1f;
            StoredEncoding shown = store.counterExamples().reject(ann.id(), encoding(nearBen));
            store.counterExamples().reject(ben.id(), encoding(nearBen));
            store.counterExamples().reject(ann.id(), Faces.encoding(1));

            List<FaceDescriptor> ofBen = List.of(Faces.descriptor(2));
            assertThat(CounterExamplesLike.of(store.gallery(), ben.id(), ofBen))
                    .containsExactly(shown.id());
            assertThat(
                            CounterExamplesLike.of(
                                    store.gallery(), ann.id(), List.of(Faces.descriptor(1))))
                    .isEmpty();
        }
    }

    @Test
    void whoeverIsErasedLeavesThoseOfOthers() throws Exception {
        StoreComponent component = component();
        try {
            Person ann = component.add("Ann", List.of(Faces.encoding(1)));
            Person ben = component.add("Ben", List.of(Faces.encoding(2)));
            component.reject(ann.id(), Faces.withChip(2, "door"));
            component.reject(ann.id(), Faces.withChip(3, "door"));

            assertThat(component.eraseLike(ben, List.of(Faces.descriptor(2))))
                    .containsExactly(
                            new ErasedPart(
                                    "counter-examples of others that look like the person", 1, ""));
            component.delete(List.of("Ben"));
            assertThat(component.scrub()).noneMatch(ErasedPart::again);
            assertThat(component.counterExamples(ann.id()))
                    .extracting(StoredEncoding::descriptor)
                    .containsExactly(Faces.descriptor(3));
            assertThat(files()).contains(raw(3)).doesNotContain(raw(2));
        } finally {
            component.deactivate();
        }
    }

    /** As the framework would make it. */
    private StoreComponent component() {
        Object context =
                Proxy.newProxyInstance(
                        BundleContext.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) ->
                                "facegate.data".equals(arguments[0])
                                        ? path.getParent().toString()
                                        : null);
        Object config =
                Proxy.newProxyInstance(
                        StoreComponent.Config.class.getClassLoader(),
                        new Class<?>[] {StoreComponent.Config.class},
                        (proxy, method, arguments) -> method.getDefaultValue());
        return new StoreComponent((BundleContext) context, (StoreComponent.Config) config);
    }

    private static NewEncoding encoding(float[] values) {
        return new NewEncoding(new FaceDescriptor(Faces.MODEL, values), Optional.empty(), "x", "");
    }

    private static String raw(long seed) {
        return text(Columns.bytes(Faces.descriptor(seed)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String files() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(path.getParent())) {
            for (Path file : files.toList()) {
                all.append(text(Files.readAllBytes(file)));
            }
        }
        return all.toString();
    }
}
