// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A database file that cannot be used; the message says what, where and what to do. */
public final class SqliteFault extends IOException {
    private static final long serialVersionUID = 1L;
    private static final long FULL_BYTES = 1 << 20;

    /** What is wrong. */
    public enum Kind {
        /** No space on the disk, or the file has reached its bound. */
        FULL,
        /** The file or its folder cannot be written. */
        READ_ONLY,
        /** The file or its folder cannot be opened, or the device fails. */
        UNREADABLE,
        /** The content is not what SQLite wrote. */
        DAMAGED,
        /** Made by a later version of its owner. */
        NEWER,
        /** A database of something else. */
        FOREIGN,
        /** Another process keeps it locked. */
        BUSY,
        /** Anything else. */
        OTHER
    }

    private final Kind kind;

    SqliteFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** Puts an SQLite error on a file into words; result codes: sqlite.org/rescode.html. */
    public static SqliteFault of(Path file, SQLException e) {
        Kind kind = kind(e.getErrorCode() & 0xff);
        if (kind == Kind.UNREADABLE && isFull(file)) {
            kind = Kind.FULL;
        }
        return new SqliteFault(kind, words(kind, file, e), e);
    }

    private static Kind kind(int primaryCode) {
        return switch (primaryCode) {
            case 13 -> Kind.FULL;
            case 8 -> Kind.READ_ONLY;
            case 3, 10, 14, 23 -> Kind.UNREADABLE;
            case 11, 26 -> Kind.DAMAGED;
            case 5, 6 -> Kind.BUSY;
            default -> Kind.OTHER;
        };
    }

    private static boolean isFull(Path file) {
        return file.toFile().exists() && file.toFile().getUsableSpace() < FULL_BYTES;
    }

    private static String words(Kind kind, Path file, SQLException e) {
        return switch (kind) {
            case FULL -> "no space left for " + file + ": free space on its disk and try again";
            case READ_ONLY ->
                    file
                            + " cannot be written: make the file and its folder writable for the"
                            + " gateway's user, and its disk mounted for writing";
            case UNREADABLE ->
                    file
                            + " cannot be read or written ("
                            + e.getMessage()
                            + "): check that its"
                            + " folder belongs to the gateway's user and that the disk is healthy";
            case DAMAGED ->
                    file
                            + " is damaged ("
                            + e.getMessage()
                            + "): restart the gateway, which sets"
                            + " the file aside and begins a new one; then restore a backup";
            case BUSY ->
                    file
                            + " is kept locked by another process: end the other command and try"
                            + " again";
            default -> "SQLite refused an operation on " + file + ": " + e.getMessage();
        };
    }
}
