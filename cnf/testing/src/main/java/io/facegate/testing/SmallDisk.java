// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file system of a few megabytes that can be filled; needs root, otherwise the test is skipped.
 */
public final class SmallDisk implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Path folder;

    /** Makes it in a folder, which must be empty. */
    public SmallDisk(Path folder, int megabytes) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        Program mount =
                Program.start(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + megabytes + "m",
                        "facegate-test",
                        folder.toString());
        Assumptions.assumeTrue(
                mount.awaitExit(DEADLINE) == 0,
                "skipped: only root may mount the small file system this test fills");
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Writes until nothing more fits. */
    public void fill() {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // full, as wanted
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Program.start("umount", "-l", folder.toString()).awaitExit(DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
