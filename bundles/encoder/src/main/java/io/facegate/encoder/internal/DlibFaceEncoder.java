// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.ResNetFaceEncoder;
import io.facegate.dlib.call.ChipAlignment;
import io.facegate.dlib.call.DlibCall;

import java.util.ArrayList;
import java.util.List;

/** dlib's ResNet over dlib's face chips: 150 x 150 pixels, padding 0.25. */
final class DlibFaceEncoder implements FaceEncoder, AutoCloseable {
    private final ModelInfo model;
    private final ResNetFaceEncoder dlib;
    private final int batchSize;
    private volatile boolean closed;

    /**
     * Takes over {@code dlib}.
     *
     * @param batchSize most chips in one call of dlib: its memory grows with it
     */
    DlibFaceEncoder(ModelInfo model, ResNetFaceEncoder dlib, int batchSize) {
        this.model = model;
        this.dlib = dlib;
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
        List<byte[]> rgb = chips.stream().map(FaceChip::rgb).toList();
        List<FaceDescriptor> descriptors = new ArrayList<>(chips.size());
        for (int from = 0; from < rgb.size(); from += batchSize) {
            List<byte[]> batch = rgb.subList(from, Math.min(from + batchSize, rgb.size()));
            for (float[] values : DlibCall.run(name(), () -> dlib.encode(batch))) {
                descriptors.add(new FaceDescriptor(model.key(), values));
            }
        }
        return List.copyOf(descriptors);
    }

    /** Later calls fail as stale; the last one inside frees the memory. */
    @Override
    public void close() {
        closed = true;
        dlib.close();
    }

    private String name() {
        return "encoder " + model.id() + " " + model.version();
    }
}
