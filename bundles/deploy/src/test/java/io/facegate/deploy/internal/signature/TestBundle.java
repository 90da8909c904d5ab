// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar with a manifest and entries, signed or changed afterwards. */
public final class TestBundle {
    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    public TestBundle(String name, String version) {
        with("Manifest-Version", "1.0");
        with("Bundle-ManifestVersion", "2");
        with("Bundle-SymbolicName", name);
        with("Bundle-Version", version);
        file("data.txt", version);
    }

    public TestBundle with(String header, String value) {
        manifest.getMainAttributes().put(new Attributes.Name(header), value);
        return this;
    }

    public TestBundle file(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A class of the tests. */
    public TestBundle type(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            entries.put(name, in.readAllBytes());
        }
        return this;
    }

    public TestBundle activator(Class<?> type) throws IOException {
        return type(type)
                .with("Bundle-Activator", type.getName())
                .with("Import-Package", "org.osgi.framework");
    }

    public Path write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, bytes.toByteArray());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    public Path signed(Path file, Path key) throws IOException {
        Path part = write(file.resolveSibling("." + file.getFileName() + ".signing"));
        JarSigning.sign(part, KeyFile.open(key, TestKeys.password()));
        return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts an entry into a jar, or another content of it, or takes it away (null). */
    public static void change(Path file, String name, String content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".changed");
        try (ZipFile zip = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(part);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                if (!entry.getName().equals(name)) {
                    jar.putNextEntry(new ZipEntry(entry.getName()));
                    zip.getInputStream(entry).transferTo(jar);
                    jar.closeEntry();
                }
            }
            if (content != null) {
                jar.putNextEntry(new ZipEntry(name));
                jar.write(content.getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
