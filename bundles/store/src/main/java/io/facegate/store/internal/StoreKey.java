// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key of 32 bytes, kept in a file as 64 hexadecimal digits. Immutable. */
final class StoreKey {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private final byte[] bytes;
    private final String id;

    StoreKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
        }
        this.bytes = bytes.clone();
        this.id = HexFormat.of().formatHex(Arrays.copyOf(derived("id"), ID_BYTES));
    }

    /** Tells keys apart and says nothing about the key. */
    String id() {
        return id;
    }

    /** A key of 32 bytes for one purpose: HMAC-SHA256 of the purpose under this key. */
    byte[] derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac.doFinal(("facegate store 1 " + purpose).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    /** Reads a key file, which nobody but its owner may be able to read. */
    static StoreKey read(Path file) throws StoreException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER.containsAll(permissions)) {
                throw new StoreException(
                        "the key file "
                                + file
                                + " is open to others ("
                                + PosixFilePermissions.toString(permissions)
                                + "): close it with chmod 600 "
                                + file);
            }
            String text = new String(head(file), StandardCharsets.US_ASCII).strip();
            if (!text.matches("[0-9a-fA-F]{" + 2 * BYTES + "}")) {
                throw new StoreException(
                        "the key file " + file + " is none: it has " + 2 * BYTES + " hex digits");
            }
            return new StoreKey(HexFormat.of().parseHex(text));
        } catch (NoSuchFileException e) {
            throw new StoreException(
                    "the key file " + file + " is missing: bring it back, or mount its disk", e);
        } catch (StoreException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            throw new StoreException(
                    "the key file "
                            + file
                            + " cannot be read ("
                            + e
                            + "): let the gateway's user read it",
                    e);
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(4 * BYTES);
        }
    }

    /**
     * Makes a file, readable by its owner alone, with a new key; durable when it returns. It is
     * there whole or not at all: written under another name, then renamed.
     */
    static StoreKey make(Path file) throws StoreException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Path place = file.toAbsolutePath();
        Path part = place.resolveSibling("." + place.getFileName() + ".part");
        try {
            if (Files.exists(place)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            // of one that was killed: nobody has used its key
            Files.deleteIfExists(part);
            write(part, HexFormat.of().formatHex(random) + "\n");
            // not atomically, which would overwrite
            Files.move(part, place);
            try (FileChannel names = FileChannel.open(place.getParent())) {
                names.force(true);
            }
            return new StoreKey(random);
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(
                    file + " exists already: a key is never overwritten; name another file", e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new StoreException("the key file " + file + " cannot be made: " + e, e);
        }
    }

    private static void write(Path file, String line) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer left = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
    }
}
