// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.store.ModelCoverage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ModelCommandsTest {
    private static final ModelInfo OLD = info("dlib-resnet-v1", "ab");
    private static final ModelInfo NEW = info("opencv-sface", "cd");

    private final Fakes gateway = new Fakes();
    private final List<String> calls = new ArrayList<>();
    private Optional<ModelKey> previous = Optional.empty();

    @BeforeEach
    void gateway() {
        gateway.models =
                List.of(
                        new ModelState(OLD, ModelState.State.ACCEPTED, ""),
                        new ModelState(NEW, ModelState.State.CHECKED, ""));
        gateway.updates =
                Optional.of(
                        new ModelUpdates() {
                            @Override
                            public UpdateStatus status() {
                                return new UpdateStatus(
                                        Optional.of(OLD.key()),
                                        Optional.of(
                                                new ModelCoverage(4, 3, 16, 12, 0, 0, List.of())),
                                        previous,
                                        Optional.of(
                                                new Offer(
                                                        NEW,
                                                        Phase.WAITING,
                                                        12,
                                                        16,
                                                        5,
                                                        "autoActivate is off",
                                                        Optional.empty(),
                                                        Optional.empty())));
                            }

                            @Override
                            public void activate(ModelKey model) {
                                if (model.equals(OLD.key())) {
                                    throw new IllegalArgumentException("it is in use already");
                                }
                                calls.add("use " + model.id());
                            }

                            @Override
                            public Optional<ModelKey> rollBack() {
                                calls.add("rollback");
                                return previous;
                            }
                        });
    }

    @Test
    void statusTellsWhatIsInUseAndWhatIsOffered() throws Exception {
        JsonObject status = run("model", new JsonObject());
        assertThat(status.toString())
                .isEqualTo(
                        "{\"in_use\":\"dlib-resnet-v1\",\"people\":4,\"people_encoded\":3,"
                                + "\"faces\":16,\"faces_encoded\":12,\"offered\":{"
                                + "\"model\":\"opencv-sface\",\"version\":\"1.0.0\","
                                + "\"phase\":\"waiting\",\"faces_encoded\":12,\"faces\":16,"
                                + "\"message\":\"autoActivate is off\"}}");
    }

    @Test
    void modelIsUsedAndGoneBackFrom() throws Exception {
        JsonObject request = new JsonObject();
        request.addProperty("model", "opencv-sface");
        run("use_model", request);
        new ModelCommands(gateway).set("opencv-sface");
        previous = Optional.of(NEW.key());
        run("roll_back_model", new JsonObject());
        new ModelCommands(gateway).set("rollback");
        assertThat(calls)
                .containsExactly("use opencv-sface", "use opencv-sface", "rollback", "rollback");
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        ModelCommands commands = new ModelCommands(gateway);
        assertThatThrownBy(() -> commands.set("nope")).hasMessageContaining("no encoder nope");
        assertThatThrownBy(() -> commands.set("dlib-resnet-v1")).hasMessageContaining("in use");
        assertThatThrownBy(() -> commands.set("rollback")).hasMessageContaining("go back to");
        assertThatThrownBy(() -> run("use_model", new JsonObject()))
                .hasMessageContaining("model is the id");
        gateway.updates = Optional.empty();
        assertThatThrownBy(() -> run("model", new JsonObject())).hasMessageContaining("missing");
    }

    private JsonObject run(String command, JsonObject request) throws Exception {
        return new ModelCommands(gateway).commands().get(command).run(request).getAsJsonObject();
    }

    private static ModelInfo info(String id, String weights) {
        String sum = weights.repeat(32);
        return new ModelInfo(id, ModelKind.ENCODER, "onnx", "1.0.0", sum, sum);
    }
}
