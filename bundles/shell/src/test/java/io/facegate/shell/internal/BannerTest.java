// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class BannerTest {
    @TempDir private Path data;

    private final List<Condition> conditions = new ArrayList<>();
    private final List<Camera> cameras = new ArrayList<>();

    private Banner banner() {
        return new Banner(new FakeParts(), "pi-1a2b", "1.0.0", data);
    }

    private void allUp() throws IOException {
        conditions.add(new Condition("console", Level.OK, "http://127.0.0.1:8080/system/console"));
        conditions.add(new Condition("console/login", Level.OK, "user admin"));
        conditions.add(new Condition("broker", Level.OK, "listening on 127.0.0.1:1884"));
        conditions.add(new Condition("mqtt", Level.OK, "connected to tcp://127.0.0.1:1884"));
        Files.writeString(data.resolve("console.password"), "secret");
        cameras.add(new OneCamera());
    }

    @Test
    void saysWhereEverythingIs() throws IOException {
        allUp();
        assertThat(banner().isComplete()).isTrue();
        assertThat(banner().lines())
                .containsExactly(
                        "",
                        "Facegate 1.0.0 is running; gateway id pi-1a2b",
                        "  console  http://127.0.0.1:8080/system/console  (user admin, password in "
                                + data.resolve("console.password")
                                + ")",
                        "  broker   listening on 127.0.0.1:1884",
                        "  mqtt     connected to tcp://127.0.0.1:1884",
                        "  cameras  demo online (demo.mp4)",
                        "  people   0 people with 0 encodings",
                        "  events   mosquitto_sub -h 127.0.0.1 -p 1884 -t '+/pi-1a2b/events'",
                        "");
        assertThat(String.join("", banner().lines())).doesNotContain("secret");
    }

    @Test
    void isIncompleteWhileSomethingDoesNotWork() throws IOException {
        allUp();
        conditions.add(new Condition("detector/hog", Level.FAILED, "no model"));
        assertThat(banner().isComplete()).isFalse();
        assertThat(banner().lines()).contains("! detector/hog failed: no model");
    }

    @Test
    void isPrintedOnceEvenWhenIncomplete() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        BannerWatch patient = new BannerWatch(banner(), err, Duration.ofHours(1));
        patient.run();
        assertThat(bytes.size()).isZero();
        BannerWatch hasty = new BannerWatch(banner(), err, Duration.ZERO);
        hasty.run();
        hasty.run();
        patient.run();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).containsOnlyOnce("is running");
        allUp();
        patient.run();
        patient.run();
        assertThat(bytes.toString(StandardCharsets.UTF_8).split("is running")).hasSize(3);
    }

    private final class FakeParts implements Parts {
        @Override
        public Optional<EncodingStore> store() {
            return Optional.of(emptyStore());
        }

        @Override
        public List<Camera> cameras() {
            return cameras;
        }

        @Override
        public List<Condition> conditions() {
            return List.copyOf(conditions);
        }
    }

    /** A store that only has a gallery. */
    private static EncodingStore emptyStore() {
        return (EncodingStore)
                Proxy.newProxyInstance(
                        BannerTest.class.getClassLoader(),
                        new Class<?>[] {EncodingStore.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("gallery");
                            return new Gallery(1, List.of(), Map.of());
                        });
    }

    private static final class OneCamera implements Camera {
        @Override
        public String id() {
            return "demo";
        }

        @Override
        public String location() {
            return "demo.mp4";
        }

        @Override
        public CameraStatus status() {
            return new CameraStatus(CameraState.ONLINE, "", 640, 480, 15, 100);
        }

        @Override
        public void setEnabled(boolean enabled) {}
    }
}
