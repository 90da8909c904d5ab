// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.deploy.LookedAtBundle;
import io.facegate.api.deploy.TrustedSigner;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class KeysCommandTest {
    private static final TrustedSigner ANNA =
            new TrustedSigner(
                    "ab12".repeat(16),
                    "CN=Anna",
                    Instant.parse("2036-05-01T10:00:00Z"),
                    false,
                    true);

    @TempDir Path folder;
    private final FakeKeys keys = new FakeKeys();
    private final Terminal terminal = new Terminal(new FakeParts(keys));

    @BeforeEach
    void writePassword() throws IOException {
        Files.writeString(folder.resolve("password"), "secret\nmore\n");
        terminal.folder = folder;
    }

    @Test
    void makingPrintsTheFingerprintAndSaysWhatIsNext() {
        assertThat(
                        terminal.run(
                                "keys",
                                "make",
                                "a.p12",
                                "--name",
                                "Anna",
                                "--password-file",
                                "password"))
                .isZero();
        assertThat(keys.asked).containsExactly("make " + folder + "/a.p12 Anna secret");
        assertThat(terminal.out()).isEqualTo(ANNA.fingerprint() + "\n");
        assertThat(terminal.err())
                .contains("valid until 2036-05-01", "facegate keys trust CERTIFICATE")
                .doesNotContain("secret");
    }

    @Test
    void aPasswordIsNeededAndNotTakenFromTheCommandLine() {
        assertThat(terminal.run("keys", "make", "a.p12", "--name", "Anna")).isEqualTo(2);
        assertThat(terminal.err()).contains("--password-file FILE", "FACEGATE_KEYS_PASSWORD");
        assertThat(terminal.run("keys", "make", "a.p12", "--password", "x")).isEqualTo(2);
        assertThat(keys.asked).isEmpty();
    }

    @Test
    void severalBundlesAreSigned() {
        assertThat(
                        terminal.run(
                                "keys",
                                "sign",
                                "a.jar",
                                "b.jar",
                                "--key",
                                "a.p12",
                                "--password-file",
                                "password"))
                .isZero();
        assertThat(keys.asked)
                .containsExactly(
                        "sign " + folder + "/a.jar " + folder + "/a.p12 secret",
                        "sign " + folder + "/b.jar " + folder + "/a.p12 secret");
        assertThat(terminal.err()).contains("Signed b.jar by CN=Anna.");
    }

    @Test
    void theListSaysWhatCounts() {
        assertThat(terminal.run("keys", "list")).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        """
                        FINGERPRINT       NAME     UNTIL
                        ab12ab12ab12ab12  CN=Anna  2036-05-01  trusted, made this installation
                        """);
        assertThat(terminal.err()).contains("Signatures are not required");
        assertThat(terminal.run("keys", "require", "on")).isZero();
        assertThat(keys.required).isTrue();
        assertThat(terminal.run("keys", "list", "--json")).isZero();
        assertThat(terminal.out()).contains("\"required\":true", "\"until\":\"2036-05-01\"");
    }

    @Test
    void trustingRevokingAndCheckingSayTheirOutcome() {
        assertThat(terminal.run("keys", "trust", "a.pem")).isZero();
        assertThat(terminal.err()).contains(ANNA.fingerprint(), "facegate keys require on");
        assertThat(terminal.run("keys", "check", "a.jar")).isZero();
        assertThat(terminal.out()).isEqualTo("a.jar is signed by CN=Anna, who is trusted.\n");
        assertThat(terminal.run("keys", "revoke", "ab12ab12")).isZero();
        keys.known = false;
        assertThat(terminal.run("keys", "revoke", "ab12ab12")).isEqualTo(1);
        assertThat(terminal.err()).contains("all 64 digits");
        keys.refusal = "a.jar is not signed.";
        assertThat(terminal.run("keys", "check", "a.jar")).isEqualTo(1);
        assertThat(terminal.err()).endsWith("a.jar is not signed.\n");
        assertThat(terminal.run("keys")).isEqualTo(2);
    }

    @Test
    void anInstallationIsSignedAndItsBundlesAreListedOnRequest() {
        assertThat(
                        terminal.run(
                                "keys",
                                "sign-installation",
                                "f",
                                "--key",
                                "a.p12",
                                "--password-file",
                                "password"))
                .isZero();
        assertThat(keys.asked)
                .containsExactly("sign all of " + folder + "/f " + folder + "/a.p12 secret");
        assertThat(terminal.err()).contains("CN=Anna", ANNA.fingerprint());

        keys.asked.clear();
        assertThat(terminal.run("keys", "list")).isZero();
        assertThat(terminal.out()).contains("trusted, made this installation");
        assertThat(keys.asked).as("reading them all takes long").isEmpty();
        assertThat(terminal.run("keys", "list", "--bundles")).isZero();
        assertThat(terminal.out())
                .containsPattern("some.a +1.0.0 +/opt/f/bundle +is signed by CN=Anna")
                .containsPattern("b.jar +/data/load +is no bundle");
        assertThat(terminal.run("keys", "list", "--bundles", "--json")).isZero();
        assertThat(terminal.out())
                .contains("\"maker\":true", "\"trusted\":false", "\"name\":\"some.a\"");
    }

    private static final class FakeKeys implements BundleKeys {
        private final List<String> asked = new ArrayList<>();
        private boolean required;
        private boolean known = true;
        private String refusal = "";

        @Override
        public boolean required() {
            return required;
        }

        @Override
        public void require(boolean to) {
            required = to;
        }

        @Override
        public List<TrustedSigner> signers() {
            return List.of(ANNA);
        }

        @Override
        public TrustedSigner trust(Path certificate) {
            return ANNA;
        }

        @Override
        public Optional<TrustedSigner> revoke(String fingerprint) {
            return known ? Optional.of(ANNA) : Optional.empty();
        }

        @Override
        public TrustedSigner make(Path key, String name, char[] password) {
            asked.add("make " + key + " " + name + " " + new String(password));
            return ANNA;
        }

        @Override
        public TrustedSigner sign(Path bundle, Path key, char[] password) {
            asked.add("sign " + bundle + " " + key + " " + new String(password));
            return ANNA;
        }

        @Override
        public TrustedSigner signInstallation(Path folder, Path key, char[] password) {
            asked.add("sign all of " + folder + " " + key + " " + new String(password));
            return ANNA;
        }

        @Override
        public List<LookedAtBundle> lookAtAll() {
            asked.add("look");
            return List.of(
                    new LookedAtBundle(
                            Path.of("/opt/f/bundle/a-1.jar"),
                            "some.a",
                            "1.0.0",
                            "is signed by CN=Anna",
                            true),
                    new LookedAtBundle(
                            Path.of("/data/load/b.jar"), "b.jar", "", "is no bundle", false));
        }

        @Override
        public TrustedSigner check(Path bundle) throws IOException {
            if (!refusal.isEmpty()) {
                throw new IOException(refusal);
            }
            return ANNA;
        }
    }
}
