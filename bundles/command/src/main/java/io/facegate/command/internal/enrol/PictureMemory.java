// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import io.facegate.api.picture.PictureReader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Lets pictures be looked at at the same time only as far as memory goes; one that is too large for
 * that is looked at alone. Thread-safe.
 */
final class PictureMemory {
    private static final Logger LOG = LoggerFactory.getLogger(PictureMemory.class);
    private static final int MEGABYTE = 1 << 20;

    /** In how many parts memory is handed out. */
    private static final int SHARES = 1000;

    /** Of the heap, that pictures may take. */
    private static final double HEAP_PART = 0.6;

    /** Bytes of heap a pixel takes while it is decoded: the decoder's picture, ours, turned. */
    private static final int HEAP_BYTES = 10;

    /** Bytes of heap for a pixel of a picture that is scaled down: sums, result, turned. */
    private static final int REDUCED_BYTES = 18;

    /** Of the memory that is free, that the detector may take. */
    private static final double FREE_PART = 0.5;

    /** Bytes a pixel takes in HOG's pyramid, for each pixel searched. */
    private static final int NATIVE_BYTES = 20;

    private final long heap;
    private final long free;
    private final int nativeBytes;
    private final Semaphore shares = new Semaphore(SHARES, true);

    /**
     * @param heap bytes for decoded pictures
     * @param free bytes for the detector
     * @param upsample times a picture is doubled to look for faces
     */
    PictureMemory(long heap, long free, int upsample) {
        this.heap = heap;
        this.free = free;
        nativeBytes = NATIVE_BYTES << (2 * upsample);
    }

    /** What this machine and process have. */
    static PictureMemory available(int upsample) {
        long heap = (long) (Runtime.getRuntime().maxMemory() * HEAP_PART);
        return new PictureMemory(heap, (long) (freeBytes() * FREE_PART), upsample);
    }

    /** Does something with a picture as soon as there is room for it. */
    <T> T within(Path picture, Callable<T> work) throws Exception {
        int share = share(picture);
        shares.acquire(share);
        try {
            return work.call();
        } finally {
            shares.release(share);
        }
    }

    /**
     * A picture whose size cannot be told here, such as HEIC, counts as one that is scaled down.
     */
    int share(Path picture) {
        long pixels = pixels(picture);
        boolean reduced = pixels < 0 || pixels > PictureReader.FULL_PIXELS;
        long searched = reduced ? PictureReader.REDUCED_PIXELS : pixels;
        long decoding = reduced ? searched * REDUCED_BYTES + size(picture) : pixels * HEAP_BYTES;
        double part = Math.max((double) decoding / heap, (double) searched * nativeBytes / free);
        return (int) Math.max(1, Math.min(SHARES, Math.ceil(part * SHARES)));
    }

    private static long size(Path picture) {
        try {
            return Files.size(picture);
        } catch (IOException e) {
            return 0; // whoever reads it says so
        }
    }

    private static long pixels(Path picture) {
        if (!Files.isRegularFile(picture)) {
            return -1;
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(picture.toFile())) {
            Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
            if (readers == null || !readers.hasNext()) {
                return -1;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return (long) reader.getWidth(0) * reader.getHeight(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The size of {} cannot be told", picture, e);
            return -1;
        }
    }

    /** What programs can take without swapping; half a gigabyte where it cannot be told. */
    private static long freeBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.debug("Free memory cannot be told", e);
        }
        return 512L * MEGABYTE;
    }
}
