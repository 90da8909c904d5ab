// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.ModelData;
import io.facegate.api.status.StaleServiceException;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.onnx.converter.Converter;
import io.facegate.onnx.converter.Storage;
import io.facegate.testing.Golden;
import io.facegate.testing.ModelJar;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Descriptors of the converted model against the reference. */
class OnnxEncodingTest {
    private static final FaceChip BLACK = new FaceChip(150, new byte[3 * 150 * 150]);

    @TempDir static Path cache;
    private static EncoderLoader loader;
    private static OnnxFaceEncoder encoder;

    @BeforeAll
    static void load() throws Exception {
        loader = new EncoderLoader(new Networks(cache, 2), 4);
        encoder = loader.load(ModelJar.resnet("onnx"));
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    static Stream<Golden.Photo> photos() throws IOException {
        return Golden.photos();
    }

    @Test
    void modelInTheBundleIsWhatTheConverterMakesNow() throws Exception {
        ModelData dlib = ModelJar.resnet("dlib");
        assertThat(Converter.resnet(dlib.read(), Storage.FP32))
                .isEqualTo(ModelJar.resnet("onnx").read());
    }

    @ParameterizedTest
    @MethodSource("photos")
    void descriptorsAreThoseOfTheReference(Golden.Photo photo) throws Exception {
        Frame frame = photo.frame();
        List<JsonObject> faces =
                photo.faces("hog_up1").stream().map(Golden::withTrimmedBox).toList();
        List<FaceChip> chips = encoder.align(frame, faces.stream().map(Golden::landmarks).toList());
        List<FaceDescriptor> descriptors = encoder.encode(chips);
        assertThat(descriptors).hasSameSizeAs(faces);
        for (int i = 0; i < faces.size(); i++) {
            FaceDescriptor expected = Golden.descriptor(faces.get(i), encoder.model().key());
            assertThat(descriptors.get(i).distanceTo(expected))
                    .isLessThan(photo.isExact(frame) ? 5e-6 : 5e-3);
        }
    }

    /** The bound under which half the storage may count as the same model. */
    @Test
    void weightsInHalfPrecisionMoveDescriptorsLittleAndChangeNoDecision() throws Exception {
        byte[] half = Converter.resnet(ModelJar.resnet("dlib").read(), Storage.FP16);
        List<FaceChip> chips = new ArrayList<>();
        for (Golden.Photo photo : Golden.photos().toList()) {
            chips.addAll(
                    encoder.align(
                            photo.frame(),
                            photo.faces("hog_up1").stream()
                                    .map(Golden::withTrimmedBox)
                                    .map(Golden::landmarks)
                                    .toList()));
        }
        List<FaceDescriptor> whole = encoder.encode(chips);
        List<FaceDescriptor> rounded;
        var model =
                ModelJar.resnet("onnx")
                        .changed(onnx -> half)
                        .expecting(text -> text); // the self-test's bound is that of fp32
        var networks = new Networks(cache, 2);
        Network network = networks.load(model, Networks.Memory.PLANNED);
        var pixels = new ChipPixels(EncoderInput.DLIB, network, 8);
        try (var halved = new OnnxFaceEncoder(model.info(), network, pixels)) {
            rounded = halved.encode(chips);
        }
        assertThat(chips).hasSizeGreaterThan(90);
        for (int i = 0; i < chips.size(); i++) {
            assertThat(rounded.get(i).distanceTo(whole.get(i))).isLessThan(1e-3);
            for (int j = 0; j < i; j++) {
                assertThat(rounded.get(i).distanceTo(rounded.get(j)) <= 0.6)
                        .isEqualTo(whole.get(i).distanceTo(whole.get(j)) <= 0.6);
            }
        }
    }

    @Test
    void descriptorsDoNotDependOnTheBatchOrTheThreads() throws Exception {
        Golden.Photo photo = Golden.photo("faces/bald_guys.jpg");
        List<FaceChip> chips =
                encoder.align(
                        photo.frame(),
                        photo.faces("hog_up1").stream().map(Golden::landmarks).limit(9).toList());
        List<FaceDescriptor> batched = encoder.encode(chips);
        assertThat(batched).hasSize(9);
        var alone = new EncoderLoader(new Networks(cache, 1), 1);
        try (OnnxFaceEncoder single = alone.load(ModelJar.resnet("onnx"))) {
            for (int i = 0; i < chips.size(); i++) {
                FaceDescriptor one = single.encode(List.of(chips.get(i))).get(0);
                assertThat(one.distanceTo(batched.get(i))).isLessThan(1e-6);
            }
        }
    }

    @Test
    void noFaceGivesEmptyLists() {
        assertThat(encoder.encode(List.of())).isEmpty();
    }

    @Test
    void chipOfAnotherSizeIsRefused() {
        var chip = new FaceChip(96, new byte[3 * 96 * 96]);
        assertThatThrownBy(() -> encoder.encode(List.of(chip)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("encoder dlib-resnet-v1 1.0.0 takes chips of 150 pixels, not of 96");
    }

    @Test
    void damagedModelsAreRefusedWithTheRuntimesWords() {
        for (int length : new int[] {0, 10, 1000, 20_000_000}) {
            var damaged = ModelJar.resnet("onnx").changed(onnx -> Arrays.copyOf(onnx, length));
            assertThatThrownBy(() -> loader.load(damaged))
                    .as("the first %d bytes", length)
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageMatching("(?s)ONNX Runtime cannot load it: .{10,}");
        }
    }

    @Test
    void modelWithOtherAnswersIsRefused() {
        var other = ModelJar.resnet("onnx").expecting(t -> t.replaceFirst("-0\\.05", "-0.06"));
        assertThatThrownBy(() -> loader.load(other))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageMatching("its self-test gave a descriptor 1\\.00e-02 from .*5e-06.*");
    }

    @Test
    void modelWithAnotherInputIsRefused() {
        byte[] mmod = read(ModelJar.mmod("onnx"));
        var other = ModelJar.resnet("onnx").changed(onnx -> mmod);
        assertThatThrownBy(() -> loader.load(other))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("it gives descriptors of 256 numbers, and says 128");
    }

    @Test
    void closedWhileBusyItFinishesAndLaterCallsAreStale() throws Exception {
        List<FaceChip> chips = Collections.nCopies(12, BLACK);
        for (int i = 0; i < 5; i++) {
            OnnxFaceEncoder busy = loader.load(ModelJar.resnet("onnx"));
            var started = new CountDownLatch(1);
            List<CompletableFuture<List<FaceDescriptor>>> calls = new ArrayList<>();
            for (int n = 0; n < 2; n++) {
                calls.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    started.countDown();
                                    return busy.encode(chips);
                                }));
            }
            started.await();
            Thread.sleep(10L * i); // closes at different moments of the call
            busy.close();
            busy.close();
            assertThatThrownBy(() -> busy.encode(chips)).isInstanceOf(StaleServiceException.class);
            for (var call : calls) {
                try {
                    assertThat(call.get(30, TimeUnit.SECONDS)).hasSize(12);
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(StaleServiceException.class);
                }
            }
        }
    }

    @Test
    void loadingAndClosingLeavesNoMemoryBehind() throws Exception {
        long before = 0;
        for (int i = 0; i < 20; i++) {
            try (OnnxFaceEncoder e = loader.load(ModelJar.resnet("onnx"))) {
                e.encode(List.of(BLACK));
            }
            System.gc(); // what is measured is native memory, not garbage
            if (i == 4) {
                before = Pointer.physicalBytes();
            }
        }
        assertThat(Pointer.physicalBytes() - before).isLessThan(60L << 20);
    }

    private static byte[] read(ModelData model) {
        try {
            return model.read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
