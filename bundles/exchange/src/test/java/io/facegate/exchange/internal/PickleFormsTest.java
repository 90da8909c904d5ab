// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ImportReport;
import io.facegate.api.store.Addition;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What forms.py writes: the forms in which scripts other than face_recognition's keep encodings.
 */
class PickleFormsTest {
    private static final long MEMORY = 32 << 20;

    /** What is said of a file that begins so. */
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry(
                            "no-embeddings",
                            "its dict has the keys \"embeddings\", \"names\", where"),
                    Map.entry(
                            "no-names", "its dict has the key \"encodings\", where \"encodings\""),
                    Map.entry("no-encodings", "its dict has the key \"names\", where"),
                    Map.entry(
                            "no-other-keys", "its dict has the keys \"X\", \"y\", \"date\", where"),
                    Map.entry("no-rows-alone", "list of 3 whose item[0] is an encoding without"),
                    Map.entry("no-matrix-alone", "shape [3, 128] whose item[0] is an encoding"),
                    Map.entry("no-text", "it holds a str, where"),
                    Map.entry("no-three", "a tuple of 3 whose item[0] is a list of 3, where"),
                    Map.entry("no-numbers-as-names", "names[0] is an int"),
                    Map.entry("no-masked", "encodings[2][5] is not a finite number"),
                    Map.entry("no-masked-name", "names[1] is None, where a name belongs"),
                    Map.entry("no-missing-name", "names[1] is None, where a name belongs"),
                    Map.entry("no-complex", "a numpy array of type 'c16'"),
                    Map.entry("no-record", "a numpy array of type 'V8'"),
                    Map.entry("no-date", "refers to 'datetime.datetime'"),
                    Map.entry("no-short-vectors", "encodings[0] is a numpy array of shape [64]"),
                    Map.entry("no-two-faces", "encodings[0] is a list of 2, where 128 numbers"),
                    Map.entry("no-numbered-pictures", "'dataset/00000001.jpg' name nobody"),
                    Map.entry("no-picture-alone", "item[0] has the key \"imagePath\", where \"enc"),
                    Map.entry("no-three-dumps", "more after the end of the pickle, and not just"),
                    Map.entry("no-two-dicts", "more after the end of the pickle, and not just"),
                    Map.entry("no-int-keys", "its dict has the keys \"1\", \"2\", where"));

    @TestFactory
    Stream<DynamicTest> everyForm() throws Exception {
        Map<String, byte[]> files = Pickles.forms();
        assertThat(files).hasSizeGreaterThan(190);
        return files.entrySet().stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getKey(),
                                        () -> check(file.getKey(), file.getValue())));
    }

    private static void check(String name, byte[] file) throws Exception {
        String form = name.replaceFirst("^np[12]-(.*)-p[0-5]\\.pickle$", "$1");
        if (form.startsWith("no-")) {
            PickleImportTest.assertRefused(file, REFUSED.get(form));
        } else {
            comesIn(file, form.contains("thirds"), form.contains("float16"));
        }
    }

    private static void comesIn(byte[] file, boolean thirds, boolean half) throws Exception {
        MemoryStore store = new MemoryStore();
        ImportReport report =
                new GalleryImport(store, MEMORY)
                        .read(Pickles.stream(file), "e.pickle", Optional.empty());
        assertThat(report)
                .isEqualTo(new ImportReport(ExchangeFormat.PICKLE, new Addition(2, 0, 3, 0)));
        assertThat(store.ids).containsOnlyKeys("Ada Lovelace", "Zoë");
        List<FaceDescriptor> ada = store.descriptors("Ada Lovelace");
        List<FaceDescriptor> all = List.of(ada.get(0), store.descriptors("Zoë").get(0), ada.get(1));
        for (int i = 0; i < all.size(); i++) {
            float[] vector = all.get(i).toArray();
            for (int j = 0; j < vector.length; j++) {
                double value = Pickles.value(i, j) / (thirds ? 3.0 : 1.0);
                // float16 has 11 bits, of the others nothing is lost in single precision
                double lost = thirds && half ? Math.abs(value) / 2048 : 0;
                assertThat((double) vector[j]).isCloseTo((float) value, Offset.offset(lost));
            }
        }
    }
}
