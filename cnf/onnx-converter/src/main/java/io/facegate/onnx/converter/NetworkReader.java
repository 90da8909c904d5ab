// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a stack of layers (dlib/dnn/core.h). The file holds the version of each layer from the
 * output down to the input, then the input layer, then the details of each layer back up.
 */
final class NetworkReader {
    private final DatReader in;
    private final LayerReader layers;

    NetworkReader(DatReader in) {
        this.in = in;
        layers = new LayerReader(in);
    }

    /** Reads the input layer. */
    @FunctionalInterface
    interface Input {
        void read() throws DatFormatException;
    }

    /**
     * @param names of the layers, from the input on: {@code con affine relu max_pool avg_pool fc},
     *     and with the number of a tag {@code tag skip add}
     * @return the layers, from the input on
     */
    List<Layer> read(List<String> names, Input input) throws DatFormatException {
        int[] versions = new int[names.size()];
        for (int i = names.size() - 1; i > 0; i--) {
            versions[i] = in.integer(1, 2, "the version of a layer");
        }
        versions[0] = in.integer(2, 3, "the version of the first layer");
        input.read();
        List<Layer> read = new ArrayList<>();
        for (int i = 0; i < versions.length; i++) {
            Layer layer = layer(names.get(i));
            read.add(layer);
            if (!(layer instanceof Layer.Tag || layer instanceof Layer.Skip)) {
                state(versions[i], i == 0);
            }
        }
        return List.copyOf(read);
    }

    /** What training leaves behind: flags, gradients, cached outputs. */
    private void state(int version, boolean first) throws DatFormatException {
        for (int i = 0; i < 3; i++) {
            in.flag();
        }
        in.tensor();
        in.tensor();
        if (first || version >= 2) {
            in.tensor();
        }
        if (first && version >= 3) {
            in.integer(); // sample expansion factor
        }
    }

    private Layer layer(String name) throws DatFormatException {
        int tag = name.charAt(name.length() - 1) - '0';
        return switch (name) {
            case "con" -> layers.convolution();
            case "affine" -> layers.affine();
            case "relu" -> layers.relu();
            case "max_pool" -> layers.maxPool();
            case "avg_pool" -> layers.averagePool();
            case "fc" -> layers.fullyConnected();
            case "add1", "add2" -> layers.add(tag);
            case "tag1", "tag2" -> new Layer.Tag(tag);
            case "skip1" -> new Layer.Skip(tag);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
