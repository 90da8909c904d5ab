// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib.internal;

import org.bytedeco.javacpp.Pointer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads the native library into this bundle's own class loader. The classes that JavaCPP generates
 * in this package call {@code Loader.load()} and find this class, not JavaCPP's, which loads into
 * its own bundle.
 */
public final class Loader {
    /** System property that names the variant, {@code baseline} or {@code v3}. */
    public static final String VARIANT = "facegate.dlib.variant";

    private static final Set<String> V3_FLAGS =
            Set.of("avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm");

    private static String loaded;

    private Loader() {}

    /**
     * Loads the library unless it is loaded.
     *
     * @return the variant
     * @throws UnsatisfiedLinkError there is none for this machine
     */
    public static synchronized String load() {
        if (loaded == null) {
            org.bytedeco.javacpp.Loader.load(Pointer.class);
            String variant = System.getProperty(VARIANT, bestVariant());
            String name = "jnidlib_" + variant;
            try {
                System.loadLibrary(name); // Bundle-NativeCode
            } catch (UnsatisfiedLinkError notInBundle) {
                loadFromClassPath(System.mapLibraryName(name), notInBundle);
            }
            loaded = variant;
        }
        return loaded;
    }

    private static void loadFromClassPath(String file, UnsatisfiedLinkError notInBundle) {
        String platform = org.bytedeco.javacpp.Loader.getPlatform();
        URL url = Loader.class.getResource("/native/" + platform + "/" + file);
        if (url == null) {
            UnsatisfiedLinkError error =
                    new UnsatisfiedLinkError(
                            "no " + file + " for " + platform + " in this archive");
            error.initCause(notInBundle);
            throw error;
        }
        try (InputStream in = url.openStream()) {
            Path copy = Files.createTempFile("facegate-", "-" + file);
            try {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                System.load(copy.toString());
            } finally {
                Files.delete(copy); // it stays mapped
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + file, e);
        }
    }

    /**
     * The x86-64-v3 level as Linux shows it. The flags of an emulated processor are those of the
     * machine below, so the architecture is asked first.
     */
    private static String bestVariant() {
        if (!"linux-x86_64".equals(org.bytedeco.javacpp.Loader.getPlatform())) {
            return "baseline";
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            boolean v3 =
                    lines.filter(line -> line.startsWith("flags"))
                            .findFirst()
                            .filter(
                                    line ->
                                            Set.copyOf(List.of(line.split("\\s+")))
                                                    .containsAll(V3_FLAGS))
                            .isPresent();
            return v3 ? "v3" : "baseline";
        } catch (IOException | UncheckedIOException e) {
            return "baseline";
        }
    }
}
