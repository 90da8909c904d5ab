// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import com.google.gson.JsonArray;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Searches the raw bytes of files. */
public final class Bytes {
    private Bytes() {}

    /** A text in UTF-8. */
    public static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A vector in both byte orders. */
    public static List<byte[]> floats(JsonArray vector) {
        List<byte[]> result = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.size() * Float.BYTES).order(order);
            vector.forEach(value -> bytes.putFloat(value.getAsFloat()));
            result.add(bytes.array());
        }
        return result;
    }

    /** The files below a folder that contain any of some byte sequences, relative to it. */
    public static List<String> filesWith(Path folder, List<byte[]> wanted) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (contains(file, wanted)) {
                found.add(folder.relativize(file).toString());
            }
        }
        return found;
    }

    private static boolean contains(Path file, List<byte[]> wanted) throws IOException {
        String content;
        try {
            content = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return false;
        }
        return wanted.stream()
                .anyMatch(w -> content.contains(new String(w, StandardCharsets.ISO_8859_1)));
    }
}
