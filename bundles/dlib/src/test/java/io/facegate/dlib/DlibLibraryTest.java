// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class DlibLibraryTest {
    /** Prints what was loaded; run in a process of its own, for a process loads one variant. */
    static final class Main {
        public static void main(String[] arguments) {
            System.out.println(DlibLibrary.variant() + " " + DlibLibrary.version());
        }
    }

    @Test
    void theBestVariantIsLoaded() throws Exception {
        assertThat(run()).contains(" 20.0.1 ");
        assertThat(run()).startsWith(DlibLibrary.variant());
    }

    @Test
    void aVariantCanBeForced() throws Exception {
        assertThat(run("-Dfacegate.dlib.variant=baseline"))
                .matches("baseline 20\\.0\\.1 (sse4\\.1|armv8-a)\\s+");
    }

    @Test
    void anUnknownVariantIsNamed() throws Exception {
        assertThat(run("-Dfacegate.dlib.variant=v9"))
                .contains("UnsatisfiedLinkError", "libjnidlib_v9.so");
    }

    /** What it prints, or what it says of its failure: newer Javas warn of native libraries. */
    private static String run(String... options) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"));
        builder.command().addAll(List.of(options));
        builder.command().add(Main.class.getName());
        Process process = builder.start();
        String output = text(process.getInputStream());
        String complaints = text(process.getErrorStream());
        return process.waitFor() == 0 ? output : complaints;
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
