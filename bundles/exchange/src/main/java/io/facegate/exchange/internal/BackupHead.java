// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.store.StoreContents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The first lines of a backup, each ended by a line feed: {@value #MAGIC}; a JSON object that says
 * what is in it; the SHA-256, in lower-case hex, of everything but this line. After them comes the
 * copy of the store.
 *
 * @param line the second line
 * @param info what it says
 * @param copyBytes size of the copy
 */
record BackupHead(String line, BackupInfo info, long copyBytes) {
    private static final String MAGIC = "FACEGATE-BACKUP 1";
    private static final int LONGEST_LINE = 1 << 16;
    private static final int DIGEST_CHARACTERS = 64;

    static BackupHead of(
            long number, Instant createdAt, String gateway, StoreContents contents, long bytes) {
        JsonObject json = new JsonObject();
        if (number > 0) {
            json.addProperty("number", number);
        }
        json.addProperty("created_at", createdAt.toString());
        json.addProperty("gateway", gateway);
        json.addProperty("people", contents.people());
        json.addProperty("encodings", contents.encodings());
        json.addProperty("chips", contents.chips());
        json.addProperty("bytes", bytes);
        return of(json.toString(), number, createdAt, gateway, contents, bytes);
    }

    private static BackupHead of(
            String line,
            long number,
            Instant createdAt,
            String gateway,
            StoreContents contents,
            long bytes) {
        long head =
                MAGIC.length() + line.getBytes(StandardCharsets.UTF_8).length + DIGEST_CHARACTERS;
        return new BackupHead(
                line,
                new BackupInfo(number, createdAt, gateway, contents, head + 3 + bytes),
                bytes);
    }

    /** Reads the first two lines. */
    static BackupHead read(InputStream in) throws IOException {
        if (!MAGIC.equals(line(in, MAGIC.length()))) {
            throw new IOException("it is no backup of Facegate, or one of a later version");
        }
        String line = line(in, LONGEST_LINE);
        try {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            StoreContents contents =
                    new StoreContents(
                            json.get("people").getAsInt(),
                            json.get("encodings").getAsInt(),
                            json.get("chips").getAsInt());
            long bytes = json.get("bytes").getAsLong();
            if (bytes < 1) {
                throw new IOException("it is damaged: it has no content");
            }
            long number = json.has("number") ? json.get("number").getAsLong() : 0;
            return of(
                    line,
                    Math.max(0, number),
                    Instant.parse(json.get("created_at").getAsString()),
                    json.get("gateway").getAsString(),
                    contents,
                    bytes);
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | DateTimeException
                | NullPointerException e) {
            throw new IOException("it is damaged: its second line cannot be read", e);
        }
    }

    /** Reads the third line. */
    static String readDigest(InputStream in) throws IOException {
        return line(in, DIGEST_CHARACTERS);
    }

    /** A digest that has seen the first two lines. */
    MessageDigest digest() {
        MessageDigest digest = sha256();
        digest.update(lines());
        return digest;
    }

    /** The first two lines. */
    byte[] lines() {
        return (MAGIC + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String line(InputStream in, int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() == most) {
                throw new IOException("it is no backup of Facegate, or truncated");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
