// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** A picture file that another program writes anew. */
final class FileSnapshots implements Snapshots {
    private final Path file;
    private List<Object> state = List.of();

    FileSnapshots(Path file) {
        this.file = file;
    }

    @Override
    public Optional<byte[]> fetch() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            List<Object> before = state;
            state = List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
            return state.equals(before) ? Optional.empty() : Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there any more: check what writes it.", e);
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
