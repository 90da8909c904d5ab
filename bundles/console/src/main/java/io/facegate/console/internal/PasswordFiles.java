// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * The password in the data folder: its hash in {@code console.auth}, and for the user to read and
 * delete, the clear text as the first line of {@code console.password}. While the clear text is
 * there it is what counts, so editing its first line changes the password. Both are readable by
 * their owner only.
 */
final class PasswordFiles {
    /** Fewest characters of a password chosen by a person. */
    static final int SHORTEST = 8;

    // Without i, l, o, 0 and 1: 31 characters, 4.95 bits each.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 4;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path clearText;
    private final Path hash;

    PasswordFiles(Path dataFolder) {
        this.clearText = dataFolder.resolve("console.password");
        this.hash = dataFolder.resolve("console.auth");
    }

    /** Where the user finds the password, while not deleted. */
    Path clearText() {
        return clearText;
    }

    /**
     * The hash of the password in force; makes a password when there is none yet.
     *
     * @throws IOException a file cannot be read or written, or the password in it is too short: the
     *     message says what to do
     */
    PasswordHash load(String user) throws IOException {
        Optional<PasswordHash> kept = readHash();
        Optional<String> written = readClearText();
        if (written.isPresent()) {
            if (kept.isPresent() && kept.get().matches(written.get())) {
                return kept.get();
            }
            return keep(written.get());
        }
        if (kept.isPresent()) {
            return kept.get();
        }
        String made = random();
        // The clear text first: a power cut in between must not leave a password nobody knows.
        write(
                clearText,
                made
                        + "\n# Password of the web console, user "
                        + user
                        + ". Delete this file after reading; only a hash is needed. To change the"
                        + "\n# password, write the new one as the first line here and restart.\n");
        return keep(made);
    }

    private PasswordHash keep(String password) throws IOException {
        PasswordHash made = PasswordHash.of(password);
        write(hash, made + "\n");
        return made;
    }

    private Optional<String> readClearText() throws IOException {
        if (!Files.exists(clearText)) {
            return Optional.empty();
        }
        String first = read(clearText).lines().findFirst().orElse("").trim();
        if (first.length() < SHORTEST || first.startsWith("#")) {
            throw new IOException(
                    "the first line of "
                            + clearText
                            + " is not a password of at least "
                            + SHORTEST
                            + " characters: write one there, or delete the file");
        }
        return Optional.of(first);
    }

    private Optional<PasswordHash> readHash() throws IOException {
        if (!Files.exists(hash)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PasswordHash.parse(read(hash)));
        } catch (IllegalArgumentException e) {
            throw new IOException(hash + " is damaged: delete it to have a new password made", e);
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": check who owns it", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(temporary);
            FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            ownerOnly)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write "
                            + file
                            + " ("
                            + reason(e)
                            + "): the data folder must be writable and have space left",
                    e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : e.getClass().getSimpleName() + " " + message;
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            if (i > 0 && i % GROUP_LENGTH == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
