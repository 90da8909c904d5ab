// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** Whether the models are as they were made. */
final class ModelCheck implements Check {
    private static final String SUBJECT = "models";
    private static final Pattern CAPABILITY =
            Pattern.compile(
                    "facegate\\.model;[^,]*?path=\"([^\"]+)\";[^,]*?sha256=\"?([0-9a-fA-F]{64})");

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) throws IOException {
        List<Path> jars = new ArrayList<>(VersionCheck.jars(installation.home().resolve("bundle")));
        jars.addAll(VersionCheck.jars(installation.home().resolve("load")));
        jars.addAll(VersionCheck.jars(installation.data().resolve("load")));
        List<Finding> findings = new ArrayList<>();
        int sound = 0;
        for (Path jar : jars) {
            Optional<String> problem;
            try {
                problem = problem(jar);
            } catch (IOException | RuntimeException e) {
                problem = Optional.of(e.toString());
            }
            if (problem.isPresent() && !problem.get().isEmpty()) {
                findings.add(
                        Finding.fault(
                                SUBJECT,
                                jar.getFileName() + ": " + problem.get(),
                                "Install Facegate again, or copy the jar again; if it comes back, replace the SD card"));
            } else if (problem.isPresent()) {
                sound++;
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    sound > 0
                            ? Finding.ok(
                                    SUBJECT, sound + " models, all as they were made (SHA-256)")
                            : Finding.fault(
                                    SUBJECT, "there are no models", "Install Facegate again"));
        }
        return findings;
    }

    /** Empty for a jar without a model; an empty text for a sound one. */
    private static Optional<String> problem(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String capability =
                    file.getManifest() == null
                            ? null
                            : file.getManifest().getMainAttributes().getValue("Provide-Capability");
            Matcher model = CAPABILITY.matcher(capability == null ? "" : capability);
            if (!model.find()) {
                return Optional.empty();
            }
            ZipEntry entry = file.getEntry(model.group(1));
            if (entry == null) {
                return Optional.of("its file " + model.group(1) + " is missing");
            }
            try (InputStream in = file.getInputStream(entry)) {
                return Optional.of(
                        hash(in).equalsIgnoreCase(model.group(2))
                                ? ""
                                : "its content is not what its SHA-256 says");
            }
        }
    }

    private static String hash(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                digest.update(chunk, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
