// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.EncoderProbe;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import javax.imageio.ImageIO;

class ModelPackTest {
    @TempDir private Path folder;
    private final FakeParts parts = new FakeParts();
    private final Terminal terminal = new Terminal(parts);
    private EncoderInput asked;
    private Path onnx;
    private Path jar;

    /** An encoder that is installed: its face is that of the self-test. */
    private record Installed(ModelInfo info) implements ModelData {
        @Override
        public byte[] read() {
            return new byte[0];
        }

        @Override
        public Optional<InputStream> selfTest(String name) throws IOException {
            var bytes = new ByteArrayOutputStream();
            var picture = new BufferedImage(150, 150, BufferedImage.TYPE_3BYTE_BGR);
            ImageIO.write(picture, "png", bytes);
            return Optional.of(new ByteArrayInputStream(bytes.toByteArray()));
        }

        @Override
        public void accepted() {
            throw new IllegalStateException();
        }

        @Override
        public void refused(String reason) {
            throw new IllegalStateException();
        }
    }

    private final EncoderProbe probe =
            new EncoderProbe() {
                @Override
                public String format() {
                    return "onnx";
                }

                @Override
                public Result probe(Path file, EncoderInput input, Metric metric, FaceChip chip)
                        throws IOException {
                    asked = input;
                    if (Files.size(file) == 0) {
                        throw new IOException(file + ": it is empty");
                    }
                    assertThat(chip.size()).isEqualTo(150);
                    return new Result(new float[] {0.6f, 0.8f, 0}, 5 << 20);
                }
            };

    @BeforeEach
    void files() throws IOException {
        onnx = Files.writeString(folder.resolve("a.onnx"), "weights");
        jar = folder.resolve("mine.jar");
        parts.add(probe);
        parts.add(
                new Installed(new ModelInfo("m", ModelKind.ENCODER, "dlib", "1.0.0", "ab", "cd")));
    }

    private int pack(String... more) {
        Object[] words = new Object[10 + more.length];
        Object[] usual = {
            "model", "pack", "--onnx", onnx, "--id", "mine", "--alignment", "arcface-112", "-o", jar
        };
        System.arraycopy(usual, 0, words, 0, usual.length);
        System.arraycopy(more, 0, words, usual.length, more.length);
        return terminal.run(words);
    }

    private String capability() throws IOException {
        try (JarFile packed = new JarFile(jar.toFile())) {
            return packed.getManifest().getMainAttributes().getValue("Provide-Capability");
        }
    }

    @Test
    void theBundleSaysWhatTheModelIs() throws IOException {
        assertThat(pack("--similarity", "0.395", "--mean", "127", "--licence", "MIT")).isZero();
        assertThat(capability())
                .startsWith("facegate.model;model=\"mine\";kind=\"encoder\";format=\"onnx\"")
                .contains(
                        ";dimension:Long=3;metric=\"cosine\";alignment=\"arcface-112\";"
                                + "derived=\"dlib-150\";size:Long=112;channels=\"rgb\";"
                                + "mean:List<Double>=\"127.0,127.0,127.0\"")
                .contains("tolerance:Double=\"1.1\"", "memory:Long=5242880", "licence=\"MIT\"");
        assertThat(terminal.out()).contains("3 numbers, tolerance 1.100, about 6 MB of memory");
        assertThat(asked.mean()).containsExactly(127.0, 127.0, 127.0);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void itHoldsTheFileAndWhatItGave() throws IOException {
        assertThat(pack("--tolerance", "1.1")).isZero();
        try (JarFile packed = new JarFile(jar.toFile())) {
            ZipEntry model = packed.getEntry("model/mine.onnx");
            assertThat(model.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(packed.getInputStream(model)).hasContent("weights");
            assertThat(packed.getEntry("model/selftest/chip.png")).isNotNull();
            String expected =
                    new String(
                            packed.getInputStream(packed.getEntry("model/selftest/expected.json"))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8);
            assertThat(expected).contains("\"descriptor\": [0.6, 0.8, 0.0]");
        }
    }

    @Test
    void whateverChangesDescriptorsIsAnotherModel() throws IOException {
        pack("--tolerance", "1.1");
        byte[] first = Files.readAllBytes(jar);
        String before = weights();
        pack("--tolerance", "1.1");
        assertThat(Files.readAllBytes(jar)).isEqualTo(first);
        pack("--tolerance", "1.2");
        assertThat(weights()).isEqualTo(before);
        pack("--tolerance", "1.1", "--channels", "bgr");
        assertThat(weights()).isNotEqualTo(before);
    }

    private String weights() throws IOException {
        return capability().replaceAll(".*weights=\"([^\"]*)\".*", "$1");
    }

    @Test
    void aFileThatIsNoEncoderIsToldAndNothingIsWritten() throws IOException {
        Files.writeString(onnx, "");
        assertThat(pack("--tolerance", "1.1")).isEqualTo(1);
        assertThat(terminal.err()).contains("it is empty");
        assertThat(jar).doesNotExist();
    }

    @Test
    void wrongArgumentsAreUsage() {
        assertThat(pack()).isEqualTo(2);
        assertThat(terminal.err()).contains("--tolerance is above 0, at most 100");
        assertThat(pack("--tolerance", "1", "--similarity", "0.4")).isEqualTo(2);
        assertThat(pack("--tolerance", "1", "--unlike", "0.5")).isEqualTo(2);
        assertThat(pack("--tolerance", "1", "--channels", "grey")).isEqualTo(2);
        assertThat(pack("--tolerance", "1", "--metric", "manhattan")).isEqualTo(2);
        assertThat(pack("--tolerance", "1", "--size", "7")).isEqualTo(2);
        assertThat(pack("--tolerance", "1", "--mean", "1,2")).isEqualTo(2);
        assertThat(jar).doesNotExist();
    }
}
