// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The native part: lower bounds of the distances to all encodings of a block, out of a copy in 8
 * bits, and the distances themselves. It takes memory by address and frees none; who calls keeps
 * the buffers reachable.
 */
final class Kernel {
    /** Most values of an encoding. */
    static final int MOST_VALUES = 1024;

    /** Rows that are worked on together. */
    static final int GROUP = 64;

    private static final String LIBRARY = "facegate_matcher";

    private final int set;

    private Kernel(int set) {
        this.set = set;
    }

    /**
     * Every way this processor can work, the fastest first; all give the same numbers.
     *
     * @throws UnsatisfiedLinkError there is none for this machine
     */
    static List<Kernel> all() {
        Library.load();
        List<Kernel> kernels = new ArrayList<>();
        for (int set = 0; set < instructionSets(); set++) {
            if (available(set)) {
                kernels.add(new Kernel(set));
            }
        }
        if (kernels.isEmpty()) {
            throw new UnsatisfiedLinkError("this processor lacks the instructions");
        }
        return kernels;
    }

    /**
     * Loads the library.
     *
     * @throws UnsatisfiedLinkError there is none for this machine
     */
    static void load() {
        Library.load();
    }

    /** The instructions in use, such as {@code AVX2}. */
    String instructions() {
        return nameOf(set);
    }

    /**
     * Computes for every row of some blocks a number not above its distance from a face, as
     * PlainScan would compute it.
     *
     * @param face finite, as many values as the rows have
     * @param blocks addresses of what {@link #quantise} wrote
     * @param stride at least the rows of a block, a multiple of {@link #GROUP}
     * @param target address of blocks x stride floats for the rows; of one for each {@link #GROUP}
     *     of rows, the least of its bounds; and of another for each, by how much at most the
     *     distance of one of its rows is above its bound
     */
    void lowerBounds(float[] face, long[] blocks, int stride, long target) {
        lowerBounds(set, face, blocks, stride, target);
    }

    /**
     * Computes the distances of some rows of a matrix, each as {@link Distance} computes it.
     *
     * @param vectors row-major, as many values in a row as the face has
     * @param target at least as many as there are rows
     */
    void distances(float[] face, float[] vectors, int first, int rows, double[] target) {
        distances(set, face, vectors, first, rows, target);
    }

    /** Size of the copy of a block. */
    static native int bytes(int rows, int dimension);

    /** Writes the copy of a block to an address that is a multiple of 64. */
    static native void quantise(float[] vectors, int dimension, long target);

    /** Where a direct buffer begins, its position not counted. */
    static native long address(ByteBuffer buffer);

    private static native int instructionSets();

    private static native String nameOf(int set);

    private static native boolean available(int set);

    private static native void distances(
            int set, float[] face, float[] vectors, int first, int rows, double[] target);

    private static native void lowerBounds(
            int set, float[] face, long[] blocks, int stride, long target);

    /** Loads once for each class loader: with each revision of the bundle. */
    private static final class Library {
        static {
            try {
                System.loadLibrary(LIBRARY); // Bundle-NativeCode
            } catch (UnsatisfiedLinkError notInBundle) {
                loadFromClassPath(notInBundle);
            }
        }

        static void load() {
            // The work is done by the initializer.
        }

        private static void loadFromClassPath(UnsatisfiedLinkError notInBundle) {
            String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
            String file = System.mapLibraryName(LIBRARY);
            URL url = Kernel.class.getResource("/native/linux-" + arch + "/" + file);
            if (url == null) {
                throw notInBundle;
            }
            try (InputStream in = url.openStream()) {
                Path copy = Files.createTempFile("facegate-", "-" + file);
                try {
                    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                    System.load(copy.toString());
                } finally {
                    Files.delete(copy); // it stays mapped
                }
            } catch (IOException e) {
                notInBundle.addSuppressed(e);
                throw notInBundle;
            }
        }
    }
}
