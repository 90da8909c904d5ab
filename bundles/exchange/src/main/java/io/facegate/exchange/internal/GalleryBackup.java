// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.RestoreReport;
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

/** Wraps a copy of the store with a checksum, and unwraps it. The copy passes through a folder. */
final class GalleryBackup {
    private static final int BUFFER = 1 << 16;
    private static final long SPARE = 16L << 20;

    private final EncodingStore store;
    private final Path folder;
    private final String gateway;
    private final WorkingCopies copies;

    /**
     * @param folder where copies lie meanwhile
     * @param gateway id that goes into backups
     */
    GalleryBackup(EncodingStore store, Path folder, String gateway) {
        this.store = store;
        this.folder = folder;
        this.gateway = gateway;
        this.copies = new WorkingCopies(folder);
    }

    /** Deletes the copies of backups and restores that were killed. */
    void clean() throws IOException {
        copies.clean();
    }

    /**
     * Writes one.
     *
     * @param number its place in the order of making; 0 for none
     */
    BackupInfo write(OutputStream out, long number) throws IOException {
        return copies.work(copy -> written(copy, out, number));
    }

    private BackupInfo written(Path copy, OutputStream out, long number) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        StoreContents contents = store.copyTo(copy);
        BackupHead head = BackupHead.of(number, now, gateway, contents, Files.size(copy));
        MessageDigest digest = head.digest();
        pass(copy, digest, OutputStream.nullOutputStream());
        out.write(head.lines());
        out.write((BackupHead.hex(digest) + "\n").getBytes(StandardCharsets.US_ASCII));
        pass(copy, head.digest(), out);
        out.flush();
        return head.info();
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
        return copies.work(copy -> restored(in, head, expected, copy, mode));
    }

    private RestoreReport restored(
            InputStream in, BackupHead head, String expected, Path copy, RestoreMode mode)
            throws IOException {
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
        return new RestoreReport(head.info(), store.restore(copy, mode));
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
}
