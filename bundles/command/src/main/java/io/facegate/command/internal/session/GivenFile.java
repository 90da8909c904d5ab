// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file a command was given to read; {@code -} is standard input.
 *
 * @param name for messages
 * @param stream its content
 */
public record GivenFile(String name, InputStream stream) implements AutoCloseable {
    public static final String STANDARD = "-";

    public static GivenFile open(Session session, String file) throws IOException {
        if (file.equals(STANDARD)) {
            return new GivenFile("standard input", session.in());
        }
        try {
            Path path = session.path(file);
            if (Files.isDirectory(path)) {
                throw new IOException(file + " is a folder.");
            }
            return new GivenFile(path.getFileName().toString(), Files.newInputStream(path));
        } catch (NoSuchFileException e) {
            throw new IOException("There is no file " + file + ".", e);
        } catch (InvalidPathException e) {
            throw new IOException(file + " is no name of a file.", e);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
