// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession.SessionOptions;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.FaceAlignment;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelInfo.Terms;
import io.facegate.api.model.ModelKind;
import io.facegate.onnxruntime.OnnxRuntimeLibrary;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Two encoders in ONNX Runtime that are loaded in no time, and faces they tell apart: squares of
 * colours that are a person's own, with noise that is the picture's. The network is the same; what
 * they make of a face is nothing alike, and their metrics are not the same.
 */
public final class SmallEncoders {
    /** Averages of 8 x 8 squares of each colour; made as in {@code OwnEncoderTest}. */
    private static final byte[] AVERAGES =
            Base64.getDecoder()
                    .decode(
                            "CAgSADqeAQpACgVpbnB1dBIBcCILQXZlcmFnZVBvb2wqFQoMa2VybmVsX3NoYXBlQA5ADq"
                                    + "ABByoQCgdzdHJpZGVzQA5ADqABBwoUCgFwEgZvdXRwdXQiB0ZsYXR0ZW4SCGF2ZXJhZ2Vz"
                                    + "Wh8KBWlucHV0EhYKFAgBEhAKAggBCgIIAwoCCHAKAghwYhkKBm91dHB1dBIPCg0IARIJCg"
                                    + "IIAQoDCMABQgQKABAN");

    private static final int CHIP = 150;
    private static final int SQUARES = 8;
    private static final int BATCH = 8;

    /** Of the values: as small as those of real encoders. */
    private static final double DEVIATION = 1000;

    public static final ModelInfo FIRST = info("first", "1.0.0", 'a', Metric.EUCLIDEAN, true, 0.3);
    public static final ModelInfo SECOND = info("second", "2.0.0", 'b', Metric.COSINE, false, 0.4);

    private SmallEncoders() {}

    private static ModelInfo info(
            String id, String version, char weights, Metric metric, boolean rgb, double tolerance) {
        var input =
                new EncoderInput(
                        FaceAlignment.ARCFACE,
                        112,
                        rgb,
                        Collections.nCopies(3, 100.0),
                        Collections.nCopies(3, DEVIATION));
        String sum = String.valueOf(weights).repeat(64);
        return new ModelInfo(
                id,
                ModelKind.ENCODER,
                "onnx",
                version,
                sum,
                sum,
                new EncoderTraits(3 * SQUARES * SQUARES, metric, input, tolerance, 2 * tolerance),
                Terms.UNSAID);
    }

    /**
     * Both, the first one first.
     *
     * @param cache for ONNX Runtime's libraries
     */
    public static List<FaceEncoder> load(Path cache) throws Exception {
        OrtEnvironment environment = OnnxRuntimeLibrary.load(cache);
        return List.of(load(environment, FIRST), load(environment, SECOND));
    }

    private static FaceEncoder load(OrtEnvironment environment, ModelInfo info) throws Exception {
        ByteBuffer file = ByteBuffer.allocateDirect(AVERAGES.length).put(AVERAGES).flip();
        try (var options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            var network = new Network(environment, file, options, info.id());
            return new OnnxFaceEncoder(
                    info, network, new ChipPixels(info.encoder().input(), network, BATCH));
        }
    }

    /**
     * A face of a person.
     *
     * @param seed of the picture
     */
    public static FaceChip face(String person, long seed) {
        Random colours = new Random(31L * person.hashCode());
        int[] squares = new int[3 * SQUARES * SQUARES];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = 20 + colours.nextInt(200);
        }
        Random noise = new Random(seed);
        byte[] rgb = new byte[3 * CHIP * CHIP];
        for (int y = 0; y < CHIP; y++) {
            int line = 3 * SQUARES * (y * SQUARES / CHIP);
            // the same along a line, so that its PNG is small
            int shade = noise.nextInt(17);
            for (int x = 0; x < CHIP; x++) {
                for (int colour = 0; colour < 3; colour++) {
                    int square = line + 3 * (x * SQUARES / CHIP) + colour;
                    rgb[3 * (y * CHIP + x) + colour] = (byte) (squares[square] + shade);
                }
            }
        }
        return new FaceChip(CHIP, rgb);
    }
}
