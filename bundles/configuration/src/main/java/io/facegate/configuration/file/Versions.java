// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of files of configuration that were in force: for each file the newest, and nine
 * before it. They lie in the folder {@value #FOLDER} of the data folder, for its owner alone, as
 * they may have passwords.
 */
public final class Versions {
    /** Within the data folder. */
    public static final String FOLDER = "configuration";

    private static final int KEPT = 10;

    /**
     * One version.
     *
     * @param number counted from 1, never used again
     * @param file where it is kept
     */
    public record Version(int number, Path file) {
        /** What the file said. */
        public String text() throws IOException {
            return WholeFile.read(file);
        }

        /** Since when it was in force. */
        public Instant since() throws IOException {
            return Files.getLastModifiedTime(file).toInstant();
        }
    }

    private final Path folder;

    /** Those of a data folder. */
    public Versions(Path data) {
        folder = data.resolve(FOLDER);
    }

    /** Names of the files there are versions of, in their order. */
    public List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of(); // none yet
        }
    }

    /** Those of a file, the oldest first. */
    public List<Version> of(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d{1,9}"))
                    .map(path -> new Version(Integer.parseInt(path.getFileName().toString()), path))
                    .sorted(Comparator.comparingInt(Version::number))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The last one that was in force. */
    public Optional<Version> newest(String name) throws IOException {
        List<Version> all = of(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Keeps what is in force now, unless it is what was kept last; the oldest goes. */
    public void keep(String name, String text) throws IOException {
        List<Version> all = new ArrayList<>(of(name));
        Optional<Version> newest = newest(name);
        if (newest.isPresent() && newest.get().text().equals(text)) {
            return;
        }
        int number = newest.map(Version::number).orElse(0) + 1;
        Path file = folder.resolve(name).resolve(String.valueOf(number));
        WholeFile.write(file, text);
        all.add(new Version(number, file));
        while (all.size() > KEPT) {
            Files.deleteIfExists(all.remove(0).file());
        }
    }
}
