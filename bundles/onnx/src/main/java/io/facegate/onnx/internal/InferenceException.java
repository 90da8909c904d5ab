// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

/** ONNX Runtime could not do what was asked, in its own words, or gave no usable answer. */
final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InferenceException(String message) {
        super(message);
    }

    InferenceException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
