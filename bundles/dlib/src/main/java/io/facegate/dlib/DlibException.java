// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import java.util.function.Supplier;

/** dlib could not do what was asked; the message is dlib's own. */
public class DlibException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DlibException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }

    /** Runs a native call; the glue turns C++ exceptions into plain RuntimeExceptions. */
    static <R> R translate(Supplier<R> nativeCall) {
        try {
            return nativeCall.get();
        } catch (RuntimeException e) {
            throw e.getClass() == RuntimeException.class ? new DlibException(e) : e;
        }
    }
}
