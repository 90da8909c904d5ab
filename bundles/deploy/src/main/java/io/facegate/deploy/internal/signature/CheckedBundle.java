// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import org.osgi.framework.Version;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A bundle whose contents were looked at once. Whether it may be used is decided anew at each
 * question, as what is trusted changes.
 */
public final class CheckedBundle {
    private final Trust trust;
    private final JarSignature signature;
    private final String name;
    private final Version version;

    CheckedBundle(Trust trust, JarSignature signature, String name, Version version) {
        this.trust = trust;
        this.signature = signature;
        this.name = name;
        this.version = version;
    }

    /**
     * Accepts the bundle, which is noted, so that it can be gone back to later.
     *
     * @param shipped the version of the installation itself
     * @throws RefusedException it may not be used
     */
    public void accept(Optional<Version> shipped) throws RefusedException {
        try {
            trust.accept(signature, name, version, shipped);
            trust.note(signature, name, version);
        } catch (IOException e) {
            throw new RefusedException("cannot be checked: " + e.getMessage() + ".", e);
        }
    }

    /** Whether who signed it is trusted now. */
    public boolean isTrusted() {
        try {
            trust.signer(signature, false);
            return true;
        } catch (RefusedException | IOException e) {
            return false;
        }
    }

    /** Who signed it, for people: whether that counts or not. */
    public String signer() {
        if (signature.chains().isEmpty()) {
            return signature.problem().orElse("is not signed");
        }
        try {
            X509Certificate signer = trust.signer(signature, false);
            return "is signed by " + Certificates.name(signer);
        } catch (RefusedException e) {
            return e.getMessage();
        } catch (IOException e) {
            return "cannot be checked: " + e.getMessage();
        }
    }
}
