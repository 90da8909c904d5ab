// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import io.facegate.testing.Await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Native libraries that came into this process since an object of this class was made, as the
 * kernel tells of them. Those of a framework before are there until Java lets go of its classes.
 */
final class MappedLibraries {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Set<String> before = new TreeSet<>();

    MappedLibraries() throws IOException {
        places().values().forEach(before::addAll);
    }

    /** Waits until no library is there twice: one that was left goes with its class loader. */
    void awaitEachOnce() throws Exception {
        Await.until(
                "each native library mapped once: " + twice(),
                DEADLINE,
                () -> {
                    boolean once = twice().isEmpty();
                    if (!once) {
                        System.gc();
                    }
                    return once;
                });
    }

    /** Files of libraries that are there in more than one copy or place, by name. */
    private Map<String, Set<String>> twice() throws IOException {
        Map<String, Set<String>> places = places();
        places.values().forEach(p -> p.removeAll(before));
        places.values().removeIf(p -> p.size() < 2);
        return places;
    }

    private static Map<String, Set<String>> places() throws IOException {
        Map<String, Set<String>> places = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            String[] part = line.split(" +", 6);
            if (part.length == 6 && part[5].contains(".so") && part[2].matches("0+")) {
                String file = part[5].replace(" (deleted)", "");
                String name = file.substring(file.lastIndexOf('/') + 1);
                places.computeIfAbsent(name, n -> new TreeSet<>())
                        .add(part[0].split("-")[0] + " " + part[5]);
            }
        }
        return places;
    }
}
