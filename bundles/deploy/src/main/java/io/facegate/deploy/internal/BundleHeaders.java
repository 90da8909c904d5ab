// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.deploy.internal.signature.RefusedException;

import org.osgi.framework.Constants;
import org.osgi.framework.Version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * What a file says it is.
 *
 * @param name symbolic name
 */
record BundleHeaders(String name, Version version) {
    /**
     * Reads all of a file, so that one that is not whole is known before it replaces anything.
     *
     * @throws RefusedException it is no bundle, or not whole
     */
    static BundleHeaders read(Path file) throws RefusedException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null || name.isBlank()) {
                throw new RefusedException(
                        "is no bundle: its manifest has no Bundle-SymbolicName. Take it away.");
            }
            readAll(jar);
            String version = headers.getValue(Constants.BUNDLE_VERSION);
            return new BundleHeaders(name.split(";", 2)[0].strip(), Version.parseVersion(version));
        } catch (ZipException e) {
            throw new RefusedException(
                    "is no jar, or not whole (" + e.getMessage() + "). Copy it anew.", e);
        } catch (IOException e) {
            throw new RefusedException("cannot be read: " + e.getMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "has a Bundle-Version that is none (" + e.getMessage() + "). Mend it.", e);
        }
    }

    private static void readAll(JarFile jar) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        Enumeration<? extends ZipEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            try (InputStream in = jar.getInputStream(entries.nextElement())) {
                while (in.read(chunk) >= 0) {
                    continue; // the length and the checksum of each entry are looked at
                }
            }
        }
    }
}
