// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.deploy;

import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Signatures of bundles: the certificates a gateway trusts, which are files of its data folder, and
 * keys to sign with, which are files of whoever signs. What is changed counts at once, for a
 * gateway that runs with the same data folder too. Thread-safe; every method may block while it
 * reads or writes files, and its {@link IOException} says what is wrong and what to do.
 */
@ProviderType
public interface BundleKeys {
    /** Whether bundles beside those of the installation are refused unless they are signed. */
    boolean required();

    /**
     * Sets whether signatures are required, for this data folder.
     *
     * @throws IOException it cannot be written, or the installation requires them for all
     */
    void require(boolean required) throws IOException;

    /** Trusted and revoked certificates, by name; those of the installation's maker too. */
    List<TrustedSigner> signers() throws IOException;

    /**
     * Trusts bundles that are signed with a certificate, or with one that it issued.
     *
     * @param certificate file with one X.509 certificate, PEM or DER
     * @throws IOException there is none in it, it was revoked, or it cannot be kept
     */
    TrustedSigner trust(Path certificate) throws IOException;

    /**
     * Refuses all that is signed with a certificate from now on, or with one that it issued; for
     * ever.
     *
     * @param fingerprint at least the first 8 digits of one that is known, or all of any other
     * @return empty when no or no single one is known by these digits
     */
    Optional<TrustedSigner> revoke(String fingerprint) throws IOException;

    /**
     * Makes a key with a certificate of its own, valid for ten years, which is written beside it:
     * {@code anna.p12} has it in {@code anna.pem}.
     *
     * @param key key store (PKCS #12) to make; not there yet
     * @param name whom the certificate names
     * @param password of the key, 6 characters or more
     */
    TrustedSigner make(Path key, String name, char[] password) throws IOException;

    /**
     * Signs a bundle; replaces its file when the whole of it is written. A signature of the same
     * signer is replaced, those of others stay.
     *
     * @throws IOException the file is no bundle, the key is not right, or this Java cannot sign
     */
    TrustedSigner sign(Path bundle, Path key, char[] password) throws IOException;

    /**
     * Signs an installation that is to be given to others: all bundles of it but one that the JVM
     * reads itself, and makes the certificate that of its maker, who is trusted wherever it is
     * used.
     *
     * @param installation its folder, with {@code bundle} and {@code conf}
     * @throws IOException it is no such folder, the key is not right, or this Java cannot sign
     */
    TrustedSigner signInstallation(Path installation, Path key, char[] password) throws IOException;

    /**
     * Reads every bundle of this installation and of the folders {@code load} from end to end,
     * which takes seconds.
     *
     * @return all of them, by folder and name
     */
    List<LookedAtBundle> lookAtAll() throws IOException;

    /**
     * Looks at a bundle's file as the gateway would.
     *
     * @return who signed it
     * @throws IOException it would be refused, and why
     */
    TrustedSigner check(Path bundle) throws IOException;
}
