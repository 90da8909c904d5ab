// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A new file with a configuration, as File Install reads it: typed values in quotes. */
final class ConfigFile {
    private static final Map<Class<?>, String> TYPES =
            Map.of(
                    String.class, "",
                    Boolean.class, "B",
                    Integer.class, "I",
                    Long.class, "L",
                    Double.class, "D",
                    Float.class, "F");

    private final Path file;

    ConfigFile(Path file) {
        this.file = file;
    }

    /** Writes it whole or not at all. */
    void write(Dictionary<String, Object> values) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "it is there and was not read yet: try again");
        }
        StringBuilder text = new StringBuilder();
        for (String key : new TreeSet<>(Collections.list(values.keys()))) {
            text.append(key).append('=').append(value(values.get(key))).append('\n');
        }
        Path folder = Files.createDirectories(file.getParent());
        Path next = Files.createTempFile(folder, ".", ".new");
        Files.write(next, text.toString().getBytes(StandardCharsets.UTF_8));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String value(Object value) {
        if (!value.getClass().isArray()) {
            return TYPES.get(value.getClass()) + quoted(value);
        }
        return TYPES.get(value.getClass().getComponentType())
                + IntStream.range(0, Array.getLength(value))
                        .mapToObj(i -> quoted(Array.get(value, i)))
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** A number with a point: without one File Install takes it for bits. */
    private static String quoted(Object value) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray()) {
            if (c == '\\') {
                text.append("\\\\\\\\"); // as a line of properties, and within the quotes
            } else if (c == '"' || c == '=') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
