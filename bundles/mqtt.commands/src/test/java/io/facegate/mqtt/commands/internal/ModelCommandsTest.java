// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Reencoding;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The encoder in use, and the one offered, by messages. */
class ModelCommandsTest {
    private static final ModelInfo OLD = info("dlib-resnet-v1", "ab");
    private static final ModelInfo NEW = info("opencv-sface", "cd");

    private final Fakes gateway = new Fakes();
    private final List<String> calls = new ArrayList<>();
    private final Commands commands = gateway.commands();
    private Optional<ModelKey> previous = Optional.empty();
    private ModelKey inUse = OLD.key();
    private Phase phase = Phase.WAITING;

    @TempDir Path folder;

    @BeforeEach
    void gateway() {
        gateway.data = folder;
        gateway.models =
                List.of(
                        new ModelState(OLD, ModelState.State.ACCEPTED, ""),
                        new ModelState(NEW, ModelState.State.CHECKED, ""));
        gateway.put(
                ModelUpdates.class,
                new ModelUpdates() {
                    @Override
                    public UpdateStatus status() {
                        if (!calls.isEmpty() && phase == Phase.WAITING) {
                            inUse = NEW.key();
                        }
                        return new UpdateStatus(
                                Optional.of(inUse),
                                Optional.of(new ModelCoverage(4, 3, 16, 12, 0, 0, List.of())),
                                previous,
                                Optional.of(
                                        new Offer(
                                                NEW,
                                                phase,
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

                    @Override
                    public ClearedEncodings clear(ModelKey model, boolean force) {
                        throw new UnsupportedOperationException();
                    }
                });
    }

    @AfterEach
    void stop() {
        commands.stop();
    }

    @Test
    void statusTellsWhatIsInUseAndWhatIsOffered() throws Exception {
        assertThat(reply("{}"))
                .contains(
                        "\"result\":{\"in_use\":\"dlib-resnet-v1\",\"people\":4,"
                                + "\"people_encoded\":3,"
                                + "\"faces\":16,\"faces_encoded\":12,\"offered\":{"
                                + "\"model\":\"opencv-sface\",\"version\":\"1.0.0\","
                                + "\"phase\":\"waiting\",\"faces_encoded\":12,\"faces\":16,"
                                + "\"message\":\"autoActivate is off\"}}");
        assertThat(reply("{\"action\":\"status\"}")).contains("\"ok\":true");
    }

    @Test
    void modelIsUsedAndGoneBackFrom() throws Exception {
        assertThat(reply("{\"action\":\"activate\",\"model\":\"opencv-sface\"}"))
                .contains("\"ok\":true", "\"in_use\":\"opencv-sface\"");
        commands.obey("model/set", "opencv-sface", gateway);
        previous = Optional.of(NEW.key());
        assertThat(reply("{\"action\":\"rollback\"}")).contains("\"ok\":true");
        commands.obey("model/set", "rollback", gateway);
        assertThat(gateway.silent()).isTrue();
        assertThat(calls)
                .containsExactly("use opencv-sface", "use opencv-sface", "rollback", "rollback");
    }

    @Test
    void itIsToldHowFarAModelIs() throws Exception {
        phase = Phase.ENCODING;
        assertThat(reply("{\"action\":\"activate\",\"model\":\"opencv-sface\"}"))
                .contains("\"ok\":null", "\"done\":12,\"of\":16")
                .contains("\"message\":\"encoding: autoActivate is off\"");
        phase = Phase.WAITING;
        assertThat(gateway.next()).contains("\"ok\":true", "\"progress\":null");
    }

    @Test
    void oneThatIsRefusedOnTheWayIsNamed() throws Exception {
        phase = Phase.REFUSED;
        assertThat(reply("{\"action\":\"activate\",\"model\":\"opencv-sface\"}"))
                .contains("\"code\":\"failed\"", "it was refused: autoActivate is off");
    }

    @Test
    void facesOfWhoHasPhotosAreEncodedAnew() throws Exception {
        AtomicInteger encoded = new AtomicInteger(12);
        gateway.put(
                Reencoding.class,
                new Reencoding() {
                    @Override
                    public ModelCoverage coverage(ModelKey model) {
                        return new ModelCoverage(4, 4, 16, encoded.get(), 0, 0, List.of("Bob"));
                    }

                    @Override
                    public List<KeptFace> unencoded(
                            ModelKey model, KeptFace.Owner owner, long after, int most) {
                        return encoded.getAndIncrement() < 14
                                ? List.of(new KeptFace(owner, 1, new FaceChip(1, new byte[3])))
                                : List.of();
                    }

                    @Override
                    public int add(List<LaterEncoding> encodings) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public List<KeptEncodings> kept() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public ClearedEncodings clear(ModelKey model) {
                        throw new UnsupportedOperationException();
                    }
                });
        inUse = NEW.key();
        commands.obey("cmd/reprocess", "{\"request_id\":\"1\"}", gateway);
        assertThat(gateway.next()).contains("\"ok\":null", "\"of\":16,\"message\":\"encoding\"");
        String end = gateway.next();
        while (!end.contains("\"ok\":true")) {
            end = gateway.next();
        }
        assertThat(end).contains("\"faces\":16", "\"need_photos\":[\"Bob\"]");
    }

    @Test
    void aModelOfTheInstallationIsInstalled() throws Exception {
        Path models = Files.createDirectories(folder.resolve("home/models"));
        Files.writeString(models.resolve("opencv-sface.jar"), "jar");
        gateway.home = Optional.of(folder.resolve("home"));
        List<ModelState> before = gateway.models;
        gateway.models = List.of();
        Path load = folder.resolve("load/opencv-sface.jar");
        commands.obey(
                "cmd/model", "{\"action\":\"install\",\"file\":\"opencv-sface.jar\"}", gateway);
        while (!Files.exists(load)) {
            Thread.onSpinWait();
        }
        gateway.models = before;
        assertThat(gateway.next())
                .contains("\"ok\":true", "{\"model\":\"opencv-sface\",\"version\":\"1.0.0\"");
        assertThat(load).hasContent("jar");
        for (String wrong : List.of("../../etc/passwd", "nope.jar", "/etc/passwd")) {
            assertThat(reply("{\"action\":\"install\",\"file\":\"" + wrong + "\"}"))
                    .contains("\"code\":\"failed\"", "there are: opencv-sface.jar");
        }
        assertThat(folder.resolve("load").toFile().list()).containsExactly("opencv-sface.jar");
    }

    @Test
    void whatCannotBeDoneIsRefused() throws Exception {
        commands.obey("model/set", "nope", gateway);
        assertThat(gateway.next()).contains("errors failed", "no encoder nope");
        commands.obey("model/set", "dlib-resnet-v1", gateway);
        assertThat(gateway.next()).contains("in use");
        commands.obey("model/set", "rollback", gateway);
        assertThat(gateway.next()).contains("go back to");
        assertThat(reply("{\"action\":\"activate\"}")).contains("bad_request", "model is the id");
        assertThat(reply("{\"action\":\"dance\"}"))
                .contains("bad_request", "action of model is one of status, activate");
        assertThat(reply("{\"action\":{}}")).contains("bad_request");
        gateway.take(ModelUpdates.class);
        assertThat(reply("{}")).contains("the bundle update is not running");
    }

    private String reply(String request) throws InterruptedException {
        commands.obey("cmd/model", request, gateway);
        return gateway.next();
    }

    private static ModelInfo info(String id, String weights) {
        String sum = weights.repeat(32);
        return new ModelInfo(id, ModelKind.ENCODER, "onnx", "1.0.0", sum, sum);
    }
}
