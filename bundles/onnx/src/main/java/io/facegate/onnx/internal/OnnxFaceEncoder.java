// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.FaceChips;
import io.facegate.dlib.call.ChipAlignment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** dlib's ResNet in ONNX Runtime over dlib's face chips: 150 x 150 pixels, padding 0.25. */
final class OnnxFaceEncoder implements FaceEncoder, AutoCloseable {
    /** Numbers of a descriptor. */
    static final int DIMENSION = 128;

    private final ModelInfo model;
    private final Network network;
    private final int batchSize;
    private final AtomicReference<ByteBuffer> spare = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Takes over {@code network}.
     *
     * @param batchSize most chips in one call of the network: its memory grows with it
     */
    OnnxFaceEncoder(ModelInfo model, Network network, int batchSize) {
        this.model = model;
        this.network = network;
        this.batchSize = batchSize;
    }

    @Override
    public ModelInfo model() {
        return model;
    }

    @Override
    public List<FaceChip> align(Frame frame, List<Landmarks> faces) {
        if (closed) {
            throw new StaleServiceException(name() + " was closed");
        }
        return ChipAlignment.align(name(), frame, faces);
    }

    @Override
    public List<FaceDescriptor> encode(List<FaceChip> chips) {
        ChipAlignment.check(name(), chips);
        List<FaceDescriptor> descriptors = new ArrayList<>(chips.size());
        for (int from = 0; from < chips.size(); from += batchSize) {
            encode(chips.subList(from, Math.min(from + batchSize, chips.size())), descriptors);
        }
        return List.copyOf(descriptors);
    }

    private void encode(List<FaceChip> batch, List<FaceDescriptor> descriptors) {
        ByteBuffer pixels = spare.getAndSet(null);
        if (pixels == null || pixels.capacity() < batch.size() * FaceChips.BYTES) {
            pixels = ByteBuffer.allocateDirect(batch.size() * FaceChips.BYTES);
        }
        pixels.clear();
        for (FaceChip chip : batch) {
            pixels.put(chip.rgb());
        }
        float[] values = run(pixels.flip(), batch.size());
        spare.set(pixels);
        for (int at = 0; at < values.length; at += DIMENSION) {
            descriptors.add(
                    new FaceDescriptor(
                            model.key(), Arrays.copyOfRange(values, at, at + DIMENSION)));
        }
    }

    private float[] run(ByteBuffer pixels, int chips) {
        try {
            return network.run(pixels, chips, FaceChips.SIZE, FaceChips.SIZE, 3).values();
        } catch (InferenceException e) {
            throw new IllegalStateException(name() + " failed: " + e.getMessage(), e);
        }
    }

    /** Later calls fail as stale; the last one inside frees the memory. */
    @Override
    public void close() {
        closed = true;
        network.close();
    }

    private String name() {
        return "encoder " + model.id() + " " + model.version();
    }
}
