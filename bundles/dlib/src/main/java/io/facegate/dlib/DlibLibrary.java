// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.DlibNative;
import io.facegate.dlib.internal.Loader;

import org.bytedeco.javacpp.Pointer;

/** What was loaded. */
public final class DlibLibrary {
    private DlibLibrary() {}

    /** dlib's version and the instruction set it was compiled for, as in {@code 20.0.1 avx2}. */
    public static String version() {
        return DlibNative.library_version();
    }

    /**
     * Gives native memory that is free back to the system. The C library keeps it otherwise, as for
     * tens of megabytes after a large model was read.
     */
    public static void trimMemory() {
        Loader.load();
        Pointer.trimMemory();
    }

    /** {@code v3} (AVX2 and FMA) or {@code baseline}. */
    public static String variant() {
        return Loader.load();
    }
}
