// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * dlib's {@code mmod_human_face_detector.dat}: {@code loss_mmod} over seven convolutions and an
 * image pyramid.
 *
 * @param pyramid averages of red, green and blue, padding between and around the tiles
 * @param window width and height of the detector's window, in pixels
 * @param overlap of boxes of which the weaker one goes: intersection by union, by smaller box
 * @param layers from the input on
 */
record MmodFile(double[] pyramid, int[] window, double[] overlap, List<Layer> layers) {
    /**
     * @throws DatFormatException it is damaged, or another network
     */
    static MmodFile read(byte[] file) throws DatFormatException {
        var in = new DatReader(file);
        in.integer(1, 1, "the version of a loss layer");
        in.text(List.of("loss_mmod_"));
        int version = in.integer(1, 4, "the version of loss_mmod");
        int[] window = version == 1 ? size(in) : windows(in);
        in.numbers(3); // losses, threshold of truth matching
        double[] overlap = {in.number(), in.number()};
        in.numbers(2);
        if (version >= 3) {
            in.integer();
        }
        if (version >= 4) {
            if (in.flag()) {
                throw in.problem("a detector with bounding box regression");
            }
            in.number();
        }
        double[] pyramid = {0, 0, 0, 10, 11};
        List<Layer> layers = new NetworkReader(in).read(names(), () -> input(in, pyramid));
        in.end();
        return new MmodFile(pyramid, window, overlap, layers);
    }

    private static int[] windows(DatReader in) throws DatFormatException {
        in.integer(1, 1, "the number of detector windows");
        int version = in.integer(1, 2, "the version of a detector window");
        int[] window = size(in);
        if (version >= 2) {
            in.text(); // label
        }
        return window;
    }

    private static int[] size(DatReader in) throws DatFormatException {
        return new int[] {
            in.integer(1, 4096, "width of a window"), in.integer(1, 4096, "height of a window")
        };
    }

    private static void input(DatReader in, double[] pyramid) throws DatFormatException {
        String version = in.text(List.of("input_rgb_image_pyramid", "input_rgb_image_pyramid2"));
        for (int i = 0; i < 3; i++) {
            pyramid[i] = in.number();
        }
        if (version.endsWith("2")) {
            pyramid[3] = in.integer(0, 1000, "padding of the pyramid");
            pyramid[4] = in.integer(0, 1000, "outer padding of the pyramid");
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Collections.addAll(names, "con", "affine", "relu");
        }
        names.add("con");
        return names;
    }
}
