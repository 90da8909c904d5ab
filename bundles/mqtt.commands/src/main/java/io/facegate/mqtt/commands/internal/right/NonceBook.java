// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.right;

import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The signed commands that were carried out, in a file: none is carried out again, be the gateway
 * started anew or its clock set back. Those that are forgotten leave a time behind, up to which
 * everything is refused. For one thread.
 */
public final class NonceBook {
    private static final String FLOOR = "up-to";
    private static final int MOST = 10_000;
    private static final int TIDY = 100;

    private final Path file;
    private final int most;
    private final TreeMap<Long, Set<String>> used = new TreeMap<>();
    private long floor = Long.MIN_VALUE;
    private int size;
    private boolean read;

    /**
     * @param file made with the first command; every line ends with a line feed, so that half of
     *     one is told from a whole one
     */
    public NonceBook(Path file) {
        this(file, MOST);
    }

    NonceBook(Path file, int most) {
        this.file = file;
        this.most = most;
    }

    /**
     * Uses a nonce up; durable when this returns.
     *
     * @param time when it was signed, in seconds since 1970
     * @param stale before which time nothing is accepted anyway, by the clock of now
     * @throws RefusedException it was used before, may have been, or nobody can tell
     */
    void use(long time, String nonce, long stale) throws RefusedException {
        try {
            read();
            if (time <= floor || used.getOrDefault(time, Set.of()).contains(nonce)) {
                throw new RefusedException(
                        ErrorCode.REPLAYED,
                        time <= floor
                                ? "it was signed before others that were carried out long ago; if"
                                        + " it is new, set the clock of whoever signed it"
                                : "it was carried out before: each command has a nonce of its own");
            }
            append(time + " " + nonce + "\n");
            add(time, nonce);
            if (size > most || size % TIDY == 0) {
                tidy(stale);
            }
        } catch (IOException e) {
            throw new RefusedException(
                    ErrorCode.UNAVAILABLE,
                    "signed commands are not carried out, as what was used is not known: "
                            + file
                            + ": "
                            + e.getMessage());
        }
    }

    private void add(long time, String nonce) {
        if (used.computeIfAbsent(time, t -> new HashSet<>()).add(nonce)) {
            size++;
        }
    }

    private void read() throws IOException {
        if (read) {
            return;
        }
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            for (String line : text.substring(0, end).split("\n")) {
                read(line);
            }
            if (end < text.length()) {
                write();
            }
        }
        read = true;
    }

    private void read(String line) throws IOException {
        String[] words = line.split(" ");
        try {
            if (words.length == 2 && words[0].equals(FLOOR)) {
                floor = Long.parseLong(words[1]);
            } else if (words.length == 2) {
                add(Long.parseLong(words[0]), words[1]);
            } else if (!line.isEmpty()) {
                throw new NumberFormatException();
            }
        } catch (NumberFormatException e) {
            throw new IOException("it is damaged; take it away when no old command can come", e);
        }
    }

    private void append(String line) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            put(out, line);
        }
    }

    /** Forgets what is stale, and the oldest when there are too many. */
    private void tidy(long stale) throws IOException {
        while (!used.isEmpty() && (used.firstKey() < stale || size > most)) {
            Map.Entry<Long, Set<String>> oldest = used.pollFirstEntry();
            floor = Math.max(floor, oldest.getKey());
            size -= oldest.getValue().size();
        }
        write();
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        if (floor != Long.MIN_VALUE) {
            text.append(FLOOR).append(' ').append(floor).append('\n');
        }
        used.forEach((t, some) -> some.forEach(n -> text.append(t + " " + n + "\n")));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            put(out, text.toString());
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void put(FileChannel out, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        out.force(true);
    }
}
