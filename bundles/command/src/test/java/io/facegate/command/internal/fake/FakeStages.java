// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;

import java.util.List;

/** Stages that only have to be there. */
public final class FakeStages {
    public static final ModelInfo MODEL =
            new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "ab", "cd");

    private FakeStages() {}

    public static FaceDetector detector(String method) {
        return new FaceDetector() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
                return List.of();
            }
        };
    }

    public static LandmarkDetector landmarks() {
        return (frame, boxes) -> List.of();
    }

    public static FaceEncoder encoder() {
        return new FaceEncoder() {
            @Override
            public ModelInfo model() {
                return MODEL;
            }

            @Override
            public List<FaceChip> align(Frame frame, List<Landmarks> faces) {
                return List.of();
            }

            @Override
            public List<FaceDescriptor> encode(List<FaceChip> chips) {
                return List.of();
            }
        };
    }
}
