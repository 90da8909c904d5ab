// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import io.facegate.api.deploy.TrustedSigner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** X.509 certificates. */
final class Certificates {
    private Certificates() {}

    /** Reads the first one of a file, PEM or DER. */
    static X509Certificate read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException e) {
            throw new IOException(
                    file + " has no certificate in it; facegate keys make writes one", e);
        }
    }

    /** Reads all of a file, PEM one after the other. */
    static List<X509Certificate> readAll(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (all.isEmpty()) {
                throw new CertificateException("it is empty");
            }
            return all;
        } catch (CertificateException e) {
            throw new IOException(
                    file
                            + " cannot be used ("
                            + e.getMessage()
                            + "); it came with the installation: install that anew",
                    e);
        }
    }

    static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read has its bytes", e);
        }
    }

    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * What the files of its signatures in a jar are called, without their endings. By the
     * certificate, so that signing again replaces the signature and no other one.
     */
    static String signatureName(X509Certificate certificate) {
        return fingerprint(certificate).substring(0, 8).toUpperCase(Locale.ROOT);
    }

    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    static TrustedSigner signer(X509Certificate certificate, boolean revoked, boolean maker) {
        return new TrustedSigner(
                fingerprint(certificate),
                name(certificate),
                certificate.getNotAfter().toInstant(),
                revoked,
                maker);
    }
}
