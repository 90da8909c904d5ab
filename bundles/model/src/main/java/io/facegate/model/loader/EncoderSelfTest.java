// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.frame.Frame;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The self-test of an encoder, whatever engine runs it: encodes a chip; the descriptor must lie
 * near the expected one. Where the expected one was made (x86-64) that is within {@value
 * #SAME_BOUND} (L2), which other instruction sets, matrix kernels and engines keep to (1.3e-6
 * measured); elsewhere within {@value #OTHER_BOUND}. Faces of one person are up to 0.6 apart.
 */
public final class EncoderSelfTest {
    private static final double SAME_BOUND = 5e-6;
    private static final double OTHER_BOUND = 1e-4;

    private final int size;
    private final int dimension;
    private final double bound;

    /**
     * @param size columns and rows of a chip
     * @param dimension numbers of a descriptor
     * @param architecture of this machine, as Java's {@code os.arch}
     */
    public EncoderSelfTest(int size, int dimension, String architecture) {
        this.size = size;
        this.dimension = dimension;
        bound = architecture.equals("amd64") ? SAME_BOUND : OTHER_BOUND;
    }

    /**
     * @throws ModelRefusedException the encoder gives another descriptor, or the test is incomplete
     */
    public void verify(FaceEncoder encoder, SelfTest test)
            throws ModelRefusedException, IOException {
        double[] numbers = test.numbers("descriptor");
        Frame chip = test.picture();
        if (numbers.length != dimension || chip.width() != size || chip.height() != size) {
            throw new ModelRefusedException(
                    "its self-test has no descriptor of %d numbers or no chip of %dx%d pixels"
                            .formatted(dimension, size, size));
        }
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        var expected = new FaceDescriptor(encoder.model().key(), values);
        FaceDescriptor found = encoder.encode(List.of(new FaceChip(size, chip.pixels()))).get(0);
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
