// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Pictures of people on disk: one folder for each person, named after the person; folders within it
 * belong to the same person.
 *
 * @param pictures sorted by person and path
 * @param misplaced pictures beside the folders, of nobody
 * @param empty folders without a picture
 * @param others what is no picture by its name
 */
public record Dataset(
        List<Picture> pictures, List<Path> misplaced, List<String> empty, List<Path> others) {
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
        others = List.copyOf(others);
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
        List<Path> others = new ArrayList<>();
        for (Path entry : PictureFolder.children(folder)) {
            if (Files.isDirectory(entry)) {
                String name = entry.getFileName().toString();
                PictureFolder person = PictureFolder.of(entry, isPicture);
                List<Path> files = person.pictures();
                others.addAll(person.others());
                for (Path file : files) {
                    String source = folder.relativize(file).toString();
                    pictures.add(new Picture(name, file, source));
                }
                if (files.isEmpty()) {
                    empty.add(name);
                }
            } else if (isPicture.test(entry)) {
                misplaced.add(entry);
            } else {
                others.add(entry);
            }
        }
        return new Dataset(pictures, misplaced, empty, others);
    }
}
