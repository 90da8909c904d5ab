// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.GalleryComparison;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.ModelCoverage;

import jakarta.servlet.http.HttpServletRequest;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ModelChangeTest {
    private static final ModelKey OLD = new ModelKey("dlib-resnet-v1", "ab".repeat(32));
    private static final ModelInfo NEW =
            new ModelInfo(
                    "opencv-sface",
                    ModelKind.ENCODER,
                    "onnx",
                    "1.0.0",
                    "cd".repeat(32),
                    "cd".repeat(32));

    private final List<String> calls = new ArrayList<>();
    private Optional<ModelKey> previous = Optional.empty();
    private Optional<Offer> offer = Optional.empty();

    @Test
    void offeredEncoderIsShownAndUsed() {
        offer =
                Optional.of(
                        new Offer(
                                NEW,
                                Phase.WAITING,
                                12,
                                16,
                                5,
                                "autoActivate is off",
                                Optional.of(new GalleryComparison(12, 10, 11, 1, 0, List.of())),
                                Optional.empty()));
        Map<String, Object> data = ModelChange.data(Optional.of(updates()));
        assertThat(data).containsEntry("inUse", "dlib-resnet-v1").containsEntry("faces", 16);
        assertThat(data.get("offer"))
                .asString()
                .contains("phase=waiting", "11 of 12 faces told right", "(10 with", "0 wrong (1)");
        assertThat(apply("use").status()).isEqualTo(200);
        assertThat(calls).containsExactly("use opencv-sface");
    }

    @Test
    void thereMayBeNothingToUseOrToGoBackTo() {
        assertThat(apply("use").status()).isEqualTo(409);
        assertThat(apply("rollback").status()).isEqualTo(409);
        assertThat(apply("dance").status()).isEqualTo(400);
        assertThat(ModelChange.apply(request("use"), Optional.empty()).status()).isEqualTo(503);
        assertThat(ModelChange.data(Optional.empty())).isEmpty();
    }

    @Test
    void previousEncoderIsUsedAgain() {
        previous = Optional.of(NEW.key());
        assertThat(ModelChange.data(Optional.of(updates())))
                .containsEntry("previous", "opencv-sface");
        assertThat(apply("rollback").text()).isEqualTo("opencv-sface is used again.");
        previous = Optional.of(OLD);
        assertThat(ModelChange.data(Optional.of(updates())))
                .as("it serves already, since the one in use is not installed")
                .containsEntry("previous", "");
    }

    private Answer apply(String action) {
        return ModelChange.apply(request(action), Optional.of(updates()));
    }

    private static HttpServletRequest request(String action) {
        return (HttpServletRequest)
                Proxy.newProxyInstance(
                        HttpServletRequest.class.getClassLoader(),
                        new Class<?>[] {HttpServletRequest.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("getParameter") ? action : null);
    }

    private ModelUpdates updates() {
        return new ModelUpdates() {
            @Override
            public UpdateStatus status() {
                return new UpdateStatus(
                        Optional.of(OLD),
                        Optional.of(new ModelCoverage(4, 4, 16, 16, 0, 0, List.of())),
                        previous,
                        offer);
            }

            @Override
            public void activate(ModelKey model) {
                calls.add("use " + model.id());
            }

            @Override
            public Optional<ModelKey> rollBack() {
                return previous;
            }

            @Override
            public ClearedEncodings clear(ModelKey model, boolean force) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
