// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * dlib's {@code dlib_face_recognition_resnet_model_v1.dat}: {@code loss_metric} over a ResNet of 29
 * convolutions.
 *
 * @param size rows and columns of the input
 * @param averages of red, green and blue, subtracted before the division by 256
 * @param layers from the input on
 */
record ResNetFile(int size, double[] averages, List<Layer> layers) {
    /**
     * @throws DatFormatException it is damaged, or another network
     */
    static ResNetFile read(byte[] file) throws DatFormatException {
        var in = new DatReader(file);
        in.integer(1, 1, "the version of a loss layer");
        if (in.text(List.of("loss_metric_", "loss_metric_2")).equals("loss_metric_2")) {
            in.numbers(2);
        }
        double[] averages = new double[3];
        int[] size = new int[2];
        List<Layer> layers =
                new NetworkReader(in)
                        .read(
                                names(),
                                () -> {
                                    in.text(List.of("input_rgb_image_sized"));
                                    for (int i = 0; i < averages.length; i++) {
                                        averages[i] = in.number();
                                    }
                                    size[0] = in.integer(1, 4096, "rows of the input");
                                    size[1] = in.integer(1, 4096, "columns of the input");
                                });
        in.end();
        if (size[0] != size[1]) {
            throw in.problem("an input of " + size[0] + " rows and " + size[1] + " columns");
        }
        return new ResNetFile(size[0], averages, layers);
    }

    /** Blocks of two convolutions, each added to the output before it. */
    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("con", "affine", "relu", "max_pool"));
        List<String> block = List.of("tag1", "con", "affine", "relu", "con", "affine", "add1");
        List<String> halving = new ArrayList<>(block.subList(0, 6));
        Collections.addAll(halving, "tag2", "skip1", "avg_pool", "add2");
        int[] blocks = {3, 3, 2, 2, 0}; // between them, a halving one
        for (int level = 0; level < blocks.length; level++) {
            if (level > 0) {
                names.addAll(halving);
                names.add("relu");
            }
            for (int i = 0; i < blocks[level]; i++) {
                names.addAll(block);
                names.add("relu");
            }
        }
        Collections.addAll(names, "avg_pool", "fc");
        return names;
    }
}
