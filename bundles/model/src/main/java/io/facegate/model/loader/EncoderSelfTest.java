// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.EncoderTraits;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The self-test of an encoder, whatever engine runs it: encodes a chip; the descriptor must lie
 * near the expected one. Where the expected one was made (x86-64) that is within {@value
 * #SAME_BOUND} (L2) of a descriptor whose tolerance is dlib's, which other instruction sets, matrix
 * kernels and engines keep to (1.3e-6 measured); elsewhere within {@value #OTHER_BOUND}. A bundle
 * may say another bound, {@code within}, of at most {@value #WIDEST} of its tolerance: networks of
 * few bits differ more between processors.
 */
public final class EncoderSelfTest {
    private static final double SAME_BOUND = 5e-6;
    private static final double OTHER_BOUND = 1e-4;
    private static final double WIDEST = 0.02;

    private final int size;
    private final double bound;

    /**
     * @param size columns and rows of a chip
     * @param architecture of this machine, as Java's {@code os.arch}
     */
    public EncoderSelfTest(int size, String architecture) {
        this.size = size;
        bound = architecture.equals("amd64") ? SAME_BOUND : OTHER_BOUND;
    }

    /**
     * @throws ModelRefusedException the encoder gives another descriptor, or the test is incomplete
     */
    public void verify(FaceEncoder encoder, SelfTest test)
            throws ModelRefusedException, IOException {
        EncoderTraits traits = encoder.model().encoder();
        int dimension = traits.dimension();
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
        if (found.dimension() != dimension) {
            throw new ModelRefusedException(
                    "it gives descriptors of %d numbers, and says %d"
                            .formatted(found.dimension(), dimension));
        }
        double distance = found.distanceTo(expected);
        double most = bound(test, traits);
        if (!(distance <= most)) {
            throw new ModelRefusedException(
                    String.format(
                            Locale.ROOT,
                            "its self-test gave a descriptor %.2e from the expected one, at most"
                                    + " %.0e is right",
                            distance,
                            most));
        }
    }

    private double bound(SelfTest test, EncoderTraits traits) throws ModelRefusedException {
        if (!test.has("within")) {
            return traits.scaled(bound);
        }
        double[] within = test.numbers("within");
        double widest = WIDEST * traits.tolerance();
        if (within.length != 1 || !(within[0] > 0) || within[0] > widest) {
            throw new ModelRefusedException(
                    String.format(
                            Locale.ROOT,
                            "its self-test says within what a descriptor is right, and that is no"
                                    + " list of one number above 0, at most %.3f",
                            widest));
        }
        return within[0];
    }
}
