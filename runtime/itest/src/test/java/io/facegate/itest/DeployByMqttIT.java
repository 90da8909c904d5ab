// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Await;
import io.facegate.testing.Distribution;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * By MQTT a bundle of the gateway can be read again from its file, and nothing comes in from
 * elsewhere or goes: whoever asks for that is told no, and nothing changes. All of it with a real
 * broker and a stream that goes on.
 */
class DeployByMqttIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Set<String> STOPPED = new ConcurrentSkipListSet<>();

    /** The answer comes through these. */
    private static final List<String> NEVER =
            List.of("io.facegate.mqtt", "io.facegate.mqtt.commands", "io.facegate.api");

    @TempDir static Path folder;
    private static Mosquitto mosquitto;
    private static MappedLibraries libraries;
    private static GatewayFramework gateway;
    private static DeployedBundles bundles;
    private static Frames frames;
    private static Program replies;
    private static int number;

    @BeforeAll
    static void play() throws Exception {
        libraries = new MappedLibraries();
        mosquitto = new Mosquitto(folder);
        gateway = new GatewayFramework(folder.resolve("data"));
        bundles = new DeployedBundles(gateway);
        gateway.configure("io.facegate.mqtt", Map.of("brokerUrl", mosquitto.url()));
        gateway.configure("io.facegate.mqtt.commands", Map.of("allow", new String[] {"*"}));
        gateway.configure("io.facegate.display", Map.of("output", "headless"));
        gateway.configure(
                "io.facegate.camera~deploy",
                Map.of(
                        "camera.id",
                        "deploy",
                        "location",
                        Distribution.folder().resolve("demo/demo.mp4").toString(),
                        "loop",
                        true));
        frames = new Frames(gateway);
        frames.await();
        replies = mosquitto.subscribe("facegate/+/reply/#");
        Program available = mosquitto.subscribe("facegate/+/available");
        available.awaitOut(line -> line.endsWith(" online"), DEADLINE);
        Await.until(
                "an answer",
                DEADLINE,
                () ->
                        heard(ask("bundle", "\"action\":\"list\""), Duration.ofSeconds(5))
                                ? true
                                : null);
        SynchronousBundleListener listener =
                event -> {
                    if (event.getType() == BundleEvent.STOPPED) {
                        STOPPED.add(event.getBundle().getSymbolicName());
                    }
                };
        gateway.context().addBundleListener(listener);
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    static Stream<String> replaceable() {
        return "all".equals(System.getProperty("facegate.deploy"))
                ? Stream.of(gateway.context().getBundles())
                        .filter(bundle -> bundle.getSymbolicName().startsWith("io.facegate."))
                        .filter(bundle -> !GatewayFramework.isFragment(bundle))
                        .map(Bundle::getSymbolicName)
                        .filter(name -> !NEVER.contains(name))
                        .sorted()
                : Stream.of(
                        "io.facegate.detector",
                        "io.facegate.model.onnx-resnet",
                        "io.facegate.sqlite");
    }

    @ParameterizedTest
    @MethodSource("replaceable")
    void aBundleIsReadAgainAndNoOtherIsRestarted(String name) throws Exception {
        Bundle own = gateway.bundle(name);
        Set<String> affected = bundles.affected(own);
        STOPPED.clear();
        JsonObject answer =
                answer(ask("bundle", "\"action\":\"update\",\"bundle\":\"" + name + "\""));
        assertThat(answer.get("ok").getAsBoolean()).as(answer.toString()).isTrue();
        bundles.awaitRunning(name, List.of(own.getVersion().toString()));
        frames.await();
        assertThat(STOPPED).contains(name).isSubsetOf(affected);
        assertThat(frames.failed()).isZero();
        libraries.awaitEachOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "start", "stop", "uninstall"})
    void nothingComesOrGoesByAMessage(String action) throws Exception {
        Path jar = Variant.NEWER.write("io.facegate.detector", folder.resolve("newer.jar"));
        refused("bundle", "\"action\":\"" + action + "\",\"bundle\":\"io.facegate.detector\"");
        refused("bundle", "\"action\":\"" + action + "\",\"file\":\"" + jar + "\"");
        refused("bundle", "\"action\":\"" + action + "\",\"url\":\"" + jar.toUri() + "\"");
    }

    @Test
    void anUpdateIsReadFromItsOwnFileAlone() throws Exception {
        Path jar = Variant.NEWER.write("io.facegate.detector", folder.resolve("newer.jar"));
        String own = "\"action\":\"update\",\"bundle\":\"io.facegate.detector\",";
        refused("bundle", own + "\"url\":\"" + jar.toUri() + "\"");
        refused("bundle", own + "\"file\":\"" + jar + "\"");
        refused("bundle", "\"action\":\"update\",\"bundle\":\"not.there\"");
        for (String name : NEVER) {
            refused("bundle", "\"action\":\"update\",\"bundle\":\"" + name + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "../bundle/x.jar", "newer.jar", "http://127.0.0.1/x.jar"})
    void aModelComesFromTheInstallationAlone(String file) throws Exception {
        Variant.NEWER.write("io.facegate.model.onnx-resnet", folder.resolve("newer.jar"));
        refused("model", "\"action\":\"install\",\"file\":\"" + file + "\"");
    }

    /** It is told why, and everything is what it was. */
    private static void refused(String command, String what) throws Exception {
        Map<Long, String> before = installed();
        STOPPED.clear();
        JsonObject answer = answer(ask(command, what));
        assertThat(answer.get("ok").getAsBoolean()).as(answer.toString()).isFalse();
        assertThat(answer.getAsJsonObject("error").get("message").getAsString()).isNotBlank();
        frames.await();
        assertThat(installed()).isEqualTo(before);
        assertThat(STOPPED).isEmpty();
    }

    private static Map<Long, String> installed() {
        Map<Long, String> all = new TreeMap<>();
        for (Bundle bundle : gateway.context().getBundles()) {
            all.put(bundle.getBundleId(), bundle + " " + bundle.getState());
        }
        return all;
    }

    /** Gives the request's id. */
    private static String ask(String command, String what) throws Exception {
        String id = "deploy-" + number++;
        mosquitto.publish(
                "facegate/itest-0001/cmd/" + command,
                "{\"request_id\":\"" + id + "\"," + what + "}");
        return id;
    }

    private static boolean heard(String id, Duration patience) throws InterruptedException {
        try {
            replies.awaitOut(line -> line.contains("/" + id + " "), patience);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** The last word on a request. */
    private static JsonObject answer(String id) throws Exception {
        String line =
                replies.awaitOut(
                        l -> l.contains("/reply/" + id + " ") && !l.contains("\"ok\":null"),
                        DEADLINE);
        return JsonParser.parseString(line.substring(line.indexOf('{'))).getAsJsonObject();
    }
}
