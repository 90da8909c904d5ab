// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import io.facegate.onnx.converter.Layer.Window;
import io.facegate.onnx.converter.OnnxGraph.Attributes;

import java.util.TreeMap;

/** What both graphs say of convolutions. */
final class Convolutions {
    private Convolutions() {}

    static Attributes attributes(Window window) {
        var attributes = new TreeMap<String, long[]>();
        attributes.put("kernel_shape", new long[] {window.rows(), window.columns()});
        attributes.put(
                "pads", new long[] {window.padY(), window.padX(), window.padY(), window.padX()});
        attributes.put("strides", new long[] {window.stepY(), window.stepX()});
        return Attributes.of(attributes);
    }
}
