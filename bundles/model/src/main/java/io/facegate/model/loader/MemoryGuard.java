// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.frame.Frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Refuses pictures whose detection needs more memory than the machine has left: Linux would end the
 * whole gateway instead. What an earlier picture took is counted as free, since detectors keep it.
 */
public final class MemoryGuard {
    private static final long FREE_OF_CHARGE = 32L << 20;

    private final String method;
    private final int bytesPerPixel;
    private final Path meminfo;
    private volatile long kept;

    /**
     * @param method of the detector, for messages
     * @param bytesPerPixel peak memory of a detection by the pixels searched
     */
    public MemoryGuard(String method, int bytesPerPixel) {
        this(method, bytesPerPixel, Path.of("/proc/meminfo"));
    }

    /** With another source than {@code /proc/meminfo}. */
    public MemoryGuard(String method, int bytesPerPixel, Path meminfo) {
        this.method = method;
        this.bytesPerPixel = bytesPerPixel;
        this.meminfo = meminfo;
    }

    /**
     * Looks before a detection.
     *
     * @throws IllegalStateException the memory does not suffice; the message says what to do
     */
    public void check(Frame frame, int upsample) {
        long needed = ((long) frame.width() * frame.height() << (2 * upsample)) * bytesPerPixel;
        if (needed <= Math.max(kept, FREE_OF_CHARGE)) {
            return;
        }
        OptionalLong available = available();
        if (available.isPresent() && needed > available.getAsLong() + kept) {
            throw new IllegalStateException(
                    "detector %s needs about %d MB for %dx%d pixels at upsample %d, %d MB are free: use less upsampling, a smaller picture%s"
                            .formatted(
                                    method,
                                    needed >> 20,
                                    frame.width(),
                                    frame.height(),
                                    upsample,
                                    available.getAsLong() + kept >> 20,
                                    method.equals("hog") ? "" : " or hog"));
        }
        kept = needed;
    }

    /** Bytes that can be had without swapping; empty where Linux does not say. */
    private OptionalLong available() {
        try (Stream<String> lines = Files.lines(meminfo)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }
}
