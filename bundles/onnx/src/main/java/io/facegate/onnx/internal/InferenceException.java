// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

/** ONNX Runtime could not do what was asked; the message is its own. */
final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InferenceException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
