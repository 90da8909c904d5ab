// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages of a bundle, one room each: every room uses only those that stand before it, so that
 * there is no cycle. Read from the sources, where a constant that the compiler copies is seen too.
 */
public final class Rooms {
    private final String base;
    private final Path folder;
    private final Pattern named;

    private Rooms(String base) {
        this.base = base;
        folder = Path.of("src/main/java", base.split("[.]"));
        named = Pattern.compile(Pattern.quote(base) + "((?:[.][a-z][a-z0-9]*)*)[.][A-Z]");
    }

    /**
     * Those of the module under test.
     *
     * @param base package that all of them are in
     */
    public static Rooms of(String base) {
        return new Rooms(base);
    }

    /**
     * Fails when a room uses one that stands after it, or is missing in the list.
     *
     * @param order every room by its name below the base, the base itself as an empty text
     */
    public void assertOrder(String... order) {
        List<String> rooms = List.of(order);
        List<Path> sources = sources();
        assertThat(rooms)
                .as("rooms in " + base)
                .containsExactlyInAnyOrderElementsOf(
                        sources.stream()
                                .map(this::room)
                                .collect(Collectors.toCollection(TreeSet::new)));
        List<String> upwards = new ArrayList<>();
        for (Path source : sources) {
            int here = rooms.indexOf(room(source));
            Matcher use = named.matcher(text(source));
            while (use.find()) {
                String used = use.group(1).isEmpty() ? "" : use.group(1).substring(1);
                if (rooms.indexOf(used) > here) {
                    upwards.add(folder.relativize(source) + " uses '" + used + "'");
                }
            }
        }
        assertThat(upwards).as("uses of a room that stands after the own").isEmpty();
    }

    private List<Path> sources() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String room(Path source) {
        return folder.relativize(source.getParent()).toString().replace('/', '.');
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
