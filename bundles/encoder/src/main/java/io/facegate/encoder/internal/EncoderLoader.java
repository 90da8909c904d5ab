// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelData;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.FaceChips;
import io.facegate.dlib.ResNetFaceEncoder;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Loads ResNets. The self-test encodes a chip; the descriptor must lie near the expected one: where
 * the expected one was made (x86-64) within {@value #SAME_BOUND} (L2), which other instruction sets
 * and matrix kernels keep to (1.3e-6 measured); elsewhere within {@value #OTHER_BOUND}. Faces of
 * one person are up to 0.6 apart.
 */
final class EncoderLoader implements ModelLoader<DlibFaceEncoder> {
    private static final double SAME_BOUND = 5e-6;
    private static final double OTHER_BOUND = 1e-4;

    private final int batchSize;
    private final double bound;

    EncoderLoader(int batchSize, String architecture) {
        this.batchSize = batchSize;
        bound = architecture.equals("amd64") ? SAME_BOUND : OTHER_BOUND;
    }

    @Override
    public DlibFaceEncoder load(ModelData model) throws ModelRefusedException, IOException {
        SelfTest test = SelfTest.of(model);
        DlibFaceEncoder encoder;
        try {
            var dlib = ResNetFaceEncoder.load(model.read());
            encoder = new DlibFaceEncoder(model.info(), dlib, batchSize);
        } catch (DlibException e) {
            throw new ModelRefusedException("dlib cannot load it: " + e.getMessage(), e);
        }
        try {
            verify(encoder, test);
            return encoder;
        } catch (ModelRefusedException | IOException | RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    private void verify(DlibFaceEncoder encoder, SelfTest test)
            throws ModelRefusedException, IOException {
        double[] numbers = test.numbers("descriptor");
        Frame chip = test.picture();
        if (numbers.length != ResNetFaceEncoder.DIMENSION
                || chip.width() != FaceChips.SIZE
                || chip.height() != FaceChips.SIZE) {
            throw new ModelRefusedException(
                    "its self-test has no descriptor of 128 numbers or no chip of 150x150 pixels");
        }
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        var expected = new FaceDescriptor(encoder.model().key(), values);
        FaceDescriptor found =
                encoder.encode(List.of(new FaceChip(FaceChips.SIZE, chip.pixels()))).get(0);
        double distance = found.distanceTo(expected);
        if (!(distance <= bound)) {
            throw new ModelRefusedException(
                    String.format(
                            Locale.ROOT,
                            "its self-test gave a descriptor %.2e from the expected one, at most"
                                    + " %.0e is right",
                            distance,
                            bound));
        }
    }
}
