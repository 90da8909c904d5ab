// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ExportReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

class PickleExportTest {
    /** What the walk-through's scripts do with the file, and that the values are those written. */
    private static final String SCRIPT =
            """
            import pickle, sys
            import numpy as np
            data = pickle.loads(open(sys.argv[1], "rb").read())
            assert sorted(data) == ["encodings", "names"], sorted(data)
            assert len(data["encodings"]) == len(data["names"]) == int(sys.argv[2])
            for i, e in enumerate(data["encodings"][:3]):
                assert isinstance(e, np.ndarray) and e.dtype == np.float64 and e.shape == (128,)
                assert e.flags.writeable
                expected = [((i * 128 + j) * 37 % 401 - 200) / 1024.0 for j in range(128)]
                assert e.tolist() == expected, i
            print(data["names"][:3])
            try:
                import face_recognition
            except ImportError:
                print("without face_recognition")
            else:
                face = np.array(data["encodings"][1])
                matches = face_recognition.compare_faces(data["encodings"], face)
                print([bool(match) for match in matches[:3]])
            """;

    @TempDir Path folder;

    @Test
    void whatIsWrittenComesBackTheSame() throws Exception {
        MemoryStore store = three();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(export(store, out)).isEqualTo(new ExportReport(2, 3, 0));
        MemoryStore second = new MemoryStore();
        assertThat(
                        new GalleryImport(second, 1 << 20)
                                .read(Pickles.stream(out.toByteArray()), "import", Optional.empty())
                                .addition())
                .isEqualTo(new Addition(2, 0, 3, 0));
        for (String name : store.ids.keySet()) {
            assertThat(second.descriptors(name)).isEqualTo(store.descriptors(name));
        }
    }

    @Test
    void encodingsOfOtherModelsAreLeftOutAndCounted() throws Exception {
        MemoryStore store = three();
        ImportedPeople more = new ImportedPeople();
        more.person("Zoë", Optional.empty());
        more.encoding("Zoë", new ModelKey("other", "ab"), new float[] {1, 2}, "x");
        more.person("Bob", Optional.empty());
        more.encoding("Bob", new ModelKey("other", "ab"), new float[] {1, 2}, "x");
        store.addAll(more.people());
        assertThat(export(store, new ByteArrayOutputStream())).isEqualTo(new ExportReport(2, 3, 2));
    }

    @Test
    void manyEncodingsComeBack() throws Exception {
        MemoryStore store = many(2500);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export(store, out);
        MemoryStore second = new MemoryStore();
        new GalleryImport(second, 64 << 20)
                .read(Pickles.stream(out.toByteArray()), "x", Optional.empty());
        assertThat(second.gallery().people()).hasSize(2500);
    }

    @Test
    void anEmptyGalleryIsAFileToo() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export(new MemoryStore(), out);
        MemoryStore second = new MemoryStore();
        new GalleryImport(second, 1 << 20)
                .read(Pickles.stream(out.toByteArray()), "x", Optional.empty());
        assertThat(second.ids).isEmpty();
        if (python().isPresent()) {
            assertThat(
                            python(
                                    out,
                                    "-c",
                                    "import pickle,sys;print(pickle.load(open(sys.argv[1],'rb')))"))
                    .isEqualTo("{'encodings': [], 'names': []}\n");
        }
    }

    @Test
    void pythonLoadsItAndFaceRecognitionComparesWithIt() throws Exception {
        Assumptions.assumeTrue(
                python().isPresent(),
                "skipped: no python3 with numpy here (FACEGATE_PYTHON names one)");
        for (int size : new int[] {3, 2500}) {
            MemoryStore store = size == 3 ? three() : many(size);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            export(store, out);
            String said = python(out, "-c", SCRIPT, Integer.toString(size));
            assertThat(said)
                    .isIn(
                            (size == 3 ? "['Ada', 'Ada', 'Zoë']\n" : "['P0', 'P1', 'P2']\n")
                                    + "[False, True, False]\n",
                            (size == 3 ? "['Ada', 'Ada', 'Zoë']\n" : "['P0', 'P1', 'P2']\n")
                                    + "without face_recognition\n");
        }
    }

    @Test
    void whatThisPythonWritesComesIn() throws Exception {
        Assumptions.assumeTrue(
                python().isPresent(),
                "skipped: no python3 with numpy here (FACEGATE_PYTHON names one)");
        Path script = folder.resolve("make.py");
        Files.write(
                script,
                PickleExportTest.class.getResourceAsStream("/pickles/make.py").readAllBytes());
        run(List.of(python().get(), script.toString(), folder.toString(), "here"));
        try (var files = Files.list(folder)) {
            List<Path> pickles = files.filter(f -> f.toString().endsWith(".pickle")).toList();
            assertThat(pickles).hasSizeGreaterThan(20);
            for (Path pickle : pickles) {
                MemoryStore store = new MemoryStore();
                new GalleryImport(store, 16 << 20)
                        .read(Files.newInputStream(pickle), "x", Optional.empty());
                assertThat(store.descriptors("Zoë").get(0).toArray())
                        .as(pickle.toString())
                        .isEqualTo(Pickles.vector(1));
            }
        }
    }

    private static ExportReport export(MemoryStore store, ByteArrayOutputStream out)
            throws IOException {
        return new GalleryExport(store, Optional.of(store), ExchangeFormat.PICKLE, Optional.empty())
                .write(out, ExchangeFormat.PICKLE);
    }

    private static MemoryStore three() throws IOException {
        MemoryStore store = new MemoryStore();
        ImportedPeople people = new ImportedPeople();
        people.person("Ada", Optional.empty());
        people.person("Zoë", Optional.empty());
        people.encoding("Ada", GalleryImport.FACE_RECOGNITION, Pickles.vector(0), "x");
        people.encoding("Ada", GalleryImport.FACE_RECOGNITION, Pickles.vector(1), "x");
        people.encoding("Zoë", GalleryImport.FACE_RECOGNITION, Pickles.vector(2), "x");
        store.addAll(people.people());
        return store;
    }

    private static MemoryStore many(int size) throws IOException {
        ImportedPeople people = new ImportedPeople();
        for (int i = 0; i < size; i++) {
            people.person("P" + i, Optional.empty());
            people.encoding("P" + i, GalleryImport.FACE_RECOGNITION, Pickles.vector(i), "x");
        }
        MemoryStore store = new MemoryStore();
        store.addAll(people.people());
        return store;
    }

    /** A Python with numpy: the one FACEGATE_PYTHON names, or python3. */
    private static Optional<String> python() throws Exception {
        String python = Optional.ofNullable(System.getenv("FACEGATE_PYTHON")).orElse("python3");
        try {
            Process process =
                    new ProcessBuilder(python, "-c", "import numpy")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0 ? Optional.of(python) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String python(
            ByteArrayOutputStream pickle, String option, String script, String... more)
            throws Exception {
        Path file = folder.resolve("exported.pickle");
        Files.write(file, pickle.toByteArray());
        List<String> command =
                new java.util.ArrayList<>(List.of(python().get(), option, script, file.toString()));
        command.addAll(List.of(more));
        return run(command);
    }

    private static String run(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("PYTHONWARNINGS", "ignore");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
