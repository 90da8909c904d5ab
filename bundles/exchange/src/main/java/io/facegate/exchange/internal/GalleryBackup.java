// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.RestoreReport;
import io.facegate.api.store.Addition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Wraps a copy of the store with a checksum, and unwraps it. The copy passes through a folder. */
final class GalleryBackup {
    private static final int BUFFER = 1 << 16;
    private static final long SPARE = 16L << 20;

    private final EncodingStore store;
    private final Path folder;
    private final String gateway;

    /**
     * @param folder where copies lie meanwhile
     * @param gateway id that goes into backups
     */
    GalleryBackup(EncodingStore store, Path folder, String gateway) {
        this.store = store;
        this.folder = folder;
        this.gateway = gateway;
    }

    BackupInfo write(OutputStream out) throws IOException {
        Path copy = temporary();
        try {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            StoreContents contents = store.copyTo(copy);
            BackupHead head = BackupHead.of(now, gateway, contents, Files.size(copy));
            MessageDigest digest = head.digest();
            pass(copy, digest, OutputStream.nullOutputStream());
            out.write(head.lines());
            out.write((BackupHead.hex(digest) + "\n").getBytes(StandardCharsets.US_ASCII));
            pass(copy, head.digest(), out);
            out.flush();
            return head.info();
        } finally {
            delete(copy);
        }
    }

    BackupInfo check(InputStream stream) throws IOException {
        InputStream in = new BufferedInputStream(stream, BUFFER);
        BackupHead head = BackupHead.read(in);
        String expected = BackupHead.readDigest(in);
        unwrap(in, head, expected, OutputStream.nullOutputStream());
        return head.info();
    }

    RestoreReport restore(InputStream stream, RestoreMode mode) throws IOException {
        InputStream in = new BufferedInputStream(stream, BUFFER);
        BackupHead head = BackupHead.read(in);
        String expected = BackupHead.readDigest(in);
        Path copy = temporary();
        try {
            if (folder.toFile().getUsableSpace() < head.copyBytes() + SPARE) {
                throw new IOException(
                        "its content takes "
                                + (head.copyBytes() >> 20)
                                + " MB: make room in "
                                + folder);
            }
            try (OutputStream out = Files.newOutputStream(copy)) {
                unwrap(in, head, expected, out);
            }
            Addition addition = store.restore(copy, mode);
            return new RestoreReport(head.info(), addition);
        } finally {
            delete(copy);
        }
    }

    private static void unwrap(InputStream in, BackupHead head, String expected, OutputStream out)
            throws IOException {
        MessageDigest digest = head.digest();
        byte[] buffer = new byte[BUFFER];
        long left = head.copyBytes();
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new IOException("it is truncated: " + left + " bytes are missing");
            }
            digest.update(buffer, 0, count);
            out.write(buffer, 0, count);
            left -= count;
        }
        if (in.read() >= 0) {
            throw new IOException("it is damaged: there is more after its end");
        }
        if (!BackupHead.hex(digest).equals(expected)) {
            throw new IOException("it is damaged: its checksum is wrong");
        }
    }

    private static void pass(Path file, MessageDigest digest, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
    }

    /** Empty, and readable by its owner alone. */
    private Path temporary() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, "gallery-copy-", ".db");
    }

    private static void delete(Path copy) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + suffix));
        }
    }
}
