// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.message.Replies;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.Condition;
import io.facegate.mqtt.commands.internal.part.Definition;
import io.facegate.mqtt.commands.internal.part.InstalledBundle;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.right.NonceBook;
import io.facegate.mqtt.commands.internal.right.RateLimit;
import io.facegate.mqtt.commands.internal.right.Rights;
import io.facegate.mqtt.commands.internal.right.Signatures;
import io.facegate.testing.MessageContract;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The gateway as tests of commands want it to be: one camera, {@code front}. */
public final class Fakes implements Parts, Replies {
    public CameraState state = CameraState.ONLINE;
    public boolean recognizing = true;
    public List<Condition> conditions = List.of();
    public List<ModelState> models = List.of();
    public List<InstalledBundle> bundles = List.of();
    public List<Definition> definitions = List.of();
    public Optional<Path> home = Optional.empty();
    public Path data = Path.of("no-such-folder");

    /** What is offered by the commands now. */
    public final List<Object> offered = new CopyOnWriteArrayList<>();

    private final Map<Class<?>, Object> services = new HashMap<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    public Fakes() {
        put(Pipelines.class, pipelines());
        put(Camera.class, camera());
        put(ModelRegistry.class, () -> models);
    }

    /** Puts a service in. */
    public <T> void put(Class<T> service, T object) {
        services.put(service, object);
    }

    public void take(Class<?> service) {
        services.remove(service);
    }

    /** The commands, everything allowed, nothing signed. */
    Commands commands() {
        return commands(Set.of("*"), "", 10_000);
    }

    Commands commands(Set<String> allowed, String secret, int perMinute) {
        Signatures signatures =
                new Signatures(
                        secret,
                        "pi-0001",
                        60,
                        () -> Instant.parse("2026-11-23T20:00:00Z"),
                        Optional::empty,
                        new NonceBook(data.resolve("mqtt.nonces")));
        return new Commands(
                this,
                new Rights(allowed, signatures.on()),
                signatures,
                new RateLimit(perMinute, () -> 0));
    }

    /**
     * The next answer or error, as {@code topic payload}; empty when none comes. It is as the
     * documents say.
     */
    public String next() throws InterruptedException {
        String next = Optional.ofNullable(sent.poll(10, TimeUnit.SECONDS)).orElse("");
        assertThat(problems).isEmpty();
        return next;
    }

    /** Whether nothing was sent that was not taken. */
    public boolean silent() {
        return sent.isEmpty();
    }

    @Override
    public void send(String topic, String payload) {
        problems.addAll(Contract.ITS.problems("facegate/pi-0001/" + topic, payload));
        sent.add(topic + " " + payload);
    }

    @Override
    public void error(String code, String message) {
        sent.add("errors " + code + " " + message);
    }

    @Override
    public <T> Optional<T> find(Class<T> service) {
        return Optional.ofNullable(service.cast(services.get(service)));
    }

    @Override
    public <T> List<T> all(Class<T> service) {
        return find(service).map(List::of).orElse(List.of());
    }

    @Override
    public <T> Offered offer(Class<T> service, T object) {
        offered.add(object);
        return () -> offered.remove(object);
    }

    @Override
    public List<Condition> conditions() {
        return conditions;
    }

    @Override
    public List<InstalledBundle> bundles() {
        return new ArrayList<>(bundles);
    }

    @Override
    public List<Definition> definitions() {
        return definitions;
    }

    @Override
    public Optional<Path> home() {
        return home;
    }

    @Override
    public Path data() {
        return data;
    }

    /** Read when it is first needed. */
    private static final class Contract {
        static final MessageContract ITS = new MessageContract();
    }

    private Camera camera() {
        return new Camera() {
            @Override
            public String id() {
                return "front";
            }

            @Override
            public String location() {
                return "test";
            }

            @Override
            public CameraStatus status() {
                return new CameraStatus(state, "", 640, 480, 25, 100);
            }

            @Override
            public void setEnabled(boolean enabled) {
                state = enabled ? CameraState.ONLINE : CameraState.DISABLED;
            }
        };
    }

    private Pipelines pipelines() {
        return new Pipelines() {
            @Override
            public List<PipelineStatus> status() {
                return List.of();
            }

            @Override
            public void setRecognizing(String camera, boolean on) {
                recognizing = on;
            }
        };
    }
}
