// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.deploy.internal.signature.Contents;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * The bundles that came with the installation: what lies in its folder {@code bundle}. They are
 * trusted as the program that starts them is, which lies beside it; whoever can write there needs
 * no bundle. Thread-safe.
 */
final class Installation {
    private static final int CHUNK = 64 * 1024;

    private final Path folder;
    private final Path models;
    private final BundleContext system;

    /** Whether a revision is one of them, once that is known. */
    private final Map<BundleRevision, Boolean> known =
            Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * @param home folder of the installation; empty when there is none, as in tests
     * @param system context of the framework's own bundle
     */
    Installation(Optional<Path> home, BundleContext system) {
        this.folder = home.map(h -> h.resolve("bundle").normalize()).orElse(null);
        this.models = home.map(h -> h.resolve("models").normalize()).orElse(null);
        this.system = system;
        if (system.getBundle().getState() == Bundle.STARTING) {
            // nobody but the launcher has installed anything yet
            Stream.of(system.getBundles())
                    .filter(bundle -> file(bundle).isPresent())
                    .forEach(b -> known.put(b.adapt(BundleRevision.class), true));
        }
    }

    /** The file that a bundle came from, when it is one of the installation. */
    Optional<Path> file(Bundle bundle) {
        return folder == null
                ? Optional.empty()
                : Locations.file(bundle.getLocation()).filter(f -> folder.equals(f.getParent()));
    }

    /**
     * Whether the bundle has what its file in the installation has. The location alone says little:
     * a bundle keeps it when it is updated with something else.
     */
    boolean has(Bundle bundle) {
        Optional<Path> file = file(bundle);
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (bundle.getBundleId() == 0) {
            return true;
        }
        if (file.isEmpty() || revision == null) {
            return false;
        }
        Boolean same = known.get(revision);
        if (same == null) {
            same = hasContentOf(bundle, file.get());
            known.put(revision, same);
        }
        return same;
    }

    /** The version that the installation has of a bundle. */
    Optional<Version> version(String symbolicName) {
        return Stream.of(system.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(bundle -> file(bundle).isPresent())
                .map(Bundle::getVersion)
                .max(Version::compareTo);
    }

    /**
     * Whether the installation brings this very content along, to be put into {@code load} by
     * whoever wants it, as models to update to are.
     */
    boolean offers(Contents contents) {
        if (models == null || !Files.isDirectory(models)) {
            return false;
        }
        try (Stream<Path> files = Files.list(models)) {
            return files.filter(f -> f.toString().endsWith(".jar"))
                    .anyMatch(file -> hasContentOf(contents, file));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasContentOf(Bundle bundle, Path file) {
        try (Contents contents = Contents.of(bundle)) {
            return hasContentOf(contents, file);
        } catch (IOException e) {
            return false; // who cannot be compared is not trusted
        }
    }

    private static boolean hasContentOf(Contents one, Path file) {
        try (Contents other = Contents.of(file)) {
            Set<String> names = new HashSet<>(one.names());
            if (!names.equals(new HashSet<>(other.names()))) {
                return false;
            }
            for (String name : names) {
                try (InputStream a = one.open(name);
                        InputStream b = other.open(name)) {
                    if (!same(a, b)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException e) {
            return false; // who cannot be compared is not trusted
        }
    }

    private static boolean same(InputStream one, InputStream other) throws IOException {
        while (true) {
            byte[] a = one.readNBytes(CHUNK);
            if (!Arrays.equals(a, other.readNBytes(CHUNK))) {
                return false;
            }
            if (a.length == 0) {
                return true;
            }
        }
    }
}
