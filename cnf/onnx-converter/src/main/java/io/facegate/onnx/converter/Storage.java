// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

/** How weights are stored; the computation is in fp32 always. */
public enum Storage {
    /** 4 bytes for each weight. */
    FP32,
    /** 2 bytes, rounded to the nearest; the engine widens them when it loads the model. */
    FP16
}
