// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.testing.Await;
import io.facegate.testing.Distribution;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Newer, older, broken and failing versions of bundles come and go while the sample clip plays: by
 * files in {@code load}, and as the shell and the web console install and update them. The stream
 * goes on, what cannot be used changes nothing and is told, and nobody else is restarted. With
 * {@code -Dfacegate.deploy=all} of every bundle of this project that imports nothing but the api.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HotDeployIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> SOME =
            List.of(
                    "io.facegate.detector",
                    "io.facegate.mqtt",
                    "io.facegate.display",
                    "io.facegate.model.onnx-resnet");

    @TempDir static Path folder;
    private static GatewayFramework gateway;
    private static Frames frames;
    private static Path load;

    /** Symbolic names of bundles that stopped, by the framework's own word. */
    private static final Set<String> STOPPED = new ConcurrentSkipListSet<>();

    @BeforeAll
    static void play() throws Exception {
        gateway = new GatewayFramework(folder.resolve("data"));
        load = folder.resolve("data/load");
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
    }

    /** Ways a bundle comes and goes. */
    private enum Way {
        LOAD,
        SHELL
    }

    static Stream<Arguments> bundlesAndWays() {
        List<String> names =
                "all".equals(System.getProperty("facegate.deploy")) ? services() : SOME;
        return names.stream()
                .flatMap(name -> Stream.of(Way.values()).map(way -> Arguments.of(name, way)));
    }

    static Stream<Arguments> stagesAndWays() {
        return bundlesAndWays()
                .filter(
                        all ->
                                "all".equals(System.getProperty("facegate.deploy"))
                                        || List.of(SOME.get(0), SOME.get(3))
                                                .contains(all.get()[0]));
    }

    /** Bundles that give others no classes: those are rewired with the ones that use them. */
    private static List<String> services() {
        return Stream.of(gateway.context().getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.facegate."))
                .filter(bundle -> bundle.getHeaders("").get("Export-Package") == null)
                .filter(bundle -> !GatewayFramework.isFragment(bundle))
                .map(Bundle::getSymbolicName)
                .filter(name -> !name.equals("io.facegate.deploy")) // who does all of this
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bundlesAndWays")
    void comesAndGoesOrIsRefusedWhileTheStreamGoesOn(String name, Way way) throws Exception {
        STOPPED.clear();
        Bundle own = gateway.bundle(name);
        Set<String> affected = affected(own);
        boolean model = name.startsWith("io.facegate.model.");
        String version = own.getVersion().toString();

        AutoCloseable newer = bring(way, Variant.NEWER, name);
        awaitRunning(name, model ? List.of("9.0.0", version) : List.of("9.0.0"));
        frames.await();
        newer.close();
        awaitRunning(name, List.of(version));
        frames.await();

        AutoCloseable older = bring(way, Variant.OLDER, name);
        if (!model) {
            awaitTold(name, "is newer");
            awaitRunning(name, List.of(version));
        }
        frames.await();
        older.close();
        awaitRunning(name, List.of(version));

        for (Variant bad : List.of(Variant.BROKEN, Variant.FAILING, Variant.UNRESOLVABLE)) {
            AutoCloseable refused = bring(way, bad, name);
            if (way == Way.LOAD) {
                awaitTold(
                        name,
                        switch (bad) {
                            case BROKEN -> "not whole";
                            case FAILING -> "not.there.Activator";
                            default -> "not.there";
                        });
            }
            awaitRunning(name, List.of(version));
            refused.close();
            awaitNothingWrong();
        }
        frames.await();
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(STOPPED).as("stopped on the way").isSubsetOf(affected);
        assertThat(frames.failed()).as("frames that failed").isZero();
        assertThat(gateway.complaints()).isEmpty();
    }

    /** As the web console and the shell's {@code update} do. */
    @ParameterizedTest
    @MethodSource("stagesAndWays")
    void whatIsUpdatedInItsPlaceReturnsWhenItFails(String name, Way way) throws Exception {
        Bundle own = gateway.bundle(name);
        Set<String> affected = affected(own);
        String version = own.getVersion().toString();
        STOPPED.clear();
        Path file = folder.resolve(name + ".jar");
        if (way == Way.LOAD) {
            // a file of a name is taken over by another version
            Path jar = Variant.NEWER.write(name, load.resolve(name + ".jar"));
            awaitRunning(
                    name,
                    name.startsWith("io.facegate.model.")
                            ? List.of("9.0.0", version)
                            : List.of("9.0.0"));
            Variant.FAILING.write(name, jar);
            awaitTold(name, "The one before goes on.");
            Bundle newer =
                    running(name).stream()
                            .filter(b -> b.getVersion().getMajor() == 9)
                            .findFirst()
                            .orElseThrow();
            assertThat(newer.getVersion()).hasToString("9.0.0");
            frames.await();
            Files.delete(jar);
        } else {
            Variant.FAILING.write(name, file);
            try (InputStream in = Files.newInputStream(file)) {
                own.update(in);
            } catch (BundleException e) {
                assertThat(e).isNotNull(); // as it does not start
            }
            awaitTold(name, "goes on.");
        }
        awaitRunning(name, List.of(version));
        frames.await();
        assertThat(STOPPED).as("stopped on the way").isSubsetOf(affected);
        assertThat(frames.failed()).isZero();
    }

    /** A bundle and those that are wired to it, as models are to their extender. */
    private static Set<String> affected(Bundle bundle) {
        return Stream.concat(
                        Stream.of(bundle),
                        bundle.adapt(BundleWiring.class).getProvidedWires(null).stream()
                                .map(wire -> wire.getRequirer().getBundle()))
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toSet());
    }

    /** Its bundle is active then, and does nothing; last, as the log tells of it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void theOldOneReturnsWhenAComponentOfTheNewOneFails() throws Exception {
        String name = "io.facegate.backup";
        Bundle own = gateway.bundle(name);
        AutoCloseable hollow = bring(Way.LOAD, Variant.HOLLOW, name);
        awaitTold(name, "does not work");
        awaitRunning(name, List.of(own.getVersion().toString()));
        frames.await();
        hollow.close();
        awaitNothingWrong();
    }

    private static AutoCloseable bring(Way way, Variant variant, String name) throws IOException {
        String file = name + "-" + variant.version() + ".jar";
        if (way == Way.LOAD) {
            Path jar = variant.write(name, load.resolve(file));
            return () -> Files.delete(jar);
        }
        Path jar = variant.write(name, folder.resolve(file));
        try {
            Bundle bundle = gateway.context().installBundle(jar.toUri().toString());
            try {
                bundle.start();
            } catch (BundleException e) {
                assertThat(variant).isIn(Variant.FAILING, Variant.UNRESOLVABLE);
            }
            return bundle::uninstall;
        } catch (BundleException e) {
            assertThat(variant).isEqualTo(Variant.BROKEN);
            return () -> {};
        }
    }

    private static List<Bundle> running(String name) {
        return Stream.of(gateway.context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .toList();
    }

    private static void awaitRunning(String name, List<String> versions) throws Exception {
        Await.until(
                name + " " + versions + " running: " + condition(),
                DEADLINE,
                () ->
                        running(name).stream()
                                .map(bundle -> bundle.getVersion().toString())
                                .sorted(Comparator.reverseOrder())
                                .toList()
                                .equals(versions));
    }

    private static void awaitTold(String name, String words) throws Exception {
        Await.until(
                words + " told of " + name,
                DEADLINE,
                () ->
                        condition().level() == Condition.Level.DEGRADED
                                && condition().message().contains(name)
                                && condition().message().contains(words));
    }

    private static void awaitNothingWrong() throws Exception {
        Await.until(
                "end of the trouble",
                DEADLINE,
                () -> !condition().message().contains("load/") ? true : null);
    }

    private static Condition condition() {
        try {
            for (var reference :
                    gateway.context().getServiceReferences(ConditionSource.class, null)) {
                ConditionSource source = gateway.context().getService(reference);
                for (Condition condition :
                        source == null ? List.<Condition>of() : source.conditions()) {
                    if (condition.part().equals("bundles")) {
                        return condition;
                    }
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nobody tells of bundles");
    }
}
