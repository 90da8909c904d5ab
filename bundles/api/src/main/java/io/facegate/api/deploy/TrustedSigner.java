// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.deploy;

import java.time.Instant;
import java.util.Objects;

/**
 * A certificate by which bundles are signed, or are to be.
 *
 * @param fingerprint SHA-256 of the certificate, 64 hexadecimal digits in lower case
 * @param name whom it names, such as {@code CN=Anna}
 * @param notAfter when it expires
 * @param revoked whether bundles signed with it are refused
 * @param maker whether it came with the installation, as that of who made it
 */
public record TrustedSigner(
        String fingerprint, String name, Instant notAfter, boolean revoked, boolean maker) {
    public TrustedSigner {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(notAfter, "notAfter");
    }
}
