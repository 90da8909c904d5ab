// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ExportReport;
import io.facegate.api.exchange.ImportReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

class JsonTest {
    private static final ModelKey OTHER = new ModelKey("other", "ab".repeat(32));

    @Test
    void whatIsWrittenComesBackTheSame() throws Exception {
        MemoryStore store = people();
        byte[] file = export(store, Optional.empty());
        MemoryStore second = new MemoryStore();
        assertThat(read(second, file))
                .isEqualTo(new ImportReport(ExchangeFormat.JSON, new Addition(3, 0, 4, 0)));
        assertThat(second.ids).isEqualTo(store.ids);
        store.encodings.forEach(
                (name, encodings) -> {
                    assertThat(second.descriptors(name)).isEqualTo(store.descriptors(name));
                    assertThat(second.encodings.get(name).stream().map(StoredEncoding::source))
                            .isEqualTo(encodings.stream().map(StoredEncoding::source).toList());
                });
        assertThat(export(second, Optional.empty())).isEqualTo(file);
        assertThat(read(second, file).addition()).isEqualTo(new Addition(0, 3, 0, 4));
    }

    @Test
    void theFormIsTheOneDocumented() throws Exception {
        MemoryStore store = people();
        String text = new String(export(store, Optional.empty()), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith(
                        "{\"people\":[{\"id\":\""
                                + store.ids.get("Zoë")
                                + "\",\"name\":\"Zoë\",\"encodings\":[{\"vector\":[-0.1953125,")
                .contains("],\"model\":\"dlib-resnet-v1\",\"weights\":\"5553")
                .contains("\",\"source\":\"import:x\"}")
                .endsWith("\"name\":\"Nobody\",\"encodings\":[]}]}");
    }

    @Test
    void counterExamplesGoWithTheirPerson() throws Exception {
        MemoryStore store = people();
        UUID zoe = store.ids.get("Zoë");
        byte[] before = export(store, Optional.empty());
        for (ModelKey model : new ModelKey[] {GalleryImport.FACE_RECOGNITION, OTHER}) {
            FaceDescriptor face = new FaceDescriptor(model, Pickles.vector(7));
            store.reject(zoe, new NewEncoding(face, Optional.empty(), "door", ""));
        }
        byte[] file = export(store, Optional.empty());
        assertThat(new String(before, StandardCharsets.UTF_8)).doesNotContain("counter");
        assertThat(new String(export(store, Optional.of(OTHER)), StandardCharsets.UTF_8))
                .containsOnlyOnce("\"source\":\"door\"");

        MemoryStore second = new MemoryStore();
        read(second, file);
        assertThat(second.counterExamples(zoe))
                .extracting(StoredEncoding::descriptor, StoredEncoding::source)
                .containsExactly(
                        tuple(
                                new FaceDescriptor(
                                        GalleryImport.FACE_RECOGNITION, Pickles.vector(7)),
                                "door"),
                        tuple(new FaceDescriptor(OTHER, Pickles.vector(7)), "door"));
        assertThat(export(second, Optional.empty())).isEqualTo(file);
    }

    @Test
    void onlyTheModelAskedForGoesOut() throws Exception {
        MemoryStore store = people();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportReport report =
                new GalleryExport(
                                store, Optional.of(store), ExchangeFormat.JSON, Optional.of(OTHER))
                        .write(out, ExchangeFormat.JSON);
        assertThat(report).isEqualTo(new ExportReport(2, 1, 3));
    }

    @Test
    void aHandWrittenFileNeedsNoMoreThanNamesAndVectors() throws Exception {
        String vector = Arrays.toString(Pickles.vector(0));
        MemoryStore store = new MemoryStore();
        read(
                store,
                ("\n {\"made by\": {\"hand\": [1, {}]}, \"people\": [{\"name\": \"Ann\", \"age\": 7,"
                                + " \"encodings\": [{\"vector\": "
                                + vector
                                + "}]}, {\"name\": \"Bob\"}]}\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(store.ids.keySet()).containsExactly("Ann", "Bob");
        assertThat(store.descriptors("Ann").get(0).model())
                .isEqualTo(GalleryImport.FACE_RECOGNITION);
        assertThat(store.encodings.get("Ann").get(0).source()).isEqualTo("import:e.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | no \"people\"",
                "{\"people\":{}} | another kind of value",
                "{\"people\":[7]} | another kind of value",
                "{\"people\":[{\"encodings\":[]}]} | before the name",
                "{\"people\":[{\"id\":\"x\",\"name\":\"a\"}]} | no UUID",
                "{\"people\":[{\"name\":\" \"}]} | empty name",
                "{\"people\":[{\"name\":7}]} | text is needed there (at $.people[0].name)",
                "{\"people\":[{}]} | without a name",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{}]}]} | without a vector",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":[]}]}]} | empty vector",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":[\"1\"]}]}]} | numbers only",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":[1,2]}]}]} | 2 numbers",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":[1e99]}]}]} | not finite",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":[1e999]}]}]} | no JSON",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":[NaN]}]}]} | no JSON",
                "{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":[1],\"model\":\"m\"}]}]}"
                        + " | belong together",
                "{\"people\":[]}{} | no JSON",
                "{\"people\":[] | truncated",
                "{'people':[]} | no JSON",
                "{\"people\":[],} | no JSON",
                "[1] | neither",
            })
    void whatIsNotOfTheFormIsRefusedWithItsPlace(String json, String why) {
        assertRefused(json.getBytes(StandardCharsets.UTF_8), why);
    }

    @Test
    void bombsAreRefused() {
        assertRefused(
                ("{\"x\":" + "[".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8), "no JSON");
        assertRefused(
                ("{\"people\":[{\"name\":\"" + "a".repeat(3 << 20))
                        .getBytes(StandardCharsets.UTF_8),
                "memory");
        assertRefused(
                ("{\"people\":[{\"name\":\"a\",\"encodings\":[{\"vector\":["
                                + "1,".repeat(5000)
                                + "1],\"model\":\"m\",\"weights\":\"w\"}]}]}")
                        .getBytes(StandardCharsets.UTF_8),
                "more than 4096");
        assertRefused(new byte[] {'{', '"', 'p', (byte) 0xff, '"', ':', '1', '}'}, "not UTF-8");
    }

    private static MemoryStore people() throws Exception {
        MemoryStore store = new MemoryStore();
        ImportedPeople people = new ImportedPeople();
        people.person("Zoë", Optional.of(UUID.randomUUID()));
        people.encoding("Zoë", GalleryImport.FACE_RECOGNITION, Pickles.vector(0), "import:x");
        people.encoding("Zoë", GalleryImport.FACE_RECOGNITION, Pickles.vector(1), "a/\"b\".jpg");
        people.person("Ann", Optional.empty());
        people.encoding("Ann", OTHER, new float[] {1.5f, -0.1f, Float.MIN_VALUE}, "x");
        people.encoding("Ann", GalleryImport.FACE_RECOGNITION, Pickles.vector(2), "x");
        people.person("Nobody", Optional.empty());
        store.addAll(people.people());
        return store;
    }

    private static byte[] export(MemoryStore store, Optional<ModelKey> model) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new GalleryExport(store, Optional.of(store), ExchangeFormat.JSON, model)
                .write(out, ExchangeFormat.JSON);
        return out.toByteArray();
    }

    private static ImportReport read(MemoryStore store, byte[] file) throws ExchangeException {
        return new GalleryImport(store, 2 << 20)
                .read(Pickles.stream(file), "e.json", Optional.empty());
    }

    private static void assertRefused(byte[] file, String why) {
        MemoryStore store = new MemoryStore();
        assertThatThrownBy(() -> read(store, file))
                .isInstanceOf(ExchangeException.class)
                .hasMessageStartingWith("e.json is refused: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
        assertThat(store.calls).isZero();
    }
}
