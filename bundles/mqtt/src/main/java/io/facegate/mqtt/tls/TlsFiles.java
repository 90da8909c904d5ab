// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What TLS is done with, as files.
 *
 * @param certificate PEM file with the own certificate and those between it and its authority, or a
 *     PKCS#12 file with key and certificates; empty for none
 * @param key PEM file with the key; empty when it is in the file of the certificate
 * @param password of the key or of the PKCS#12 file; empty for none
 * @param authorities PEM file with those trusted; empty for the Java runtime's
 */
public record TlsFiles(String certificate, String key, String password, String authorities) {
    private static final char[] NOTHING = {};
    private static final byte[] PROBE = {1};

    public TlsFiles {
        certificate = certificate.strip();
        key = key.strip();
        authorities = authorities.strip();
    }

    /**
     * Reads the files.
     *
     * @throws TlsFileException the message says which is wrong and why
     */
    public SSLContext context() throws TlsFileException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            if (!certificate.isEmpty()) {
                keys.init(identity(), NOTHING);
            }
            if (!authorities.isEmpty()) {
                trust.init(trusted());
            }
            context.init(
                    certificate.isEmpty() ? null : keys.getKeyManagers(),
                    authorities.isEmpty() ? null : trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsFileException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Key and certificates under one alias, with an empty password. */
    private KeyStore identity() throws TlsFileException {
        Path path = Path.of(certificate);
        try {
            byte[] bytes = Files.readAllBytes(path);
            return PemFile.looksLike(bytes) ? ofPem(path) : ofPkcs12(path, bytes);
        } catch (TlsFileException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsFileException(path + " cannot be read: " + why(e), e);
        }
    }

    private KeyStore ofPem(Path path) throws IOException {
        Path keyPath = key.isEmpty() ? path : Path.of(key);
        PrivateKey secret;
        try {
            secret = PemKey.read(PemFile.read(keyPath), password);
        } catch (TlsFileException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsFileException(keyPath + " cannot be read: " + why(e), e);
        }
        Certificate[] chain = certificates(path).toArray(new Certificate[0]);
        if (!belong(secret, chain[0])) {
            throw new TlsFileException(keyPath + " is not the key of " + path, null);
        }
        return store(secret, chain, path);
    }

    /** Whether a signature by the key is one by the certificate's. */
    private static boolean belong(PrivateKey key, Certificate own) {
        String family = key.getAlgorithm();
        String scheme =
                family.startsWith("RSA")
                        ? "SHA256withRSA"
                        : family.equals("EC") ? "SHA256withECDSA" : "EdDSA";
        try {
            Signature signature = Signature.getInstance(scheme);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(own.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private KeyStore ofPkcs12(Path path, byte[] bytes) throws TlsFileException {
        try {
            KeyStore file = KeyStore.getInstance("PKCS12");
            file.load(new ByteArrayInputStream(bytes), password.toCharArray());
            for (String alias : Collections.list(file.aliases())) {
                if (file.isKeyEntry(alias)
                        && file.getKey(alias, password.toCharArray()) instanceof PrivateKey own) {
                    return store(own, file.getCertificateChain(alias), path);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsFileException(
                    path + " is neither a PEM file nor a PKCS#12 file of the password given", e);
        }
        throw new TlsFileException(path + " holds no key", null);
    }

    private static KeyStore store(PrivateKey key, Certificate[] chain, Path path)
            throws TlsFileException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, NOTHING, chain);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsFileException(path + " and its key do not go together", e);
        }
    }

    private KeyStore trusted() throws TlsFileException {
        Path path = Path.of(authorities);
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (Certificate authority : certificates(path)) {
                store.setCertificateEntry("ca" + i++, authority);
            }
            return store;
        } catch (TlsFileException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsFileException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path path)
            throws TlsFileException {
        try {
            byte[] bytes = Files.readAllBytes(path);
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            PemFile.looksLike(bytes)
                                                    ? PemFile.read(path).certificates()
                                                    : bytes));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (TlsFileException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsFileException(path + " cannot be read: " + why(e), e);
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(path + " is no PEM file with certificates", e);
        }
        throw new TlsFileException(path + " is no PEM file with certificates", null);
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        return e instanceof AccessDeniedException
                ? "access is denied"
                : String.valueOf(e.getMessage());
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "TlsFiles[" + certificate + ", " + key + ", " + authorities + "]";
    }
}
