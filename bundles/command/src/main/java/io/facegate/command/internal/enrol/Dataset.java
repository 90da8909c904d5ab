// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Pictures of people on disk: one folder for each person, named after the person; folders within it
 * belong to the same person.
 *
 * @param pictures sorted by person and path
 * @param misplaced pictures beside the folders, of nobody
 * @param empty folders without a picture
 */
public record Dataset(List<Picture> pictures, List<Path> misplaced, List<String> empty) {
    /**
     * A picture of a person.
     *
     * @param person the folder's name
     * @param file where it is
     * @param source its path within the dataset, with {@code /}
     */
    record Picture(String person, Path file, String source) {}

    public Dataset {
        pictures = List.copyOf(pictures);
        misplaced = List.copyOf(misplaced);
        empty = List.copyOf(empty);
    }

    /** Number of people with a picture. */
    public long people() {
        return pictures.stream().map(Picture::person).distinct().count();
    }

    /**
     * Lists a folder.
     *
     * @throws IOException it is not there, no folder, or not readable; the message says which
     */
    public static Dataset of(Path folder, Predicate<Path> isPicture) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        List<Path> misplaced = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (Path entry : children(folder)) {
            if (Files.isDirectory(entry)) {
                String person = entry.getFileName().toString();
                List<Path> files = pictures(entry, isPicture);
                for (Path file : files) {
                    String source = folder.relativize(file).toString();
                    pictures.add(new Picture(person, file, source));
                }
                if (files.isEmpty()) {
                    empty.add(person);
                }
            } else if (isPicture.test(entry)) {
                misplaced.add(entry);
            }
        }
        return new Dataset(pictures, misplaced, empty);
    }

    /** The pictures of a folder and the folders in it, sorted; hidden ones are left out. */
    public static List<Path> pictures(Path folder, Predicate<Path> isPicture) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path entry : children(folder)) {
            if (Files.isDirectory(entry)) {
                // a link may lead back up
                if (!Files.isSymbolicLink(entry)) {
                    found.addAll(pictures(entry, isPicture));
                }
            } else if (isPicture.test(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new IOException(folder + ": there is no such folder", e);
        } catch (NotDirectoryException e) {
            throw new IOException(folder + ": not a folder", e);
        } catch (IOException e) {
            throw new IOException(folder + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
