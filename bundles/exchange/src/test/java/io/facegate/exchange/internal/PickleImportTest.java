// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ImportReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

class PickleImportTest {
    private static final long MEMORY = 32 << 20;

    @TestFactory
    Stream<DynamicTest> everyPickleThatPythonWroteComesInExactly() throws Exception {
        Map<String, byte[]> files = Pickles.files();
        assertThat(files).hasSizeGreaterThan(80);
        return files.entrySet().stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getKey(), () -> comesIn(file.getValue())));
    }

    private static void comesIn(byte[] file) throws Exception {
        MemoryStore store = new MemoryStore();
        assertThat(read(store, file))
                .isEqualTo(new ImportReport(ExchangeFormat.PICKLE, new Addition(2, 0, 3, 0)));
        assertThat(store.ids.keySet()).containsExactly("Ada Lovelace", "Zoë");
        assertThat(store.descriptors("Ada Lovelace")).containsExactly(descriptor(0), descriptor(2));
        assertThat(store.descriptors("Zoë")).containsExactly(descriptor(1));
        StoredEncoding encoding = store.encodings.get("Zoë").get(0);
        assertThat(encoding.source()).isEqualTo("import:e.pickle");
        assertThat(encoding.hasChip()).isFalse();

        assertThat(read(store, file).addition()).isEqualTo(new Addition(0, 2, 0, 3));
    }

    @Test
    void anotherModelIsKeptApart() throws Exception {
        MemoryStore store = new MemoryStore();
        ModelKey other = new ModelKey("other", "ab".repeat(32));
        new GalleryImport(store, MEMORY)
                .read(
                        Pickles.stream(Pickles.files().get("np2-arrays-p4.pickle")),
                        "e",
                        Optional.of(other));
        assertThat(store.descriptors("Zoë").get(0).model()).isEqualTo(other);
    }

    @Test
    void everyTruncationIsRefusedAndNothingComesIn() throws Exception {
        for (String name :
                List.of("np2-arrays-p5.pickle", "np1-lists-p2.pickle", "py2-arrays-p0.pickle")) {
            byte[] whole = Pickles.files().get(name);
            for (int length = 0; length < whole.length; length += length < 400 ? 1 : 97) {
                assertRefused(Arrays.copyOf(whole, length), "");
            }
        }
    }

    @Test
    void noRandomDamageDoesAnythingButRefuse() throws Exception {
        Random random = new Random(7);
        List<byte[]> files = new ArrayList<>(Pickles.files().values());
        files.addAll(Pickles.forms().values());
        for (byte[] whole : files) {
            for (int i = 0; i < 20; i++) {
                byte[] bytes = whole.clone();
                for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                MemoryStore store = new MemoryStore();
                try {
                    read(store, bytes);
                } catch (ExchangeException e) {
                    assertThat(e.getMessage()).startsWith("e.pickle is refused: ");
                    assertThat(store.calls).isZero();
                }
            }
        }
    }

    @Test
    void sizesThatDifferAreNamed() throws Exception {
        byte[] whole = Pickles.files().get("np2-lists-p2.pickle");
        String text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
        // the last name is a reference back to the first
        int names = text.indexOf("Zo");
        int end = text.indexOf("e", names + 6);
        byte[] less =
                Pickles.bytes(
                        Arrays.copyOf(whole, end - 2),
                        Arrays.copyOfRange(whole, end, whole.length));
        assertRefused(less, "3 encodings and 2 names");
    }

    @Test
    void vectorsThatAreNone() {
        assertRefused(dict("](K\u0001K\u0002e", "X\u0001\0\0\0a"), "encodings[0] is a list of 2");
        assertRefused(dict("K\u0001", "X\u0001\0\0\0a"), "encodings[0] is an int");
        assertRefused(dict("X\u0001\0\0\0v", "X\u0001\0\0\0a"), "encodings[0] is a str");
        String nan = "](" + "K\u0001".repeat(127) + "G\u007f\u00f8\0\0\0\0\0\0e";
        assertRefused(dict(nan, "X\u0001\0\0\0a"), "encodings[0][127] is not a finite number");
        String huge = "](" + "K\u0001".repeat(127) + "G\u007f\u00e0\0\0\0\0\0\0e";
        assertRefused(dict(huge, "X\u0001\0\0\0a"), "encodings[0][127] is not a finite number");
        String text = "](" + "K\u0001".repeat(127) + "X\u0001\0\0\0ae";
        assertRefused(dict(text, "X\u0001\0\0\0a"), "encodings[0][127] is not a finite number");
        String good = "](" + "K\u0001".repeat(128) + "e";
        assertRefused(dict(good, "K\u0001"), "names[0] is an int");
        assertRefused(dict(good, "N"), "names[0] is None");
        assertRefused(dict(good, "X\u0002\0\0\0  "), "names[0] is empty");
    }

    @Test
    void otherThingsThanADictOfTwoLists() {
        String wanted =
                ", where \"encodings\" and \"names\" (or \"known_face_encodings\" and"
                        + " \"known_face_names\") are wanted";
        assertRefused(Pickles.bytes(0x80, 4, "K", 7, "."), "it holds an int" + wanted);
        assertRefused(Pickles.bytes(0x80, 4, "}."), "its dict has no keys" + wanted);
        assertRefused(
                Pickles.bytes(0x80, 4, "}X", 9, 0, 0, 0, "encodings]s."),
                "its dict has the key \"encodings\"" + wanted);
        String keys = "(dV\u001b[31m\nNs" + "V%d\nNs".repeat(11) + ".";
        assertRefused(
                Pickles.bytes(keys.formatted(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
                "the keys \"?[31m\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\" and 2"
                        + " more, where");
        assertRefused(
                Pickles.bytes(0x80, 4, "}(X", 9, 0, 0, 0, "encodings}X", 5, 0, 0, 0, "names]u."),
                "\"encodings\" are a dict");
        assertRefused(Pickles.bytes(0x80, 4, "}.more"), "after the end");
        assertRefused(Pickles.bytes(0x80, 4, "].more"), "after the end");
        assertRefused(Pickles.bytes(0x80, 4, "].", 0x80, 4, "}."), "after the end");
        assertRefused(Pickles.bytes(0x80, 4, "]q", 0, ".", 0x80, 4, "h", 0, "."), "refers back");
        assertRefused(Pickles.bytes(0x80, 9, "}."), "protocol 9");
        assertRefused(Pickles.bytes("}KK"), "truncated");
        assertRefused(Pickles.bytes("}("), "truncated");
        assertRefused(Pickles.bytes("}0."), "0 values");
    }

    @Test
    void otherFilesAreTold() {
        assertRefused(new byte[0], "empty");
        assertRefused(Pickles.bytes("FACEGATE-BACKUP 1\n{}"), "facegate restore");
        assertRefused(Pickles.bytes("SQLite format 3\0"), "neither");
        assertRefused(Pickles.bytes("\u001f\u008b\b"), "neither");
    }

    static byte[] dict(String vector, String name) {
        return Pickles.bytes(
                0x80,
                4,
                "}(X",
                9,
                0,
                0,
                0,
                "encodings](",
                vector,
                "eX",
                5,
                0,
                0,
                0,
                "names](",
                name,
                "eu.");
    }

    static void assertRefused(byte[] file, String why) {
        MemoryStore store = new MemoryStore();
        assertThatThrownBy(() -> read(store, file))
                .isInstanceOf(ExchangeException.class)
                .hasMessageStartingWith("e.pickle is refused: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
        assertThat(store.calls).isZero();
    }

    private static ImportReport read(MemoryStore store, byte[] file) throws ExchangeException {
        return new GalleryImport(store, MEMORY)
                .read(Pickles.stream(file), "e.pickle", Optional.empty());
    }

    private static FaceDescriptor descriptor(int encoding) {
        return new FaceDescriptor(GalleryImport.FACE_RECOGNITION, Pickles.vector(encoding));
    }
}
