// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.deploy.internal.signature.TestBundle;
import io.facegate.deploy.internal.signature.TestKeys;
import io.facegate.testing.Await;

import org.apache.felix.fileinstall.ArtifactInstaller;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.launch.Framework;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The bundle itself in Felix, with bundles made here, by files and by the framework's own ways. */
class DeployTest {
    private static final String NAME = "some.bundle";

    static {
        // as conf/system.properties of the installation; read once, with Felix's classes
        System.setProperty("felix.extensions.disable", "true");
    }

    @TempDir Path folder;
    private Path home;
    private Framework framework;
    private BundleContext context;
    private Path load;

    @BeforeEach
    void start() throws Exception {
        System.clearProperty(Touched.LOADED);
        home = folder.resolve("home");
        load = Files.createDirectories(folder.resolve("data/load"));
        Files.createDirectories(home.resolve("bundle"));
        startFramework();
    }

    private void startFramework() throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("felix").toString());
        properties.put("facegate.home", home.toString());
        properties.put("facegate.data", folder.resolve("data").toString());
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "io.facegate.api.deploy;version=1.0.0,io.facegate.api.status;version="
                        + apiVersion()
                        + ",org.apache.felix.fileinstall;version=3.7.4,org.slf4j;version=2.0.0");
        framework = new FrameworkFactory().newFramework(properties);
        framework.init();
        context = framework.getBundleContext();
        for (Path jar : files(home.resolve("bundle"))) {
            context.installBundle("reference:" + jar.toUri()).start();
        }
        new DeployActivator().start(context);
        framework.start();
    }

    private static String apiVersion() throws IOException {
        for (URL url :
                Collections.list(
                        DeployTest.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                var headers = new Manifest(in).getMainAttributes();
                if ("io.facegate.api".equals(headers.getValue("Bundle-SymbolicName"))) {
                    return headers.getValue("Export-Package")
                            .replaceAll(
                                    "(?s).*io\\.facegate\\.api\\.status;[^,]*?version=\"([^\"]*)\".*",
                                    "$1");
                }
            }
        }
        throw new IllegalStateException("the api is not on the class path");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    private BundleKeys keys() {
        return service(BundleKeys.class);
    }

    private void put(Path file) throws Exception {
        service(ArtifactInstaller.class).install(file.toFile());
    }

    private void take(Path file) throws Exception {
        Files.delete(file);
        service(ArtifactInstaller.class).uninstall(file.toFile());
    }

    private Condition condition() {
        return service(ConditionSource.class).conditions().get(0);
    }

    private List<Bundle> bundles() {
        return Stream.of(context.getBundles())
                .filter(b -> NAME.equals(b.getSymbolicName()))
                .toList();
    }

    private List<String> running() {
        return bundles().stream()
                .filter(b -> b.getState() == Bundle.ACTIVE)
                .map(b -> b.getVersion().toString())
                .toList();
    }

    private void awaitRunning(String... versions) throws InterruptedException {
        Await.await(() -> running().equals(List.of(versions)));
    }

    private static TestBundle bundle(String version) throws IOException {
        return new TestBundle(NAME, version).activator(Touched.class);
    }

    private static TestBundle failing(String version) throws IOException {
        return bundle(version).file("fail.txt", "");
    }

    private void assertTold(String... words) {
        assertThat(condition().level()).isEqualTo(Condition.Level.DEGRADED);
        assertThat(condition().message()).contains(words);
    }

    private void assertNothingWrong() {
        assertThat(condition().level()).as(condition().message()).isEqualTo(Condition.Level.OK);
    }

    // --- signatures

    @Test
    void anUnsignedBundleIsUsedUnlessSignaturesAreRequired() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        assertThat(running()).containsExactly("1.0.0");
        Await.await(() -> condition().message().contains("some.bundle 1.0.0 is not signed"));
        assertNothingWrong();
    }

    @Test
    void noClassOfARefusedBundleIsLoadedAndItIsUsedOnceItsSignerIsTrusted() throws Exception {
        keys().require(true);
        Path anna = TestKeys.key("Anna");
        put(bundle("1.0.0").signed(load.resolve("a.jar"), anna));
        assertTold("load/a.jar is signed by CN=Anna, whom this gateway does not trust");
        assertThat(bundles()).isEmpty();
        assertThat(System.getProperty(Touched.LOADED)).isNull();

        keys().trust(TestKeys.certificate(anna));
        awaitRunning("1.0.0");
        Await.await(() -> condition().message().contains("1.0.0 is signed by CN=Anna"));
        assertNothingWrong();
    }

    @Test
    void theFrameworksOwnWaysAreNoWaysPast() throws Exception {
        keys().require(true);
        keys().trust(TestKeys.certificate(TestKeys.key("Anna")));
        Path unsigned = bundle("1.0.0").write(folder.resolve("u.jar"));
        Bundle one = context.installBundle(unsigned.toUri().toString());
        assertThatThrownBy(one::start).isInstanceOf(BundleException.class);
        assertThatThrownBy(() -> one.loadClass(Touched.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
        assertTold("some.bundle 1.0.0 is not signed. Sign it");
        one.uninstall();

        Path signed = bundle("1.0.0").signed(folder.resolve("s.jar"), TestKeys.key("Anna"));
        Bundle two = context.installBundle("reference:" + signed.toUri());
        assertThatThrownBy(two::start).isInstanceOf(BundleException.class);
        assertTold("is used where it lies");
        two.uninstall();

        Bundle three = context.installBundle(signed.toUri().toString());
        three.start();
        assertThat(running()).containsExactly("1.0.0");
        assertNothingWrong();

        Bundle fragment =
                context.installBundle(
                        new TestBundle("some.fragment", "1.0.0")
                                .with("Fragment-Host", NAME)
                                .file("more.txt", "more")
                                .write(folder.resolve("f.jar"))
                                .toUri()
                                .toString());
        new BundleLife(context, null).refresh(fragment);
        awaitRunning("1.0.0");
        assertThat(three.getResource("more.txt")).as("of the fragment").isNull();
        assertThat(three.getResource("data.txt")).isNotNull();
    }

    @Test
    void anExtensionOfTheFrameworkCannotBeInstalledAtAll() throws Exception {
        Path jar =
                new TestBundle("some.extension", "1.0.0")
                        .with("Fragment-Host", "system.bundle; extension:=framework")
                        .with("ExtensionBundle-Activator", Touched.class.getName())
                        .type(Touched.class)
                        .write(folder.resolve("x.jar"));
        assertThatThrownBy(() -> context.installBundle(jar.toUri().toString()))
                .isInstanceOf(BundleException.class);
        assertThat(System.getProperty(Touched.LOADED)).isNull();
    }

    @Test
    void whatReplacesABundleOfTheInstallationIsLookedAtAndGoneBackFrom() throws Exception {
        stop();
        Path own = bundle("1.0.0").write(home.resolve("bundle/own.jar"));
        startFramework();
        keys().require(true);
        assertThat(running()).containsExactly("1.0.0");
        System.clearProperty(Touched.LOADED);

        put(bundle("1.0.0").file("x", "y").write(load.resolve("a.jar")));
        assertTold("load/a.jar is not signed");
        assertThat(running()).containsExactly("1.0.0");
        assertThat(System.getProperty(Touched.LOADED)).as("it was not touched").isNull();

        Bundle bundle = bundles().get(0);
        try (InputStream in =
                Files.newInputStream(bundle("1.1.0").write(folder.resolve("b.jar")))) {
            assertThatThrownBy(() -> bundle.update(in)).isInstanceOf(BundleException.class);
        }
        Await.await(() -> condition().message().contains("It was updated with that"));
        awaitRunning("1.0.0");
        assertTold("some.bundle is not signed", "It was updated with that", own.toString());

        // by its location it is one of the installation, by its content it is not
        bundle.uninstall();
        try (InputStream in = Files.newInputStream(load.resolve("a.jar"))) {
            Bundle other = context.installBundle("reference:" + own.toUri(), in);
            assertThatThrownBy(other::start).isInstanceOf(BundleException.class);
            other.uninstall();
        }
    }

    @Test
    void bundlesOfTheInstallationNeedNoSignatureAfterARestartEither() throws Exception {
        keys().require(true);
        stop();
        bundle("1.0.0").write(home.resolve("bundle/own.jar"));
        startFramework();
        assertThat(running()).containsExactly("1.0.0");
        Bundle bundle = bundles().get(0);
        bundle.update();
        awaitRunning("1.0.0");
        assertNothingWrong();
    }

    @Test
    void whatTheInstallationOffersNeedsNoSignature() throws Exception {
        keys().require(true);
        Path offered = bundle("1.0.0").write(home.resolve("models/some.jar"));
        put(Files.copy(offered, load.resolve("a.jar")));
        assertThat(running()).containsExactly("1.0.0");
        assertNothingWrong();
        put(bundle("1.0.0").file("x", "y").write(load.resolve("a.jar")));
        assertTold("load/a.jar is not signed");
        assertThat(running()).containsExactly("1.0.0");
    }

    /** What another process left in the framework's own folder is looked at again. */
    @Test
    void whatWasInstalledBeforeARestartIsLookedAtAgain() throws Exception {
        Bundle bundle =
                context.installBundle(
                        bundle("1.0.0").write(folder.resolve("u.jar")).toUri().toString());
        bundle.start();
        keys().require(true);
        stop();
        System.clearProperty(Touched.LOADED);
        startFramework();
        assertThat(bundles()).hasSize(1);
        assertThat(running()).isEmpty();
        assertThat(System.getProperty(Touched.LOADED)).isNull();
        assertTold("some.bundle 1.0.0 is not signed");
    }

    @Test
    void theGateStaysShutWhenTheBundleStops() throws Exception {
        keys().require(true);
        DeployActivator second = new DeployActivator();
        second.start(context); // as an update of it
        second.stop(context);
        Bundle unsigned =
                context.installBundle(
                        bundle("1.0.0").write(folder.resolve("u.jar")).toUri().toString());
        assertThatThrownBy(unsigned::start).isInstanceOf(BundleException.class);
        assertThat(context.getServiceReferences(ResolverHookFactory.class, null))
                .as("the first one's was taken over")
                .hasSize(1);
    }

    @Test
    void anOldSignedVersionIsGoneBackToOnlyWhenItWasInUse() throws Exception {
        keys().require(true);
        Path anna = TestKeys.key("Anna");
        keys().trust(TestKeys.certificate(anna));
        Path file = bundle("1.0.0").signed(load.resolve("a.jar"), anna);
        put(file);
        byte[] first = Files.readAllBytes(file);
        put(bundle("1.1.0").signed(file, anna));
        awaitRunning("1.1.0");
        put(bundle("0.9.0").signed(file, anna));
        assertTold("load/a.jar is older than 1.1.0");
        assertThat(running()).containsExactly("1.1.0");
        Files.write(file, first);
        put(file);
        awaitRunning("1.0.0");
        assertNothingWrong();
    }

    // --- going back

    @Test
    void aFileThatIsNotWholeLeavesTheOldOneRunning() throws Exception {
        Path file = bundle("1.0.0").write(load.resolve("a.jar"));
        put(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        put(file);
        assertThat(running()).containsExactly("1.0.0");
        assertTold("load/a.jar is no jar, or not whole", "Copy it anew");
        Files.writeString(file, "");
        put(file);
        assertTold("load/a.jar is no jar, or not whole");
        put(bundle("1.1.0").write(file));
        assertThat(running()).containsExactly("1.1.0");
        assertNothingWrong();
    }

    @Test
    void aJarThatIsNoBundleIsTold() throws Exception {
        put(
                new TestBundle(NAME, "1.0.0")
                        .with("Bundle-SymbolicName", "")
                        .write(load.resolve("a.jar")));
        assertThat(condition().message()).contains("load/a.jar");
        assertThat(condition().level()).isEqualTo(Condition.Level.DEGRADED);
    }

    @Test
    void theOldOneReturnsWhenTheNewOneInItsFileFails() throws Exception {
        Path file = bundle("1.0.0").write(load.resolve("a.jar"));
        put(file);
        put(failing("1.1.0").write(file));
        assertThat(running()).containsExactly("1.0.0");
        assertTold(
                "load/a.jar does not start: IllegalStateException: no start today.",
                "The one before goes on");
        put(bundle("1.1.0").with("Import-Package", "org.osgi.framework, not.there").write(file));
        assertThat(running()).containsExactly("1.0.0");
        assertTold("not.there", "The one before goes on");
        put(bundle("1.0.5").write(file));
        assertThat(running()).containsExactly("1.0.5");
        assertNothingWrong();
    }

    @Test
    void aNewerOneBesideItTakesItsPlaceAndGivesItBack() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        Path newer = bundle("1.1.0").write(load.resolve("b.jar"));
        put(newer);
        awaitRunning("1.1.0");
        put(bundle("0.9.0").write(load.resolve("c.jar")));
        assertTold("load/c.jar is not used: 1.1.0 of some.bundle is newer");
        take(newer);
        awaitRunning("1.0.0");
        assertTold("load/c.jar is not used: 1.0.0 of some.bundle is newer");
        take(load.resolve("c.jar"));
        assertNothingWrong();
    }

    @Test
    void aNewerOneBesideItThatFailsChangesNothing() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        put(failing("1.1.0").write(load.resolve("b.jar")));
        awaitRunning("1.0.0");
        assertTold("load/b.jar does not start", "no start today");
        take(load.resolve("b.jar"));
        awaitRunning("1.0.0");
        assertNothingWrong();
    }

    @Test
    void bothHoldForBundlesThatTheShellInstalls() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        Bundle newer =
                context.installBundle(
                        bundle("1.1.0").write(folder.resolve("b.jar")).toUri().toString());
        newer.start();
        awaitRunning("1.1.0");
        newer.uninstall();
        awaitRunning("1.0.0");
        Bundle broken =
                context.installBundle(
                        failing("1.2.0").write(folder.resolve("c.jar")).toUri().toString());
        assertThatThrownBy(broken::start).isInstanceOf(BundleException.class);
        awaitRunning("1.0.0");
    }

    @Test
    void oneOfTheSameVersionIsUsedInItsPlaceUntilItsFileGoes() throws Exception {
        stop();
        bundle("1.0.0").write(home.resolve("bundle/own.jar"));
        startFramework();
        Bundle own = bundles().get(0);
        Path file = bundle("1.0.0").file("x.txt", "y").write(load.resolve("a.jar"));
        put(file);
        assertThat(own.getEntry("x.txt")).isNotNull();
        assertThat(running()).containsExactly("1.0.0");
        take(file);
        assertThat(own.getEntry("x.txt")).isNull();
        assertThat(running()).containsExactly("1.0.0");
        assertNothingWrong();
    }

    @Test
    void aBundleWaitsForWhatItNeeds() throws Exception {
        put(
                bundle("1.0.0")
                        .with("Import-Package", "org.osgi.framework, other")
                        .write(load.resolve("a.jar")));
        assertTold("load/a.jar does not start", "other");
        put(
                new TestBundle("other.bundle", "1.0.0")
                        .with("Export-Package", "other")
                        .file("other/x", "")
                        .write(load.resolve("b.jar")));
        awaitRunning("1.0.0");
        assertNothingWrong();
    }
}
