// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.NewEncoding;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that adds encodings and prints the source of each change once acknowledged. */
final class AddingProcess {
    /** Encodings of one change, each with a chip. */
    static final int EACH = 3;

    private AddingProcess() {}

    public static void main(String[] args) throws Exception {
        int changes = Integer.parseInt(args[2]);
        try (SqliteStore store = SqliteStoreTest.opened(Path.of(args[0]))) {
            for (int i = 0; i < changes; i++) {
                String source = args[1] + "-" + i;
                List<NewEncoding> encodings = new ArrayList<>();
                for (int e = 0; e < EACH; e++) {
                    encodings.add(Faces.withChip(i * 10L + e, source));
                }
                store.add(args[1], encodings);
                System.out.println(source);
                System.out.flush();
            }
        }
    }

    static Process start(Path file, String name, int changes, Path output) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-Djava.awt.headless=true",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path"))),
                        AddingProcess.class.getName(),
                        file.toString(),
                        name,
                        Integer.toString(changes))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What was printed so far; a line begun is none. */
    static List<String> lines(Path output) throws Exception {
        String text = Files.readString(output);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
