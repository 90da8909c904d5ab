// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

/** A layer of a dlib network, as far as it matters for inference. */
sealed interface Layer {
    /** Rows and columns of a filter, its steps and the zeros around the input. */
    record Window(int rows, int columns, int stepY, int stepX, int padY, int padX) {
        /** Rows of the output for so many of the input. */
        int rowsOf(int input) {
            return (input + 2 * padY - rows) / stepY + 1;
        }

        int columnsOf(int input) {
            return (input + 2 * padX - columns) / stepX + 1;
        }
    }

    /** {@code con_}; weights are output x input x rows x columns. */
    record Convolution(int outputs, int inputs, Window window, double[] weights, double[] bias)
            implements Layer {
        /** The same with an affine layer behind it, in double precision. */
        Convolution then(Affine affine) {
            double[] scaled = weights.clone();
            double[] moved = bias.clone();
            int perOutput = weights.length / outputs;
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < perOutput; i++) {
                    scaled[o * perOutput + i] *= affine.gamma()[o];
                }
                moved[o] = moved[o] * affine.gamma()[o] + affine.beta()[o];
            }
            return new Convolution(outputs, inputs, window, scaled, moved);
        }
    }

    /** {@code affine_}, or a {@code bn_con_} as it works after training. */
    record Affine(double[] gamma, double[] beta) implements Layer {}

    /** {@code relu_}. */
    record Relu() implements Layer {}

    /** {@code max_pool_}. */
    record MaxPool(Window window) implements Layer {}

    /** {@code avg_pool_}; a window of no rows takes everything. */
    record AveragePool(Window window) implements Layer {}

    /** {@code add_prev_}: adds a tagged output, both padded with zeros to the larger extent. */
    record Add(int tag) implements Layer {}

    /** {@code add_tag_layer}: gives the output so far a name. */
    record Tag(int tag) implements Layer {}

    /** {@code add_skip_layer}: goes on with a tagged output. */
    record Skip(int tag) implements Layer {}

    /** {@code fc_} without bias; weights are input x output. */
    record FullyConnected(int inputs, int outputs, float[] weights) implements Layer {}
}
