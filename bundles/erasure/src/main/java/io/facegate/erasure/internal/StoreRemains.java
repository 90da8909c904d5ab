// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.store.Person;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of the store's file beside it: those set aside as damaged, and those a person made. They
 * may have the person who is erased, and be all there is of others, so they are named and left.
 */
@Component(configurationPid = "io.facegate.store")
public final class StoreRemains implements PersonDataHolder {
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> OWN = Set.of("", "-wal", "-shm", "-journal", ".lock");

    private final Path store;

    /** What the store's own configuration says, as far as it concerns this. */
    public @interface StoreConfig {
        /** The file; empty for {@code facegate.db}. */
        String file() default "";
    }

    /** Ready at once. */
    @Activate
    public StoreRemains(BundleContext context, StoreConfig config) {
        this(file(context.getProperty("facegate.data"), config.file().strip()));
    }

    StoreRemains(Path store) {
        this.store = store.toAbsolutePath().normalize();
    }

    private static Path file(String data, String file) {
        return Path.of(data == null || data.isBlank() ? "facegate-data" : data)
                .resolve(file.isEmpty() ? "facegate.db" : file);
    }

    @Override
    public String place() {
        return "store copies";
    }

    @Override
    public List<ErasedPart> erase(Person person) {
        List<Path> copies = copies();
        String left =
                copies.isEmpty()
                        ? ""
                        : "the person may be in "
                                + copies.stream()
                                        .map(Path::toString)
                                        .collect(Collectors.joining(", "))
                                + ": delete "
                                + (copies.size() == 1 ? "it" : "them")
                                + " once nobody else is to be recovered from there";
        return List.of(new ErasedPart("damaged or other copies of the store", 0, left));
    }

    private List<Path> copies() {
        String name = store.getFileName().toString();
        Path folder = store.getParent();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(name))
                    .filter(f -> !OWN.contains(f.getFileName().toString().substring(name.length())))
                    .filter(f -> f.getFileName().toString().contains(".damaged-") || isSqlite(f))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isSqlite(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
        } catch (IOException e) {
            return false;
        }
    }
}
