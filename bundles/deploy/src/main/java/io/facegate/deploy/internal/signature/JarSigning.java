// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.zip.ZipFile;

/** Signs with the JDK's signer, which a Java without the module jdk.jartool does not have. */
final class JarSigning {
    private JarSigning() {}

    /** Replaces the file when the whole of it is written. */
    static void sign(Path bundle, KeyFile key) throws IOException {
        Path part = Files.createTempFile(bundle.toAbsolutePath().getParent(), ".signing", ".part");
        try {
            try (ZipFile jar = new ZipFile(bundle.toFile());
                    OutputStream out = Files.newOutputStream(part)) {
                new JarSigner.Builder(
                                key.key(),
                                CertificateFactory.getInstance("X.509")
                                        .generateCertPath(key.chain()))
                        .signerName(Certificates.signatureName(key.certificate()))
                        .build()
                        .sign(jar, out);
            }
            Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(bundle));
            Files.move(part, bundle, StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException | JarSignerException e) {
            throw new IOException(bundle + " cannot be signed: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
