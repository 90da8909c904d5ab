// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import io.facegate.onnx.converter.Layer.Convolution;
import io.facegate.onnx.converter.Layer.Window;
import io.facegate.onnx.converter.OnnxGraph.Attributes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * MMOD as an ONNX graph: input {@code pyramid}, 1 x 3 x H x W, the tiled pyramid as dlib makes it
 * (already normalised: the gaps between the tiles are 0 after that), output {@code scores}, 1 x 1 x
 * h x w. What a detector must know besides is in the model's metadata.
 */
final class MmodGraph {
    /** Channels that blocked convolutions take without a fallback. */
    private static final int BLOCK = 16;

    private final OnnxGraph graph;

    private MmodGraph(Storage storage) {
        graph = new OnnxGraph("dlib-mmod", storage);
    }

    static byte[] of(MmodFile file, Storage storage) {
        var net = new MmodGraph(storage);
        List<Convolution> convolutions = new ArrayList<>();
        List<Layer> layers = file.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof Convolution c) {
                boolean folded = i + 1 < layers.size();
                convolutions.add(folded ? c.then((Layer.Affine) layers.get(i + 1)) : c);
            }
        }
        net.graph.input("pyramid", OnnxGraph.FLOAT, 1, 3, "H", "W");
        String value = "pyramid";
        int inputs = 3;
        for (Convolution c : convolutions.subList(0, convolutions.size() - 1)) {
            Convolution wide = widened(c, inputs);
            value = net.graph.node("Relu", Attributes.NONE, net.convolution(wide, value));
            inputs = wide.outputs();
        }
        net.last(widenedInput(convolutions.get(convolutions.size() - 1), inputs), value);
        net.graph.output("scores", 1, 1, "h", "w");
        return net.graph.toBytes(metadata(file, convolutions));
    }

    private String convolution(Convolution c, String input) {
        Window w = c.window();
        return graph.node(
                "Conv",
                Convolutions.attributes(w),
                input,
                graph.weights(c.weights(), c.outputs(), c.inputs(), w.rows(), w.columns()),
                graph.numbers(c.bias(), c.outputs()));
    }

    /**
     * One output channel would leave most of a blocked convolution idle: so first one channel for
     * each row of the filter, each a filter of one row, and then their sum, each moved by its row.
     */
    private void last(Convolution c, String input) {
        Window w = c.window();
        int rows = w.rows();
        int columns = w.columns();
        double[] byRow = new double[rows * c.inputs() * columns];
        for (int row = 0; row < rows; row++) {
            for (int channel = 0; channel < c.inputs(); channel++) {
                System.arraycopy(
                        c.weights(),
                        (channel * rows + row) * columns,
                        byRow,
                        (row * c.inputs() + channel) * columns,
                        columns);
            }
        }
        double[] sum = new double[rows * rows];
        for (int row = 0; row < rows; row++) {
            sum[row * rows + row] = 1;
        }
        Window row = new Window(1, columns, 1, 1, 0, w.padX());
        Window column = new Window(rows, 1, 1, 1, w.padY(), 0);
        String parts =
                graph.node(
                        "Conv",
                        Convolutions.attributes(row),
                        input,
                        graph.weights(byRow, rows, c.inputs(), 1, columns));
        graph.node(
                "scores",
                "Conv",
                Convolutions.attributes(column),
                parts,
                graph.weights(sum, 1, rows, rows, 1),
                graph.numbers(c.bias(), 1));
    }

    /** With more channels, all zero, so that their number is a multiple of the block. */
    private static Convolution widened(Convolution c, int inputs) {
        Convolution wide = widenedInput(c, inputs);
        int outputs = (c.outputs() + BLOCK - 1) / BLOCK * BLOCK;
        return new Convolution(
                outputs,
                wide.inputs(),
                wide.window(),
                Arrays.copyOf(wide.weights(), wide.weights().length / wide.outputs() * outputs),
                Arrays.copyOf(wide.bias(), outputs));
    }

    private static Convolution widenedInput(Convolution c, int inputs) {
        int area = c.window().rows() * c.window().columns();
        double[] weights = new double[c.outputs() * inputs * area];
        for (int output = 0; output < c.outputs(); output++) {
            System.arraycopy(
                    c.weights(),
                    output * c.inputs() * area,
                    weights,
                    output * inputs * area,
                    c.inputs() * area);
        }
        return new Convolution(c.outputs(), inputs, c.window(), weights, c.bias());
    }

    /** dlib maps a cell of the scores to the middle of its window: cell x step + offset. */
    private static TreeMap<String, String> metadata(MmodFile file, List<Convolution> layers) {
        int step = 1;
        int offset = 0;
        for (int i = layers.size() - 1; i >= 0; i--) {
            Window w = layers.get(i).window();
            step *= w.stepX();
            offset = offset * w.stepX() - w.padX() + w.columns() / 2;
        }
        var metadata = new TreeMap<String, String>();
        metadata.put("facegate.network", "dlib-mmod");
        metadata.put("facegate.pyramid", text(file.pyramid()));
        metadata.put("facegate.window", file.window()[0] + " " + file.window()[1]);
        metadata.put("facegate.cell", step + " " + offset);
        metadata.put("facegate.overlap", text(file.overlap()));
        return metadata;
    }

    private static String text(double[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(n -> String.format(Locale.ROOT, "%s", n))
                .collect(Collectors.joining(" "));
    }
}
