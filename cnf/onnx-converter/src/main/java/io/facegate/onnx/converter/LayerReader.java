// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import io.facegate.onnx.converter.Layer.Window;

import java.util.Arrays;
import java.util.List;

/** Reads the details of single layers (dlib/dnn/layers.h). */
final class LayerReader {
    private static final int MOST = 1 << 16;

    private final DatReader in;

    LayerReader(DatReader in) {
        this.in = in;
    }

    Layer.Convolution convolution() throws DatFormatException {
        String version = in.text(List.of("con_4", "con_5", "con_6"));
        float[] parameters = in.tensor();
        int outputs = in.integer(1, MOST, "the number of filters");
        Window window = window();
        int[] filters = in.shape();
        int[] biases = in.shape();
        in.numbers(4); // learning rates and weight decays
        if (!version.equals("con_4")) {
            in.flag(); // use_bias
        }
        if (version.equals("con_6") && in.flag()) {
            throw in.problem("a convolution with a ReLU inside");
        }
        int weights = product(filters);
        if (filters[0] != outputs
                || filters[2] != window.rows()
                || filters[3] != window.columns()
                || product(biases) != outputs
                || weights + outputs != parameters.length) {
            throw in.problem("a convolution whose weights do not fit its shape");
        }
        return new Layer.Convolution(
                outputs,
                filters[1],
                window,
                doubles(parameters, 0, weights),
                doubles(parameters, weights, parameters.length));
    }

    /** An affine layer, which networks made for training store as batch normalisation. */
    Layer.Affine affine() throws DatFormatException {
        String version = in.text(List.of("affine_", "affine_2", "bn_con2"));
        float[] parameters = in.tensor();
        int channels = product(in.shape());
        if (product(in.shape()) != channels || parameters.length != 2 * channels) {
            throw in.problem("an affine layer whose weights do not fit its shape");
        }
        double[] gamma = doubles(parameters, 0, channels);
        double[] beta = doubles(parameters, channels, 2 * channels);
        if (version.equals("bn_con2")) {
            return normalisation(gamma, beta);
        }
        in.integer(0, 0, "the mode of an affine layer"); // 0 = one pair of numbers per channel
        if (version.equals("affine_2") && in.flag()) {
            throw in.problem("an affine layer that is switched off");
        }
        return new Layer.Affine(gamma, beta);
    }

    /** gamma (x - mean) / sqrt(variance + eps) + beta. */
    private Layer.Affine normalisation(double[] gamma, double[] beta) throws DatFormatException {
        in.tensor(); // of the last batch: means, inverse standard deviations
        in.tensor();
        float[] means = in.tensor();
        float[] variances = in.tensor();
        in.integer();
        in.integer();
        in.numbers(4);
        double eps = in.number();
        if (means.length != gamma.length || variances.length != gamma.length) {
            throw in.problem("a batch normalisation whose statistics do not fit its shape");
        }
        double[] scale = new double[gamma.length];
        double[] shift = new double[gamma.length];
        for (int i = 0; i < gamma.length; i++) {
            scale[i] = gamma[i] / Math.sqrt(variances[i] + eps);
            shift[i] = beta[i] - means[i] * scale[i];
        }
        return new Layer.Affine(scale, shift);
    }

    Layer.Relu relu() throws DatFormatException {
        if (in.text(List.of("relu_", "relu_2")).equals("relu_2") && in.flag()) {
            throw in.problem("a ReLU that is switched off");
        }
        return new Layer.Relu();
    }

    Layer.MaxPool maxPool() throws DatFormatException {
        in.text(List.of("max_pool_2"));
        return new Layer.MaxPool(window());
    }

    Layer.AveragePool averagePool() throws DatFormatException {
        in.text(List.of("avg_pool_2"));
        return new Layer.AveragePool(window());
    }

    Layer.Add add(int tag) throws DatFormatException {
        in.text(List.of("add_prev_"));
        return new Layer.Add(tag);
    }

    Layer.FullyConnected fullyConnected() throws DatFormatException {
        String version = in.text(List.of("fc_2", "fc_3"));
        int outputs = in.integer(1, MOST, "the number of outputs");
        int inputs = in.integer(1, MOST, "the number of inputs");
        float[] weights = in.tensor();
        in.shape();
        in.shape();
        in.integer(1, 1, "the bias mode of a fully connected layer"); // 1 = none
        in.numbers(4);
        if (version.equals("fc_3")) {
            in.flag();
        }
        if (weights.length != inputs * outputs) {
            throw in.problem("a fully connected layer whose weights do not fit its shape");
        }
        return new Layer.FullyConnected(inputs, outputs, weights);
    }

    private Window window() throws DatFormatException {
        return new Window(
                in.integer(0, MOST, "rows of a window"),
                in.integer(0, MOST, "columns of a window"),
                in.integer(1, MOST, "a step"),
                in.integer(1, MOST, "a step"),
                in.integer(0, MOST, "padding"),
                in.integer(0, MOST, "padding"));
    }

    private static int product(int[] dimensions) {
        return Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
    }

    private static double[] doubles(float[] values, int from, int to) {
        double[] part = new double[to - from];
        for (int i = 0; i < part.length; i++) {
            part[i] = values[from + i];
        }
        return part;
    }
}
