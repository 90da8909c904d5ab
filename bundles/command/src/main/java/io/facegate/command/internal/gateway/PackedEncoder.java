// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.FaceAlignment;
import io.facegate.api.model.ModelInfo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * The bundle of an encoder: its file, its self-test, and what it says of it.
 *
 * @param id name of the model
 * @param version of the bundle
 * @param file content of the model file
 * @param traits what it is
 * @param terms licence and memory
 */
record PackedEncoder(
        String id, String version, byte[] file, EncoderTraits traits, ModelInfo.Terms terms) {
    /** Part of the tolerance by which other processors may give another descriptor. */
    private static final double WITHIN = 0.001;

    private static final String FORMAT = "onnx";

    /** The same bytes for the same model, whenever it is packed: the earliest a jar can say. */
    private static final long TIME = 315_532_800_000L;

    /**
     * Writes the jar, whole or not at all.
     *
     * @param chip the picture of the self-test, a PNG
     * @param descriptor what the encoder makes of it
     */
    void write(Path jar, byte[] chip, float[] descriptor) throws IOException {
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part);
                    JarOutputStream files = new JarOutputStream(out)) {
                files.putNextEntry(entry("META-INF/MANIFEST.MF"));
                manifest().write(files);
                files.closeEntry();
                // weights hardly get smaller, and every start would unpack them
                ZipEntry model = entry(path());
                CRC32 crc = new CRC32();
                crc.update(file);
                model.setMethod(ZipEntry.STORED);
                model.setSize(file.length);
                model.setCrc(crc.getValue());
                add(files, model, file);
                add(files, entry("model/selftest/chip.png"), chip);
                add(
                        files,
                        entry("model/selftest/expected.json"),
                        expected(descriptor).getBytes(UTF_8));
            }
            Files.move(
                    part, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(TIME);
        return entry;
    }

    private static void add(JarOutputStream files, ZipEntry entry, byte[] bytes)
            throws IOException {
        files.putNextEntry(entry);
        files.write(bytes);
        files.closeEntry();
    }

    private String path() {
        return "model/" + id + "." + FORMAT;
    }

    private Manifest manifest() {
        var manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "facegate.packed." + id);
        main.putValue("Bundle-Version", version);
        main.putValue("Bundle-Description", "The face encoder " + id + ": weights, no code");
        if (!terms.licence().isEmpty()) {
            main.putValue("Bundle-License", '"' + terms.licence() + '"');
        }
        main.putValue(
                "Require-Capability", "osgi.extender;filter:=\"(osgi.extender=facegate.model)\"");
        main.putValue("Provide-Capability", capability());
        return manifest;
    }

    private String capability() {
        String sum = sha256(file);
        return String.join(
                ";",
                List.of(
                        "facegate.model",
                        text("model", id),
                        text("kind", "encoder"),
                        text("format", FORMAT),
                        text("path", path()),
                        text("sha256", sum),
                        text("weights", sha256((sum + compared()).getBytes(UTF_8))),
                        "version:Version=\"" + version + '"',
                        compared(),
                        number("tolerance", traits.tolerance()),
                        number("unlike", traits.unlike()),
                        "memory:Long=" + terms.memory(),
                        text("licence", terms.licence())));
    }

    /** What descriptors depend on besides the file: with another of these they are others. */
    private String compared() {
        EncoderInput input = traits.input();
        return String.join(
                ";",
                List.of(
                        "dimension:Long=" + traits.dimension(),
                        text("metric", traits.metric().name().toLowerCase(Locale.ROOT)),
                        text("alignment", input.alignment().word()),
                        text("derived", FaceAlignment.DLIB.word()),
                        "size:Long=" + input.size(),
                        text("channels", input.blueFirst() ? "bgr" : "rgb"),
                        numbers("mean", input.mean()),
                        numbers("deviation", input.deviation())));
    }

    private static String text(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String number(String name, double value) {
        return name + ":Double=\"" + value + '"';
    }

    private static String numbers(String name, List<Double> values) {
        return values.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",", name + ":List<Double>=\"", "\""));
    }

    private String expected(float[] descriptor) {
        StringBuilder json = new StringBuilder("{\n  \"picture\": \"chip.png\",\n");
        json.append("  \"within\": [").append(WITHIN * traits.tolerance()).append("],\n");
        json.append("  \"descriptor\": [");
        for (int i = 0; i < descriptor.length; i++) {
            json.append(i == 0 ? "" : ", ").append(descriptor[i]);
        }
        return json.append("]\n}\n").toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
