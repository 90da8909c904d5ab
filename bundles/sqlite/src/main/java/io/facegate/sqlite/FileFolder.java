// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import io.facegate.sqlite.SqliteFault.Kind;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of a file. */
final class FileFolder {
    private FileFolder() {}

    /**
     * Makes a folder and those above it when missing. Their names are on the disk when it returns:
     * SQLite sees to the names of its files, but a power cut could take the folder they are in.
     */
    static void make(Path folder) throws SqliteFault {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SqliteFault(
                    Kind.UNREADABLE,
                    "the folder "
                            + folder
                            + " cannot be made ("
                            + e
                            + "): make it, or"
                            + " let the gateway's user write to the folder above it",
                    e);
        }
        for (Path made = folder; !made.equals(there); made = made.getParent()) {
            sync(made.getParent());
        }
    }

    /**
     * Brings the names in a folder to the disk. SQLite does so for its log when it first writes to
     * it, but passes over an error, after which a power cut may take the log with its name.
     */
    static void sync(Path folder) throws SqliteFault {
        FileChannel names;
        try {
            names = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // may be written, not read: left to SQLite
            return;
        }
        try (names) {
            names.force(true);
        } catch (IOException e) {
            throw new SqliteFault(
                    Kind.UNREADABLE,
                    "the folder "
                            + folder
                            + " cannot be read or written ("
                            + e.getMessage()
                            + "): check that the disk is healthy",
                    e);
        }
    }
}
