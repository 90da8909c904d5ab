// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.deploy.LookedAtBundle;
import io.facegate.api.deploy.TrustedSigner;
import io.facegate.deploy.internal.signature.TestBundle;
import io.facegate.deploy.internal.signature.TestKeys;
import io.facegate.testing.Await;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** Installations that their maker signed. */
class SignedInstallationTest extends DeployedTest {
    /** Two bundles, one of them the JVM's, and a model to update to. */
    private void signInstallation(Path maker) throws Exception {
        stop();
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("models"));
        Files.writeString(home.resolve("conf/config.properties"), "");
        bundle("1.0.0").write(home.resolve("bundle/own.jar"));
        new TestBundle("slf4j.api", "2.0.0").write(home.resolve("bundle/slf4j-api-2.0.jar"));
        new TestBundle("some.model", "1.0.0").write(home.resolve("models/some.jar"));
        startFramework();
        TrustedSigner signer = keys().signInstallation(home, maker, TestKeys.password());
        assertThat(signer.maker()).isTrue();
        stop();
        startFramework();
    }

    @Test
    void whatItsMakerSignsLaterIsUsedWithoutFurtherTrust() throws Exception {
        Path maker = TestKeys.key("Maker");
        signInstallation(maker);
        keys().require(true);
        assertThat(running()).containsExactly("1.0.0");
        assertThat(keys().signers())
                .extracting(s -> s.name() + " " + s.maker())
                .containsExactly("CN=Maker true");
        assertThat(condition().message())
                .contains("1 of the installation's 2 bear the signature of CN=Maker");

        put(bundle("1.1.0").signed(load.resolve("a.jar"), maker));
        awaitRunning("1.1.0");
        Await.await(
                () -> condition().message().contains("some.bundle 1.1.0 is signed by CN=Maker"));
        assertNothingWrong();

        put(bundle("1.2.0").write(load.resolve("b.jar")));
        assertTold("load/b.jar is not signed");
        put(bundle("1.3.0").signed(load.resolve("c.jar"), TestKeys.key("Anna")));
        assertTold("load/c.jar is signed by CN=Anna, whom this gateway does not trust");
        assertThat(running()).containsExactly("1.1.0");
    }

    @Test
    void anOlderBundleOfItsMakerIsRefusedAndARevokedMakersToo() throws Exception {
        Path maker = TestKeys.key("Maker");
        signInstallation(maker);
        keys().require(true);
        put(bundle("0.9.0").signed(load.resolve("a.jar"), maker));
        assertTold("load/a.jar is older than 1.0.0");
        take(load.resolve("a.jar"));

        keys().revoke(TestKeys.fingerprint(maker));
        assertThat(keys().signers()).extracting(TrustedSigner::revoked).containsExactly(true);
        put(bundle("1.1.0").signed(load.resolve("b.jar"), maker));
        assertTold("load/b.jar is signed by CN=Maker, which was revoked here");
        assertThat(running()).containsExactly("1.0.0");
    }

    @Test
    void everyBundleIsReadAndToldWhoSignedIt() throws Exception {
        Path maker = TestKeys.key("Maker");
        signInstallation(maker);
        bundle("1.1.0").signed(load.resolve("a.jar"), TestKeys.key("Anna"));
        Files.writeString(load.resolve("b.jar"), "no bundle");
        assertThat(keys().lookAtAll())
                .extracting(SignedInstallationTest::text)
                .satisfiesExactly(
                        own -> assertThat(own).isEqualTo("some.bundle is signed by CN=Maker true"),
                        jvm -> assertThat(jvm).isEqualTo("slf4j.api is not signed false"),
                        model ->
                                assertThat(model)
                                        .isEqualTo("some.model is signed by CN=Maker true"),
                        foreign ->
                                assertThat(foreign)
                                        .startsWith("some.bundle is signed by CN=Anna, whom")
                                        .endsWith(" false"),
                        none -> assertThat(none).startsWith("b.jar cannot be looked at"));

        // somebody changes what lies there
        bundle("1.0.0").file("x", "y").write(home.resolve("bundle/own.jar"));
        assertThat(keys().lookAtAll().get(0).signature()).isEqualTo("is not signed");
    }

    private static String text(LookedAtBundle bundle) {
        return bundle.name() + " " + bundle.signature() + " " + bundle.trusted();
    }

    @Test
    void signingAgainReplacesTheSignatureAndTheMaker() throws Exception {
        signInstallation(TestKeys.key("Maker"));
        Path jar = home.resolve("bundle/own.jar");
        long entries = entries(jar);
        keys().signInstallation(home, TestKeys.key("Maker"), TestKeys.password());
        assertThat(entries(jar)).isEqualTo(entries);
        keys().signInstallation(home, TestKeys.key("Anna"), TestKeys.password());
        assertThat(keys().signers()).extracting(TrustedSigner::name).containsExactly("CN=Anna");
        assertThat(keys().check(jar).name()).isEqualTo("CN=Anna");
    }

    private static long entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.size();
        }
    }

    @Test
    void nothingIsSignedThatIsNoInstallationAndADamagedMakerIsNobody() throws Exception {
        assertThatThrownBy(
                        () ->
                                keys().signInstallation(
                                                folder, TestKeys.key("Maker"), TestKeys.password()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no installation of Facegate");
        signInstallation(TestKeys.key("Maker"));
        keys().require(true);
        Files.writeString(home.resolve("conf/maker.pem"), "nobody");
        put(bundle("1.1.0").signed(load.resolve("a.jar"), TestKeys.key("Maker")));
        assertTold("conf/maker.pem cannot be used");
        assertThat(running()).containsExactly("1.0.0");
    }
}
