// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Turns dlib's {@code .dat} files into ONNX models with the same answers. The same input gives the
 * same bytes, on every machine.
 */
public final class Converter {
    private static final String USAGE =
            "usage: Converter resnet|mmod FILE.dat FILE.onnx [fp32|fp16] (default fp32)";

    private Converter() {}

    /**
     * The face encoder: chips, N x 150 x 150 x 3 bytes of RGB, to descriptors, N x 128.
     *
     * @param dat content of {@code dlib_face_recognition_resnet_model_v1.dat}
     * @throws DatFormatException it is damaged, or another network
     */
    public static byte[] resnet(byte[] dat, Storage storage) throws DatFormatException {
        return ResNetGraph.of(ResNetFile.read(dat), storage);
    }

    /**
     * The face detector: dlib's tiled pyramid, 1 x 3 x H x W, to scores, 1 x 1 x h x w.
     *
     * @param dat content of {@code mmod_human_face_detector.dat}
     * @throws DatFormatException it is damaged, or another network
     */
    public static byte[] mmod(byte[] dat, Storage storage) throws DatFormatException {
        return MmodGraph.of(MmodFile.read(dat), storage);
    }

    /** {@code resnet|mmod FILE.dat FILE.onnx [fp32|fp16]}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3 || arguments.length > 4) {
            throw new IllegalArgumentException(USAGE);
        }
        Storage storage =
                arguments.length == 4
                        ? Storage.valueOf(arguments[3].toUpperCase(Locale.ROOT))
                        : Storage.FP32;
        Path from = Path.of(arguments[1]);
        byte[] dat = Files.readAllBytes(from);
        byte[] onnx;
        try {
            onnx =
                    switch (arguments[0]) {
                        case "resnet" -> resnet(dat, storage);
                        case "mmod" -> mmod(dat, storage);
                        default -> throw new IllegalArgumentException(USAGE);
                    };
        } catch (DatFormatException e) {
            throw new IOException(
                    from + " is not what " + arguments[0] + " needs, " + e.getMessage(), e);
        }
        Path to = Path.of(arguments[2]);
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.write(to, onnx);
    }
}
