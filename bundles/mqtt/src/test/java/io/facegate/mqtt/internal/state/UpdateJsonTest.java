// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class UpdateJsonTest {
    private static final ModelInfo SFACE =
            new ModelInfo("opencv-sface", ModelKind.ENCODER, "onnx", "1.0.0", "ab", "cd");

    @Test
    void withoutAnOfferTheLatestIsTheOneInUse() {
        assertThat(UpdateJson.of(status(Optional.empty()), "1.0.0"))
                .isEqualTo(
                        "{\"installed_version\":\"dlib-resnet-v1 1.0.0\","
                                + "\"latest_version\":\"dlib-resnet-v1 1.0.0\","
                                + "\"release_summary\":\"\",\"update_percentage\":null,"
                                + "\"in_progress\":false}");
    }

    @Test
    void progressIsToldWhilePeopleAreEncoded() {
        assertThat(UpdateJson.of(status(offer(Phase.ENCODING)), "1.0.0"))
                .contains(
                        "\"latest_version\":\"opencv-sface 1.0.0\"",
                        "\"update_percentage\":25",
                        "\"in_progress\":true");
    }

    @Test
    void oneThatWaitsCanBeInstalledAndSaysWhyItWaits() {
        assertThat(UpdateJson.of(status(offer(Phase.WAITING)), "1.0.0"))
                .contains(
                        "\"latest_version\":\"opencv-sface 1.0.0\"",
                        "\"release_summary\":\"it tells worse\"",
                        "\"update_percentage\":null,\"in_progress\":false");
    }

    @Test
    void oneThatWasRefusedIsNotOffered() {
        assertThat(UpdateJson.of(status(offer(Phase.REFUSED)), "1.0.0"))
                .contains("\"latest_version\":\"dlib-resnet-v1 1.0.0\"");
        assertThat(UpdateJson.offer(status(offer(Phase.REFUSED)))).isEmpty();
    }

    @Test
    void theWorstProblemComesFirst() {
        assertThat(
                        ProblemJson.of(
                                List.of(
                                        new Condition("store", Level.OK, "fine"),
                                        new Condition("detector/cnn", Level.DEGRADED, "slow"),
                                        new Condition("camera/front", Level.FAILED, "lost"))))
                .startsWith(
                        "{\"problem\":true,\"level\":\"failed\","
                                + "\"reason\":\"camera/front: lost; detector/cnn: slow\"");
        assertThat(ProblemJson.of(List.of(new Condition("store", Level.OK, "fine"))))
                .isEqualTo("{\"problem\":false,\"level\":\"ok\",\"reason\":\"\",\"parts\":[]}");
    }

    private static UpdateStatus status(Optional<Offer> offer) {
        return new UpdateStatus(
                Optional.of(new ModelKey("dlib-resnet-v1", "ef")),
                Optional.empty(),
                Optional.empty(),
                offer);
    }

    private static Optional<Offer> offer(Phase phase) {
        return Optional.of(
                new Offer(
                        SFACE,
                        phase,
                        4,
                        16,
                        2,
                        "it tells worse",
                        Optional.empty(),
                        Optional.empty()));
    }
}
