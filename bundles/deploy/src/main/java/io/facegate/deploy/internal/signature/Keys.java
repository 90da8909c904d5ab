// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.deploy.LookedAtBundle;
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
import java.util.Objects;
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
    private final Optional<Path> home;
    private final Path load;

    /**
     * @param folder where they are kept; made when something is
     * @param requiredByInstallation signatures are required whatever the folder says
     * @param home the installation, whose maker is trusted too; empty when there is none
     * @param clock the time, as far as it is known
     */
    public Keys(
            Path folder,
            boolean requiredByInstallation,
            Optional<Path> home,
            Supplier<Instant> clock) {
        this.folder =
                new TrustFolder(
                        folder, requiredByInstallation, home.map(SignedInstallation::maker));
        this.home = home;
        load = folder.resolveSibling("load");
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
        List<X509Certificate> makers = folder.makers();
        List<TrustedSigner> all = new ArrayList<>();
        for (X509Certificate certificate : folder.certificates()) {
            String fingerprint = Certificates.fingerprint(certificate);
            all.add(
                    Certificates.signer(
                            certificate,
                            revoked.remove(fingerprint),
                            makers.contains(certificate)));
        }
        revoked.forEach(f -> all.add(unknown(f)));
        all.sort(
                Comparator.comparing(TrustedSigner::name)
                        .thenComparing(TrustedSigner::fingerprint));
        return all;
    }

    private static TrustedSigner unknown(String fingerprint) {
        return new TrustedSigner(fingerprint, "not known here", Instant.MAX, true, false);
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
        return Certificates.signer(certificate, false, folder.makers().contains(certificate));
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
        TrustedSigner signer = known.isEmpty() ? unknown(digits) : known.get(0);
        folder.revoke(signer.fingerprint());
        return Optional.of(
                new TrustedSigner(
                        signer.fingerprint(),
                        signer.name(),
                        signer.notAfter(),
                        true,
                        signer.maker()));
    }

    @Override
    public TrustedSigner make(Path key, String name, char[] password) throws IOException {
        KeyFile made = KeyFile.make(key, name, password);
        Files.writeString(
                certificateOf(key),
                Certificates.pem(made.certificate()),
                StandardCharsets.US_ASCII);
        return Certificates.signer(made.certificate(), false, false);
    }

    private static Path certificateOf(Path key) {
        String name = key.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return key.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".pem");
    }

    @Override
    public TrustedSigner sign(Path bundle, Path key, char[] password) throws IOException {
        headers(bundle);
        KeyFile with = KeyFile.open(key, password);
        sign(List.of(bundle), with);
        return Certificates.signer(with.certificate(), false, false);
    }

    private static void sign(List<Path> bundles, KeyFile with) throws IOException {
        try {
            for (Path bundle : bundles) {
                JarSigning.sign(bundle, with);
            }
        } catch (NoClassDefFoundError e) {
            throw new IOException(
                    "This Java cannot sign: it lacks the module jdk.jartool. Sign on a machine with a"
                            + " JDK (sudo apt install default-jdk-headless), here or by its program"
                            + " jarsigner.",
                    e);
        }
    }

    @Override
    public TrustedSigner signInstallation(Path installation, Path key, char[] password)
            throws IOException {
        SignedInstallation signed = SignedInstallation.of(installation);
        KeyFile with = KeyFile.open(key, password);
        sign(signed.bundles(), with);
        signed.makeMaker(with.certificate());
        return Certificates.signer(with.certificate(), false, true);
    }

    @Override
    public List<LookedAtBundle> lookAtAll() throws IOException {
        List<Path> files = new ArrayList<>();
        if (home.isPresent()) {
            for (String name : List.of("bundle", "models", "load")) {
                files.addAll(SignedInstallation.jars(home.get().resolve(name)));
            }
        }
        files.addAll(SignedInstallation.jars(load));
        return files.stream().map(this::lookAt).toList();
    }

    private LookedAtBundle lookAt(Path file) {
        try (Contents contents = Contents.of(file)) {
            Attributes headers = headers(file);
            CheckedBundle looked = look(contents, "", Version.emptyVersion);
            return new LookedAtBundle(
                    file,
                    headers.getValue(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip(),
                    Objects.requireNonNullElse(headers.getValue(Constants.BUNDLE_VERSION), "0.0.0"),
                    looked.signer(),
                    looked.isTrusted());
        } catch (IOException e) {
            return new LookedAtBundle(
                    file,
                    file.getFileName().toString(),
                    "",
                    "cannot be looked at: " + e.getMessage(),
                    false);
        }
    }

    @Override
    public TrustedSigner check(Path bundle) throws IOException {
        headers(bundle);
        try (Contents contents = Contents.of(bundle)) {
            X509Certificate signer = trust.signer(JarSignature.of(contents), false);
            return Certificates.signer(signer, false, folder.makers().contains(signer));
        } catch (RefusedException e) {
            throw new IOException(bundle + " " + e.getMessage(), e);
        }
    }

    /**
     * Who made the installation.
     *
     * @param name whom the certificate names
     * @param signatureFile the entry by which a bundle bears the signature
     */
    public record Maker(String name, String signatureFile) {}

    /** Those of the installation. */
    public List<Maker> makers() throws IOException {
        return folder.makers().stream()
                .map(
                        certificate ->
                                new Maker(
                                        Certificates.name(certificate),
                                        "META-INF/"
                                                + Certificates.signatureName(certificate)
                                                + ".SF"))
                .toList();
    }

    /** Looks at all of a bundle, which takes a while for a large one. */
    public CheckedBundle look(Contents contents, String name, Version version) throws IOException {
        return new CheckedBundle(trust, JarSignature.of(contents), name, version);
    }

    private static Attributes headers(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            if (headers.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
                throw new IOException(bundle + " is no bundle: it has no Bundle-SymbolicName.");
            }
            return headers;
        } catch (ZipException e) {
            throw new IOException(bundle + " is no jar, or not whole: " + e.getMessage(), e);
        }
    }

    /** The time by which certificates expire. */
    public static Instant now() {
        return Instant.now();
    }
}
