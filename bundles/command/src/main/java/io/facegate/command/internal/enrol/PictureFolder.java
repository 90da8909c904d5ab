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
 * What is in a folder and the folders in it, sorted; hidden files and folders are left out.
 *
 * @param pictures files that are pictures by their name
 * @param others all others, and links to folders, which may lead back up
 */
public record PictureFolder(List<Path> pictures, List<Path> others) {
    public PictureFolder {
        pictures = List.copyOf(pictures);
        others = List.copyOf(others);
    }

    /**
     * Lists a folder.
     *
     * @throws IOException it is not there, no folder, or not readable; the message says which
     */
    public static PictureFolder of(Path folder, Predicate<Path> isPicture) throws IOException {
        List<Path> pictures = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path entry : children(folder)) {
            if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
                PictureFolder inner = of(entry, isPicture);
                pictures.addAll(inner.pictures);
                others.addAll(inner.others);
            } else {
                (!Files.isDirectory(entry) && isPicture.test(entry) ? pictures : others).add(entry);
            }
        }
        return new PictureFolder(pictures, others);
    }

    static List<Path> children(Path folder) throws IOException {
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
