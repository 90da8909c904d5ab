// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@code keys} of the data folder: {@code trusted.p12}, a key store of the certificates
 * that are trusted; {@code revoked}, fingerprints of those that never are again; {@code required},
 * there when signatures are. What another process wrote counts at the next question.
 */
final class TrustFolder {
    /** Of the key store, which has nothing secret in it: Java wants one. */
    static final char[] PASSWORD = "facegate".toCharArray();

    private final Path folder;
    private final boolean requiredByInstallation;
    private final Optional<Path> maker;
    private Object state = "not read";
    private List<X509Certificate> read = List.of();

    /**
     * @param requiredByInstallation signatures are required whatever this folder says
     * @param maker file of the certificates of who made the installation, which are trusted too; it
     *     need not be there
     */
    TrustFolder(Path folder, boolean requiredByInstallation, Optional<Path> maker) {
        this.folder = folder;
        this.requiredByInstallation = requiredByInstallation;
        this.maker = maker;
    }

    boolean required() {
        return requiredByInstallation || Files.exists(folder.resolve("required"));
    }

    void require(boolean required) throws IOException {
        if (!required && requiredByInstallation) {
            throw new IOException(
                    "This installation requires signatures for every data folder:"
                            + " facegate.requireSignature in its conf/config.properties");
        }
        if (required) {
            DurableFile.write(folder.resolve("required"), new byte[0]);
        } else {
            DurableFile.delete(folder.resolve("required"));
        }
    }

    /** Those of who made the installation. */
    List<X509Certificate> makers() throws IOException {
        return maker.isPresent() && Files.exists(maker.get())
                ? Certificates.readAll(maker.get())
                : List.of();
    }

    /** The certificates of the key store and of the installation's maker, revoked ones too. */
    synchronized List<X509Certificate> certificates() throws IOException {
        Object now = state();
        if (!now.equals(state)) {
            Set<X509Certificate> all = new LinkedHashSet<>(readCertificates());
            all.addAll(makers());
            read = List.copyOf(all);
            state = now;
        }
        return read;
    }

    /** Tells one file from the next; opening a key store takes long by intention. */
    private Object state() throws IOException {
        return List.of(state(file()), maker.isPresent() ? state(maker.get()) : "");
    }

    private static Object state(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        return List.of(file.fileKey(), file.size(), file.lastModifiedTime());
    }

    private List<X509Certificate> readCertificates() throws IOException {
        KeyStore store = load();
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    certificates.add((X509Certificate) store.getCertificate(alias));
                }
            }
        } catch (GeneralSecurityException e) {
            throw damaged(e);
        }
        return certificates;
    }

    void add(X509Certificate certificate) throws IOException {
        KeyStore store = load();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            store.setCertificateEntry(Certificates.fingerprint(certificate), certificate);
            store.store(bytes, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw damaged(e);
        }
        DurableFile.write(file(), bytes.toByteArray());
    }

    Set<String> revoked() throws IOException {
        Path file = folder.resolve("revoked");
        return Files.exists(file)
                ? new LinkedHashSet<>(Files.readAllLines(file))
                : new LinkedHashSet<>();
    }

    void revoke(String fingerprint) throws IOException {
        Set<String> all = revoked();
        all.add(fingerprint);
        String lines = String.join("\n", all) + "\n";
        DurableFile.write(folder.resolve("revoked"), lines.getBytes(StandardCharsets.US_ASCII));
    }

    private KeyStore load() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (Files.exists(file())) {
                try (InputStream in = Files.newInputStream(file())) {
                    store.load(in, PASSWORD);
                }
            } else {
                store.load(null, PASSWORD);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw damaged(e);
        }
    }

    private IOException damaged(Exception cause) {
        return new IOException(
                file()
                        + " cannot be used ("
                        + cause.getMessage()
                        + "); move it away and trust the certificates anew: facegate keys trust",
                cause);
    }

    private Path file() {
        return folder.resolve("trusted.p12");
    }
}
