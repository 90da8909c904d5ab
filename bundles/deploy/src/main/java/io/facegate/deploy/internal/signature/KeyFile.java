// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

import javax.security.auth.x500.X500Principal;

/** A key to sign with and its certificate, in a key store (PKCS #12) of whoever signs. */
final class KeyFile {
    private static final String ALIAS = "facegate";
    private static final int LEAST_PASSWORD = 6;

    private final PrivateKey key;
    private final List<Certificate> chain;

    private KeyFile(PrivateKey key, List<Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    PrivateKey key() {
        return key;
    }

    /** The certificate of the key, its issuers behind it. */
    List<Certificate> chain() {
        return chain;
    }

    X509Certificate certificate() {
        return (X509Certificate) chain.get(0);
    }

    static KeyFile open(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return new KeyFile(
                            (PrivateKey) store.getKey(alias, password),
                            List.of(store.getCertificateChain(alias)));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new IOException("The password of " + file + " is another one.", e);
            }
            throw e;
        }
        throw new IOException(file + " has no key in it; facegate keys make makes one");
    }

    /** Made by the JDK's {@code keytool}, as Java has no other way to make a certificate. */
    static KeyFile make(Path file, String name, char[] password) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        if (password.length < LEAST_PASSWORD) {
            throw new IOException("A password of a key has 6 characters or more.");
        }
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(keytool)) {
            throw new IOException(
                    "This Java has no keytool ("
                            + keytool
                            + "); make the key on a machine with a JDK: sudo apt install"
                            + " default-jdk-headless");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        ProcessBuilder builder =
                new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-sigalg",
                        "SHA256withECDSA",
                        "-validity",
                        "3650",
                        "-ext",
                        "eku=codeSigning",
                        "-alias",
                        ALIAS,
                        "-dname",
                        new X500Principal("CN=" + escaped(name)).getName(),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass:env",
                        "FACEGATE_NEW_KEY");
        builder.environment().put("FACEGATE_NEW_KEY", new String(password));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no key: " + said);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return open(file, password);
    }

    private static String escaped(String name) {
        return name.replaceAll("([\\\\,+\"<>;=#])", "\\\\$1");
    }
}
