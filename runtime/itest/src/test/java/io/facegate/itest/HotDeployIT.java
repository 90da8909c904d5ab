// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.osgi.framework.SynchronousBundleListener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Newer, older, broken and failing versions of bundles come and go while the sample clip plays: by
 * files in {@code load}, and as the shell and the web console install and update them. The stream
 * goes on, what cannot be used changes nothing and is told, and nobody else is restarted. With
 * {@code -Dfacegate.deploy=all} of every bundle of this project but the api and the one that
 * deploys.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HotDeployIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final boolean ALL = "all".equals(System.getProperty("facegate.deploy"));

    /** A stage, a model, and a library with a native one. */
    private static final List<String> SOME =
            List.of("io.facegate.detector", "io.facegate.model.onnx-resnet", "io.facegate.sqlite");

    private static final List<String> MORE_BY_FOLDER =
            List.of("io.facegate.mqtt", "io.facegate.display");

    /** Its fragment with the natives attaches itself to its own version alone. */
    private static final String HOST = "io.facegate.bytedeco";

    /** Who does all of this, and what the test itself is linked with. */
    private static final List<String> NOT = List.of("io.facegate.deploy", "io.facegate.api");

    @TempDir static Path folder;
    private static MappedLibraries libraries;
    private static GatewayFramework gateway;
    private static Frames frames;
    private static Path load;
    private static Deployment deployment;
    private static DeployedBundles bundles;

    /** Symbolic names of bundles that stopped, by the framework's own word. */
    private static final Set<String> STOPPED = new ConcurrentSkipListSet<>();

    @BeforeAll
    static void play() throws Exception {
        libraries = new MappedLibraries();
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
        bundles = new DeployedBundles(gateway);
        deployment = new Deployment(gateway, folder, load);
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

    static Stream<Arguments> bundlesAndWays() {
        Stream<Arguments> each =
                (ALL ? names() : SOME)
                        .stream()
                                .flatMap(
                                        name ->
                                                Stream.of(Way.values())
                                                        .map(way -> Arguments.of(name, way)));
        return ALL
                ? each
                : Stream.concat(
                        each, MORE_BY_FOLDER.stream().map(name -> Arguments.of(name, Way.LOAD)));
    }

    static Stream<Arguments> stagesAndWays() {
        return bundlesAndWays()
                .filter(all -> ALL || SOME.subList(0, 2).contains((String) all.get()[0]))
                .filter(all -> all.get()[1] == Way.LOAD || !HOST.equals(all.get()[0]));
    }

    private static List<String> names() {
        return Stream.of(gateway.context().getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.facegate."))
                .filter(bundle -> !GatewayFramework.isFragment(bundle))
                .map(Bundle::getSymbolicName)
                .filter(name -> !NOT.contains(name))
                .sorted()
                .toList();
    }

    private static List<String> withNewer(Bundle own) {
        String version = own.getVersion().toString();
        return DeployedBundles.mayRunTwice(own) ? List.of("9.0.0", version) : List.of("9.0.0");
    }

    @ParameterizedTest
    @MethodSource("bundlesAndWays")
    void comesAndGoesOrIsRefusedWhileTheStreamGoesOn(String name, Way way) throws Exception {
        STOPPED.clear();
        Bundle own = gateway.bundle(name);
        Set<String> affected = bundles.affected(own);
        String version = own.getVersion().toString();

        AutoCloseable newer = deployment.bring(way, Variant.NEWER, name);
        bundles.awaitRunning(name, withNewer(own));
        frames.await();
        newer.close();
        bundles.awaitRunning(name, List.of(version));
        frames.await();

        AutoCloseable older = deployment.bring(way, Variant.OLDER, name);
        if (!DeployedBundles.mayRunTwice(own)) {
            bundles.awaitTold(name, "is newer");
            bundles.awaitRunning(name, List.of(version));
        }
        frames.await();
        older.close();
        bundles.awaitRunning(name, List.of(version));

        for (Variant bad : List.of(Variant.BROKEN, Variant.FAILING, Variant.UNRESOLVABLE)) {
            AutoCloseable refused = deployment.bring(way, bad, name);
            if (way == Way.LOAD) {
                bundles.awaitTold(
                        name,
                        switch (bad) {
                            case BROKEN -> "not whole";
                            case FAILING -> "not.there.Activator";
                            default -> "not.there";
                        });
            }
            bundles.awaitRunning(name, List.of(version));
            refused.close();
            bundles.awaitNothingWrong();
        }
        frames.await();
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(STOPPED).as("stopped on the way").isSubsetOf(affected);
        libraries.awaitEachOnce();
        assertThat(frames.failed()).as("frames that failed").isZero();
        assertThat(gateway.complaints()).isEmpty();
    }

    @Test
    void pageOfAnotherSiteBringsNothingIn() throws Exception {
        Path jar = Variant.NEWER.write("io.facegate.detector", folder.resolve("foreign.jar"));
        int before = gateway.context().getBundles().length;
        assertThat(deployment.console().uploadFromElsewhere(jar)).isEqualTo(403);
        assertThat(gateway.context().getBundles()).hasSize(before);
    }

    /** As the web console's form and the shell's {@code update} do. */
    @ParameterizedTest
    @MethodSource("stagesAndWays")
    void whatIsUpdatedInItsPlaceReturnsWhenItFails(String name, Way way) throws Exception {
        Bundle own = gateway.bundle(name);
        Set<String> affected = bundles.affected(own);
        String version = own.getVersion().toString();
        STOPPED.clear();
        if (way == Way.LOAD) {
            // a file of a name is taken over by another version
            Path jar = Variant.NEWER.write(name, load.resolve(name + ".jar"));
            bundles.awaitRunning(name, withNewer(own));
            Variant.FAILING.write(name, jar);
            bundles.awaitTold(name, "The one before goes on.");
            Bundle newer =
                    bundles.running(name).stream()
                            .filter(b -> b.getVersion().getMajor() == 9)
                            .findFirst()
                            .orElseThrow();
            assertThat(newer.getVersion()).hasToString("9.0.0");
            frames.await();
            Files.delete(jar);
        } else {
            for (Variant other : List.of(Variant.NEWER, Variant.OLDER)) {
                deployment.replace(way, other, own); // who updates in place wants just that
                bundles.awaitRunning(name, List.of(other.version()));
                frames.await();
                deployment.readAgain(way, own);
                bundles.awaitRunning(name, List.of(version));
                frames.await();
            }
            deployment.replace(way, Variant.FAILING, own);
            bundles.awaitTold(name, "goes on.");
        }
        bundles.awaitRunning(name, List.of(version));
        frames.await();
        assertThat(STOPPED).as("stopped on the way").isSubsetOf(affected);
        libraries.awaitEachOnce();
        assertThat(frames.failed()).isZero();
    }

    /** Its bundle is active then, and does nothing; last, as the log tells of it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void theOldOneReturnsWhenAComponentOfTheNewOneFails() throws Exception {
        String name = "io.facegate.backup";
        Bundle own = gateway.bundle(name);
        AutoCloseable hollow = deployment.bring(Way.LOAD, Variant.HOLLOW, name);
        bundles.awaitTold(name, "does not work");
        bundles.awaitRunning(name, List.of(own.getVersion().toString()));
        frames.await();
        hollow.close();
        bundles.awaitNothingWrong();
    }
}
