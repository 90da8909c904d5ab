// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.deploy.internal.signature.TestBundle;
import io.facegate.deploy.internal.signature.TestKeys;
import io.facegate.testing.Await;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which bundles are let in. */
class SignedBundlesTest extends DeployedTest {
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
        new BundleLife(context, context, null).refresh(fragment);
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

        Path key = TestKeys.key("Anna");
        keys().trust(TestKeys.certificate(key));
        try (InputStream in =
                Files.newInputStream(bundle("1.1.0").signed(folder.resolve("b.jar"), key))) {
            bundle.update(in);
        }
        awaitRunning("1.1.0");

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
}
