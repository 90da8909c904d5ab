// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.deploy.TrustedSigner;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/** With keys of the JDK's keytool and signatures of its signer. */
class KeysTest {
    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");

    @TempDir Path folder;
    private Instant now = NOW;
    private Keys keys;

    @BeforeEach
    void open() {
        keys =
                new Keys(
                        folder.resolve("keys"),
                        false,
                        Optional.of(folder.resolve("home")),
                        () -> now);
    }

    private TestBundle bundle(String version) throws IOException {
        return new TestBundle("some.bundle", version).type(TestBundle.class);
    }

    private Path signed(Path key) throws Exception {
        return bundle("1.0.0").signed(folder.resolve("a.jar"), key);
    }

    private void assertRefused(Path bundle, String... words) {
        assertThatThrownBy(() -> keys.check(bundle))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void aBundleOfATrustedSignerIsAcceptedAndSaysWhoItWas() throws Exception {
        Path anna = TestKeys.key("Anna");
        Path jar = signed(anna);
        assertRefused(jar, "is signed by CN=Anna", "does not trust", "facegate keys trust");
        keys.trust(TestKeys.certificate(anna));
        assertThat(keys.check(jar).name()).isEqualTo("CN=Anna");
        assertThat(keys.signers())
                .extracting(TrustedSigner::fingerprint)
                .containsExactly(TestKeys.fingerprint(anna));
    }

    @Test
    void anUnsignedOneIsRefused() throws Exception {
        keys.trust(TestKeys.certificate(TestKeys.key("Anna")));
        assertRefused(
                bundle("1.0.0").write(folder.resolve("a.jar")),
                "is not signed. Sign it: facegate keys sign");
    }

    @Test
    void whateverIsChangedAfterwardsIsNoticed() throws Exception {
        Path anna = TestKeys.key("Anna");
        keys.trust(TestKeys.certificate(anna));
        Path jar = signed(anna);
        TestBundle.change(jar, "data.txt", "other");
        assertRefused(jar, "was altered after it was signed", "data.txt", "Get it anew");
        signed(anna);
        TestBundle.change(jar, "data.txt", null);
        assertRefused(jar, "was altered after it was signed (data.txt is missing)");
        signed(anna);
        TestBundle.change(jar, "more.txt", "added");
        assertRefused(jar, "has an entry that is not signed: more.txt");
        signed(anna);
        TestBundle.change(jar, "META-INF/services/some.Service", "added");
        assertRefused(jar, "META-INF/services/some.Service");
        signed(anna);
        String manifest = text(jar, "META-INF/MANIFEST.MF");
        TestBundle.change(
                jar, "META-INF/MANIFEST.MF", manifest.replace("Version: 1.0.0", "Version: 9.0.0"));
        assertRefused(jar, "altered");
        keys.check(signed(anna));
    }

    private static String text(Path jar, String name) throws IOException {
        try (Contents contents = Contents.of(jar)) {
            return new String(contents.open(name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whoever signs so leaves the headers, such as the activator, to everybody. */
    @Test
    void aSignatureThatLeavesOutTheHeadersIsNone() throws Exception {
        Path jar = signed(TestKeys.key("Anna"));
        keys.trust(TestKeys.certificate(TestKeys.key("Anna")));
        String name;
        try (Contents contents = Contents.of(jar)) {
            name = contents.names().stream().filter(n -> n.endsWith(".SF")).findFirst().get();
        }
        TestBundle.change(
                jar, name, text(jar, name).replaceAll("(?m)^.*Main-Attributes.*\r?\n", ""));
        assertRefused(jar, "leaves out the bundle's headers");
    }

    @Test
    void oneSignerAmongSeveralIsEnough() throws Exception {
        Path jar = signed(TestKeys.key("Stranger"));
        Path anna = TestKeys.key("Anna");
        JarSigning.sign(jar, KeyFile.open(anna, TestKeys.password()));
        keys.trust(TestKeys.certificate(anna));
        assertThat(keys.check(jar).name()).isEqualTo("CN=Anna");
    }

    @Test
    void anExpiredCertificateIsRefusedAndOneOfALaterTimeIsNot() throws Exception {
        Path expired = TestKeys.expired();
        keys.trust(TestKeys.certificate(expired));
        Path jar = signed(expired);
        assertRefused(jar, "expired on 2016-01-02", "it is 2027-06-01 here", "set the clock");

        now = Instant.EPOCH; // a machine that was just switched on
        Path anna = TestKeys.key("Anna");
        keys.trust(TestKeys.certificate(anna));
        assertThat(keys.check(signed(anna)).name()).isEqualTo("CN=Anna");
        assertRefused(signed(expired), "expired on 2016-01-02");
    }

    @Test
    void whatWasInUseHereOutlivesItsCertificateButNotItsRevocation() throws Exception {
        Path expired = TestKeys.expired();
        keys.trust(TestKeys.certificate(expired));
        now = Instant.parse("2016-01-01T12:00:00Z");
        CheckedBundle bundle = look(signed(expired), "1.0.0");
        bundle.accept(Optional.empty());
        now = NOW;
        bundle.accept(Optional.empty());
        keys.revoke(TestKeys.fingerprint(expired));
        assertThatThrownBy(() -> bundle.accept(Optional.empty()))
                .hasMessageContaining("was revoked here");
    }

    private CheckedBundle look(Path jar, String version) throws IOException {
        try (Contents contents = Contents.of(jar)) {
            return keys.look(contents, "some.bundle", Version.parseVersion(version));
        }
    }

    @Test
    void anOldVersionIsRefusedUnlessItWasInUseHere() throws Exception {
        Path anna = TestKeys.key("Anna");
        keys.trust(TestKeys.certificate(anna));
        CheckedBundle first = look(signed(anna), "1.1.0");
        first.accept(Optional.empty());
        look(bundle("1.2.0").signed(folder.resolve("b.jar"), anna), "1.2.0")
                .accept(Optional.empty());
        first.accept(Optional.empty());
        CheckedBundle other =
                look(bundle("1.1.0").file("x", "y").signed(folder.resolve("c.jar"), anna), "1.1.0");
        assertThatThrownBy(() -> other.accept(Optional.empty()))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("is older than 1.2.0, which was in use here");
        Optional<Version> shipped = Optional.of(Version.parseVersion("2.0.0"));
        first.accept(shipped);
        CheckedBundle between =
                look(bundle("1.9.0").signed(folder.resolve("d.jar"), anna), "1.9.0");
        assertThatThrownBy(() -> between.accept(shipped))
                .hasMessageStartingWith("is older than 2.0.0");
    }

    @Test
    void certificatesOfATrustedAuthorityAreTrustedUntilEitherIsRevoked() throws Exception {
        Path authority = TestKeys.authority("Authority");
        Path ben = TestKeys.issued("Ben", authority);
        Path jar = signed(ben);
        keys.trust(TestKeys.certificate(authority));
        assertThat(keys.check(jar).name()).isEqualTo("CN=Ben");
        keys.revoke(TestKeys.fingerprint(ben));
        assertRefused(jar, "CN=Ben", "was revoked here");
        assertThat(keys.signers()).extracting(TrustedSigner::revoked).contains(true, false);
        assertThatThrownBy(() -> keys.trust(TestKeys.certificate(ben)))
                .hasMessageContaining("was revoked here, which is for ever");
    }

    /** Anna's certificate is trusted for what she signs, not for naming others. */
    @Test
    void whoIsTrustedCannotMakeOthersTrusted() throws Exception {
        Path anna = TestKeys.key("Anna");
        keys.trust(TestKeys.certificate(anna));
        keys.trust(TestKeys.certificate(TestKeys.authority("Authority")));
        assertRefused(signed(TestKeys.issued("Carl", anna)), "CN=Carl", "does not trust");
    }

    @Test
    void aDamagedKeyStoreTrustsNobodyAndSaysWhatToDo() throws Exception {
        Path anna = TestKeys.key("Anna");
        keys.trust(TestKeys.certificate(anna));
        Path jar = signed(anna);
        Files.writeString(folder.resolve("keys/trusted.p12"), "damaged");
        assertRefused(jar, "trusted.p12 cannot be used", "move it away");
    }

    @Test
    void aKeyIsMadeSignsAndIsNeverOverwritten() throws Exception {
        Path key = folder.resolve("own/me, myself.p12");
        TrustedSigner made = keys.make(key, "Me, myself", TestKeys.password());
        assertThat(made.name()).isEqualTo("CN=Me\\, myself");
        assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
        Path jar = bundle("1.0.0").write(folder.resolve("a.jar"));
        assertThat(keys.sign(jar, key, TestKeys.password())).isEqualTo(made);
        keys.trust(folder.resolve("own/me, myself.pem"));
        assertThat(keys.check(jar)).isEqualTo(made);
        assertThatThrownBy(() -> keys.make(key, "Other", TestKeys.password()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> keys.sign(jar, key, "another".toCharArray()))
                .hasMessageContaining("The password of")
                .hasMessageContaining("is another one");
        assertThatThrownBy(
                        () ->
                                keys.sign(
                                        Files.writeString(folder.resolve("b.jar"), "no zip"),
                                        key,
                                        TestKeys.password()))
                .hasMessageContaining("b.jar is no jar, or not whole");
    }

    @Test
    void certificatesAreNamedByDigitsThatOneAloneHas() throws Exception {
        Path anna = TestKeys.key("Anna");
        keys.trust(TestKeys.certificate(anna));
        assertThat(keys.revoke("00000000")).isEmpty();
        assertThatThrownBy(() -> keys.revoke("xyz")).hasMessageContaining("8 to 64 digits");
        String digits = TestKeys.fingerprint(anna).substring(0, 8).toUpperCase(Locale.ROOT);
        assertThat(keys.revoke(digits).orElseThrow().name()).isEqualTo("CN=Anna");
        String unknown = "ab".repeat(32);
        assertThat(keys.revoke(unknown)).isPresent();
        assertThat(keys.signers())
                .extracting(TrustedSigner::name)
                .containsExactly("CN=Anna", "not known here");
    }

    @Test
    void anInstallationThatRequiresSignaturesDoesSoForAll() throws Exception {
        keys.require(true);
        assertThat(keys.required()).isTrue();
        keys.require(false);
        assertThat(keys.required()).isFalse();
        Keys strict = new Keys(folder.resolve("keys"), true, Optional.empty(), () -> NOW);
        assertThat(strict.required()).isTrue();
        assertThatThrownBy(() -> strict.require(false))
                .hasMessageContaining("conf/config.properties");
    }

    @Test
    void contentsAreReadInPiecesAndWhole() throws Exception {
        String large = "0123456789".repeat(30_000);
        Path jar =
                bundle("1.0.0")
                        .file("large.txt", large)
                        .signed(folder.resolve("a.jar"), TestKeys.key("Anna"));
        keys.trust(TestKeys.certificate(TestKeys.key("Anna")));
        keys.check(jar);
        try (Contents contents = Contents.of(jar);
                var made = new ContentsAsJar(contents, List.of("large.txt", "data.txt"))) {
            var in = new ZipInputStream(made);
            assertThat(in.getNextEntry().getName()).isEqualTo("large.txt");
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(large);
            assertThat(in.getNextEntry().getName()).isEqualTo("data.txt");
            in.readAllBytes();
            assertThat(in.getNextEntry()).isNull();
        }
    }
}
