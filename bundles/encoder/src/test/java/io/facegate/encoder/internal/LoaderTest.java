// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.testing.ModelJar;

import org.junit.jupiter.api.Test;

/** What becomes of model bundles that are not as they should be. */
class LoaderTest {
    private static final ModelLoader<?> ENCODER = new EncoderLoader(8, "amd64");
    private static final ModelLoader<?> LANDMARKS = new LandmarksLoader();

    @Test
    void truncatedModelIsRefusedWithDlibsWords() {
        for (int length : new int[] {0, 10, 5_000_000}) {
            refused(
                    ENCODER,
                    ModelJar.resnet("dlib").truncated(length),
                    "(?s)dlib cannot load it: .{10,}");
            refused(
                    LANDMARKS,
                    ModelJar.landmarks().truncated(length),
                    "(?s)dlib cannot load it: .{10,}");
        }
    }

    @Test
    void modelOfAnotherKindIsRefused() {
        refused(
                ENCODER,
                ModelJar.resnet("dlib").withFileOf(ModelJar.landmarks()),
                "(?s)dlib cannot load it: .{10,}");
        refused(
                LANDMARKS,
                ModelJar.landmarks().withFileOf(ModelJar.resnet("dlib")),
                "(?s)dlib cannot load it: .{10,}");
    }

    @Test
    void modelWithOtherAnswersIsRefused() {
        refused(
                ENCODER,
                ModelJar.resnet("dlib").expecting(t -> t.replaceFirst("-0\\.05", "-0.06")),
                "its self-test gave a descriptor 1\\.00e-02 from the expected one, .*5e-06.*");
        refused(
                LANDMARKS,
                ModelJar.landmarks().expecting(t -> t.replaceFirst("110, 46", "110, 47")),
                "its self-test found .*110.*46.* instead of .*110.*47.*");
    }

    @Test
    void selfTestThatIsIncompleteIsRefused() {
        refused(
                ENCODER,
                ModelJar.resnet("dlib").expecting(t -> t.replace("descriptor", "d")),
                "its self-test has no list descriptor");
        refused(
                ENCODER,
                ModelJar.resnet("dlib")
                        .expecting(t -> "{\"picture\":\"chip.png\",\"descriptor\":[1,2]}"),
                "its self-test has no descriptor of 128 numbers.*");
        refused(
                ENCODER,
                ModelJar.resnet("dlib").expecting(t -> t.replace("-0.05", "x0.05")),
                "its self-test has something else than numbers in descriptor");
        refused(
                LANDMARKS,
                ModelJar.landmarks().expecting(t -> t.replace("picture.png", "none.png")),
                "it has no self-test file model/selftest/none.png");
        refused(
                LANDMARKS,
                ModelJar.landmarks().expecting(t -> t.replace("picture.png", "expected.json")),
                "its self-test picture expected.json is no PNG of 8-bit RGB");
        refused(
                LANDMARKS,
                ModelJar.landmarks().expecting(t -> t.replace("[10, 10,", "[10,")),
                "its self-test has no box of 4 numbers or no points");
    }

    private static void refused(ModelLoader<?> loader, ModelJar model, String message) {
        assertThatThrownBy(() -> loader.load(model))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageMatching(message);
    }
}
