// SPDX-License-Identifier: Apache-2.0
package io.facegate.start.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The socket of a data folder, {@code control.sock}. The name of a socket is limited to 107 bytes
 * by the system: a longer one is reached through a symbolic link to the data folder, in a private
 * folder for temporary files, which lives only as long as the call.
 */
public final class ControlSocket {
    /** First word of a command to the gateway; another version of this talk has another number. */
    public static final String HELLO = "facegate-control 1";

    private static final String NAME = "control.sock";
    private static final int LONGEST = 107;

    private final Path file;

    /**
     * The socket of a data folder; nothing is opened.
     *
     * @param data the data folder
     */
    public ControlSocket(Path data) {
        this.file = data.toAbsolutePath().resolve(NAME);
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /**
     * Connects to the gateway.
     *
     * @throws IOException nobody listens, or the socket may not be used
     */
    public SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (fits(file)) {
                channel.connect(UnixDomainSocketAddress.of(file));
            } else {
                Path link = link();
                try {
                    channel.connect(UnixDomainSocketAddress.of(link.resolve(NAME)));
                } finally {
                    unlink(link);
                }
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Listens. The socket belongs to the user alone.
     *
     * @param waiting connections that may wait to be accepted
     * @throws IOException the file is there already, or cannot be made
     */
    public ServerSocketChannel listen(int waiting) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (fits(file)) {
                server.bind(UnixDomainSocketAddress.of(file), waiting);
            } else {
                Path link = link();
                try {
                    server.bind(UnixDomainSocketAddress.of(link.resolve(NAME)), waiting);
                } finally {
                    unlink(link);
                }
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    /** A short way into the data folder. */
    private Path link() throws IOException {
        Path folder = Files.createTempDirectory("facegate");
        Path link = folder.resolve("d");
        try {
            if (!fits(link.resolve(NAME))) {
                throw new IOException(
                        "the name of the data folder and that of the folder for temporary files"
                                + " are too long for a socket");
            }
            return Files.createSymbolicLink(link, file.getParent());
        } catch (IOException | RuntimeException e) {
            Files.delete(folder);
            throw e;
        }
    }

    private static void unlink(Path link) throws IOException {
        Files.delete(link);
        Files.delete(link.getParent());
    }
}
