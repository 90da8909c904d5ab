// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.deploy.TrustedSigner;

import org.osgi.framework.Constants;
import org.osgi.framework.Version;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/** The keys of a data folder, and what is signed with them. */
public final class Keys implements BundleKeys {
    private static final int LEAST_DIGITS = 8;

    private final TrustFolder folder;
    private final Trust trust;

    /**
     * @param folder where they are kept; made when something is
     * @param requiredByInstallation signatures are required whatever the folder says
     * @param clock the time, as far as it is known
     */
    public Keys(Path folder, boolean requiredByInstallation, Supplier<Instant> clock) {
        this.folder = new TrustFolder(folder, requiredByInstallation);
        trust = new Trust(this.folder, new UsedVersions(folder.resolve("used")), clock);
    }

    @Override
    public boolean required() {
        return folder.required();
    }

    @Override
    public void require(boolean required) throws IOException {
        folder.require(required);
    }

    @Override
    public List<TrustedSigner> signers() throws IOException {
        Set<String> revoked = folder.revoked();
        List<TrustedSigner> all = new ArrayList<>();
        for (X509Certificate certificate : folder.certificates()) {
            String fingerprint = Certificates.fingerprint(certificate);
            all.add(Certificates.signer(certificate, revoked.remove(fingerprint)));
        }
        revoked.forEach(f -> all.add(new TrustedSigner(f, "not known here", Instant.MAX, true)));
        all.sort(
                Comparator.comparing(TrustedSigner::name)
                        .thenComparing(TrustedSigner::fingerprint));
        return all;
    }

    @Override
    public TrustedSigner trust(Path file) throws IOException {
        X509Certificate certificate = Certificates.read(file);
        if (folder.revoked().contains(Certificates.fingerprint(certificate))) {
            throw new IOException(
                    Certificates.name(certificate)
                            + " was revoked here, which is for ever; sign with a new key: facegate"
                            + " keys make");
        }
        folder.add(certificate);
        return Certificates.signer(certificate, false);
    }

    @Override
    public Optional<TrustedSigner> revoke(String fingerprint) throws IOException {
        String digits = fingerprint.toLowerCase(Locale.ROOT).replaceAll("[: ]", "");
        if (!digits.matches("[0-9a-f]{" + LEAST_DIGITS + ",64}")) {
            throw new IOException(
                    "A certificate is named by 8 to 64 digits of its SHA-256, as facegate keys list"
                            + " prints it, not by "
                            + fingerprint);
        }
        List<TrustedSigner> known =
                signers().stream().filter(s -> s.fingerprint().startsWith(digits)).toList();
        if (known.size() > 1 || known.isEmpty() && digits.length() < 64) {
            return Optional.empty();
        }
        TrustedSigner signer =
                known.isEmpty()
                        ? new TrustedSigner(digits, "not known here", Instant.MAX, true)
                        : known.get(0);
        folder.revoke(signer.fingerprint());
        return Optional.of(
                new TrustedSigner(signer.fingerprint(), signer.name(), signer.notAfter(), true));
    }

    @Override
    public TrustedSigner make(Path key, String name, char[] password) throws IOException {
        KeyFile made = KeyFile.make(key, name, password);
        Files.writeString(
                certificateOf(key),
                Certificates.pem(made.certificate()),
                StandardCharsets.US_ASCII);
        return Certificates.signer(made.certificate(), false);
    }

    private static Path certificateOf(Path key) {
        String name = key.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return key.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".pem");
    }

    @Override
    public TrustedSigner sign(Path bundle, Path key, char[] password) throws IOException {
        nameOf(bundle);
        KeyFile with = KeyFile.open(key, password);
        try {
            JarSigning.sign(bundle, with);
        } catch (NoClassDefFoundError e) {
            throw new IOException(
                    "This Java cannot sign: it lacks the module jdk.jartool. Sign on a machine with a"
                            + " JDK (sudo apt install default-jdk-headless), here or by its program"
                            + " jarsigner.",
                    e);
        }
        return Certificates.signer(with.certificate(), false);
    }

    @Override
    public TrustedSigner check(Path bundle) throws IOException {
        nameOf(bundle);
        try (Contents contents = Contents.of(bundle)) {
            return Certificates.signer(trust.signer(JarSignature.of(contents), false), false);
        } catch (RefusedException e) {
            throw new IOException(bundle + " " + e.getMessage(), e);
        }
    }

    /** Looks at all of a bundle, which takes a while for a large one. */
    public CheckedBundle look(Contents contents, String name, Version version) throws IOException {
        return new CheckedBundle(trust, JarSignature.of(contents), name, version);
    }

    private static void nameOf(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            if (headers.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
                throw new IOException(bundle + " is no bundle: it has no Bundle-SymbolicName.");
            }
        } catch (ZipException e) {
            throw new IOException(bundle + " is no jar, or not whole: " + e.getMessage(), e);
        }
    }

    /** The time by which certificates expire. */
    public static Instant now() {
        return Instant.now();
    }
}
