// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import io.facegate.testing.Distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/** What somebody may bring in place of a bundle of the distribution. */
enum Variant {
    /** The same under a higher version. */
    NEWER("9.0.0"),
    /** The same under a lower version. */
    OLDER("0.1.0"),
    /** Half of the file. */
    BROKEN("9.1.0"),
    /** Has an activator that is not there. */
    FAILING("9.2.0"),
    /** Needs a package that nobody has. */
    UNRESOLVABLE("9.3.0"),
    /** Has its components' own classes only, none of those they use: they fail as they start. */
    HOLLOW("9.4.0");

    private final String version;

    Variant(String version) {
        this.version = version;
    }

    String version() {
        return version;
    }

    /** Writes the variant of a bundle, in one step as far as others see. */
    Path write(String symbolicName, Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarFile jar = new JarFile(original(symbolicName).toFile(), false)) {
            Manifest manifest = new Manifest(jar.getManifest());
            change(manifest.getMainAttributes());
            copy(jar, manifest, bytes);
        }
        byte[] content = bytes.toByteArray();
        Path part = file.getParent().resolveSibling(file.getFileName() + ".part");
        Files.write(part, this == BROKEN ? Arrays.copyOf(content, content.length / 2) : content);
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether a component would need a class which is none itself. */
    private static boolean isUsed(JarFile jar, String entry) {
        String name = entry.replaceAll("(\\$.*)?\\.class$", "").replace('/', '.');
        return entry.endsWith(".class") && jar.getEntry("OSGI-INF/" + name + ".xml") == null;
    }

    private void copy(JarFile jar, Manifest manifest, OutputStream out) throws IOException {
        try (JarOutputStream copy = new JarOutputStream(out, manifest)) {
            copy.setLevel(Deflater.NO_COMPRESSION); // models are large
            for (ZipEntry entry : jar.stream().map(ZipEntry.class::cast).toList()) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)
                        && !(this == HOLLOW && isUsed(jar, entry.getName()))) {
                    copy.putNextEntry(new ZipEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(copy);
                    copy.closeEntry();
                }
            }
        }
    }

    private void change(Attributes headers) {
        headers.putValue("Bundle-Version", version);
        String capabilities = headers.getValue("Provide-Capability");
        if (capabilities != null) {
            headers.putValue(
                    "Provide-Capability",
                    capabilities.replaceAll(
                            "version:Version=\"[^\"]*\"", "version:Version=\"" + version + "\""));
        }
        if (this == FAILING) {
            headers.putValue("Bundle-Activator", "not.there.Activator");
        }
        if (this == UNRESOLVABLE) {
            String imports = headers.getValue("Import-Package");
            headers.putValue(
                    "Import-Package", imports == null ? "not.there" : imports + ",not.there");
        }
    }

    private static Path original(String symbolicName) throws IOException {
        try (Stream<Path> jars = Files.list(Distribution.folder().resolve("bundle"))) {
            for (Path jar : jars.filter(j -> j.toString().endsWith(".jar")).toList()) {
                try (JarFile file = new JarFile(jar.toFile(), false)) {
                    String name =
                            file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                    if (name != null && name.split(";")[0].equals(symbolicName)) {
                        return jar;
                    }
                }
            }
        }
        throw new AssertionError("no bundle " + symbolicName);
    }
}
