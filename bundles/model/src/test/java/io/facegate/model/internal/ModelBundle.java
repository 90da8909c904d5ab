// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Builds model bundles in memory. */
final class ModelBundle {
    private final String name;
    private final String version;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** A bundle with a good declaration of {@code data}. */
    ModelBundle(String id, String version, byte[] data) {
        this.name = "test." + id;
        this.version = version;
        attributes.put("model", id);
        attributes.put("kind", "landmarks");
        attributes.put("format", "dlib");
        attributes.put("path", "model/data.dat");
        attributes.put("sha256", sha256(data));
        attributes.put("weights", sha256(data));
        attributes.put("version:Version", version);
        files.put("model/data.dat", data);
    }

    ModelBundle with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    ModelBundle without(String attribute) {
        attributes.remove(attribute);
        return this;
    }

    ModelBundle file(String path, byte[] data) {
        files.put(path, data);
        return this;
    }

    ModelBundle withoutFile(String path) {
        files.remove(path);
        return this;
    }

    InputStream jar() {
        var manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        main.putValue(
                "Provide-Capability",
                attributes.entrySet().stream()
                        .map(a -> a.getKey() + "=\"" + a.getValue() + "\"")
                        .collect(Collectors.joining(";", "facegate.model;", "")));
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            for (var file : files.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
