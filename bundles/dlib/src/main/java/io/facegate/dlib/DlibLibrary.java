// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.DlibNative;
import io.facegate.dlib.internal.Loader;

/** What was loaded. */
public final class DlibLibrary {
    private DlibLibrary() {}

    /** dlib's version and the instruction set it was compiled for, as in {@code 20.0.1 avx2}. */
    public static String version() {
        return DlibNative.library_version();
    }

    /** {@code v3} (AVX2 and FMA) or {@code baseline}. */
    public static String variant() {
        return Loader.load();
    }
}
