// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.FaceAlignment;
import io.facegate.dlib.FaceChips;
import io.facegate.model.loader.ModelRefusedException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives a network face chips as it wants them: dlib's as they are, or derived from them. Of a
 * network on fp32 numbers the order of its dimensions is read from the file. Thread-safe.
 */
final class ChipPixels {
    private final EncoderInput input;
    private final boolean bytes;
    private final boolean planes;
    private final int most;
    private final ChipWarp warp;
    private final AtomicReference<ByteBuffer> spare = new AtomicReference<>();

    /**
     * @param input as the bundle says it
     * @param batchSize most chips in one call of the network: its memory grows with it
     * @throws ModelRefusedException the network takes something else
     */
    ChipPixels(EncoderInput input, Network network, int batchSize) throws ModelRefusedException {
        this.input = input;
        bytes = network.takesBytes();
        long[] shape = network.inputShape();
        if (shape.length != 4) {
            throw refused(shape, "pictures");
        }
        most = shape[0] > 0 ? 1 : batchSize;
        planes = !bytes && fits(shape, 1, 3) && fits(shape, 2, input.size());
        if (shape[0] > 1 || !planes && !(fits(shape, 3, 3) && fits(shape, 1, input.size()))) {
            throw refused(shape, "one picture of %d pixels".formatted(input.size()));
        }
        if (bytes && (input.alignment() != FaceAlignment.DLIB || input.size() != FaceChips.SIZE)) {
            throw new ModelRefusedException(
                    "it takes bytes, and only dlib's chips of %d pixels are given as such"
                            .formatted(FaceChips.SIZE));
        }
        warp = bytes ? null : new ChipWarp(input);
    }

    private static boolean fits(long[] shape, int dimension, int wanted) {
        return shape[dimension] < 0 || shape[dimension] == wanted;
    }

    private static ModelRefusedException refused(long[] shape, String wanted) {
        return new ModelRefusedException(
                "its network takes numbers of the shape "
                        + Arrays.toString(shape)
                        + ", not "
                        + wanted
                        + "; an attribute size of the bundle says another size");
    }

    /** Most chips in one call. */
    int most() {
        return most;
    }

    /**
     * Runs the network; blocks.
     *
     * @param batch of dlib's chips, at most {@link #most()}
     */
    float[] run(Network network, List<FaceChip> batch) {
        int size = bytes ? FaceChips.BYTES : 3 * input.size() * input.size() * Float.BYTES;
        ByteBuffer buffer = spare.getAndSet(null);
        if (buffer == null || buffer.capacity() < batch.size() * size) {
            buffer = ByteBuffer.allocateDirect(batch.size() * size).order(ByteOrder.nativeOrder());
        }
        buffer.clear().limit(batch.size() * size);
        float[] values =
                bytes ? onBytes(network, batch, buffer) : onNumbers(network, batch, buffer);
        spare.set(buffer);
        return values;
    }

    private static float[] onBytes(Network network, List<FaceChip> batch, ByteBuffer buffer) {
        for (FaceChip chip : batch) {
            buffer.put(chip.rgb());
        }
        return network.run(buffer.flip(), batch.size(), FaceChips.SIZE, FaceChips.SIZE, 3).values();
    }

    private float[] onNumbers(Network network, List<FaceChip> batch, ByteBuffer buffer) {
        FloatBuffer numbers = buffer.asFloatBuffer();
        for (FaceChip chip : batch) {
            numbers.put(warp.of(chip, planes));
        }
        numbers.flip();
        int side = input.size();
        return planes
                ? network.run(numbers, batch.size(), 3, side, side).values()
                : network.run(numbers, batch.size(), side, side, 3).values();
    }
}
