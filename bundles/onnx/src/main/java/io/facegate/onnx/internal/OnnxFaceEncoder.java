// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.call.ChipAlignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An encoder in ONNX Runtime, over dlib's face chips: 150 x 150 pixels, padding 0.25. */
final class OnnxFaceEncoder implements FaceEncoder, AutoCloseable {
    private final ModelInfo model;
    private final Network network;
    private final ChipPixels pixels;
    private volatile boolean closed;

    /**
     * Takes over {@code network}.
     *
     * @param pixels what it is given
     */
    OnnxFaceEncoder(ModelInfo model, Network network, ChipPixels pixels) {
        this.model = model;
        this.network = network;
        this.pixels = pixels;
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
        for (int from = 0; from < chips.size(); from += pixels.most()) {
            int to = Math.min(from + pixels.most(), chips.size());
            encode(chips.subList(from, to), descriptors);
        }
        return List.copyOf(descriptors);
    }

    private void encode(List<FaceChip> batch, List<FaceDescriptor> descriptors) {
        float[] values = run(batch);
        int dimension = values.length / batch.size();
        for (int i = 0; i < batch.size(); i++) {
            float[] one = Arrays.copyOfRange(values, i * dimension, (i + 1) * dimension);
            if (model.encoder().metric() == Metric.COSINE) {
                toLengthOne(one);
            }
            descriptors.add(new FaceDescriptor(model.key(), one));
        }
    }

    private void toLengthOne(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        if (!(sum > 0)) {
            throw new IllegalStateException(name() + " gave a descriptor without a direction");
        }
        double length = Math.sqrt(sum);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / length);
        }
    }

    private float[] run(List<FaceChip> batch) {
        try {
            return pixels.run(network, batch);
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
