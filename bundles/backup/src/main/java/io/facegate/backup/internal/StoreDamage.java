// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the store began anew because its file was damaged, and nobody restored it since. */
@Component(service = StoreDamage.class, configurationPid = "io.facegate.store")
public final class StoreDamage {
    private static final Pattern STAMP = Pattern.compile("\\.damaged-(\\d{8}T\\d{6}Z)(-\\d+)?$");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String OVER = "damaged: ";

    private final Path store;
    private final Path restored;

    /** What the store's own configuration says, as far as it concerns this. */
    public @interface StoreConfig {
        /** The file; empty for {@code facegate.db}. */
        String file() default "";
    }

    /** Ready at once. */
    @Activate
    public StoreDamage(BundleContext context, StoreConfig config) {
        this(BackupComponent.data(context), config.file().strip());
    }

    StoreDamage(Path data, String file) {
        store = data.resolve(file.isEmpty() ? "facegate.db" : file).toAbsolutePath().normalize();
        restored = data.resolve("last-restore");
    }

    /** The damaged file set aside last, unless a backup was restored since or it is gone. */
    Optional<Path> unrestored() {
        Optional<List<String>> over = restoredFor();
        Instant since = restoredAt();
        try (Stream<Path> files = Files.list(store.getParent())) {
            return files.filter(f -> setAside(f).isPresent())
                    .filter(
                            f ->
                                    over.map(o -> !o.contains(f.getFileName().toString()))
                                            .orElseGet(() -> setAside(f).get().isAfter(since)))
                    .max(Comparator.comparing(f -> f.getFileName().toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The damaged files there were when a backup was restored; empty when it does not say so. */
    private Optional<List<String>> restoredFor() {
        if (!store.getParent().equals(restored.toAbsolutePath().normalize().getParent())) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(restored)) {
            return lines.filter(line -> line.startsWith(OVER))
                    .map(line -> List.of(line.substring(OVER.length()).split(" ")))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private Instant restoredAt() {
        try {
            return Files.getLastModifiedTime(restored).toInstant();
        } catch (IOException e) {
            return Instant.MIN;
        }
    }

    private Optional<Instant> setAside(Path file) {
        String name = file.getFileName().toString();
        Matcher matcher = STAMP.matcher(name);
        if (!name.startsWith(store.getFileName().toString()) || !matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.from(FORMAT.parse(matcher.group(1))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
