// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import io.facegate.onnx.converter.Layer.Window;
import io.facegate.onnx.converter.OnnxGraph.Attributes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ResNet as an ONNX graph: input {@code chips}, N x 150 x 150 x 3 bytes of RGB, output {@code
 * descriptors}, N x 128 of fp32. The normalisation of the pixels is folded into the first
 * convolution, which has no padding, in double precision and rounded once. Behind the others,
 * affine layers stand as a product and a sum, which the engine folds when it loads the model: so
 * the weights are dlib's, byte by byte, and an archive that holds both models packs them once.
 */
final class ResNetGraph {
    private final OnnxGraph graph;
    private final ResNetFile file;
    private final Map<Integer, Value> tags = new TreeMap<>();
    private Value value;

    /** An intermediate result: its name and shape. */
    private record Value(String name, int channels, int rows, int columns) {}

    private ResNetGraph(ResNetFile file, Storage storage) {
        this.file = file;
        graph = new OnnxGraph("dlib-resnet", storage);
        value = new Value("chips", 3, file.size(), file.size());
    }

    static byte[] of(ResNetFile file, Storage storage) throws DatFormatException {
        var net = new ResNetGraph(file, storage);
        net.graph.input("chips", OnnxGraph.UINT8, "N", file.size(), file.size(), 3);
        net.planar();
        List<Layer> layers = file.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (i == 0) {
                var first = (Layer.Convolution) layers.get(i);
                net.convolve(net.normalising(first.then((Layer.Affine) layers.get(++i))));
            } else if (layers.get(i) instanceof Layer.Convolution c) {
                net.convolve(c);
                net.scale((Layer.Affine) layers.get(++i));
            } else {
                net.add(layers.get(i));
            }
        }
        net.graph.output("descriptors", "N", net.value.channels);
        return net.graph.toBytes(new TreeMap<>(Map.of("facegate.network", "dlib-resnet")));
    }

    /** Pixels as bytes are a quarter of the input; the engine spreads them faster than Java. */
    private void planar() {
        var order = new TreeMap<>(Map.of("perm", new long[] {0, 3, 1, 2}));
        String planes = graph.node("Transpose", Attributes.of(order), value.name);
        value = with(graph.toFloat(planes));
    }

    private void add(Layer layer) throws DatFormatException {
        if (layer instanceof Layer.Relu) {
            value = with(graph.node("Relu", Attributes.NONE, value.name));
        } else if (layer instanceof Layer.Tag tag) {
            tags.put(tag.tag(), value);
        } else if (layer instanceof Layer.Skip skip) {
            value = tags.get(skip.tag());
        } else if (layer instanceof Layer.Add add) {
            add(tags.get(add.tag()));
        } else if (layer instanceof Layer.MaxPool pool) {
            pool("MaxPool", pool.window());
        } else if (layer instanceof Layer.AveragePool pool) {
            average(pool.window());
        } else if (layer instanceof Layer.FullyConnected connected) {
            connect(connected);
        }
    }

    private void convolve(Layer.Convolution c) {
        Window window = c.window();
        String output =
                graph.node(
                        "Conv",
                        Convolutions.attributes(window),
                        value.name,
                        graph.weights(
                                c.weights(),
                                c.outputs(),
                                c.inputs(),
                                window.rows(),
                                window.columns()),
                        graph.numbers(c.bias(), c.outputs()));
        value =
                new Value(
                        output,
                        c.outputs(),
                        window.rowsOf(value.rows),
                        window.columnsOf(value.columns));
    }

    private void scale(Layer.Affine affine) {
        int channels = affine.gamma().length;
        String gamma = graph.numbers(affine.gamma(), channels, 1, 1);
        String scaled = graph.node("Mul", Attributes.NONE, value.name, gamma);
        String beta = graph.numbers(affine.beta(), channels, 1, 1);
        value = with(graph.node("Add", Attributes.NONE, scaled, beta));
    }

    /** (pixel - average) / 256, moved into weights and bias. */
    private Layer.Convolution normalising(Layer.Convolution c) {
        double[] weights = c.weights().clone();
        double[] bias = c.bias().clone();
        int area = c.window().rows() * c.window().columns();
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= 256;
            bias[i / (area * c.inputs())] -= weights[i] * file.averages()[i / area % c.inputs()];
        }
        return new Layer.Convolution(c.outputs(), c.inputs(), c.window(), weights, bias);
    }

    private void pool(String operator, Window window) {
        var attributes = new TreeMap<String, long[]>();
        attributes.put("kernel_shape", new long[] {window.rows(), window.columns()});
        attributes.put("strides", new long[] {window.stepY(), window.stepX()});
        String output = graph.node(operator, Attributes.of(attributes), value.name);
        value =
                new Value(
                        output,
                        value.channels,
                        window.rowsOf(value.rows),
                        window.columnsOf(value.columns));
    }

    private void average(Window window) {
        if (window.rows() == 0) {
            String output = graph.node("GlobalAveragePool", Attributes.NONE, value.name);
            value = new Value(output, value.channels, 1, 1);
        } else {
            pool("AveragePool", window);
        }
    }

    /** dlib's add_prev pads both with zeros, at the end of channels, rows and columns. */
    private void add(Value other) {
        int channels = Math.max(value.channels, other.channels);
        int rows = Math.max(value.rows, other.rows);
        int columns = Math.max(value.columns, other.columns);
        Value a = padded(value, channels, rows, columns);
        Value b = padded(other, channels, rows, columns);
        value =
                new Value(
                        graph.node("Add", Attributes.NONE, b.name, a.name),
                        channels,
                        rows,
                        columns);
    }

    private Value padded(Value v, int channels, int rows, int columns) {
        if (v.channels == channels && v.rows == rows && v.columns == columns) {
            return v;
        }
        String pads =
                graph.integers(
                        0, 0, 0, 0, 0, channels - v.channels, rows - v.rows, columns - v.columns);
        return new Value(graph.node("Pad", Attributes.NONE, v.name, pads), channels, rows, columns);
    }

    private void connect(Layer.FullyConnected connected) throws DatFormatException {
        double[] weights = new double[connected.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = connected.weights()[i];
        }
        String flat = graph.node("Flatten", Attributes.NONE, value.name);
        graph.node(
                "descriptors",
                "Gemm",
                Attributes.NONE,
                flat,
                graph.weights(weights, connected.inputs(), connected.outputs()));
        value = new Value("descriptors", connected.outputs(), 1, 1);
    }

    private Value with(String name) {
        return new Value(name, value.channels, value.rows, value.columns);
    }
}
