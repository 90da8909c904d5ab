// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

/**
 * The models, loaded once for all tests of a JVM and never closed. Asking for the directory first
 * skips a test without reference data; inside the holder's initialiser it would fail.
 */
final class Models {
    static final String RESNET = "dlib_face_recognition_resnet_model_v1.dat";
    static final String MMOD = "mmod_human_face_detector.dat";
    static final String LANDMARKS = "shape_predictor_5_face_landmarks.dat";

    private Models() {}

    static ResNetFaceEncoder encoder() {
        Reference.directory();
        return EncoderHolder.ENCODER;
    }

    static MmodFaceDetector mmod() {
        Reference.directory();
        return MmodHolder.DETECTOR;
    }

    static ShapePredictor predictor() {
        Reference.directory();
        return PredictorHolder.PREDICTOR;
    }

    static HogFaceDetector hog() {
        return HogHolder.DETECTOR;
    }

    private static final class EncoderHolder {
        static final ResNetFaceEncoder ENCODER = ResNetFaceEncoder.load(Reference.model(RESNET));
    }

    private static final class MmodHolder {
        static final MmodFaceDetector DETECTOR = MmodFaceDetector.load(Reference.model(MMOD));
    }

    private static final class PredictorHolder {
        static final ShapePredictor PREDICTOR = ShapePredictor.load(Reference.model(LANDMARKS));
    }

    private static final class HogHolder {
        static final HogFaceDetector DETECTOR = new HogFaceDetector(2);
    }
}
